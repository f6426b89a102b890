"""All records of a study: interviews by question, what is missing, by wave and role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coding.analysis_templates.completeness import AnswerState, Completeness
from coding.mentions import NO_WAVE
from coding.study import Person
from coding.transcripts import SourceKind
from data.storage import StudyStore
from data.storage.analysis_templates.template_records import Record, Template
from workbench.actions.templates.record_reading import SHAPES, evidence_by_question
from workbench.wording import counted

NOT_NOW = "Being coded blind"
NOT_ASKED = "Not asked"


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """An interview in the table: who is heard, its record, the state of each answer.

    ``states`` is by question, those the record's version does not ask left out.
    ``changed`` names the questions whose answers rest on what changed since;
    ``is_hidden`` says that its record may not be read now, begun or not.
    """

    source_id: str
    name: str
    wave: str
    roles: tuple[str, ...]
    record: Record | None
    number: int
    states: Mapping[str, AnswerState]
    changed: frozenset[str] = frozenset()
    is_hidden: bool = False

    @property
    def completeness(self) -> Completeness:
        """How far its record is."""
        return Completeness.of(self.states.values())

    @property
    def in_words(self) -> str:
        """How far it is, as the table says it."""
        if self.is_hidden:
            return NOT_NOW
        return self.completeness.in_words if self.record else "Not begun"

    def cell(self, question_id: str) -> str:
        """What the table shows for a question: a shape and a word."""
        if self.is_hidden:
            return NOT_NOW
        state = self.states.get(question_id)
        if state is None:
            return NOT_ASKED
        if question_id in self.changed:
            return "▲ Evidence changed"
        word = "Draft" if state is AnswerState.DRAFTED else state.value
        return f"{SHAPES[state]} {word}"


@dataclass(frozen=True, slots=True)
class StudyRecords:
    """Every interview with its record under one template."""

    template: Template
    rows: tuple[InterviewRow, ...]

    def chosen(
        self, waves: Sequence[str] = (), roles: Sequence[str] = ()
    ) -> StudyRecords:
        """Those of some waves and roles; no choice takes all in."""
        rows = tuple(
            one
            for one in self.rows
            if (not waves or one.wave in waves)
            and (not roles or set(one.roles) & set(roles))
        )
        return StudyRecords(self.template, rows)

    @property
    def waves(self) -> list[str]:
        """The waves in order, as the rows have them."""
        return list(dict.fromkeys(one.wave for one in self.rows))

    @property
    def roles(self) -> list[str]:
        """The roles of those heard, by name."""
        return sorted({role for one in self.rows for role in one.roles})

    @property
    def complete(self) -> int:
        """How many records are complete."""
        return sum(one.completeness.is_complete for one in self.rows if one.record)

    @property
    def in_words(self) -> str:
        """How many interviews, how many records are complete, begun, drafted."""
        if not self.rows:
            return "No interview is to be read yet."
        readable = [one for one in self.rows if not one.is_hidden]
        begun = sum(one.record is not None for one in readable) - self.complete
        untouched = sum(one.record is None for one in readable)
        said = [f"{self.complete} of {counted(len(self.rows), 'record')} complete"]
        if begun:
            said.append(f"{begun} begun")
        if untouched:
            said.append(f"{untouched} not begun")
        if hidden := len(self.rows) - len(readable):
            said.append(f"{hidden} not to be read now, coded blind")
        return f"{', '.join(said)}."

    @property
    def by_wave_in_words(self) -> str:
        """For each wave how many of its records are complete."""
        parts = []
        for wave in self.waves:
            those = self.chosen([wave])
            parts.append(f"{wave}: {those.complete} of {len(those.rows)}")
        return f"Complete by wave: {'; '.join(parts)}." if len(parts) > 1 else ""

    def next_to_do(self) -> tuple[InterviewRow, str] | None:
        """The next interview and question: a record that is begun goes first."""
        readable = [one for one in self.rows if not one.is_hidden]
        for one in sorted(readable, key=lambda row: row.record is None):
            for question, state in one.states.items():
                if not state.is_answered:
                    return one, question
        return None


def read_study(
    store: StudyStore,
    template: Template,
    person: Person | None,
    *,
    with_evidence: bool = True,
) -> StudyRecords:
    """Every interview, group discussion and observation with its record.

    As far as the person may read; with none, as far as anybody may. Comments of surveys
    are left out: each is by somebody else, and has no interview to fill a record from.
    What answers rest on is read only where it is asked for whether it changed.
    """
    reader = person.id if person else None
    with store.one_state():
        rows = _read_rows(store, template, reader, with_evidence=with_evidence)
        waves = store.study.waves()
    order = {wave.name: at for at, wave in enumerate(waves)}
    rows.sort(key=lambda one: order.get(one.wave, len(order)))
    return StudyRecords(template, tuple(rows))


def _read_rows(
    store: StudyStore, template: Template, reader: str | None, *, with_evidence: bool
) -> list[InterviewRow]:
    coders = store.coders
    blind = coders.coded_blind() if reader is None else coders.reads_blind(reader)
    records = store.analysis_records.records(template.id, reader_id=reader)
    evidence = (
        evidence_by_question(store, list(records.values()), reader)
        if with_evidence
        else {}
    )
    roles = {one.pseudonym: one.role for one in store.study.participants()}
    newest = template.newest
    rows = []
    for source in store.sources.summaries(reader_id=reader):
        if source.kind is SourceKind.SURVEY_COMMENT:
            continue
        record = records.get(source.id)
        asked = template.numbered(record.number) if record else newest
        hidden = source.id in blind
        states = {
            one.id: record.answer(one.id).state if record else AnswerState.EMPTY
            for one in (asked.questions if asked and not hidden else ())
        }
        held = evidence.get(record.id, {}) if record else {}
        rows.append(
            InterviewRow(
                source.id,
                source.name,
                source.wave or NO_WAVE,
                tuple(sorted({roles[p] for p in source.people if roles.get(p)})),
                record,
                asked.number if asked else 0,
                states,
                frozenset(
                    question
                    for question, those in held.items()
                    if question in states and any(not one.stands for one in those)
                ),
                hidden,
            )
        )
    return rows


def records_in_words(store: StudyStore, waves: Sequence[str] | None) -> str:
    """How many records are complete in some waves, or in all; '' without a template."""
    parts = []
    for template in store.analysis_templates.templates():
        if template.newest is None:
            continue
        read = read_study(store, template, None, with_evidence=False)
        if waves is not None:
            read = read.chosen(waves) if waves else StudyRecords(template, ())
        if read.rows:
            parts.append(f"{template.name}: {read.in_words}")
    return " ".join(parts)
