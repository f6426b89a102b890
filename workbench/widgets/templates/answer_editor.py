"""The answer that is open: its draft, its words, what it rests on, what it said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from coding.analysis_templates.completeness import AnswerState
from coding.analysis_templates.questions import Question
from data.storage.analysis_templates.record_checks import (
    LONGEST_ANSWER,
    LONGEST_REASON,
)
from data.storage.analysis_templates.template_records import (
    Answer,
    AnswerWords,
)
from workbench import notices, session
from workbench.actions.evidence.evidence_words import EvidenceTeller
from workbench.actions.templates import drafting
from workbench.actions.templates.drafting import ShownLine
from workbench.actions.templates.record_reading import RecordRead
from workbench.session import Place
from workbench.widgets.evidence.evidence_list import draw_evidence
from workbench.widgets.templates.typed_words import TypedWords
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import counted, day_in_words

_BESIDE = "answer"
_UNDO = "answer to undo"
_STYLE = """<style>
.wb-draft {border: 2px dashed light-dark(#7D8790, #76828C); border-radius: 6px;
  padding: 8px 12px; margin: 0; overflow-wrap: anywhere}
.wb-draft blockquote {margin: 0 0 4px; padding: 0; border: 0; white-space: pre-wrap;
  line-height: 1.55; font-family: "Source Serif", "Source Serif 4", Georgia, serif}
.wb-draft p {margin: 0; font-size: .9375rem; color: light-dark(#55606A, #A9B2B9)}
.wb-guide {white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5}
</style>"""


def draw_answer(place: Place, read: RecordRead, question: Question) -> None:
    """Draw the question, and below it all that its answer is made of."""
    answer = read.record.answer(question.id)
    typed = TypedWords(read, question.id)
    asked = [as_html(question.guidance)] if question.guidance else []
    if question.for_whom:
        asked.append(f"For: {as_html(question.for_whom)}")
    notices.draw(
        f"{_STYLE}"
        + "".join(f'<p class="wb-small wb-guide"><bdi>{one}</bdi></p>' for one in asked)
    )
    _show_saved(place, read, answer)
    if read.is_of_earlier_wording(question):
        _draw_earlier_wording(place, read, question, answer)
    lines = drafting.lines_of(answer, read.passages)
    if answer.state is AnswerState.DRAFTED:
        _draw_draft(place, read, question, lines, typed)
    if answer.state is AnswerState.NOT_APPLICABLE:
        notices.draw(
            f'<p class="wb-guide"><strong>Does not apply:</strong> '
            f"<bdi>{as_html(answer.words.reason)}</bdi></p>"
        )
    if typed.is_overtaken:
        _draw_overtaken(answer, typed)
    _draw_fields(place, read, question, typed)
    _draw_evidence(place, read, question)
    _draw_not_applicable(place, read, question, answer)
    _draw_earlier(place, read, answer)


def _draw_fields(
    place: Place, read: RecordRead, question: Question, typed: TypedWords
) -> None:
    shown = typed.words
    text_key, choice_key = typed.field("answer"), typed.field("choice")

    def keep() -> None:
        choice = st.session_state.get(choice_key) or ""
        typed.keep(st.session_state.get(text_key, shown.text), choice)

    offered = question.offered
    if offered:
        chosen = offered.index(shown.choice) if shown.choice in offered else None
        st.radio(
            "Answer",
            offered,
            index=chosen,
            format_func=as_label,
            key=choice_key,
            horizontal=True,
            on_change=keep,
        )
        if shown.choice and shown.choice not in offered:
            notices.draw(
                f'<p class="wb-small">The answer given was “{as_html(shown.choice)}”, '
                "which is no longer offered.</p>"
            )
    text = st.text_area(
        "In words" if offered else "Answer",
        shown.text,
        key=text_key,
        height=160,
        max_chars=LONGEST_ANSWER,
        on_change=keep,
    )
    choice = st.session_state.get(choice_key) or "" if offered else ""
    if st.button("Save answer", type="primary", key=typed.field("save")):
        _save(place, read, question.id, AnswerWords(text or "", choice), typed)


def _save(
    place: Place,
    read: RecordRead,
    question_id: str,
    words: AnswerWords,
    typed: TypedWords,
) -> None:
    seen = typed.held[0] if typed.held else typed.answer.version
    with notices.problems_shown():
        saved = place.store.analysis_records.write(
            place.person.id, read.record.place, question_id, words, seen_version=seen
        )
        typed.take_theirs()
        _remember_undo(saved)
        said = "Saved." if not words.is_empty else "Saved: the answer is empty now."
        notices.saved(said, beside=_BESIDE)
        st.rerun()


def _remember_undo(saved: Answer) -> None:
    session.remember(_UNDO, [saved.id, saved.version])
    # Where the address names no question, the first without an answer is open: saved,
    # it would close, and what was done and the way back would show beside another.
    session.set_address(question=saved.question_id)


def _show_saved(place: Place, read: RecordRead, answer: Answer) -> None:
    notices.show_saved(_BESIDE)
    undo = session.recall(_UNDO, ["", 0])
    if not answer.id or undo != [answer.id, answer.version]:
        return
    if st.button("Undo", key=f"undo answer {answer.id} {answer.version}"):
        with notices.problems_shown():
            place.store.analysis_records.put_back(
                place.person.id, answer, answer.version - 1, read.record.place
            )
            session.forget(_UNDO)
            TypedWords(read, answer.question_id).take_theirs()
            notices.saved(
                "Undone: the answer is as it was. Links to quotations stay.",
                beside=_BESIDE,
            )
            st.rerun()


def _draw_overtaken(answer: Answer, typed: TypedWords) -> None:
    notices.draw(
        f'<div class="wb-problems" role="alert"><h2>{as_html(answer.written_by)} '
        "wrote here while you were typing</h2><p>This stands now. Your words are in "
        'the field below and not saved.</p><blockquote class="wb-guide"><bdi>'
        f"{as_html(answer.words.in_words or 'Nothing: it was emptied.')}</bdi>"
        "</blockquote></div>"
    )
    with st.container(horizontal=True):
        st.button(
            "Keep theirs, let mine go",
            key=typed.field("theirs"),
            on_click=typed.take_theirs,
        )
        st.button(
            "Go on with mine",
            key=typed.field("mine"),
            on_click=typed.over_theirs,
            help="When you save, theirs is kept among the earlier words.",
        )


def _draw_earlier_wording(
    place: Place, read: RecordRead, question: Question, answer: Answer
) -> None:
    then = read.template.numbered(answer.asked_in)
    was = then.question(question.id) if then else None
    words = was.heading if was else ""
    notices.draw(
        f'<p class="wb-small">! Answered under version {answer.asked_in}, which asked: '
        f"<bdi>“{as_html(words)}”</bdi></p>"
    )
    if st.button(
        "It answers the new wording too", key=f"still {answer.id} {answer.version}"
    ):
        with notices.problems_shown():
            place.store.analysis_records.still_holds(
                place.person.id, answer, read.record.place
            )
            notices.saved("Kept as an answer to the new wording.", beside=_BESIDE)
            st.rerun()


def _draw_draft(
    place: Place,
    read: RecordRead,
    question: Question,
    lines: Sequence[ShownLine],
    typed: TypedWords,
) -> None:
    st.subheader("Draft, not confirmed", anchor=False)
    notices.draw(f'<p class="wb-small">{as_html(drafting.DRAFT_IN_WORDS)}</p>')
    for one in lines:
        _draw_line(place, read, question.id, one)
    if not lines:
        st.write("The passages it was made of can no longer be read.")
    with st.container(horizontal=True):
        if drafting.can_be_confirmed(lines) and not question.offered:
            st.button(
                "Confirm as the answer",
                key=typed.field("confirm"),
                on_click=_doing(lambda: _confirm(place, read, question.id, typed)),
            )
        if lines:
            st.button(
                "Put the lines into the field",
                key=typed.field("use"),
                on_click=lambda: typed.begin_with(drafting.as_words(lines)),
                help="To write your own answer from them; nothing is saved yet.",
            )
        st.button(
            "Let the draft go",
            key=typed.field("let go"),
            on_click=_doing(
                lambda: drafting.leave_out(
                    place.store, read, place.person, question.id, ""
                )
            ),
        )


def _draw_line(
    place: Place, read: RecordRead, question_id: str, one: ShownLine
) -> None:
    passage = one.passage
    note = "" if passage.may_be_quoted else f"<p>! {as_html(drafting.NOT_QUOTED)}</p>"
    notices.draw(
        f'{_STYLE}<div class="wb-draft"><blockquote><bdi>“{as_html(passage.words)}”'
        f"</bdi></blockquote><p><bdi>{as_html(one.reference)}</bdi></p>"
        f"<p>Why: <bdi>{as_html(one.why)}.</bdi></p>{note}</div>"
    )
    with st.container(horizontal=True):
        session.link_to(
            "code",
            "Read it in its place",
            source=read.record.place.source_id,
            at=str(passage.start),
        )
        st.button(
            "Leave it out",
            key=f"leave out {question_id} {passage.coded_id}",
            type="tertiary",
            on_click=_doing(
                lambda: drafting.leave_out(
                    place.store, read, place.person, question_id, passage.coded_id
                )
            ),
        )


def _confirm(
    place: Place, read: RecordRead, question_id: str, typed: TypedWords
) -> None:
    saved = drafting.confirm(place.store, read, place.person, question_id)
    typed.take_theirs()
    _remember_undo(saved)
    notices.saved(
        "Confirmed: the lines are the answer, and it rests on their quotations.",
        beside=_BESIDE,
    )


def _doing(act: Callable[[], Any]) -> Callable[[], None]:
    """The act before the page is drawn, so that every part of it shows what it did."""

    def do() -> None:
        with notices.problems_shown():
            act()

    return do


def _draw_evidence(place: Place, read: RecordRead, question: Question) -> None:
    evidence = read.evidence_of(question.id)
    st.subheader(
        f"What it rests on ({counted(len(evidence), 'quotation')})", anchor=False
    )
    notices.show_saved("evidence")
    draw_evidence(
        place,
        evidence,
        EvidenceTeller(place.store),
        may_change=True,
        empty="Nothing yet. Click a coded passage in the transcript to add it here.",
    )


def _draw_not_applicable(
    place: Place, read: RecordRead, question: Question, answer: Answer
) -> None:
    key = f"{question.id} {read.record.place.source_id} {answer.version}"
    with st.expander("It does not apply to this interview"):
        reason = st.text_input(
            "Why it does not apply",
            answer.words.reason,
            key=f"reason {key}",
            max_chars=LONGEST_REASON,
        )
        if st.button("Save that it does not apply", key=f"not applicable {key}"):
            words = AnswerWords(is_not_applicable=True, reason=reason or "")
            _save(place, read, question.id, words, TypedWords(read, question.id))


def _draw_earlier(place: Place, read: RecordRead, answer: Answer) -> None:
    if answer.version < 2:
        return
    earlier = place.store.analysis_records.earlier(answer.id, reader_id=place.person.id)
    with st.expander(f"Earlier words ({len(earlier)})"):
        for one in earlier:
            until = day_in_words(one.said_until.date().isoformat())
            notices.draw(
                f'<p class="wb-small">{as_html(one.written_by)}, until {until}</p>'
                f'<p class="wb-guide"><bdi>{as_html(one.words.in_words or "Empty")}'
                "</bdi></p>"
            )
            if st.button("Put back", key=f"put back {answer.id} {one.number}"):
                with notices.problems_shown():
                    saved = place.store.analysis_records.put_back(
                        place.person.id, answer, one.number, read.record.place
                    )
                    _remember_undo(saved)
                    TypedWords(read, answer.question_id).take_theirs()
                    notices.saved("The earlier words are back.", beside=_BESIDE)
                    st.rerun()
