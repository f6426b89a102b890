"""Asking for a release: what is hidden and why, what was found in words, choices."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from coding.language import load_names_reader
from data.storage.releases.release_records import WordChoice
from workbench import jobs, notices, session
from workbench.actions.findings.printed_words import PieceId
from workbench.actions.releases.preparing import (
    Prepared,
    Progress,
    ask_for_release,
    names_looked_for,
    prepare,
    why_nothing_can_leave,
)
from workbench.actions.releases.screening import Piece
from workbench.caches import forgotten_when_erased
from workbench.session import Place
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import counted

_CHOICES = {
    WordChoice.ACCEPT: "Print it as it is",
    WordChoice.COARSEN: "Print it coarser",
    WordChoice.LEAVE_OUT: "Leave it out",
}
_STYLE = """<style>
.wb-piece {max-width: 46rem; overflow-wrap: anywhere; line-height: 1.5}
.wb-piece blockquote {margin: 0 0 4px; padding: 0 0 0 12px; white-space: pre-wrap;
  border-left: 3px solid light-dark(#0B5D66, #7CCBD1)}
.wb-piece ul {margin: 0 0 4px; padding-left: 1.25rem}
.wb-piece .wb-found {color: light-dark(#8A5300, #F0C070)}
</style>"""


_State = tuple[str, str, str, bool]
"""What a look-through was made of: study, its last change, whose, with an open key."""
_MOST_KEPT = 2


@forgotten_when_erased
@st.cache_resource(show_spinner=False)
def _looked_through() -> dict[_State, Prepared]:
    return {}


def _prepared(place: Place, key_is_open: bool, names: list[str]) -> Prepared | None:
    """What may leave; nothing while it is being made, or where that was cancelled."""
    store, person = place.store, place.person
    changed = str(store.audit.last_change())
    now: _State = (session.study(), changed, person.id, key_is_open)
    made = _looked_through()
    if now in made:
        return made[now]
    key = f"look through {person.id}"

    def work(progress: Progress) -> bool:
        # Kept where erasing finds it, and not with the job.
        prepared = prepare(store, names, progress)
        while len(made) >= _MOST_KEPT:
            made.pop(next(iter(made)))
        made[now] = prepared
        return True

    if jobs.run_job(key, "Looking through what would leave", work) is None:
        if jobs.job_under(key) is None:
            session.forget("preparing release")
        return None
    if now not in made:
        # The study changed meanwhile, so that it is looked through anew.
        st.rerun()
    return made[now]


def draw_asking(place: Place) -> None:
    """Draw what would leave and the form to ask for it."""
    names, key_words, key_is_open = names_looked_for(place.store, place.person.id)
    prepared = _prepared(place, key_is_open, names)
    if prepared is None:
        return
    problems = why_nothing_can_leave(place.store, prepared)
    if problems:
        notices.show_problems(problems)
        session.link_to("findings", "Go to Findings")
        return
    _draw_hidden(prepared)
    choices = _draw_pieces(prepared, key_words)
    purpose = st.text_area(
        "What it is for, and who gets it", key="release purpose", height=80
    )
    with st.container(horizontal=True), notices.problems_shown():
        if st.button("Ask for this release", key="ask release", type="primary"):
            number = ask_for_release(
                place.store, place.person, prepared, choices, purpose or ""
            )
            session.forget("preparing release")
            notices.saved(
                f"Release {number} was asked for. A second person reads it now."
            )
            st.rerun()
        if st.button("Not now", key="leave asking", type="tertiary"):
            session.forget("preparing release")
            st.rerun()


def _draw_hidden(prepared: Prepared) -> None:
    st.subheader("Numbers", anchor=False)
    st.write(f"{prepared.setting.rule.in_words} {prepared.fit.in_words}")
    hidden = prepared.hidden_in_words()
    if prepared.fit.published_before:
        told = counted(len(prepared.fit.published_before), "hidden number")
        notices.caution(
            f"{told} left before, shown: whoever has that release knows "
            "them. The table names the release."
        )
    if hidden:
        with st.expander("What is hidden and why (for you alone)"):
            st.dataframe(
                pd.DataFrame(
                    hidden, columns=["What it counts", "Number", "Why", "Left before"]
                ),
                hide_index=True,
            )


def _draw_pieces(prepared: Prepared, key_words: str) -> dict[PieceId, WordChoice]:
    """The choices made so far; without one in question, none is assumed."""
    st.subheader("Words", anchor=False)
    asked = prepared.in_question
    free = [one for one in prepared.pieces if not one.needs_a_choice]
    st.write(
        f"{counted(len(prepared.pieces), 'piece')} of words looked through, "
        f"{len(asked)} to decide on. {load_names_reader().in_words} {key_words}"
    )
    choices = {}
    for one in asked:
        with st.container(border=True, gap="small"):
            choice = _draw_piece(one)
        if choice is not None:
            choices[one.id] = choice
    if free:
        with st.expander(f"Nothing found in {counted(len(free), 'piece')}"):
            st.dataframe(
                pd.DataFrame(
                    [(one.where, one.words) for one in free],
                    columns=["Where", "Words, printed as they are"],
                ),
                hide_index=True,
            )
    return choices


def _draw_piece(one: Piece) -> WordChoice | None:
    found = "".join(f'<li class="wb-found">{as_html(said)}</li>' for said in one.found)
    by = f"<p>As: {as_html(one.said_by)}</p>" if one.said_by else ""
    coarse = ""
    if WordChoice.COARSEN in one.allowed:
        name = f" As: {one.coarse.said_by}" if one.coarse.said_by else ""
        coarse = (
            f"<p><strong>Coarser:</strong> {as_html(one.coarse.words)}"
            f"{as_html(name)}</p>"
        )
    notices.draw(
        f'{_STYLE}<div class="wb-piece"><p><strong>{as_html(one.where)}</strong></p>'
        f"<blockquote>{as_html(one.words)}</blockquote>{by}<ul>{found}</ul>{coarse}"
        "</div>"
    )
    return st.radio(
        as_label(f"What becomes of {one.where}"),
        list(one.allowed),
        index=None,
        format_func=lambda choice: (
            f"{_CHOICES[choice]} (proposed)"
            if choice is one.allowed[0]
            else _CHOICES[choice]
        ),
        key=f"choice {one.id}",
        horizontal=True,
    )
