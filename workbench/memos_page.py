"""Memos: analytic notes on anything, found again, linked, taken away in one report."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from data.exporters.debrief_html import report_as_html
from data.exporters.debrief_report import report_as_word
from data.exporters.report_document import ReportDocument
from data.exporters.table_file import table_as_xlsx
from data.rights import Right
from data.storage.memos.memo_reading import ReadMemo
from data.storage.memos.memo_records import MemoQuery
from workbench import notices, session
from workbench.actions.memos import memos
from workbench.actions.memos.memo_report import memos_document, memos_table
from workbench.actions.together import reports
from workbench.session import Place
from workbench.widgets.memos import memo_form
from workbench.widgets.memos.memo_card import draw_card, note_memos
from workbench.widgets.memos.memo_filters import draw_filters
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show() -> None:
    """Draw the list of memos, one of them, or the form to write in."""
    place = session.place()
    wanted, doing = session.address("memo"), session.address("doing")
    read = (
        place.store.memo_reading.one(wanted, reader_id=place.person.id)
        if wanted
        else None
    )
    may_write = session.may(Right.WRITE_MEMOS)
    _, total = place.store.memo_reading.find(
        MemoQuery(), reader_id=place.person.id, most=0
    )
    notices.page_head("Memos", _lead(place, total))
    _offer_to_bring_back(place)
    if doing == "write" and may_write:
        memo_form.draw_new(place)
    elif read is not None and doing == "change" and _is_own(place, read):
        memo_form.draw_change(place, read)
    elif wanted:
        _show_one(place, read)
    elif not total:
        _show_empty()
    else:
        _show_list(place)


def _lead(place: Place, total: int) -> str:
    what = "Dated notes on what you notice and think, on anything in the study"
    if not total:
        return f"{what}."
    people = len(place.store.memo_reading.authors(reader_id=place.person.id))
    by = counted(people, "person", "people")
    return f"{what}. {counted(total, 'memo')} by {by}."


def _is_own(place: Place, read: ReadMemo) -> bool:
    return read.memo.author_id == place.person.id


def _show_empty() -> None:
    notices.empty(
        "No memos yet. Write down what strikes you about a code, a transcript, a case, "
        "a pair or the whole study, and link it to what it makes you think of. On "
        "words of a transcript press M while reading."
    )
    _offer_to_write()


def _offer_to_write() -> None:
    if st.button("Write a memo", type="primary", key="write memo"):
        # What the list is narrowed to is what the new memo is about.
        session.set_address(doing="write", memo="")
        st.rerun()


def _show_one(place: Place, read: ReadMemo | None) -> None:
    # A link to the page one is on keeps what the address says.
    if st.button("All memos", key="all memos"):
        session.set_address(memo="", doing="")
        st.rerun()
    if read is None:
        notices.draw(
            '<p class="wb-lead">This memo was deleted, or you cannot read it yet: '
            "others' memos stay hidden while you code or judge blind.</p>"
        )
        return
    note_memos(place, [read])
    draw_card(place, read)
    earlier = place.store.memos.earlier_words(place.person.id, read.memo.id)
    if earlier:
        with st.expander(f"What it said before ({len(earlier)})"):
            for one in earlier:
                title = f"<strong>{as_html(one.title)}</strong>" if one.title else ""
                notices.draw(
                    f'<p class="wb-small">Until {memos.day_of(one.said_until)}</p>'
                    f'<div style="white-space:pre-wrap;max-width:46rem">{title}\n'
                    f"{as_html(one.text)}</div>"
                )


def _show_list(place: Place) -> None:
    _offer_to_write()
    query = draw_filters(place)
    page = 1
    _, total = place.store.memo_reading.find(query, reader_id=place.person.id, most=0)
    pages = max(1, -(-total // memos.PER_PAGE))
    if not total:
        st.write("No memo is like that. Ask for less.")
        return
    if query.asks_for_some:
        notices.draw(f'<p class="wb-lead">{counted(total, "memo")} found.</p>')
    place_of_pages = st.container()
    if pages > 1:
        page = st.pagination(pages, key=f"memos page of {pages}")
    first = (page - 1) * memos.PER_PAGE
    found, _ = place.store.memo_reading.find(
        query, reader_id=place.person.id, first=first, most=memos.PER_PAGE
    )
    note_memos(place, found)
    with place_of_pages:
        for one in found:
            draw_card(place, one)
    _offer_files(place, query)


def _offer_to_bring_back(place: Place) -> None:
    deleted = session.recall("memo deleted", "")
    if session.address("memo") or session.address("doing"):
        session.forget("memo deleted")
        return
    if not deleted:
        return
    notices.draw('<p class="wb-saved" role="status">✓ The memo was deleted.</p>')
    if st.button("Bring it back", key="bring memo back"):
        with notices.problems_shown():
            place.store.memos.bring_back(place.person.id, deleted)
            session.forget("memo deleted")
            notices.saved("The memo is back.")
            st.rerun()


def _offer_files(place: Place, query: MemoQuery) -> None:
    """Offer the memos asked for as files; made when they are asked for."""
    store, person = place.store, place.person
    moment = datetime.now().astimezone()

    def document() -> ReportDocument:
        return memos_document(store, person.name, moment, query)

    makers = (
        ("Download Word", lambda: report_as_word(document()), ".docx", _WORD),
        (
            "Download as .xlsx",
            lambda: table_as_xlsx(memos_table(store, query), "Memos"),
            ".xlsx",
            _XLSX,
        ),
        (
            "Download as a web page",
            lambda: report_as_html(document()).encode("utf-8"),
            ".html",
            "text/html",
        ),
    )
    with st.container(horizontal=True):
        for label, make, ending, kind in makers:
            st.download_button(
                label,
                make,
                f"memos-{moment:%Y-%m-%d}{ending}",
                kind,
                on_click=reports.note_report,
                args=(store, person, "memos", ending),
            )
