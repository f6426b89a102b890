"""Which examples of codes somebody may not read now, though they were picked before.

An example is a passage that somebody coded. Picked while anybody could read it, it
would tell whoever is given its source blind how it was coded; and a person may say
after it was picked that they may not be quoted.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlmodel import Session

from coding.codebook import Code, Codebook, ExamplePlace
from data.storage.coders.blind_passes import hidden_sources
from data.storage.interviews.kept_back import WordsKeptBack, words_kept_back


@dataclass(frozen=True, slots=True)
class HiddenExamples:
    """Tells the examples that may be read from those that may not.

    ``blind`` are the sources hidden from the reader, ``kept_back`` the words that may
    not be quoted. An example written by hand has no place and is never hidden.
    """

    blind: Collection[str]
    kept_back: WordsKeptBack

    def coded_blind(self, code: Code) -> tuple[ExamplePlace, ...]:
        """The examples from sources that the reader codes blind, or anybody does."""
        return tuple(one for one in code.example_places if one.source_id in self.blind)

    def unquoted(self, code: Code) -> tuple[ExamplePlace, ...]:
        """The examples that hold words of whoever may not be quoted."""
        return tuple(
            one
            for one in code.example_places
            if self.kept_back.hold(one.source_id, one.start, one.end)
        )

    def to_change(self, code: Code) -> Code:
        """The code as the reader may change it: without what is coded blind."""
        return without_examples(code, self.coded_blind(code))

    def to_read(self, code: Code) -> Code:
        """The code without any example that may not be read or quoted."""
        return without_examples(code, self.unread(code))

    def to_read_of(self, codebook: Codebook) -> Codebook:
        """The codebook without any such example."""
        return Codebook(tuple(self.to_read(one) for one in codebook.codes))

    def unread(self, code: Code) -> tuple[ExamplePlace, ...]:
        """Both: the examples that stand in no file that everybody may read."""
        return (*self.coded_blind(code), *self.unquoted(code))


def hidden_examples(session: Session, reader_id: str | None) -> HiddenExamples:
    """The examples hidden from the reader; without one, from what anybody may read."""
    return HiddenExamples(hidden_sources(session, reader_id), words_kept_back(session))


def with_unread(changed: Code, kept: Code, unread: Collection[ExamplePlace]) -> Code:
    """The code as changed, with the examples that whoever changed it did not see."""
    hidden = {one.words for one in unread}
    words = list(changed.examples)
    for at, one in enumerate(kept.examples):
        if one in hidden and one not in words:
            words.insert(at, one)
    places = (*changed.example_places, *unread)
    return replace(
        changed, examples=tuple(words), example_places=tuple(dict.fromkeys(places))
    )


def without_examples(code: Code, hidden: Collection[ExamplePlace]) -> Code:
    """The code with none of these examples and their places."""
    if not hidden:
        return code
    words = {one.words for one in hidden}
    return replace(
        code,
        examples=tuple(one for one in code.examples if one not in words),
        example_places=tuple(
            one for one in code.example_places if one.words not in words
        ),
    )
