"""Read and code: one source, its passages and its suggestions fill the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from data.rights import Right, roles_in_words
from data.sources import SourceSummary, StoredSource
from workbench import jobs, notices, session
from workbench.actions.coders.given_sources import (
    GivenSource,
    given_in_words,
    given_to,
)
from workbench.actions.interviews import coding_desk, suggesting
from workbench.actions.interviews.not_coded import Coded, how_coded
from workbench.actions.interviews.pane_content import PaneContent, PaneTurn
from workbench.actions.interviews.pane_operations import PaneOperation
from workbench.session import Place
from workbench.widgets.interviews import correction_form
from workbench.widgets.interviews.source_as_read import source_as_read
from workbench.widgets.memos.memos_about import memos_about
from workbench.widgets.suggesting.learning_job import learn_if_due, show_learning
from workbench.widgets.suggesting.read_through import (
    draw_how_it_fell,
    draw_read_through,
)
from workbench.widgets.transcript_pane import show_transcript_pane
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_LAST_OPEN = "source open"
_CHOICES = "sources chosen"
_PLACED = "passage placed"
_LEARNED_AT = "asked to learn at"
# A longer number than this stands in no transcript.
_MOST_DIGITS = 9
_HEAD_WIDTH = 340
# Reading needs the height that other pages leave empty above their heading.
# With little room the heading takes one line above the tools instead of a block beside.
_CLOSE_TO_THE_TOP = """<style>
.stMainBlockContainer {padding-top: 3.5rem; padding-bottom: 1rem}
@media (max-width: 1100px) {
  /* Clear of the bar at the window's top. */
  .stMainBlockContainer {padding-top: 3.5rem}
  .stMainBlockContainer > [data-testid="stVerticalBlock"] {gap: 0.5rem}
  [data-testid="stLayoutWrapper"]:has(> .st-key-read-head),
  [data-testid="stLayoutWrapper"]:has(> .st-key-read-tools) {
    flex: 1 1 100%; width: 100% !important; max-width: none}
  .st-key-read-head {flex-flow: row wrap; align-items: baseline; gap: 0 0.75rem;
    width: 100% !important}
  .st-key-read-head > div {width: auto !important; flex: none}
  .st-key-read-head h1 {font-size: 1.375rem; padding: 0}
  .st-key-read-tools {gap: 0.5rem; width: 100% !important}
}
</style>"""


class _SourceChanged(LookupError):  # noqa: N818 - no error
    """What is shown is not what the study holds any more."""


def show() -> None:
    """Draw the source that the address names, or the one to go on with."""
    place = session.place()
    summaries = place.store.sources.summaries(reader_id=place.person.id)
    asked = session.address("source")
    if not summaries:
        notices.page_head("Read and code")
        notices.empty(
            "Nothing to read yet. Add a transcript, and it opens here: select words, "
            "choose a code, and decide on what the machine suggests.",
            "Add transcripts" if session.may(Right.IMPORT_SOURCES) else "",
            "transcripts",
        )
        return
    given = given_to(place.store, place.person, summaries)
    chosen = _choose(summaries, given)
    if asked in place.store.withdrawals.sources_out():
        notices.caution("That transcript was withdrawn. This is another one.")
    elif asked and asked not in {one.id for one in summaries}:
        notices.caution(
            "That transcript is not in the study any more. This is another one."
        )
    with notices.problems_shown():
        read = source_as_read(place, chosen.id)
        _draw_head(place, summaries, chosen, given)
        draw_how_it_fell(place, chosen.id)
        correction_form.draw_unplaced(place, read.source)
        _draw_pane(place, read.source, read.turns)
        draw_read_through(place, chosen.id)
        show_learning(place)
        memos_about(place, "source", chosen.id)


def _choose(
    summaries: Sequence[SourceSummary], given: Sequence[GivenSource]
) -> SourceSummary:
    """The source asked for, else the last one open, else the first with work left.

    What was given to this person is work before all else.
    """
    by_id = {one.id: one for one in summaries}
    for wanted in (session.address("source"), session.recall(_LAST_OPEN, "")):
        if wanted in by_id:
            chosen = by_id[wanted]
            break
    else:
        theirs = [by_id[one.id] for one in given]
        waiting = [one for one in summaries if one.waiting_suggestions]
        uncoded = [one for one in summaries if how_coded(one) is Coded.NOT]
        chosen = (theirs or waiting or uncoded or list(summaries))[0]
    session.remember(_LAST_OPEN, chosen.id)
    if session.address("source") != chosen.id:
        # The place belongs to the source that was asked for.
        session.set_address(at="")
    session.set_address(source=chosen.id)
    return chosen


def _open_at(source: StoredSource) -> int | None:
    """Where in the source the address leads, or None for its start."""
    at = session.address("at")
    if not (at.isascii() and at.isdigit() and len(at) <= _MOST_DIGITS):
        return None
    return int(at) if int(at) < len(source.transcript.text) else None


def _draw_head(
    place: Place,
    summaries: Sequence[SourceSummary],
    chosen: SourceSummary,
    given: Sequence[GivenSource],
) -> None:
    st.html(_CLOSE_TO_THE_TOP)
    # With little room the tools go below the heading, where columns would crush both.
    beside = st.container(horizontal=True, vertical_alignment="bottom")
    with beside.container(width=_HEAD_WIDTH, key="read-head"):
        notices.page_head("Read and code", _place_in_words(summaries, chosen))
    ids = [one.id for one in summaries]
    theirs = {one.id: one for one in given}
    names = {one.id: _name(one, chosen, theirs.get(one.id)) for one in summaries}
    at = ids.index(chosen.id)
    tools = beside.container(
        horizontal=True, vertical_alignment="bottom", key="read-tools"
    )
    with tools:
        picked = st.selectbox(
            "Transcript",
            ids,
            index=at,
            format_func=lambda one: names.get(one, ""),
            # A new box after each choice: where a run is cut short by the next, an
            # earlier box still holds where it led, and two would lead back and forth.
            key=f"choose source {chosen.id} {session.recall(_CHOICES, 0)}",
        )
        if st.button("Previous", disabled=at == 0, key="previous"):
            picked = ids[at - 1]
        if st.button("Next", disabled=at + 1 == len(ids), key="next"):
            picked = ids[at + 1]
        _offer_suggestions(place, chosen)
    if picked and picked != chosen.id:
        session.set_address(source=picked, at="")
        session.remember(_CHOICES, session.recall(_CHOICES, 0) + 1)
        st.rerun()
    _fetch_job(place)
    if words := given_in_words(given):
        notices.draw(f'<p class="wb-small">{as_html(words)}</p>')
    if not session.may(Right.CODE_SOURCES):
        others = roles_in_words(Right.CODE_SOURCES)
        notices.caution(
            f"You can read here but not code: your role is "
            f"{place.person.role.in_words.lower()}. Coding is for: {others}."
        )
    elif closed := place.store.coders.why_not_coding(place.person.id, chosen.id):
        notices.caution(closed)
    elif chosen.id in place.store.coders.reads_blind(place.person.id):
        st.info(
            "You code this transcript blind: what others mark and what the machine "
            "suggests stays hidden until all who code it are done. When you are, say "
            "so on the page Two coders."
        )


def _draw_pane(place: Place, source: StoredSource, turns: tuple[PaneTurn, ...]) -> None:
    store, person = place.store, place.person
    at = _open_at(source)

    # These two know no Streamlit: the desk line asks them outside of any run.
    def read() -> PaneContent:
        if store.sources.seal(source.id) != source.transcript.sha256:
            raise _SourceChanged
        return replace(
            coding_desk.desk_content(store, person, source, turns), open_at=at
        )

    def store_sent(source_id: str, operations: Sequence[PaneOperation]) -> None:
        coding_desk.apply_operations(store, person, source_id, operations)

    def load() -> PaneContent:
        if session.recall(_PLACED):
            # What waits for a place is also told above the pane, outside its fragment.
            session.forget(_PLACED)
            st.rerun(scope="app")
        try:
            content = read()
        except _SourceChanged:
            # Corrected, withdrawn or erased by somebody else: the words leave.
            st.rerun(scope="app")
        # Counting what was decided goes through all codings: only after a change. A
        # run follows what came over the line too.
        now = f"{content.source_id} {content.revision}"
        if session.recall(_LEARNED_AT) != now:
            session.remember(_LEARNED_AT, now)
            learn_if_due(place)
        return content

    def apply(source_id: str, operations: Sequence[PaneOperation]) -> None:
        store_sent(source_id, operations)
        if any(one.kind == coding_desk.PLACE for one in operations):
            session.remember(_PLACED, True)

    show_transcript_pane(
        load,
        apply,
        key=f"transcript-{person.id}-{source.id}",
        correct=lambda turn: session.go_to(
            "transcripts", correct=source.id, turn=str(turn)
        ),
        open_line=lambda desk: session.open_line(
            source.id, lambda sent: desk.answer_in_parts(sent, read, store_sent)
        ),
    )


def _place_in_words(summaries: Sequence[SourceSummary], chosen: SourceSummary) -> str:
    """Where one is, and how many others have something to decide on."""
    at = [one.id for one in summaries].index(chosen.id) + 1
    others = sum(
        1 for one in summaries if one.waiting_suggestions and one.id != chosen.id
    )
    left = f" Suggestions wait in {counted(others, 'other')}." if others else ""
    return f"Source {at} of {len(summaries)}.{left}"


def _name(one: SourceSummary, chosen: SourceSummary, given: GivenSource | None) -> str:
    if given:
        return f"{given.in_words} (given to you)"
    # What is coded in the one on the page changes by the second: the pane says it.
    if one.id == chosen.id or not one.waiting_suggestions:
        return one.name
    return f"{one.name} ({one.waiting_suggestions:,} suggested)"


# Suggestions


def _job_key(place: Place) -> str:
    return f"suggest {place.person.id}"


def _offer_suggestions(place: Place, chosen: SourceSummary) -> None:
    busy = jobs.job_under(_job_key(place)) is not None
    if st.button(
        "Suggest codes",
        key="suggest",
        disabled=busy
        or not session.may(Right.CODE_SOURCES)
        or chosen.id in place.store.coders.reads_blind(place.person.id)
        or place.store.draws.is_without(chosen.id),
        help="Reads this transcript beside the codebook and marks passages that a "
        "code may fit. Nothing is coded until you accept it.",
    ):
        store, person, source_id = place.store, place.person, chosen.id
        jobs.start_job(
            _job_key(place),
            "Suggesting codes",
            lambda progress: suggesting.make_suggestions(
                store, person, [source_id], progress=progress
            ),
        )
        st.rerun()


def _fetch_job(place: Place) -> None:
    with notices.problems_shown():
        made = jobs.show_job(_job_key(place))
        if made is not None:
            st.info(suggesting.made_in_words(made))
