"""Adding cases from files and saying when each of their fields is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coding.study import Person
from data.case_files import CasesSaved, shows_earlier
from data.importers.cases.case_import import CaseBatch, read_cases
from data.importers.cases.sampling_import import is_sampling_table
from data.importers.column_mapping import (
    ALL_FIELDS,
    ColumnMapping,
    ProposedColumn,
    field_name_for,
    propose_mapping,
    read_mapping,
    understood,
)
from data.importers.text_table import read_text_table
from data.problems import DataProblem, DataRefused
from data.rights import Right, may
from data.storage import StudyStore
from matching.case_records import DERIVED_FIELDS, STANDARD_FIELDS, CaseField
from matching.cases import Era, KnownAt
from workbench.actions.cases.sampling import with_sampling
from workbench.wording import counted

Files = Sequence[tuple[str, bytes]]

_TITLES = {
    "case_id": "Case reference",
    "era": "Era (contemporary or historic)",
    "date": "Date of the event or note",
    "event": "What happened",
    "detail": "Detail of the event",
    "text": "Text of the note",
    **{field.name: field.title for field in STANDARD_FIELDS},
}


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What files were understood as, before anything of them is saved."""

    contemporary: int
    historic: int
    events: int
    notes: int
    fields: tuple[tuple[CaseField, int], ...]
    sampling: int = 0

    @property
    def cases(self) -> int:
        """The cases of both eras together."""
        return self.contemporary + self.historic

    def fields_known(self, known: KnownAt) -> list[str]:
        """The titles of the fields known at one stage."""
        return [field.title for field, _ in self.fields if field.known == known]


def field_choices(known_fields: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a column may be mapped to: a field's name and its title.

    ``known_fields`` are the study's own, by name, and come last.
    """
    ours = {name: _TITLES.get(name, name) for name in ALL_FIELDS}
    return {**ours, **(known_fields or {})}


def own_fields(store: StudyStore) -> dict[str, str]:
    """The titles, by name, of fields that earlier files brought and are not ours."""
    ours = {*ALL_FIELDS, *(field.name for field in DERIVED_FIELDS)}
    fields = store.cases.field_list()
    return {field.name: field.title for field in fields if field.name not in ours}


def columns_to_confirm(
    files: Files, known_fields: Collection[str] = ()
) -> list[ProposedColumn]:
    """The headings that are not exactly ours, each with the field it most likely is.

    A heading that joins one of ``known_fields``, the study's own, by itself is not
    asked for; one that is nearly it is proposed for it. Headings of several files are
    asked for once. Files that cannot be read at all are passed over here: reading them
    says why; so are those that tell how cases were chosen.
    """
    proposals: dict[str, ProposedColumn] = {}
    fields = (*ALL_FIELDS, *known_fields)
    for headings in _headings_of_case_files(files):
        exact = understood(headings, None)
        for proposal in propose_mapping(headings, fields):
            joins = field_name_for(proposal.heading) in known_fields
            if proposal.heading not in exact and not joins:
                proposals.setdefault(proposal.heading, proposal)
    return list(proposals.values())


def needs_era(files: Files, columns: Mapping[str, str]) -> bool:
    """Whether a table of cases leaves it open which era its cases are of."""
    mapping = ColumnMapping({h: f for h, f in columns.items() if f})
    for headings in _headings_of_case_files(files):
        fields = set(understood(headings, mapping).values())
        holds_cases = not ({"date", "event"} <= fields or {"date", "text"} <= fields)
        if holds_cases and "era" not in fields:
            return True
    return False


def _headings_of_case_files(files: Files) -> Iterator[tuple[str, ...]]:
    """The headings of each table of cases, events or notes that can be read."""
    for name, content in files:
        headings = _headings(name, content)
        if headings and not is_sampling_table(headings):
            yield headings


def _headings(name: str, content: bytes) -> tuple[str, ...]:
    try:
        return read_text_table(name, content).headings
    except DataRefused:
        return ()


def read_case_files(
    store: StudyStore,
    files: Files,
    *,
    era: str = "",
    practice_start: str = "",
    columns: Mapping[str, str] | None = None,
    mapping_file: tuple[str, bytes] | None = None,
    accept_partial: bool = False,
) -> CaseBatch:
    """What the files hold, read and checked against the study; nothing is saved.

    Files that tell how cases were chosen are told apart by their headings, as events
    and notes are. ``era`` is contemporary, historic, by-date (with ``practice_start``,
    an ISO date) or '' where a column says it. ``columns`` are the confirmed headings
    and our fields; a mapping file stands in their place. Raises DataRefused with every
    problem by file and row, unless ``accept_partial`` lets rows with problems be left
    out and listed.
    """
    mapping = ColumnMapping({h: f for h, f in (columns or {}).items() if f})
    if mapping_file is not None:
        mapping = read_mapping(*mapping_file)
    eras = store.cases.references()
    chosen = [one for one in files if is_sampling_table(_headings(*one))]
    others = [one for one in files if one not in chosen]
    batch, problems = CaseBatch(), list[DataProblem]()
    if others or not chosen:
        try:
            batch = read_cases(
                others,
                era=era or None,
                cutover=date.fromisoformat(practice_start) if practice_start else None,
                mapping=mapping if mapping.columns or mapping.values else None,
                accept_partial=accept_partial,
                known_references=set(eras),
                today=date.today(),
            )
        except DataRefused as refusal:
            problems += refusal.problems
    return with_sampling(batch, problems, chosen, eras, accept_partial=accept_partial)


def summary_of(batch: CaseBatch) -> BatchSummary:
    """What a batch holds: counts by era, and its fields with how many have a value."""
    eras = Counter(record.era for record in batch.records)
    filled = Counter(
        name
        for record in batch.records
        for name, value in record.facts.items()
        if value
    )
    return BatchSummary(
        eras[Era.CONTEMPORARY],
        eras[Era.HISTORIC],
        len(batch.events),
        len(batch.notes),
        tuple((field, filled[field.name]) for field in batch.fields),
        len(batch.sampling),
    )


def add_cases(store: StudyStore, actor: Person, batch: CaseBatch) -> CasesSaved:
    """What was added of a batch: all of it, or nothing."""
    if batch.sampling and not (batch.records or batch.events or batch.notes):
        chosen = store.sampling.add(actor.id, batch.sampling)
        return CasesSaved(0, 0, 0, sampling=chosen)
    return store.cases.save(
        actor.id,
        fields=batch.fields,
        records=batch.records,
        events=batch.events,
        notes=batch.notes,
        sampling=batch.sampling,
    )


def saved_in_words(saved: CasesSaved) -> str:
    """What was added, in a sentence.

    >>> saved_in_words(CasesSaved(2, 0, 1, contemporary=1, historic=1))
    'Saved. 2 cases added (1 contemporary, 1 historic), 1 note.'
    """
    parts = []
    if saved.cases:
        parts.append(
            f"{counted(saved.cases, 'case')} added ({saved.contemporary} contemporary, "
            f"{saved.historic} historic)"
        )
    parts += [counted(saved.events, "event")] if saved.events else []
    parts += [counted(saved.notes, "note")] if saved.notes else []
    chosen = saved.sampling
    if chosen.recorded:
        parts.append(counted(chosen.recorded, "record") + " of how cases were chosen")
    words = f"Saved. {', '.join(parts) or 'Nothing new was in the files'}."
    if chosen.superseded:
        words += f" {chosen.superseded:,} earlier of these records kept as history."
    if saved.already_there:
        words += f" {saved.already_there:,} of the events and notes were there already."
    return words


def marks_open_to(
    store: StudyStore, actor: Person, field: CaseField
) -> tuple[KnownAt, ...]:
    """What a person may mark a field as, its present mark among them.

    Once matches were found, only those who manage the study mark one as known earlier.
    """
    if may(actor.role, Right.MANAGE_STUDY) or store.pairings.latest() is None:
        return tuple(KnownAt)
    return tuple(one for one in KnownAt if not shows_earlier(field.known, one))


def mark_field(
    store: StudyStore, actor: Person, field: CaseField, known: KnownAt
) -> None:
    """Say anew when a field is known."""
    store.cases.mark_field(actor.id, field.name, known, was=field.known)


def unmarked_problems(saved: CasesSaved) -> list[DataProblem]:
    """One for each added field that nobody has said yet when it is known."""
    return [
        DataProblem(
            "Nobody has said yet when this field is known, so no plan can use it.",
            f"Field {field.title}",
            "Mark it on the page Cases: known at referral, during the case or as an "
            "outcome.",
        )
        for field in saved.unmarked_fields
    ]
