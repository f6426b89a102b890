"""Reading a record as its page shows it: answers, evidence, what a move changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coding.analysis_templates.comparing import (
    ChangeKind,
    QuestionChange,
    changes_between,
)
from coding.analysis_templates.completeness import AnswerState, Completeness
from coding.analysis_templates.questions import Question
from coding.study import Person
from data.storage import StudyStore
from data.storage.analysis_templates.interview_passages import InterviewPassage
from data.storage.analysis_templates.template_records import (
    Answer,
    Record,
    RecordPlace,
    Template,
    TemplateVersion,
)
from data.storage.evidence.evidence_records import Evidence, HolderKind
from workbench.wording import counted

BLIND_IN_WORDS = (
    "This transcript is being coded blind: its codings are not to be read or linked "
    "now. Answers can be written; quotations wait until its coders are through."
)
SHAPES = {
    AnswerState.EMPTY: "□",
    AnswerState.DRAFTED: "◌",
    AnswerState.WRITTEN: "■",
    AnswerState.NOT_APPLICABLE: "⊘",
}
"""A shape for each state, beside its words: never colour alone."""


@dataclass(frozen=True, slots=True)
class RecordRead:
    """A record with all that stands beside it.

    ``retired`` are questions that its version no longer asks and that were answered.
    ``evidence`` is by question. ``changes`` is what a move to the newest version would
    bring, nothing where it stands there.
    """

    template: Template
    asked: TemplateVersion
    record: Record
    evidence: Mapping[str, Sequence[Evidence]]
    passages: tuple[InterviewPassage, ...]
    retired: tuple[Question, ...]
    changes: tuple[QuestionChange, ...]
    is_being_coded_blind: bool

    @property
    def completeness(self) -> Completeness:
        """How far the record is."""
        return self.record.completeness(self.asked)

    def evidence_of(self, question_id: str) -> Sequence[Evidence]:
        """What an answer rests on."""
        return self.evidence.get(question_id, ())

    def changed(self, question_id: str) -> int:
        """How much of it is not as it was linked."""
        return sum(not one.stands for one in self.evidence_of(question_id))

    def is_of_earlier_wording(self, question: Question) -> bool:
        """Whether its answer was given while the question was put in another way."""
        answer = self.record.answer(question.id)
        if not answer.state.is_answered or answer.asked_in == self.asked.number:
            return False
        then = self.template.numbered(answer.asked_in)
        was = then.question(question.id) if then else None
        return was is not None and _as_asked(was) != _as_asked(question)

    @property
    def next_question(self) -> Question | None:
        """The first question without an answer, nothing where all have one."""
        return next(
            (
                one
                for one in self.asked.questions
                if not self.record.answer(one.id).state.is_answered
            ),
            None,
        )


def read_record(
    store: StudyStore, template: Template, source_id: str, person: Person
) -> RecordRead:
    """The record of a source as the person may read it.

    Who reads here what others coded can no longer code the source blind, which is
    noted. Raises DataRefused where no version is published.
    """
    place = RecordPlace(template.id, source_id)
    record = store.analysis_records.record(place, reader_id=person.id)
    asked = template.numbered(record.number)
    assert asked is not None, "a record stands at a version of its template"
    passages = store.analysis_records.passages(source_id, reader_id=person.id)
    if any(one.coder_id != person.id for one in passages):
        store.others_read.note_source(person.id, source_id)
    newest = template.newest
    asked_now = {one.id for one in asked.questions}
    answered = [
        one.question_id
        for one in record.answers.values()
        if one.state.is_answered and one.question_id not in asked_now
    ]
    retired = (template.last_wording(one) for one in answered)
    return RecordRead(
        template,
        asked,
        record,
        evidence_by_question(store, [record], person.id).get(record.id, {}),
        tuple(passages),
        tuple(one for one in retired if one is not None),
        changes_between(asked.questions, newest.questions)
        if newest and newest.number != asked.number
        else (),
        not passages and _is_being_coded_blind(store, source_id),
    )


def evidence_by_question(
    store: StudyStore, records: Sequence[Record], reader_id: str | None
) -> dict[str, dict[str, list[Evidence]]]:
    """What answers rest on, by record and question."""
    answers = {
        answer.id: (record.id, answer.question_id)
        for record in records
        for answer in record.answers.values()
    }
    held = store.evidence.of_all(
        HolderKind.TEMPLATE_ANSWER, reader_id=reader_id, holder_ids=answers
    )
    found: dict[str, dict[str, list[Evidence]]] = {}
    for answer_id, evidence in held.items():
        record_id, question_id = answers[answer_id]
        found.setdefault(record_id, {})[question_id] = evidence
    return found


def move_in_words(read: RecordRead) -> list[str]:
    """What moving the record to the newest version changes, a line for each question.

    Whether it is answered is said, since nothing that was answered is lost.
    """
    lines = []
    for one in read.changes:
        answer = read.record.answer(one.question_id)
        lines.append(f"{one.in_words}. {_what_it_means(one, answer)}".strip())
    return lines


def _what_it_means(change: QuestionChange, answer: Answer) -> str:
    if not answer.state.is_answered:
        return ""
    match change.kind:
        case ChangeKind.RETIRED:
            return "Its answer stays with the record, under “No longer asked”."
        case ChangeKind.REWORDED:
            return "Its answer stays, marked as given to the earlier wording."
        case ChangeKind.ANSWERED_OTHERWISE:
            chosen = answer.words.choice
            if change.now and chosen and chosen not in change.now.offered:
                return f"Its answer “{chosen}” stays, and is no longer offered."
            return "Its answer stays."
        case _:
            return ""


def answer_in_words(answer: Answer, quotations: int, changed: int) -> str:
    """How far an answer is and what it rests on, on one line.

    >>> answer_in_words(Answer("", "q"), 2, 1)
    '□ Empty, 2 quotations, 1 changed since'
    """
    state = answer.state
    said = [f"{SHAPES[state]} {state.value}"]
    if quotations:
        said.append(counted(quotations, "quotation"))
    if changed:
        said.append(f"{changed} changed since")
    return ", ".join(said)


def _as_asked(question: Question) -> tuple[object, ...]:
    return question.heading, question.guidance, question.kind, question.offered


def _is_being_coded_blind(store: StudyStore, source_id: str) -> bool:
    return any(
        one.id == source_id and one.is_coded_blind for one in store.sources.summaries()
    )
