"""Who codes what: one's own sources, everybody's, and the form that gives them out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.rights import Right
from data.storage.coders.coder_records import Assignment
from workbench import notices, session
from workbench.actions.coders import assigning
from workbench.actions.coders.assigning import SourceToCode
from workbench.session import Place
from workbench.widgets.coders.coder_style import draw_coders
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_BLIND = "Blind: they see neither others' codings nor suggestions until all are done"
_OPEN = "Open: they see what others code"


def draw_who_codes(place: Place, *, is_main: bool) -> None:
    """Draw the own sources, the list of all and, for who may, the form."""
    own = assigning.own_sources(place.store, place.person)
    listed = assigning.sources_to_code(place.store, place.person)
    if own:
        _draw_own(place, own, is_main=is_main)
    st.header("All transcripts", anchor=False)
    _draw_list([one for one in listed if not one.is_aside])
    if aside := [one for one in listed if one.is_aside]:
        with st.expander(counted(len(aside), "survey comment"), key="comments aside"):
            _draw_list(aside)
    if session.may(Right.ASSIGN_CODERS):
        to_do = any(one.finished_at is None for one, _ in own)
        _draw_giving(place, listed, is_main=is_main and not to_do)
        _draw_taking_back(place, listed)
    _draw_steps(place, listed)


def _draw_own(
    place: Place, own: Sequence[tuple[Assignment, str]], *, is_main: bool
) -> None:
    st.header("Given to you", anchor=False)
    notices.show_saved("own")
    for number, (one, name) in enumerate(own):
        with st.container(border=True, key=f"own {one.id}"), notices.problems_shown():
            session.link_to("code", name, source=one.source_id)
            how = "Blind" if one.is_blind else "Open"
            if one.finished_at is None:
                draw_coders(f"<p>{how}. You are at work on it.</p>")
                if st.button(
                    "I am done with it",
                    type="primary" if is_main and number == 0 else "secondary",
                    key=f"finish {one.id}",
                    help="Your codings here then rest; you can take it up again with "
                    "a reason.",
                ):
                    place.store.coders.finish(place.person.id, one.source_id)
                    notices.saved(f"You are done with {name}.", beside="own")
                    st.rerun()
                continue
            draw_coders(f"<p>{how}. You said that you are done.</p>")
            with st.expander("Take it up again", key=f"again {one.id}"):
                reason = st.text_input("Why", key=f"why again {one.id}")
                if st.button("Take it up again", key=f"reopen {one.id}"):
                    blind = place.store.coders.reopen(
                        place.person.id, one.source_id, reason or ""
                    )
                    lost = one.is_blind and not blind
                    notices.saved(
                        f"{name} is open to you again"
                        + (
                            ", and no longer blind: you have read what others coded."
                            if lost
                            else "."
                        ),
                        beside="own",
                    )
                    st.rerun()


def _draw_list(listed: Sequence[SourceToCode]) -> None:
    rows = "".join(
        f'<tr><th scope="row">{as_html(one.name)}</th><td>'
        + (
            "<br>".join(
                f"{as_html(coder.coder)}: {as_html(coder.in_words)}"
                for coder in one.coders
            )
            or "nobody"
        )
        + f"</td><td>{as_html(one.stands)}</td></tr>"
        for one in listed
    )
    draw_coders(
        '<div class="wb-scroll" tabindex="0" role="region" '
        'aria-label="Who codes what"><table><thead><tr><th scope="col">Transcript</th>'
        '<th scope="col">Coders</th><th scope="col">Stands</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _draw_giving(
    place: Place, listed: Sequence[SourceToCode], *, is_main: bool
) -> None:
    st.header("Give transcripts to a coder", anchor=False)
    notices.show_saved("given")
    people = dict(place.store.coders.people_who_code())
    names = {one.source_id: one.name for one in listed}
    with st.form("give", border=True), notices.problems_shown():
        coder = st.selectbox(
            "Coder",
            list(people),
            index=None,
            format_func=people.__getitem__,
            key="coder given to",
            width=420,
        )
        chosen = st.multiselect(
            "Transcripts",
            list(names),
            format_func=names.__getitem__,
            key="sources given",
        )
        how = st.radio("How", [_BLIND, _OPEN], key="how given")
        st.write(
            "Until everybody who codes a transcript blind is done with it, what is "
            "coded in it stands in no theme, debrief or report."
        )
        if st.form_submit_button("Give", type="primary" if is_main else "secondary"):
            if not coder:
                st.warning("Choose a coder first.")
                return
            given = place.store.coders.give(
                place.person.id, chosen, coder, blind=how == _BLIND
            )
            notices.saved(
                f"{people[coder]} has {counted(given, 'transcript')} more.",
                beside="given",
            )
            st.rerun()


def _draw_taking_back(place: Place, listed: Sequence[SourceToCode]) -> None:
    given = {
        coder.assignment.id: (coder.assignment, f"{one.name}, {coder.coder}")
        for one in listed
        for coder in one.coders
        if coder.assignment is not None
    }
    if not given:
        return
    with (
        st.expander("Take a transcript back", key="take back a transcript"),
        notices.problems_shown(),
    ):
        draw_coders('<p class="quiet">What was coded stays.</p>')
        chosen = st.selectbox(
            "Which",
            list(given),
            index=None,
            format_func=lambda one: given[one][1],
            key="given to take back",
            width=520,
        )
        if st.button("Take back", key="take back given", disabled=chosen is None):
            assignment, _ = given[str(chosen)]
            place.store.coders.take_back(
                place.person.id, assignment.id, assignment.version
            )
            notices.saved("It was taken back.", beside="given")
            st.rerun()


def _draw_steps(place: Place, listed: Sequence[SourceToCode]) -> None:
    steps = place.store.coders.steps()
    if not steps:
        return
    names = {one.source_id: one.name for one in listed}
    with st.expander("What was given, finished and reopened", key="assignment steps"):
        rows = "".join(
            f"<li>{one.at:%d/%m/%Y}: {as_html(names.get(one.source_id, ''))}, "
            f"{as_html(one.coder)}, {as_html(one.step)} "
            f"({'blind' if one.is_blind else 'open'}), by {as_html(one.by)}."
            f"{' ' + as_html(one.reason) if one.reason else ''}</li>"
            for one in steps[:200]
        )
        draw_coders(f"<ul>{rows}</ul>")
