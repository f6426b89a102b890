"""Recording how the contemporary cases were chosen, and telling it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coding.study import Person
from data.importers.cases.case_import import CaseBatch
from data.importers.cases.sampling_import import SamplingBatch, read_sampling
from data.problems import DataProblem, DataRefused
from data.sampling_records import SamplingSaved, StoredSampling
from data.storage import StudyStore
from matching.cases import Era
from matching.sampling import Sampling, SamplingCounts, SamplingRecord
from workbench.wording import as_sentence, counted, day_in_words, joined_by_and, listed


@dataclass(frozen=True, slots=True)
class ChosenCases:
    """How a study's contemporary cases were chosen, as pages show it.

    ``drawn_early`` names the cases whose record has a day before their referral.
    """

    sampling: Sampling
    standing: tuple[StoredSampling, ...]
    former: tuple[StoredSampling, ...]
    drawn_early: tuple[str, ...]

    def standing_id(self, case_id: str) -> str:
        """The id of the record that stands for a case, '' where there is none."""
        found = (one.id for one in self.standing if one.record.case_id == case_id)
        return next(found, "")

    def find(self, record_id: str) -> StoredSampling | None:
        """The record of that id, whether it stands or not, or nothing."""
        both = (*self.standing, *self.former)
        return next((one for one in both if one.id == record_id), None)


def chosen_cases(store: StudyStore) -> ChosenCases:
    """Everything recorded about how the study's contemporary cases were chosen."""
    return ChosenCases(
        store.sampling.sampling(),
        tuple(store.sampling.standing()),
        tuple(store.sampling.former()),
        tuple(store.sampling.drawn_before_referral()),
    )


def record_of(store: StudyStore, case_id: str) -> SamplingRecord | None:
    """How one case, by its reference, was chosen; nothing where nobody recorded it."""
    records = store.sampling.sampling().records
    return next((one for one in records if one.case_id == case_id), None)


def read_sampling_files(
    store: StudyStore, files: Sequence[tuple[str, bytes]]
) -> SamplingBatch:
    """What files of records hold, checked against the study; nothing is saved."""
    return read_sampling(files, eras=store.cases.references(), today=date.today())


def with_sampling(
    batch: CaseBatch,
    problems: Sequence[DataProblem],
    files: Sequence[tuple[str, bytes]],
    eras: Mapping[str, Era],
    *,
    accept_partial: bool,
) -> CaseBatch:
    """The batch with the records of the files that tell how cases were chosen.

    ``problems`` are those of the cases; they are told together with the files' own.
    """
    known = {**eras, **{record.reference: record.era for record in batch.records}}
    read, told = SamplingBatch(()), list(problems)
    try:
        read = read_sampling(
            files,
            eras=known,
            today=date.today(),
            accept_partial=accept_partial,
            cases_unread=bool(problems),
        )
    except DataRefused as refusal:
        told += refusal.problems
    nothing = not (batch.records or batch.events or batch.notes or read.records)
    if told or (read.left_out and nothing):
        raise DataRefused([*told, *read.left_out])
    return replace(
        batch,
        sampling=read.records,
        left_out=(*batch.left_out, *read.left_out),
        warnings=(*batch.warnings, *read.warnings),
    )


def add_sampling(
    store: StudyStore, actor: Person, records: Sequence[SamplingRecord]
) -> SamplingSaved:
    """What was recorded: all of it, or nothing."""
    return store.sampling.add(actor.id, records)


def write_record(
    store: StudyStore,
    actor: Person,
    case_id: str,
    *,
    drawn_on: date | None,
    drawn_by: str,
    drawn_from: str,
    rule: str,
    replaced: str,
    note: str,
    seen_id: str,
) -> SamplingSaved:
    """What was recorded of one record written by hand.

    ``seen_id`` is the record the person saw for the case, '' where there was none.
    Raises MatchingRefused where the case or the rule is missing, DataRefused where the
    case cannot have been drawn so, or somebody else recorded it meanwhile.
    """
    record = SamplingRecord(
        case_id,
        drawn_on.isoformat() if drawn_on else "",
        drawn_by.strip(),
        drawn_from.strip(),
        rule.strip(),
        replaced.strip(),
        note.strip(),
    )
    return store.sampling.write(actor.id, record, seen_id=seen_id)


# In words


def counts_in_words(counts: SamplingCounts) -> str:
    """How many cases have a record and what the records say, in a sentence.

    >>> counts_in_words(SamplingCounts(3, 2, 1, 1, 1, "2024-06-04", "2024-06-04"))
    '2 of 3 contemporary cases have a record; drawn on 4 June 2024 from 1 list by \
1 person; 1 stands in for cases passed over.'
    >>> counts_in_words(SamplingCounts(9, 9, 0, 0, 0, by_hand=1))
    '9 of 9 contemporary cases have a record: 8 by the rule, 1 by hand; none stands in \
for a case passed over.'
    >>> counts_in_words(SamplingCounts(3, 0, 0, 0, 0))
    'None of the 3 contemporary cases has a record of how it was chosen.'
    """
    if not counts.recorded:
        of = (
            "The contemporary case has no"
            if counts.contemporary == 1
            else f"None of the {counts.contemporary:,} contemporary cases has a"
        )
        return f"{of} record of how it was chosen."
    have = "has" if counts.recorded == 1 else "have"
    drawn = _drawn_in_words(counts)
    # What was picked by hand was not drawn, though it has a day and a list.
    chosen = "chosen" if counts.by_hand else "drawn"
    return (
        f"{counts.recorded:,} of {counted(counts.contemporary, 'contemporary case')} "
        f"{have} a record{_by_hand_in_words(counts)}; "
        f"{f'{chosen} {drawn}; ' if drawn else ''}"
        f"{_stand_ins_in_words(counts.stand_ins)}."
    )


def account_in_words(account: Mapping[str, Any]) -> str:
    """What the account of a pairing says of the choice, '' where it was not yet told.

    It counts the records there were when the matches were found.
    """
    told = account.get("sampling")
    return counts_in_words(SamplingCounts(**told["counts"])) if told else ""


def _drawn_in_words(counts: SamplingCounts) -> str:
    parts = []
    if counts.first_drawn_on:
        first, last = map(day_in_words, (counts.first_drawn_on, counts.last_drawn_on))
        parts.append(f"on {first}" if first == last else f"between {first} and {last}")
    if counts.lists:
        parts.append(f"from {counted(counts.lists, 'list')}")
    if counts.people:
        parts.append(f"by {counted(counts.people, 'person', 'people')}")
    return " ".join(parts)


def _by_hand_in_words(counts: SamplingCounts) -> str:
    if not counts.by_hand:
        return ""
    drawn = counts.recorded - counts.by_hand
    return f": {drawn:,} by the rule, {counts.by_hand:,} by hand"


def _stand_ins_in_words(stand_ins: int) -> str:
    if not stand_ins:
        return "none stands in for a case passed over"
    stand = "stands" if stand_ins == 1 else "stand"
    return f"{stand_ins:,} {stand} in for cases passed over"


def passed_over_in_words(record: SamplingRecord) -> str:
    """The cases passed over before a case, '' where there were none.

    >>> passed_over_in_words(SamplingRecord("A", "", "", "", "all", "B (moved) | C"))
    'B (moved) and C'
    """
    over = record.passed_over
    return joined_by_and(over) if over else ""


def choice_in_words(record: SamplingRecord) -> list[str]:
    """How one case was chosen, a sentence for each thing written down.

    >>> choice_in_words(SamplingRecord("A", "", "Kim", "a list", "by lot", "B", "2nd."))
    ['Drawn by Kim.', 'From: a list.', 'Rule: by lot.', 'Passed over: B.', '2nd.']
    """
    drawn = drawn_in_words(record)
    verb = "Picked by hand" if record.is_by_hand else "Drawn" if drawn else ""
    parts = [
        f"{verb} {drawn}".strip(),
        f"From: {record.drawn_from}" if record.drawn_from else "",
        f"Rule: {record.rule}",
        f"Passed over: {passed_over_in_words(record)}" if record.stands_in else "",
        record.note,
    ]
    return [as_sentence(one) for one in parts if one]


def drawn_in_words(record: SamplingRecord) -> str:
    """By whom and when a case was drawn, '' where nobody wrote either down.

    >>> drawn_in_words(SamplingRecord("A", "2024-06-04", "Kim", "", "all"))
    'by Kim on 4 June 2024'
    """
    person = f"by {record.drawn_by}" if record.drawn_by else ""
    day = f"on {day_in_words(record.drawn_on)}" if record.drawn_on else ""
    return f"{person} {day}".strip()


def missing_in_words(sampling: Sampling) -> str:
    """The cases without a record by name, '' where every case has one."""
    missing = sampling.without_record
    return f"Without a record: {listed(missing)}." if missing else ""


def changes_in_words(chosen: ChosenCases, records: Sequence[SamplingRecord]) -> str:
    """What adding the records would do, in a sentence."""
    known = {one.record.case_id: one.record for one in chosen.standing}
    same = sum(known.get(record.case_id) == record for record in records)
    earlier = sum(record.case_id in known for record in records) - same
    parts = [f"{len(records) - earlier - same:,} new"]
    if earlier:
        parts.append(
            f"{earlier:,} in place of an earlier record, which stays on file as history"
        )
    if same:
        parts.append(f"{same:,} the same as before")
    return f"{', '.join(parts)}."


def saved_in_words(saved: SamplingSaved) -> str:
    """What was recorded, in a sentence or two.

    >>> saved_in_words(SamplingSaved(3, 1, 0))
    'Saved. How 3 cases were chosen is on record. 1 earlier record is kept as history.'
    >>> saved_in_words(SamplingSaved(0, 0, 2))
    'Nothing changed: the study had these records already.'
    """
    if not saved.recorded:
        return "Nothing changed: the study had these records already."
    were = "was" if saved.recorded == 1 else "were"
    words = f"Saved. How {counted(saved.recorded, 'case')} {were} chosen is on record."
    if saved.superseded:
        are = "is" if saved.superseded == 1 else "are"
        words += (
            f" {counted(saved.superseded, 'earlier record')} {are} kept as history."
        )
    return words
