"""The case-reading form on the page: one file at a time, notes cited as evidence."""

from __future__ import annotations

import streamlit as st

from data.case_progress import CaseReading, ComparedPair, ReadingAnswer
from data.rights import Right
from matching.progress.reading_form import ReadingQuestion
from workbench import notices, session
from workbench.actions.case_progress import judging_progress
from workbench.actions.case_progress.comparing import PairSide, PairToCompare
from workbench.case_words import date_in_words
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.untrusted import as_html, as_label


def show_readings(place: Place, pair: ComparedPair, shown: PairToCompare) -> None:
    """Draw one's own reading of a file, and others' once both judges are through."""
    readings = place.store.readings.readings(
        place.person.id, pair.contemporary_id, pair.historic_id
    )
    own = {r.case_id: r for r in readings if r.reader_id == place.person.id}
    if session.may(Right.JUDGE_PAIRS):
        st.header("Reading the files", anchor=False)
        draw_quietly(
            "The same questions for both files, so that both are read alike. Answer "
            "what helps you judge; cite the notes an answer rests on. "
            + (
                "Two people are through with the pair, so everyone of the study reads "
                "this."
                if pair.are_both_through
                else "Nobody else reads this until two people are through with the "
                "pair."
            )
        )
        sides = {side.name: side for side in shown.sides}
        chosen = st.radio(
            "File",
            list(sides),
            format_func=lambda name: _file_in_words(sides[name], own),
            horizontal=True,
            key=f"file {pair.contemporary_id} {pair.historic_id}",
        )
        side = sides[chosen or next(iter(sides))]
        _ask(place, pair, side, own.get(side.case_id), shown)
    _show_others(place, readings, shown)


def _file_in_words(side: PairSide, own: dict[str, CaseReading]) -> str:
    reading = own.get(side.case_id)
    return f"{as_label(side.name)}: {reading.answered if reading else 0} answered"


def _ask(
    place: Place,
    pair: ComparedPair,
    side: PairSide,
    reading: CaseReading | None,
    shown: PairToCompare,
) -> None:
    form = judging_progress.form_for(place.store, reading)
    notes = {
        note.id: f"{n}. {note.when if shown.is_masked else date_in_words(note.when)}"
        for n, note in enumerate(side.notes, 1)
    }
    answers: dict[str, tuple[str, tuple[str, ...]]] = {}
    with (
        st.expander(
            f"Questions on {as_label(side.name)}", key=f"questions {side.case_id}"
        ),
        st.form(f"reading {side.case_id}"),
        notices.problems_shown(),
    ):
        for question in form.form.questions:
            kept = reading.answers.get(question.key) if reading else None
            answers[question.key] = _ask_question(side.case_id, question, kept, notes)
        if st.form_submit_button("Save this reading"):
            answered = judging_progress.save_reading(
                place.store, place.person, pair, side.case_id, reading, answers
            )
            notices.saved(
                f"The reading of {side.name} was saved: {answered} of "
                f"{len(form.form.questions)} questions answered."
            )
            st.rerun()


def _ask_question(
    case_id: str,
    question: ReadingQuestion,
    kept: ReadingAnswer | None,
    notes: dict[str, str],
) -> tuple[str, tuple[str, ...]]:
    key = f"{case_id} {question.key} {kept.version if kept else 0}"
    words = kept.answer if kept else ""
    if question.choices:
        choices = list(question.choices)
        answer = st.radio(
            as_label(question.text),
            choices,
            index=choices.index(words) if words in choices else None,
            format_func=as_label,
            horizontal=True,
            help=as_label(question.help) or None,
            key=f"answer {key}",
        )
    else:
        answer = st.text_area(
            as_label(question.text),
            words,
            height=80,
            help=as_label(question.help) or None,
            key=f"answer {key}",
        )
    cited = st.multiselect(
        "Notes this rests on",
        list(notes),
        default=[one for one in (kept.note_ids if kept else ()) if one in notes],
        format_func=lambda one: f"Note {notes[one]}",
        key=f"notes {key}",
        placeholder="Choose notes",
    )
    return str(answer or ""), tuple(cited)


def _show_others(
    place: Place, readings: list[CaseReading], shown: PairToCompare
) -> None:
    others = [one for one in readings if one.reader_id != place.person.id]
    if not others:
        return
    names = {side.case_id: side for side in shown.sides}
    with st.expander("What others found in the files", key="others readings"):
        for one in others:
            side = names[one.case_id]
            when = {note.id: note.when for note in side.notes}
            rows = "".join(
                f'<tr><th scope="row">{as_html(question.text)}</th>'
                f"<td>{as_html(found.answer)}"
                + "".join(
                    f' <a href="#note-{as_html(note)}">'
                    f"{as_html(date_in_words(when[note]))}</a>"
                    for note in found.note_ids
                    if note in when
                )
                + "</td></tr>"
                for question in one.form.form.questions
                if (found := one.answers.get(question.key))
            )
            draw_cases(
                f'<section class="wb-card"><h3>{as_html(side.name)}, read by '
                f"{as_html(one.reader)} (form version {one.form.number})</h3>"
                f"<table><tbody>{rows}</tbody></table></section>"
            )
