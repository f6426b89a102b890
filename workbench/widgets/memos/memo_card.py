"""One memo: what it is about, its words, where it leads, and what its author can do."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.storage.memos.memo_reading import ReadMemo
from data.storage.memos.memo_records import MemoKind, ToldThing
from workbench import notices, session
from workbench.actions.memos import memos
from workbench.actions.memos.safe_markdown import memo_as_html
from workbench.session import Place
from workbench.widgets.untrusted import as_html

_STYLE = """<style>
.wb-memo {max-width: 46rem}
.wb-memo h2 {font-size: 1.125rem; margin: 0 0 4px; padding: 0; overflow-wrap: anywhere}
.wb-memo h4, .wb-memo h5, .wb-memo h6 {font-size: 1rem; margin: 12px 0 4px; padding: 0}
.wb-memo p {margin: 0 0 8px}
.wb-memo .wb-by {color: light-dark(#55606A, #A9B2B9); font-size: 0.9375rem;
  margin: 0 0 8px; overflow-wrap: anywhere}
.wb-memo ul, .wb-memo ol {margin: 0 0 8px; padding-left: 1.5rem}
.wb-memo pre {white-space: pre-wrap; margin: 0 0 8px}
.wb-memo blockquote {margin: 0 0 8px; padding: 0 0 0 12px;
  border-left: 3px solid light-dark(#C9CED2, #3A434B)}
.wb-memo blockquote.wb-said {border-left-color: light-dark(#0B5D66, #7CCBD1);
  font-family: "Source Serif", "Source Serif 4", Georgia, serif; line-height: 1.6;
  white-space: pre-wrap; overflow-wrap: anywhere}
</style>"""
_LONGEST_SAID = 600


def memo_markup(read: ReadMemo, *, with_about: bool = True) -> str:
    """A memo as markup, every word escaped: title, who and when, quotation, words.

    What it is about is left out where the page around it says so.
    """
    memo = read.memo
    title = f"<h2><bdi>{as_html(memo.title)}</bdi></h2>" if memo.title else ""
    about = f"{memos.thing_in_words(read.about)} · " if with_about else ""
    by = f"{about}{memos.written_in_words(memo, read.author)}"
    said = ""
    if with_about and read.about.quotation:
        words = read.about.quotation
        if len(words) > _LONGEST_SAID:
            words = f"{words[:_LONGEST_SAID]} ..."
        said = f'<blockquote class="wb-said">“{as_html(words)}”</blockquote>'
    return (
        f"{_STYLE}{notices.LINKS_TO_THINGS}"
        f'<article class="wb-memo">{title}<p class="wb-by"><bdi>{as_html(by)}'
        f"</bdi></p>{said}{memo_as_html(memo.text)}</article>"
    )


def note_memos(place: Place, shown: Sequence[ReadMemo]) -> None:
    """Keep whose work is read here: a memo on a coded passage tells of its code."""
    place.store.others_read.note_passages(
        place.person.id,
        [
            (
                one.about.source_id,
                one.about.start,
                one.about.start + len(one.about.quotation),
            )
            for one in shown
            if one.about.thing.kind == MemoKind.CODED_SEGMENT and one.about.quotation
        ],
    )


def draw_card(place: Place, read: ReadMemo) -> None:
    """Draw a memo with its links both ways and, for its author, Change and Delete."""
    memo = read.memo
    with st.container(border=True, key=f"memo {memo.id}"):
        notices.draw(memo_markup(read))
        way = memos.way_to(read.about)
        if way:
            session.link_to(way.page, f"Go to {_lower(way.words)}", **way.address)
        _draw_links("Leads to", read.links)
        _draw_links("Linked from", read.linked_from)
        with st.container(horizontal=True):
            if memo.author_id == place.person.id:
                if st.button("Change", key=f"change memo {memo.id}"):
                    session.set_address(memo=memo.id, doing="change")
                    st.rerun()
                if st.button("Delete", key=f"delete memo {memo.id}"):
                    _delete(place, read)
            if st.button("Reply with a memo", key=f"reply to {memo.id}"):
                session.set_address(memo="", doing="write", kind="memo", about=memo.id)
                st.rerun()


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _delete(place: Place, read: ReadMemo) -> None:
    # Asked afterwards rather than before: it is brought back with one click.
    with notices.problems_shown():
        place.store.memos.delete(place.person.id, read.memo)
        session.remember("memo deleted", read.memo.id)
        session.set_address(memo="", doing="")
        st.rerun()


def _draw_links(title: str, things: tuple[ToldThing, ...]) -> None:
    if not things:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<span style="font-size:0.9375rem">{title}</span>', width="content")
        for told in things:
            way = memos.way_to(told)
            if way:
                session.link_to(way.page, way.words, **way.address)
            else:
                words = as_html(memos.thing_in_words(told))
                st.html(
                    f'<span style="font-size:0.9375rem">{words}</span>', width="content"
                )
