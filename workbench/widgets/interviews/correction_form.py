"""The form that corrects a transcript: other words, what they do, the reason."""

from __future__ import annotations

import streamlit as st

from coding.transcripts import Transcript, Turn
from data.problems import DataRefused
from data.sources import StoredSource
from workbench import notices, session
from workbench.actions.interviews import corrections
from workbench.session import Place
from workbench.widgets.interviews.source_form import file_key
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import counted, day_in_words

_CHANGED = "turns corrected"
_BY_TURN = "Change the words of a turn"
_BY_FILE = "Add a corrected file"
_SHOWN = 60


def draw(place: Place, source: StoredSource) -> None:
    """Draw the correction of one source, from its words to the press that keeps it."""
    transcript = source.transcript
    notices.page_head(
        f"Correct {transcript.name}",
        "Coded passages follow their words. The text as it is now is kept.",
    )
    with st.container(horizontal=True):
        asked = _turn_asked(transcript)
        where = {"at": str(asked.start)} if asked else {}
        session.link_to("code", "Back to the transcript", source=source.id, **where)
    how = st.radio("How", [_BY_TURN, _BY_FILE], horizontal=True, key="correct how")
    with notices.problems_shown():
        corrected = _by_turn(source) if how == _BY_TURN else _by_file(source)
        if corrected is not None:
            _draw_effect(place, source, corrected)
    _draw_earlier(place, source)


def _by_turn(source: StoredSource) -> Transcript | None:
    """The transcript with the turns changed so far, or nothing where none is."""
    transcript = source.transcript
    # Words typed for another text would land in the wrong turn.
    kept = session.recall(_CHANGED, [])
    changed: dict[int, str] = (
        dict(kept[1]) if kept and kept[0] == transcript.sha256 else {}
    )
    turns = {turn.number: turn for turn in transcript.turns}
    asked = _turn_asked(transcript)
    number = st.selectbox(
        "Turn",
        list(turns),
        index=list(turns).index(asked.number) if asked else 0,
        format_func=lambda one: _turn_label(transcript, turns[one].number),
        key=f"correct turn {source.id} {asked.number if asked else ''}",
        help="Type a number or a word of it to find a turn.",
    )
    if number is None:
        return None
    turn = turns[number]
    said = transcript.text[turn.start : turn.end]
    words = st.text_area(
        as_label(f"What {turn.speaker} said" if turn.speaker else "What was said"),
        changed.get(number, said),
        key=f"correct words {transcript.sha256[:8]} {number}",
        height=160,
    )
    if " ".join(words.split()) != " ".join(said.split()):
        changed[number] = words
    else:
        changed.pop(number, None)
    session.remember(_CHANGED, [transcript.sha256, list(changed.items())])
    if not changed:
        st.write("Change some words and leave the field; what that does is said here.")
        return None
    listed = ", ".join(str(one) for one in sorted(changed))
    st.write(f"Changed: turn {listed}." if len(changed) == 1 else f"Changed: {listed}.")
    return corrections.with_turns_corrected(transcript, changed)


def _turn_asked(transcript: Transcript) -> Turn | None:
    """The turn that was being read, by its number in the address."""
    asked = session.address("turn")
    return next((one for one in transcript.turns if str(one.number) == asked), None)


def _turn_label(transcript: Transcript, number: int) -> str:
    turn = next(one for one in transcript.turns if one.number == number)
    said = transcript.text[turn.start : turn.end]
    shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN]} ..."
    return (
        f"{number}  {turn.speaker}: {shown}" if turn.speaker else f"{number}  {shown}"
    )


def _by_file(source: StoredSource) -> Transcript | None:
    uploaded = st.file_uploader(
        "The corrected transcript, whole", key=f"correct file {source.id}"
    )
    if uploaded is None:
        return None
    return corrections.read_corrected_file(source, uploaded.name, uploaded.getvalue())


def _draw_effect(place: Place, source: StoredSource, corrected: Transcript) -> None:
    effect = place.store.corrections.effect_of(
        source.id, corrected, reader_id=place.person.id
    )
    lines = "".join(
        f"<li>{as_html(line)}</li>" for line in corrections.effect_in_words(effect)
    )
    notices.draw(f"<h2 style='font-size:1.125rem'>What this does</h2><ul>{lines}</ul>")
    key = file_key("correct", corrected.text.encode("utf-8"))
    reason = st.text_input(
        "Why it is corrected",
        key=f"correct reason {key}",
        placeholder="Misheard on the recording",
        width=520,
    )
    if st.button("Correct the transcript", type="primary", key=f"correct {key}"):
        corrections.correct(place.store, place.person, source, corrected, reason)
        session.forget(_CHANGED)
        left = (
            f" {counted(effect.not_placed, 'passage')} could not be placed."
            if effect.not_placed
            else ""
        )
        notices.saved(f"The transcript was corrected.{left}")
        asked = _turn_asked(corrected)
        where = {"at": str(asked.start)} if asked else {}
        session.go_to("code", source=source.id, **where)


def _draw_earlier(place: Place, source: StoredSource) -> None:
    earlier = place.store.corrections.earlier_texts(source.id)
    if not earlier:
        return
    with st.expander(f"Earlier texts ({len(earlier)})"):
        for one in earlier:
            st.write(
                as_label(
                    f"Text {one.number}, {counted(one.words, 'word')}, until "
                    f"{day_in_words(one.replaced_at.date().isoformat())}: corrected by "
                    f"{one.replaced_by}. {one.reason}"
                )
            )
            kept = place.store.corrections.earlier_text(source.id, one.number)
            if kept is not None:
                st.download_button(
                    f"Download text {one.number}",
                    kept.text,
                    f"{source.transcript.name} text {one.number}.txt",
                    "text/plain",
                    key=f"earlier {one.number}",
                )


def draw_unplaced(place: Place, source: StoredSource) -> None:
    """Draw the person's own codings that lost their place in this source, if any."""
    left = place.store.corrections.unplaced(place.person.id, source.id)
    if not left:
        return
    title = (
        f"{counted(len(left), 'passage')} of yours lost "
        f"{'its' if len(left) == 1 else 'their'} place when the text was corrected"
    )
    with st.expander(title, expanded=True), notices.problems_shown():
        one = left[0]
        notices.draw(
            f"<p style='margin:0'><strong>{as_html(one.code_name)}</strong>, turn "
            f"{one.turn_number}{', ' if one.speaker else ''}{as_html(one.speaker)}, "
            f"stood on:</p><blockquote>{as_html(one.quotation)}</blockquote>"
        )
        places = corrections.proposed_places(source, one)
        text = source.transcript.text
        options = [*range(len(places)), -1]
        chosen = st.radio(
            "It belongs to",
            options,
            format_func=lambda at: (
                as_label(f"“{text[places[at].start : places[at].end]}”")
                if at >= 0
                else "other words: select them in the text below"
            ),
            key=f"unplaced {one.id}",
        )
        if chosen == -1:
            st.write(
                as_label(
                    "Select the words in the text, by mouse or with Shift and the "
                    f"arrow keys, and press “Put {one.code_name} here” beside them."
                )
            )
        with st.container(horizontal=True):
            if chosen != -1 and st.button("Put it there", key=f"place {one.id}"):
                where = places[chosen or 0]
                place.store.corrections.place(place.person.id, one.id, where)
                notices.saved(f"{one.code_name} stands on its new words.")
                st.rerun()
            if st.button("It has no place any more", key=f"let go {one.id}"):
                place.store.corrections.let_go(place.person.id, one.id)
                notices.saved("Noted. The earlier text and this coding are kept.")
                st.rerun()


def open_asked(place: Place) -> bool:
    """Whether the address asked for a correction, which is then on the page."""
    source_id = session.address("correct")
    if not source_id:
        return False
    try:
        source = place.store.sources.read(source_id)
    except DataRefused as refusal:
        notices.show_problems(refusal)
        return True
    if source is None:
        return False
    draw(place, source)
    return True
