"""Who codes what, as a page lists it: each source, its coders and their passes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from coding.study import Person
from coding.transcripts import SourceKind
from data.storage import StudyStore
from data.storage.coders.coder_records import Assignment
from workbench.wording import counted


@dataclass(frozen=True, slots=True)
class CoderOfSource:
    """One coder of a source: how far they are, in words; their assignment if any."""

    coder_id: str
    coder: str
    in_words: str
    assignment: Assignment | None = None


@dataclass(frozen=True, slots=True)
class SourceToCode:
    """A source with its coders as the reader may see them, and where it stands."""

    source_id: str
    name: str
    wave: str
    coders: tuple[CoderOfSource, ...]
    stands: str
    is_comment: bool = False

    @property
    def is_aside(self) -> bool:
        """Whether it is a short comment that nobody was given and one codes at most."""
        given = any(one.assignment for one in self.coders)
        return self.is_comment and not given and len(self.coders) < 2


def sources_to_code(store: StudyStore, person: Person) -> list[SourceToCode]:
    """Every source in the order of its list, as this person may see it."""
    names = {one.id: one.name for one in store.study.people()}
    assigned: dict[str, list[Assignment]] = {}
    for one in store.coders.assignments():
        assigned.setdefault(one.source_id, []).append(one)
    hidden = store.coders.reads_blind(person.id)
    passages = Counter(
        (one.source_id, one.coder_id)
        for one in store.coding.segments(reader_id=person.id)
    )
    coding = store.coders.coders(reader_id=person.id)
    settled = store.settling.settled_sources()
    found = []
    for summary in store.sources.summaries():
        source = summary.id
        listed = [
            CoderOfSource(
                one.coder_id,
                one.coder,
                _pass_in_words(
                    one,
                    None
                    if source in hidden and one.coder_id != person.id
                    else passages[(source, one.coder_id)],
                ),
                one,
            )
            for one in assigned.get(source, [])
        ]
        known = {one.coder_id for one in listed}
        both = coding.get(source)
        listed += [
            CoderOfSource(
                coder,
                names.get(coder, "Someone"),
                f"{counted(passages[(source, coder)], 'coding')}, not assigned",
            )
            for coder in (both.coders if both else ())
            if coder not in known
        ]
        if source in settled:
            stands = "Settled"
        elif both is None:
            stands = "Nobody yet"
        elif both.can_be_compared:
            stands = "Can be compared"
        elif both.waiting:
            stands = "Being coded blind" if both.is_blind else "Being coded"
        else:
            stands = "One coder"
        found.append(
            SourceToCode(
                source,
                summary.name,
                summary.wave,
                tuple(listed),
                stands,
                summary.kind is SourceKind.SURVEY_COMMENT,
            )
        )
    return found


def own_sources(store: StudyStore, person: Person) -> list[tuple[Assignment, str]]:
    """The sources given to this person with their names, those to do first."""
    names = {one.id: one.name for one in store.sources.summaries()}
    own = [one for one in store.coders.assignments() if one.coder_id == person.id]
    return [
        (one, names.get(one.source_id, ""))
        for one in sorted(own, key=lambda one: one.finished_at is not None)
    ]


def _pass_in_words(one: Assignment, passages: int | None) -> str:
    how = "blind" if one.is_blind else "open"
    done = "done" if one.finished_at else "at work"
    if passages is None:
        return f"{how}, {done}, codings hidden from you"
    return f"{how}, {done}, {counted(passages, 'coding')}"
