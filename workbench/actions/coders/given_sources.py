"""What a person was given to code and has not said to be done, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coding.study import Person
from data.sources import SourceSummary
from data.storage import StudyStore

NAMED_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class GivenSource:
    """A source that waits for its coder, who may have to read it blind."""

    id: str
    name: str
    is_blind: bool

    @property
    def in_words(self) -> str:
        """The name, and that it is coded blind.

        >>> GivenSource("", "Interview 3", True).in_words
        'Interview 3, blind'
        """
        return f"{self.name}, blind" if self.is_blind else self.name


def given_to(
    store: StudyStore, person: Person, summaries: Sequence[SourceSummary]
) -> list[GivenSource]:
    """The sources given to a person and not done, in the order of the list."""
    blind = {
        one.source_id: one.is_blind
        for one in store.coders.assignments()
        if one.coder_id == person.id and one.finished_at is None
    }
    return [
        GivenSource(one.id, one.name, blind[one.id])
        for one in summaries
        if one.id in blind
    ]


def given_in_words(given: Sequence[GivenSource]) -> str:
    """The sources by name, the first few of them, as a sentence; '' for none.

    >>> given_in_words([GivenSource("", "Dom", True), GivenSource("", "Ada", False)])
    'Given to you to code: Dom, blind; Ada.'
    """
    if not given:
        return ""
    # Apart by semicolons: names of files hold commas.
    named = [one.in_words for one in given[:NAMED_AT_MOST]]
    return (
        f"Given to you to code: {'; '.join(filter(None, [*named, and_more(given)]))}."
    )


def and_more(given: Sequence[GivenSource]) -> str:
    """How many there are beyond those named, '' where all are.

    >>> and_more([GivenSource("", "Interview", False)] * 5), and_more([])
    ('and 2 more', '')
    """
    more = len(given) - NAMED_AT_MOST
    return f"and {more} more" if more > 0 else ""
