"""Tables of codes in which every number leads to the words it counts."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.exporters.debrief_html import part_as_html
from workbench import notices, session
from workbench.actions.finding import code_tables, finding_report
from workbench.actions.finding.code_tables import CodeTable, TableCell
from workbench.actions.finding.passage_ask import (
    PassageAsk,
    ask_from,
    narrowing_in_words,
)
from workbench.caches import forgotten_when_erased
from workbench.session import Place
from workbench.widgets.finding import came_by_address
from workbench.widgets.finding.found_passages import draw_answer, offer_files
from workbench.widgets.finding.passage_builder import (
    choose_codes,
    choose_narrowing,
    choose_under,
    code_names,
)
from workbench.widgets.untrusted import as_html
from workbench.wording import PASSAGES_COUNTED

_FIRST_CODES = {"together": 6, "groups": 10}
_STYLE = """<style>
.st-key-code-numbers {overflow-x: auto}
.st-key-code-numbers [data-testid="stHorizontalBlock"] {flex-wrap: nowrap;
  border-bottom: 1px solid light-dark(#D5D9DC, #363F47); padding: 4px 0}
.st-key-code-numbers [data-testid="stColumn"] {min-width: 7.5rem}
.st-key-code-numbers [data-testid="stColumn"]:first-child {min-width: 11rem}
.st-key-code-numbers .stPageLink p {white-space: normal; font-size: 0.9375rem;
  font-weight: 400; text-decoration: underline; color: light-dark(#0B5D66, #7CCBD1)}
.st-key-code-numbers .stPageLink a {background: none; padding: 2px 0}
.st-key-code-numbers .stPageLink span:has(> [data-testid="stIconMaterial"]) {
  display: none}
.wb-head {font-weight: 600; font-size: 0.9375rem; line-height: 1.3; margin: 0;
  overflow-wrap: anywhere}
.wb-head small {display: block; font-weight: 400; font-size: 0.8125rem;
  color: light-dark(#55606A, #A9B2B9)}
.wb-none {font-size: 0.9375rem; margin: 6px 0; color: light-dark(#55606A, #A9B2B9)}
.wb-plain {overflow-x: auto}
.wb-plain table {border-collapse: collapse; font-size: 0.9375rem}
.wb-plain th, .wb-plain td {text-align: left; vertical-align: top; padding: 4px 8px;
  border-bottom: 1px solid light-dark(#D5D9DC, #363F47)}
.wb-plain caption {text-align: left}
</style>"""


def show_together(place: Place, asked: PassageAsk, key: str) -> None:
    """Codes by codes: who speaks the words under both."""
    ask = _choose(place, asked, "together", key, code_tables.MOST_TOGETHER)
    came_by_address.write(what="together", table=ask.as_address())
    if len(ask.first) < 2:
        draw_answer("Choose at least two codes to see who speaks of both at once.")
        return
    _show(place, _table_of(place, ask, ""), ask)


def show_groups(place: Place, asked: PassageAsk, key: str) -> None:
    """Codes by wave, role, locality, team or another attribute of people."""
    ask = _choose(place, asked, "groups", key, code_tables.MOST_ROWS)
    facts = [
        *code_tables.FACTS,
        *code_tables.attributes_of(place.store.study.participants()),
    ]
    by = st.selectbox(
        "Columns",
        facts,
        format_func=lambda one: one.replace("_", " ").capitalize(),
        key=f"columns {key}",
        width=300,
    )
    came_by_address.write(what="groups", table=ask.as_address())
    if not ask.first:
        draw_answer("Choose at least one code to see who speaks of it.")
        return
    _show(place, _table_of(place, ask, by), ask)


def _table_of(place: Place, ask: PassageAsk, by: str) -> CodeTable:
    changed = str(place.store.audit.last_change())
    return _table(session.study(), changed, place.person.id, ask.as_address(), by)


# One table a person, who may not see everything that others coded.
@forgotten_when_erased
@st.cache_resource(show_spinner="Counting people and passages", max_entries=12)
def _table(study: str, changed: str, reader_id: str, asked: str, by: str) -> CodeTable:
    del study, changed  # they only tell one answer from another
    ask, store = ask_from(asked), session.store()
    if not by:
        return code_tables.co_occurrence(
            store, reader_id, ask.first, under=ask.under, narrowed=ask.narrowed
        )
    return code_tables.by_attribute(
        store, reader_id, ask.first, by, under=ask.under, narrowed=ask.narrowed
    )


def _choose(
    place: Place, asked: PassageAsk, what: str, key: str, most: int
) -> PassageAsk:
    first = asked.first or tuple(
        code_tables.most_used(place.store, place.person.id, _FIRST_CODES[what])
    )
    names = code_names(place.store)
    chosen = choose_codes(f"Codes, at most {most}", names, first, f"first {key}", most)
    under = choose_under(asked.under, key)
    narrowed = choose_narrowing(place.store, asked.narrowed, key)
    return replace(PassageAsk(), first=chosen, under=under, narrowed=narrowed)


def _show(place: Place, table: CodeTable, ask: PassageAsk) -> None:
    store = place.store
    question = ", ".join([table.caption, *narrowing_in_words(store, ask.narrowed)])
    said = ("Each number leads to the words it counts.", PASSAGES_COUNTED, table.note)
    note = " ".join(said).strip()
    draw_answer(f"{question}.", note)
    offer_files(
        place,
        "table-of-codes",
        lambda by, at: finding_report.table_as_word(store, table, question, by, at),
        lambda by, at: finding_report.table_as_sheet(store, table, question, by, at),
        "table",
    )
    notices.draw(_STYLE)
    widths = [2, *([1] * len(table.headings))]
    with st.container(key="code-numbers", gap=None):
        for column, (head, under) in zip(
            st.columns(widths, vertical_alignment="bottom"),
            [
                ("Code", ""),
                *zip(table.headings, table.under_headings, strict=True),
            ],
            strict=True,
        ):
            with column:
                _draw_head(head, under)
        for name, cells in table.rows:
            first, *columns = st.columns(widths, vertical_alignment="center")
            with first:
                _draw_head(name)
            for column, cell in zip(columns, cells, strict=True):
                with column:
                    _draw_cell(cell)
    with st.expander("Show as a plain table"):
        notices.draw(f'<div class="wb-plain">{part_as_html(table.as_report())}</div>')


def _draw_head(words: str, under: str = "") -> None:
    small = f"<small>{as_html(under)}</small>" if under else ""
    notices.draw(f'<p class="wb-head">{as_html(words)}{small}</p>')


def _draw_cell(cell: TableCell) -> None:
    if cell.ask is None:
        notices.draw(f'<p class="wb-none">{as_html(cell.words)}</p>')
    else:
        session.link_to("find", cell.words, what="codes", find=cell.ask.as_address())
