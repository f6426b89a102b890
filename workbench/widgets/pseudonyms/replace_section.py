"""Replacing on the page: what it would do, doing, undoing, finishing, putting back."""

from __future__ import annotations

import streamlit as st

from data.pseudonyms.key import PseudonymKey
from data.storage.pseudonyms.name_storage import Replaced
from workbench import jobs, notices, session
from workbench.actions.pseudonyms import replacing
from workbench.session import Place
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_JOB = "replace names"
_BACK = "put names back"
_LOOKED = "looked at replacing"


def draw(place: Place, key: PseudonymKey, *, is_next: bool, is_waiting: bool) -> None:
    """Draw what replacing does and the button, filled where it is what comes next.

    While proposals wait for a decision it is looked at only when asked for.
    """
    if not (key.names or key.texts):
        st.caption(replacing.STAYS_PERSONAL)
        return
    person = place.person
    st.subheader("Replace", anchor=False)
    with notices.problems_shown():
        for job, words in ((_JOB, "Names were replaced"), (_BACK, "Names are back")):
            done = jobs.show_job(f"{job} {person.id}")
            if isinstance(done, Replaced):
                notices.saved(f"{words}: {replacing.done_in_words(done)}")
                st.rerun()
        if any(jobs.job_under(f"{job} {person.id}") for job in (_JOB, _BACK)):
            return
        if key.can_be_undone:
            _draw_round(place)
        if key.names:
            _draw_button(place, is_next=is_next, is_waiting=is_waiting)
        if key.texts:
            _draw_back(place)
    st.caption(replacing.STAYS_PERSONAL)


def _draw_button(place: Place, *, is_next: bool, is_waiting: bool) -> None:
    store, person = place.store, place.person
    # Looking through every place takes a while: not after each decision.
    if is_waiting and not session.recall(_LOOKED):
        if st.button("Look at what replacing would do", key="look at replacing"):
            session.remember(_LOOKED, True)
            st.rerun()
        return
    preview = store.pseudonyms.preview(person.id, replacing.ordinary_words(store))
    sources = len(preview.mentions)
    if not sources and not any(one.is_replaced for one in preview.wording):
        st.write("No listed name stands in the study any more.")
        return
    lines = "".join(
        f"<li>{as_html(one)}</li>" for one in replacing.preview_in_words(preview)
    )
    notices.draw(f"<ul>{lines}</ul>")
    with st.expander("Mentions by source"):
        st.dataframe(
            [{"Source": name, "Mentions": number} for name, number in preview.mentions],
            hide_index=True,
        )
    if st.button(
        f"Replace in {counted(sources, 'source')}",
        type="primary" if is_next else "secondary",
        key="replace names",
    ):
        jobs.start_job(
            f"{_JOB} {person.id}",
            "Replacing names",
            lambda progress: replacing.replace_names(store, person, progress),
        )
        st.rerun()


def _draw_round(place: Place) -> None:
    st.write(
        "Names were replaced. Look whether it reads well; Undo puts everything back "
        "exactly. Finishing takes what Undo needs out of the key."
    )
    with st.container(horizontal=True):
        if st.button("Undo replacing", key="undo replacing"):
            done = place.store.pseudonyms.undo(place.person.id)
            notices.saved(f"Names are back: {replacing.done_in_words(done)}")
            st.rerun()
        if st.button("Finish", key="finish replacing"):
            place.store.pseudonyms.finish(place.person.id)
            notices.saved("Finished. The list still leads back to the names.")
            st.rerun()


def _draw_back(place: Place) -> None:
    store, person = place.store, place.person
    with st.expander("Put real names back"):
        st.write(
            "Every pseudonym becomes the listed name again, in all sources, memos and "
            "the codebook. Exactly as it stood where the text was not corrected since."
        )
        sure = st.checkbox("I mean to have real names in the study", key="sure back")
        if st.button("Put names back", key="put back", disabled=not sure):
            jobs.start_job(
                f"{_BACK} {person.id}",
                "Putting names back",
                lambda progress: replacing.put_names_back(store, person, progress),
            )
            st.rerun()
