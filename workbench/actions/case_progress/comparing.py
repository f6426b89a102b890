"""A locked pair laid out for comparing: two sides, milestones, notes, passages.

Where the study masks the era, both sides are masked here, before a page sees them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from coding.codebook import Codebook
from coding.study import Person
from data.case_files import CaseFact, CaseFile
from data.case_progress import CitedNote
from data.storage import StudyStore
from data.storage.case_progress.follow_up import dated_file, day_of
from matching.case_records import CaseEvent
from matching.cases import KnownAt
from matching.progress.masking import (
    day_from_referral,
    is_contemporary_first,
    masked,
)
from matching.progress.milestones import (
    CaseProgress,
    DatedFile,
    common_follow_up,
    days_into_new_practice,
    progress_of,
)
from matching.progress.passages import (
    RESTORATIVE_CUES,
    FoundPassage,
    find_passages,
)
from matching.progress.verdicts import ProgressArea, ProgressVerdict, unseen_areas
from matching.progress.worker_changes import find_worker_changes
from workbench.actions.case_progress.pair_queue import QueuedPair, is_masked
from workbench.actions.cases.judging import open_files
from workbench.actions.cases.timelines import CaseTimeline, timeline_of, with_shared_end

_MASKED_NAMES = ("Case A", "Case B")
_MEETINGS = (
    "visit",
    "conference",
    "strategy",
    "team around",
    "meeting",
    "review",
    "core group",
)


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note as it may be read: its id, when it was written, its words."""

    id: str
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class PairSide:
    """One case of a pair as it may be read.

    ``name`` is *Contemporary 008812* or, masked, *Case A*; ``verdict`` is what it means
    to find this side more effective. ``timeline`` and ``progress`` are nothing where
    the referral has no date.
    """

    case_id: str
    name: str
    verdict: ProgressVerdict
    timeline: CaseTimeline | None
    progress: CaseProgress | None
    notes: tuple[ShownNote, ...]
    facts: tuple[CaseFact, ...]
    meetings: tuple[tuple[str, str, str], ...]
    reasoning: tuple[FoundPassage, ...]
    worker_changes: tuple[FoundPassage, ...]


@dataclass(frozen=True, slots=True)
class PairToCompare:
    """Both sides in the order shown, and over how many days they can be compared.

    ``common`` is nothing where a referral has no date. ``into_new_practice`` is for how
    many days of that the historic case was already under the new practice.
    """

    sides: tuple[PairSide, PairSide]
    is_masked: bool
    common: int | None
    into_new_practice: int

    @property
    def unseen(self) -> tuple[ProgressArea, ...]:
        """The areas nobody is asked, as the records of a case end before them."""
        return unseen_areas(self.common)

    @property
    def asked(self) -> tuple[ProgressArea, ...]:
        """The areas that are judged, in order."""
        return tuple(area for area in ProgressArea if area not in self.unseen)


def pair_to_compare(
    store: StudyStore, person: Person, queued: QueuedPair
) -> PairToCompare:
    """Both files of an opened pair, laid out and masked where the study says so.

    Raises DataRefused for a pair whose files were not opened.
    """
    settings = store.comparison.settings()
    notes = store.readings.notes(
        person.id, queued.judgement.contemporary_id, queued.judgement.historic_id
    )
    contemporary, historic = open_files(store, person, queued.judgement)
    files = [contemporary, historic]
    mask = is_masked(settings, queued.pair)
    if mask and not is_contemporary_first(
        settings.seed, contemporary.reference, historic.reference
    ):
        files.reverse()
    names = dict(zip((f.reference for f in files), _MASKED_NAMES, strict=True))
    dated = [dated_file(file) for file in files]
    common = None
    if dated[0] and dated[1]:
        common = common_follow_up(dated[0], dated[1], settings.read_to)
    timelines = _timelines(files, names if mask else {})
    cues = restorative_cues(store.codebook.codebook())
    sides = [
        _side(
            file,
            notes[file.id],
            names if mask else {},
            cues,
            ProgressVerdict.CONTEMPORARY
            if file is contemporary
            else ProgressVerdict.HISTORIC,
            timelines[place],
            progress_of(
                of_file, common, settings.limits, records_read_to=settings.read_to
            )
            if of_file and common is not None
            else None,
        )
        for place, (file, of_file) in enumerate(zip(files, dated, strict=True))
    ]
    return PairToCompare(
        (sides[0], sides[1]),
        mask,
        common,
        _into_new_practice(store, dated_file(historic), common),
    )


def restorative_cues(book: Codebook) -> tuple[str, ...]:
    """The cues of codes on restorative practice, then the workbench's own few."""
    wanted: set[str] = set()
    cues: list[str] = []
    for _depth, code in book.in_tree_order():
        if "restorative" in code.name.casefold() or code.parent_id in wanted:
            wanted.add(code.id)
            cues += code.cues
    return tuple(dict.fromkeys([*cues, *RESTORATIVE_CUES]))


def verdicts_offered(shown: PairToCompare) -> dict[ProgressVerdict, str]:
    """What can be said of an area, in the order in which the cases are shown."""
    first, second = shown.sides
    return {
        first.verdict: f"{first.name} more effective",
        ProgressVerdict.NO_DIFFERENCE: ProgressVerdict.NO_DIFFERENCE.in_words,
        second.verdict: f"{second.name} more effective",
        ProgressVerdict.CANNOT_TELL: ProgressVerdict.CANNOT_TELL.in_words,
    }


def _side(
    file: CaseFile,
    notes: Iterable[CitedNote],
    names: Mapping[str, str],
    cues: Iterable[str],
    verdict: ProgressVerdict,
    timeline: CaseTimeline | None,
    progress: CaseProgress | None,
) -> PairSide:
    referral = day_of(file.referral_date)

    def words(text: str) -> str:
        return masked(text, referral, names) if names else text

    def when(iso: str) -> str:
        return day_from_referral(iso, referral) if names else iso

    shown = tuple(ShownNote(n.id, when(n.date), words(n.text)) for n in notes)
    texts = [note.text for note in shown]
    return PairSide(
        file.id,
        names.get(file.reference) or f"{file.era.value.capitalize()} {file.reference}",
        verdict,
        timeline,
        progress,
        shown,
        tuple(_facts(file, referral, names)),
        tuple(
            (event.event, when(event.date), words(event.detail))
            for event in file.events
            if _is_meeting(event) and event.date >= file.referral_date
        ),
        tuple(find_passages(texts, cues)),
        tuple(find_worker_changes(texts)),
    )


def _facts(
    file: CaseFile, referral: date | None, names: Mapping[str, str]
) -> Iterable[CaseFact]:
    """What became known during and after the case; masked, dates as days."""
    for known in (KnownAt.DURING, KnownAt.OUTCOME):
        for fact in file.facts_known(known):
            if not names or not fact.value:
                yield fact
            elif day_of(fact.value):
                yield replace(fact, value=day_from_referral(fact.value, referral))
            else:
                yield replace(fact, value=masked(fact.value, referral, names))


def _timelines(
    files: Iterable[CaseFile], names: Mapping[str, str]
) -> list[CaseTimeline | None]:
    drawn = [timeline_of(file) for file in files]
    complete = [one for one in drawn if one]
    if len(complete) < 2:
        return [None, None]
    shared: list[CaseTimeline | None] = []
    for file, one in zip(files, with_shared_end(complete), strict=True):
        shared.append(_masked_timeline(file, one, names) if names else one)
    return shared


def _masked_timeline(
    file: CaseFile, one: CaseTimeline, names: Mapping[str, str]
) -> CaseTimeline:
    referral = day_of(file.referral_date)
    items = tuple(
        replace(
            item,
            date="",
            end_date="",
            event=masked(item.event, referral, names),
            detail=masked(item.detail, referral, names),
        )
        for item in one.items
    )
    return replace(one, reference=names[one.reference], items=items, is_masked=True)


def _into_new_practice(
    store: StudyStore, historic: DatedFile | None, common: int | None
) -> int:
    """For how many days it was worked on under the new practice.

    Of a case that was closed nobody works on it after its last record.
    """
    start = day_of(store.study.read().practice_start)
    if historic is None or start is None or common is None:
        return 0
    worked = common if historic.closed is None else historic.last_recorded()
    return days_into_new_practice(historic.referral, min(common, worked), start)


def _is_meeting(event: CaseEvent) -> bool:
    return bool(event.detail) and any(
        word in event.event.casefold() for word in _MEETINGS
    )
