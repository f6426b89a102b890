"""Writing a memo or changing one: about what, title, words, links, a preview."""

from __future__ import annotations

import streamlit as st

from data.storage.memos.memo_choices import THE_STUDY
from data.storage.memos.memo_reading import ReadMemo
from data.storage.memos.memo_records import MemoKind, NewMemo, Thing
from data.storage.memos.memo_storage import MOST_LINKS
from workbench import notices, session
from workbench.actions.memos import memos
from workbench.actions.memos.safe_markdown import memo_as_html
from workbench.session import Place
from workbench.widgets.untrusted import as_label
from workbench.wording import listed

_HELP = (
    "*emphasis*, **strong**, # heading, - list and > quotation are formatted. "
    "[[Name]] leads to the code, transcript, case, participant or memo of that name."
)


def draw_new(place: Place) -> None:
    """Draw the form for a new memo; the address may say what it is about."""
    st.header("A new memo", anchor=False)
    about = _asked_about(place) or _choose_about(place)
    if about is not None:
        _draw_form(place, about, None)
    _draw_leave()


def draw_change(place: Place, read: ReadMemo) -> None:
    """Draw the form with a memo of the person's own, to be changed."""
    st.header("Change your memo", anchor=False)
    notices.draw(
        f'<p class="wb-lead">{memos.kind_in_words(read.about.thing.kind)}. What it '
        "said until now is kept.</p>"
    )
    _draw_form(place, read.about.thing, read)
    _draw_leave()


def _asked_about(place: Place) -> Thing | None:
    """What the address says the memo is about, if the study has it."""
    kind, about_id = session.address("kind"), session.address("about")
    if kind not in memos.CHOSEN_HERE or not about_id:
        return None
    thing = Thing(kind, about_id)
    told = place.store.memo_reading.tell(thing, reader_id=place.person.id)
    if told.is_gone or told.is_hidden:
        return None
    st.write(f"About: **{as_label(memos.thing_in_words(told))}**")
    return thing


def _choose_about(place: Place) -> Thing | None:
    left, right = st.columns([1, 2])
    kind = left.selectbox(
        "What it is about",
        memos.CHOSEN_HERE,
        format_func=memos.kind_in_words,
        key="memo about kind",
        help="A memo on words of a transcript is written on Read and code, with M.",
    )
    if kind == MemoKind.STUDY:
        return THE_STUDY
    found = place.store.memo_reading.choices(
        kind, reader_id=place.person.id, most=memos.MOST_CHOICES
    )
    names = {one.thing.id: one.name for one in found if one.name}
    if not names:
        right.write("The study has none of these yet.")
        return None
    if len(found) == memos.MOST_CHOICES:
        right.caption(f"The first {memos.MOST_CHOICES:,} are listed.")
    chosen = right.selectbox(
        memos.kind_in_words(kind),
        list(names),
        format_func=lambda one: names.get(one, ""),
        key=f"memo about {kind}",
    )
    return Thing(kind, chosen) if chosen else None


def _draw_form(place: Place, about: Thing, read: ReadMemo | None) -> None:
    memo = read.memo if read else None
    key = memo.id if memo else f"{about.kind} {about.id}"
    choices = memos.link_choices(place.store, place.person)
    had = [Thing(*link) for link in memo.links] if memo else []
    if read:
        # What is gone since stays among them until its author takes it out.
        choices |= {one.thing: memos.thing_in_words(one) for one in read.links}
    if memo:
        choices.pop(Thing(MemoKind.MEMO, memo.id), None)
    with st.form(f"memo form {key}"):
        title = st.text_input(
            "Title (may stay empty)", memo.title if memo else "", key=f"title {key}"
        )
        text = st.text_area(
            "Memo", memo.text if memo else "", key=f"text {key}", height=220, help=_HELP
        )
        links = st.multiselect(
            "Leads to (may stay empty)",
            list(choices),
            had,
            format_func=lambda one: choices.get(one, ""),
            key=f"links {key}",
            max_selections=MOST_LINKS,
        )
        with st.container(horizontal=True):
            is_saved = st.form_submit_button("Save memo", type="primary")
            is_shown = st.form_submit_button("Preview")
    with notices.problems_shown():
        if is_saved:
            _save(place, about, read, NewMemo(text, title, tuple(links)))
    if is_shown and text.strip():
        with st.container(border=True):
            st.caption("Preview, not saved yet")
            notices.draw(f'<div style="max-width:46rem">{memo_as_html(text)}</div>')


def _save(place: Place, about: Thing, read: ReadMemo | None, new: NewMemo) -> None:
    memo = read.memo if read else None
    saved, unknown = memos.save_memo(place.store, place.person, about, memo, new)
    told = f" Nothing is called {listed(unknown)}." if unknown else ""
    notices.saved(f"The memo was saved.{told}")
    session.set_address(memo=saved.id, doing="", kind="", about="")
    st.rerun()


def _draw_leave() -> None:
    if st.button("Cancel", key="leave memo form"):
        session.set_address(doing="", kind="", about="")
        st.rerun()
