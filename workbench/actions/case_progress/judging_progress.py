"""Saving what a person says of a pair's progress: readings, verdicts, settlements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coding.study import Person
from data.case_progress import (
    CaseReading,
    ComparedPair,
    JudgesPlace,
    ReadingAnswer,
    SavedForm,
)
from data.problems import DataProblem, DataRefused
from data.storage import StudyStore
from matching.progress.reading_form import ReadingForm, ReadingQuestion, key_for
from matching.progress.verdicts import AreaVerdict, ProgressArea, ProgressVerdict

Said = Mapping[ProgressArea, tuple[ProgressVerdict | None, str]]
"""What a form holds for each area: the verdict, if one is chosen, and why."""


def save_verdicts(
    store: StudyStore,
    person: Person,
    pair: ComparedPair,
    said: Said,
    *,
    and_finish: bool = False,
) -> int:
    """How many areas are judged, once one's own verdicts are saved.

    Areas with neither verdict nor reason are left for later. Raises DataRefused, with
    every one at once, for a verdict without reason and a reason without verdict.
    """
    verdicts = _complete(said)
    if not verdicts:
        raise DataRefused(
            [
                DataProblem(
                    "No area has been judged yet.",
                    "Your verdicts",
                    "Choose what you see in one area and write why. Nothing was saved.",
                )
            ]
        )
    store.verdicts.save(
        person.id,
        pair.contemporary_id,
        pair.historic_id,
        verdicts,
        seen=_versions(pair.place_of(person.id)),
        and_finish=and_finish,
    )
    return len(verdicts)


def settle(store: StudyStore, person: Person, pair: ComparedPair, said: Said) -> int:
    """How many differences are settled, once they are saved beside both verdicts."""
    verdicts = _complete(said)
    if not verdicts:
        raise DataRefused(
            [
                DataProblem(
                    "Nothing is settled yet.",
                    "What you settle together",
                    "Choose what you now both say of an area and write why. "
                    "Nothing was saved.",
                )
            ]
        )
    store.verdicts.settle(
        person.id,
        pair.contemporary_id,
        pair.historic_id,
        verdicts,
        seen=_versions(pair.together),
    )
    return len(verdicts)


def form_for(store: StudyStore, reading: CaseReading | None) -> SavedForm:
    """The form a reading was begun with, or the newest where there is none yet."""
    return reading.form if reading else store.comparison.form()


def save_reading(
    store: StudyStore,
    person: Person,
    pair: ComparedPair,
    case_id: str,
    reading: CaseReading | None,
    answers: Mapping[str, tuple[str, tuple[str, ...]]],
) -> int:
    """How many questions are answered, once the answers are saved.

    ``answers`` gives, by the key of a question, the words and the ids of notes.
    """
    versions = {
        k: one.version for k, one in (reading.answers if reading else {}).items()
    }
    store.readings.save(
        person.id,
        pair.contemporary_id,
        pair.historic_id,
        case_id,
        [
            ReadingAnswer(key, words, notes, versions.get(key, 0))
            for key, (words, notes) in answers.items()
        ],
    )
    return sum(bool(words.strip()) for words, _ in answers.values())


def changed_form(form: ReadingForm, rows: list[Mapping[str, str]]) -> ReadingForm:
    """The form as a table of questions leaves it.

    Each row has ``key`` ('' for a new question), ``text``, ``help`` and ``choices``
    with | between them. A question keeps its key however it is worded, so that answers
    to it can be followed from version to version. Rows without any words are left out.
    """
    taken = {one.key for one in form.questions}
    questions = []
    for row in rows:
        text, key = row["text"].strip(), row["key"]
        if not text and not row["help"].strip() and not row["choices"].strip():
            continue
        if not key:
            key = key_for(text, taken)
            taken.add(key)
        choices = [one.strip() for one in row["choices"].split("|")]
        questions.append(
            ReadingQuestion(
                key, text, row["help"].strip(), tuple(one for one in choices if one)
            )
        )
    return ReadingForm(tuple(questions))


def _complete(said: Said) -> list[AreaVerdict]:
    verdicts, problems = [], []
    for area, (verdict, reason) in said.items():
        if verdict is None and not reason.strip():
            continue
        if verdict is None:
            problems.append(
                DataProblem(
                    "A reason is written and no verdict is chosen.",
                    area.in_words,
                    "Choose one; Cannot tell is one too.",
                )
            )
        elif not reason.strip():
            problems.append(
                DataProblem(
                    "A verdict is kept together with its reason, and none is written.",
                    area.in_words,
                    "Write what in the two files makes you say so.",
                )
            )
        else:
            verdicts.append(AreaVerdict(area, verdict, reason))
    if problems:
        last = problems[-1]
        problems[-1] = replace(last, do_next=f"{last.do_next} Nothing was saved.")
        raise DataRefused(problems)
    return verdicts


def _versions(place: JudgesPlace | None) -> dict[ProgressArea, int]:
    saved = (place.verdicts if place else None) or {}
    return {area: one.version for area, one in saved.items()}
