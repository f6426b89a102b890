"""Passages as they were found: their words, whose, under which codes, the way there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from data.found_passages import FoundPassage, PassagesFound, QuotedPassage
from workbench import notices, session
from workbench.actions.finding import finding_report
from workbench.actions.finding.passage_ask import (
    PassageAsk,
    ask_from,
    ask_in_words,
    find,
    found_in_words,
)
from workbench.actions.together.reports import note_report
from workbench.actions.together.theme_reading import shortened
from workbench.caches import forgotten_when_erased
from workbench.session import Place
from workbench.widgets.finding import came_by_address
from workbench.widgets.finding.passage_builder import choose_passages
from workbench.widgets.untrusted import as_html
from workbench.wording import PASSAGES_COUNTED, counted

AT_ONCE = 20
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STYLE = """<style>
.wb-found {margin: 0; padding-left: 16px; max-width: 46rem;
  border-left: 3px solid light-dark(#0B5D66, #7CCBD1)}
.wb-found blockquote {margin: 0; padding: 0; border: 0; white-space: pre-wrap;
  overflow-wrap: anywhere;
  font-family: "Source Serif", "Source Serif 4", Georgia, serif;
  font-size: 1.0625rem; line-height: 1.6; color: light-dark(#1F2428, #E7E5E0)}
.wb-found figcaption {font-size: 0.9375rem; margin-top: 4px; overflow-wrap: anywhere;
  color: light-dark(#55606A, #A9B2B9)}
.wb-answer {font-size: 1.125rem; line-height: 1.5; margin: 0; max-width: 60rem;
  overflow-wrap: anywhere}
</style>"""


def show_passages(place: Place, asked: PassageAsk, key: str) -> PassageAsk:
    """The question as the fields now put it, its answer drawn under it."""
    ask = choose_passages(place.store, asked, key)
    came_by_address.write(what="codes", find=ask.as_address())
    if not ask.is_complete:
        missing = "the other codes" if ask.first else "at least one code"
        draw_answer(f"Choose {missing}: the passages will stand here with their words.")
        return ask
    changed = str(place.store.audit.last_change())
    found = _found(session.study(), changed, place.person.id, ask.as_address())
    question = ask_in_words(place.store, ask)
    note = f"{ask.relation.returned} {PASSAGES_COUNTED}"
    draw_answer(f"{question}: {found_in_words(found)}.", note)
    if found.passages:
        _offer_files(place, ask, question, found.passages)
        shown = how_many_shown(f"passages {ask.as_address()}")
        _note(place, found.passages[:shown])
        for one in place.store.finding.quoted(found.passages[:shown]):
            _draw(one)
        offer_more(f"passages {ask.as_address()}", shown, len(found.passages))
    return ask


# Asked again when more of it is shown; one answer a person, who may not see it all.
@forgotten_when_erased
@st.cache_resource(show_spinner="Finding passages", max_entries=12)
def _found(study: str, changed: str, reader_id: str, asked: str) -> PassagesFound:
    del study, changed  # they only tell one answer from another
    return find(session.store(), reader_id, ask_from(asked))


def _note(place: Place, shown: Sequence[FoundPassage]) -> None:
    """Keep whose work is read here: nobody codes blind what they have read."""
    places = [
        (one.source_id, one.start, one.end)
        for one in shown
        if one.coder_ids - {place.person.id}
    ]
    place.store.others_read.note_passages(place.person.id, places)


def draw_answer(answer: str, note: str = "") -> None:
    """The question said back with its answer, and a quieter line under it."""
    under = f'<p class="wb-small">{as_html(note)}</p>' if note else ""
    notices.draw(
        f'{_STYLE}<p class="wb-answer" role="status">{as_html(answer)}</p>{under}'
    )


def how_many_shown(of_what: str) -> int:
    """How many are shown of an answer: the first few, more when asked for."""
    if session.recall("find shown of") != of_what:
        session.remember("find shown of", of_what)
        session.remember("find shown", AT_ONCE)
    return int(session.recall("find shown"))


def offer_more(of_what: str, shown: int, total: int, noun: str = "passage") -> None:
    """A button for the next ones, where there are any."""
    if shown >= total:
        return
    more = min(AT_ONCE, total - shown)
    st.caption(f"{shown:,} of {counted(total, noun)} shown.")
    if st.button(f"Show {more} more", key=f"more {hash(of_what)} {shown}"):
        session.remember("find shown", shown + AT_ONCE)
        st.rerun()


def offer_files(
    place: Place,
    name: str,
    word: Callable[[str, datetime], bytes],
    sheet: Callable[[str, datetime], bytes],
    key: str,
) -> None:
    """Both files of an answer, made when one is asked for."""
    made_by = place.person.name
    with st.container(horizontal=True):
        for label, ending, kind, make in (
            ("Download Word", ".docx", WORD, word),
            ("Download spreadsheet", ".xlsx", SHEET, sheet),
        ):
            st.download_button(
                label,
                partial(_made_now, make, made_by),
                f"{name}-{datetime.now():%Y-%m-%d}{ending}",
                kind,
                key=f"{label} {key}",
                type="primary" if ending == ".docx" else "secondary",
                on_click=note_report,
                args=(place.store, place.person, name, ending),
            )


def _made_now(make: Callable[[str, datetime], bytes], made_by: str) -> bytes:
    return make(made_by, datetime.now().astimezone())


def _offer_files(
    place: Place, ask: PassageAsk, question: str, passages: Sequence[FoundPassage]
) -> None:
    def made(
        make: Callable[..., bytes], passages: Sequence[FoundPassage]
    ) -> Callable[[str, datetime], bytes]:
        def file(by: str, at: datetime) -> bytes:
            _note(place, passages)
            return make(place.store, passages, question, ask.relation, by, at)

        return file

    offer_files(
        place,
        "quotations",
        made(
            finding_report.quotations_as_word,
            passages[: finding_report.MOST_IN_WORD],
        ),
        made(finding_report.quotations_as_xlsx, passages),
        "passages",
    )


def _draw(one: QuotedPassage) -> None:
    quotation = finding_report.quoted_as(one)
    # Each apart, so that a name cannot turn the direction of what follows it.
    codes = ", ".join(f"<bdi>{as_html(code)}</bdi>" for code in one.codes)
    coders = ", ".join(f"<bdi>{as_html(coder)}</bdi>" for coder in one.coders)
    with st.container(gap=None):
        notices.draw(
            f'{_STYLE}<figure class="wb-found"><blockquote>'
            f"“{as_html(shortened(quotation.words))}”</blockquote><figcaption><strong>"
            f"<bdi>{as_html(quotation.said_by)}</bdi></strong><br>"
            f"{codes} · coded by {coders}</figcaption></figure>"
        )
        session.link_to(
            "code",
            finding_report.reference_in_words(one),
            source=one.found.source_id,
            at=str(one.found.start),
        )
