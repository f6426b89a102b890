"""A draft from the interview's own coded passages, and making it an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coding.analysis_templates.completeness import AnswerState
from coding.analysis_templates.drafting import (
    NOTHING_FITS,
    CodedWords,
    DraftLine,
    draft_answers,
)
from coding.language import blank_language
from coding.study import Person
from coding.suggestions.vectors import VectorsInUse, load_vectors
from data.storage import StudyStore
from data.storage.analysis_templates.interview_passages import InterviewPassage
from data.storage.analysis_templates.template_records import Answer, AnswerWords
from workbench.actions.templates.record_reading import BLIND_IN_WORDS, RecordRead
from workbench.wording import counted

NOT_QUOTED = "Not to be quoted: say in your own words what this person says there."
DRAFT_IN_WORDS = (
    "Passages of this interview, chosen by the machine; no word of them is new. It is "
    "no answer until you confirm it or write your own."
)
NOTHING_CODED = (
    "Nothing is coded in this interview yet, and a draft is made of coded passages "
    "alone. Code it first, or write the answers yourself."
)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a draft as it reads: the passage, and why it was chosen."""

    passage: InterviewPassage
    why: str

    @property
    def reference(self) -> str:
        """Where it stands and under which code."""
        one = self.passage
        turn = f", turn {one.turn}" if one.turn else ""
        return f"{one.speaker}{turn}, under {one.code}"


def draft_record(
    store: StudyStore,
    read: RecordRead,
    person: Person,
    *,
    vectors: VectorsInUse | None = None,
) -> str:
    """What was drafted, in words: for the questions that nobody answered yet.

    Drafts from before are made anew. Raises DataRefused while the source is being coded
    blind.
    """
    open_questions = [
        one
        for one in read.asked.questions
        if not read.record.answer(one.id).state.is_answered
    ]
    if read.is_being_coded_blind:
        return BLIND_IN_WORDS
    if not read.passages:
        return NOTHING_CODED
    book = store.codebook
    chosen = draft_answers(
        open_questions,
        [
            CodedWords(o.coded_id, o.code_id, o.words, o.turn, o.start, o.end)
            for o in read.passages
        ],
        (*book.codebook().codes, *book.retired().codes),
        # Words are enough, and a draft must not change with another language model.
        language=blank_language(),
        vectors=vectors or load_vectors(),
    )
    place = read.record.place
    drafted = store.analysis_records.draft(person.id, place, chosen)
    without = len(open_questions) - drafted
    said = f"Drafted for {counted(drafted, 'question')} from coded passages."
    if without:
        said += f" For {without} nothing fits: {NOTHING_FITS.lower()}"
    return said


def lines_of(answer: Answer, passages: Sequence[InterviewPassage]) -> list[ShownLine]:
    """The lines of a draft that still can be read, in the order of the interview."""
    by_id = {one.coded_id: one for one in passages}
    return [
        ShownLine(by_id[one.coded_id], one.why)
        for one in answer.draft
        if one.coded_id in by_id
    ]


def as_words(lines: Sequence[ShownLine]) -> str:
    """The lines as an answer begins with them: verbatim, each with its turn.

    Of somebody who may not be quoted only the turn is named.
    """
    said = []
    for one in lines:
        where = f"{one.passage.speaker}, turn {one.passage.turn}"
        if one.passage.may_be_quoted:
            said.append(f"“{one.passage.words.strip()}” ({where})")
        else:
            said.append(f"({where}: {NOT_QUOTED[0].lower()}{NOT_QUOTED[1:]})")
    return "\n".join(said)


def can_be_confirmed(lines: Sequence[ShownLine]) -> bool:
    """Whether the lines can stand as the answer: all of people who may be quoted."""
    return bool(lines) and all(one.passage.may_be_quoted for one in lines)


def confirm(
    store: StudyStore, read: RecordRead, person: Person, question_id: str
) -> Answer:
    """The answer as a person confirmed it: the lines, resting on their quotations."""
    answer = read.record.answer(question_id)
    lines = lines_of(answer, read.passages)
    return store.analysis_records.write(
        person.id,
        read.record.place,
        question_id,
        AnswerWords(as_words(lines)),
        seen_version=answer.version,
        quotations=[one.passage.coded_id for one in lines],
    )


def leave_out(
    store: StudyStore, read: RecordRead, person: Person, question_id: str, coded: str
) -> None:
    """Take a line out of a draft; without coded passage, the whole draft."""
    answer = read.record.answer(question_id)
    kept: list[DraftLine] = []
    if answer.state is AnswerState.DRAFTED and coded:
        kept = [one for one in answer.draft if one.coded_id != coded]
    store.analysis_records.draft(person.id, read.record.place, {question_id: kept})
