"""The one list of what is derived from texts and kept outside the study's tables.

Whoever keeps something made from words of a source or a case (a cache in memory, files
of vectors under the hash of a text) registers here how to let go of it; erasing asks
every entry to. Tables of the study need no entry: erasing goes through all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from coding.language import blank_language, load_language
from coding.speaker_labels import (
    has_label_shape,
    label_key,
    looks_like_a_name,
    names_a_role,
)
from coding.word_roots import word_root

Forget = Callable[[Collection[str]], None]
"""Lets go of what was derived from the texts of these SHA-256 hashes.

One that cannot tell texts apart lets go of everything.
"""

_KEEPERS: dict[str, Forget] = {}


def register_derived(name: str, forget: Forget) -> None:
    """Have erasing ask this keeper too; a later one of its name takes its place."""
    _KEEPERS[name] = forget


def registered() -> tuple[str, ...]:
    """The names of all keepers, in order of registering."""
    return tuple(_KEEPERS)


def forget_derived(text_hashes: Collection[str]) -> None:
    """Ask every keeper to let go of what was derived from these texts.

    All are asked, even where one of them fails; the first failure is raised then.
    """
    failures: list[Exception] = []
    for forget in _KEEPERS.values():
        try:
            forget(text_hashes)
        except Exception as fault:
            failures.append(fault)
    if failures:
        raise failures[0]


def _words_in_memory(_text_hashes: Collection[str]) -> None:
    # Small words of every text that was read; they cannot be told apart by text.
    word_root.cache_clear()
    for kept in (label_key, has_label_shape, names_a_role, looks_like_a_name):
        kept.cache_clear()
    # The pipeline keeps every word it has met.
    load_language.cache_clear()
    blank_language.cache_clear()


register_derived("words and speaker labels in memory", _words_in_memory)
