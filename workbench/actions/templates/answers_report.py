"""Records as files: all answers of a study as workbook or Word, one record as Word.

What is being coded blind by anybody is left out: a file may be read by everybody. A
draft that nobody confirmed is told to be there, and none of its words are printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from coding.analysis_templates.comparing import changes_between
from coding.analysis_templates.questions import Question
from coding.study import Participant, Person
from data.exporters.analysis_templates.answers_book import (
    AnswersBook,
    BookAnswer,
    BookRecord,
    BookTemplate,
)
from data.exporters.analysis_templates.answers_workbook import answers_as_xlsx
from data.exporters.analysis_templates.record_word import records_as_word
from data.exporters.framework_matrix.matrix_book import CitedQuotation
from data.exporters.report_document import made_in_words
from data.problems import DataProblem, DataRefused
from data.rights import Right
from data.storage import StudyStore
from data.storage.analysis_templates.template_records import Template
from data.storage.evidence.evidence_records import Evidence, EvidenceKind
from workbench.actions.framework.matrix_report import cited_quotation
from workbench.actions.templates.completeness_reading import (
    InterviewRow,
    read_study,
)
from workbench.actions.templates.record_reading import evidence_by_question

_NOT_NOW = "Not to be read now: this transcript is being coded blind."
_HOW_READ = (
    "Numbers in square brackets lead to the quotations an answer rests on.",
    "Drafts of the machine that nobody confirmed are no answers: they are told to be "
    "there, and not printed.",
)


def answers_workbook(store: StudyStore, made_by: str, made_at: datetime) -> bytes:
    """Every answer of every template as a workbook, with what they cite."""
    return answers_as_xlsx(read_book(store, made_by, made_at))


def answers_word_file(store: StudyStore, made_by: str, made_at: datetime) -> bytes:
    """Every record that was begun as one Word file, with what its answers cite."""
    return records_as_word(read_book(store, made_by, made_at))


def record_content(
    store: StudyStore, person: Person, template: Template, source_id: str
) -> bytes:
    """One record as a Word file, with an audit line that it was taken away.

    Raises DataRefused where nobody began it, or it may not be read by everybody now.
    """
    moment = datetime.now().astimezone()
    book = read_book(
        store, person.name, moment, template_id=template.id, source_id=source_id
    )
    if book.templates[0].records[0].hidden:
        _refuse(_NOT_NOW, "Make the file when its coders are through.")
    with store.database.writing(person.id, Right.MAKE_REPORTS) as writing:
        writing.record("report made", "report", "record", source=source_id)
    return records_as_word(book)


def read_book(
    store: StudyStore,
    made_by: str,
    made_at: datetime,
    *,
    template_id: str = "",
    source_id: str = "",
) -> AnswersBook:
    """What the files say, of all templates and sources or of one.

    Raises DataRefused where there is no published template, or no such record.
    """
    templates = [
        one
        for one in store.analysis_templates.templates()
        if one.newest and template_id in ("", one.id)
    ]
    if not templates:
        _refuse(
            "The study has no published analysis template yet.",
            "Make one on the page Interview records.",
        )
    cited = _Cited({one.id: one for one in store.study.participants()})
    books = tuple(_template(store, one, cited, source_id) for one in templates)
    if source_id and not any(one.records for one in books):
        _refuse("Nobody has begun this record.", "Answer a question of it first.")
    return AnswersBook(
        store.study.read().name,
        made_in_words(made_by, made_at),
        made_by,
        made_at,
        books,
        tuple(cited.quotations),
        _HOW_READ,
    )


class _Cited:
    """Numbers quotations in the order they are first cited."""

    def __init__(self, people: Mapping[str, Participant]) -> None:
        self._people = people
        self.quotations: list[CitedQuotation] = []

    def references(self, evidence: Sequence[Evidence], where: str) -> tuple[int, ...]:
        numbers = []
        for one in evidence:
            if one.kind is not EvidenceKind.CODED_SEGMENT:
                continue
            numbers.append(len(self.quotations) + 1)
            number = numbers[-1]
            self.quotations.append(cited_quotation(one, number, where, self._people))
        return tuple(numbers)


def _template(
    store: StudyStore, template: Template, cited: _Cited, source_id: str
) -> BookTemplate:
    newest = template.newest
    assert newest is not None, "only published templates are printed"
    rows = [
        one
        for one in read_study(store, template, None).rows
        if source_id == "" or (one.source_id == source_id and one.record)
    ]
    evidence = evidence_by_question(
        store, [one.record for one in rows if one.record], None
    )
    published = [one for one in template.versions if one.is_published]
    history = []
    for before, one in zip([None, *published], published, strict=False):
        history.append(f"Version {one.number}. {one.note}".strip())
        if before:
            changes = changes_between(before.questions, one.questions)
            history += [change.in_words for change in changes]
    return BookTemplate(
        template.name,
        template.about,
        tuple((one.id, one.heading) for one in newest.questions),
        tuple(
            _record(
                template,
                one,
                evidence.get(one.record.id, {}) if one.record else {},
                cited,
            )
            for one in rows
        ),
        tuple(history),
    )


def _record(
    template: Template,
    row: InterviewRow,
    evidence: Mapping[str, Sequence[Evidence]],
    cited: _Cited,
) -> BookRecord:
    asked = template.numbered(row.number)
    questions = asked.questions if asked and not row.is_hidden else ()
    answers = {
        one.id: _answer(template, row, one, evidence.get(one.id, ()), cited)
        for one in questions
    }
    retired = []
    for answer in row.record.answers.values() if row.record else ():
        was = template.last_wording(answer.question_id)
        if was and answer.question_id not in answers and answer.state.is_answered:
            held = evidence.get(answer.question_id, ())
            retired.append(_answer(template, row, was, held, cited))
    return BookRecord(
        row.name,
        row.wave,
        ", ".join(row.roles),
        row.number,
        row.in_words,
        answers,
        tuple(retired),
        _NOT_NOW if row.is_hidden else "",
        row.record is not None,
    )


def _answer(
    template: Template,
    row: InterviewRow,
    question: Question,
    evidence: Sequence[Evidence],
    cited: _Cited,
) -> BookAnswer:
    if row.record is None:
        return BookAnswer(question.heading, "Not begun")
    answer = row.record.answer(question.id)
    state, words = answer.state, answer.words
    notes = []
    then = template.numbered(answer.asked_in)
    was = then.question(question.id) if then else None
    if state.is_answered and was and was.heading != question.heading:
        notes.append(f"Given to the wording of version {answer.asked_in}.")
    if changed := sum(not one.stands for one in evidence):
        notes.append(f"{changed} of what it rests on changed since.")
    said = words.text
    if words.is_not_applicable:
        said = f"Does not apply: {words.reason}"
    return BookAnswer(
        question.heading,
        state.value,
        words.choice,
        said,
        answer.asked_in if state.is_answered else 0,
        answer.written_by if state.is_answered else "",
        answer.written_at if state.is_answered else None,
        cited.references(evidence, f"{row.name}: {question.heading}"),
        " ".join(notes),
    )


def _refuse(found: str, do_next: str) -> None:
    raise DataRefused(
        [DataProblem(found, "Interview records", f"{do_next} Nothing was written.")]
    )
