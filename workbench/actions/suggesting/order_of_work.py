"""What to code next: a sample spread over transcripts, or what nothing marks yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coding.coded_segments import Segment
from coding.order_of_work.turns_to_read import (
    TurnToRead,
    spread_sample,
    turns_with_something,
)
from coding.study import Person
from coding.transcripts import SourceKind
from data.storage import StudyStore
from workbench.wording import counted

SPREAD_WHY = (
    "For teaching suggestions quickly: turns by chance from every transcript. Read the "
    "turns around each one before you code it. Reading a transcript from its beginning "
    "stays the way to understand it."
)


@dataclass(frozen=True, slots=True)
class SourceWork:
    """A source with its turns of whoever is interviewed, coded or not, in order."""

    source_id: str
    name: str
    turns: tuple[TurnToRead, ...]

    @property
    def left(self) -> tuple[TurnToRead, ...]:
        """Its turns in which nothing is coded."""
        return tuple(one for one in self.turns if not one.is_coded)

    @property
    def in_words(self) -> str:
        """How much of it is coded."""
        coded = len(self.turns) - len(self.left)
        return f"{coded} of {counted(len(self.turns), 'turn')} have something coded"


def work_by_source(store: StudyStore, person: Person) -> list[SourceWork]:
    """Every source but survey comments, with what is coded as this person sees it."""
    coded: dict[str, list[Segment]] = {}
    for one in store.coding.segments(reader_id=person.id):
        coded.setdefault(one.source_id, []).append(one.segment)
    found = []
    for source in store.sources.read_all():
        if source.transcript.kind is SourceKind.SURVEY_COMMENT:
            continue
        turns = turns_with_something(
            source.id, source.transcript, coded.get(source.id, ())
        )
        if turns:
            found.append(SourceWork(source.id, source.transcript.name, tuple(turns)))
    return found


def spread(
    work: Sequence[SourceWork], size: int, seed: int
) -> tuple[list[TurnToRead], Mapping[str, str]]:
    """The sample in its order, and the names of its sources."""
    turns = {one.source_id: one.turns for one in work}
    return spread_sample(turns, size, seed), {one.source_id: one.name for one in work}


def sample_in_words(sample: Sequence[TurnToRead]) -> str:
    """How far one is with a sample."""
    done = sum(one.is_coded for one in sample)
    sources = len({one.source_id for one in sample})
    return (
        f"{counted(len(sample), 'turn')} from {counted(sources, 'transcript')}, "
        f"{done} of them with something coded."
    )
