"""Names replaced in texts, in labels and in whatever else of a study holds words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from coding.pseudonyms.listed_mentions import NameList
from coding.pseudonyms.names import ListedName
from coding.pseudonyms.ordinary_words import OrdinaryWords
from coding.pseudonyms.replacing import Edit, ReplacedWords, edits_for
from coding.pseudonyms.text_words import TextWords

# Of plain values: what is no wording, and may be a word that is also a name (Rose).
_SETTINGS = "id colour kind status layer action engine strength position"
_NO_WORDING = frozenset(_SETTINGS.split())
_LONGEST_LABEL = 6


class NameReplacer:
    """The listed names that have a pseudonym, made ready to replace them anywhere."""

    def __init__(self, names: Sequence[ListedName], ordinary: OrdinaryWords) -> None:
        ready = [one for one in names if one.pseudonym.strip()]
        self._names = {one.id: one for one in ready}
        self._list = NameList(ready, ordinary)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to replace."""
        return not self._names

    def edits(
        self, text: str, left_out: Callable[[int, int], bool] | None = None
    ) -> tuple[Edit, ...]:
        """What is put in place of each mention in a text."""
        words = TextWords(text)
        found = self._list.mentions(
            words, left_out=left_out, is_label=len(words.words) <= _LONGEST_LABEL
        )
        return edits_for(text, found, self._names)

    def words(self, text: str) -> str:
        """The text with each mention replaced."""
        edits = self.edits(text) if text else ()
        return ReplacedWords(text, edits).after if edits else text

    def value(
        self, value: Any, moved: Callable[[dict[str, Any]], Any] | None = None
    ) -> Any:
        """A plain value (JSON) with each mention in its strings replaced.

        Keys, ids and settings stay. ``moved`` is given each object, for its positions.
        """
        if isinstance(value, str):
            return self.words(value)
        if isinstance(value, list):
            return [self.value(one, moved) for one in value]
        if isinstance(value, dict):
            changed = {
                name: one
                if name in _NO_WORDING or str(name).endswith("_id")
                else self.value(one, moved)
                for name, one in value.items()
            }
            return moved(changed) if moved else changed
        return value


def names_back(names: Sequence[ListedName]) -> list[ListedName]:
    """The list the other way round: pseudonyms, to be replaced by the real names."""
    return [
        ListedName(one.id, one.kind, one.pseudonym, one.name)
        for one in names
        if one.pseudonym.strip()
    ]
