"""All memos in one report: by what they are about, with author, day and quotation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from data.exporters.report_document import (
    Paragraph,
    Part,
    Quotation,
    ReportDocument,
    ReportTable,
    Section,
)
from data.storage import StudyStore
from data.storage.memos.memo_reading import ReadMemo
from data.storage.memos.memo_records import MemoKind, MemoQuery
from workbench.actions.memos.memos import (
    day_of,
    kind_in_words,
    thing_in_words,
    written_in_words,
)
from workbench.actions.memos.safe_markdown import memo_as_parts
from workbench.actions.rights.consenting import WORDS_KEPT_BACK
from workbench.wording import counted

_ALL = MemoQuery()
_ORDER = [kind.value for kind in MemoKind]
_LEFT_OUT = (
    "Left out: memos on transcripts that somebody still codes blind, on cases somebody "
    "may still judge blind, and on pairs whose progress is being compared."
)


def memos_document(
    store: StudyStore, made_by: str, made_at: datetime, query: MemoQuery = _ALL
) -> ReportDocument:
    """The memos wanted, as anybody may read them, the oldest on each thing first."""
    memos = _ordered(store, query)
    chosen = ", those asked for on the page" if query.asks_for_some else ""
    lead = Paragraph(f"{counted(len(memos), 'memo')}{chosen}. {_LEFT_OUT}")
    sections = [Section("Memos", (lead,))]
    for kind, of_kind in groupby(memos, key=lambda one: one.about.thing.kind):
        sections.append(Section(_heading(kind), ()))
        for name, of_thing in groupby(of_kind, key=_about_in_words):
            parts = [part for one in of_thing for part in _memo_parts(one)]
            sections.append(Section(name, tuple(parts), level=2))
    return ReportDocument(
        "Memos", store.study.read().name, made_by, made_at, tuple(sections)
    )


def memos_table(store: StudyStore, query: MemoQuery = _ALL) -> ReportTable:
    """The memos wanted, as anybody may read them, one a row."""
    return ReportTable(
        "Memos",
        (
            "About",
            "What",
            "Quotation",
            "Title",
            "Memo",
            "Author",
            "Written on",
            "Changed on",
            "Leads to",
        ),
        tuple(_row(one) for one in _ordered(store, query)),
    )


def _ordered(store: StudyStore, query: MemoQuery) -> list[ReadMemo]:
    found, _ = store.memo_reading.find(query, reader_id=None)
    return sorted(
        found,
        key=lambda one: (
            _ORDER.index(one.about.thing.kind),
            _about_in_words(one).casefold(),
            one.about.start,
            one.memo.written_at,
        ),
    )


def _about_in_words(one: ReadMemo) -> str:
    return one.about.name or thing_in_words(one.about)


def _heading(kind: str) -> str:
    return {
        MemoKind.STUDY: "On the study",
        MemoKind.SOURCE: "On transcripts and other sources",
    }.get(MemoKind(kind), f"On {kind_in_words(kind).lower()}s")


def _memo_parts(one: ReadMemo) -> Iterable[Part]:
    if one.about.quotation and not one.about.may_be_quoted:
        yield Paragraph(f"{one.about.speaker}: {WORDS_KEPT_BACK}")
    elif one.about.quotation:
        yield Quotation(
            one.about.quotation,
            one.about.speaker,
            one.about.name,
            one.about.source_id,
            one.about.start,
        )
    if one.memo.title:
        yield Paragraph(one.memo.title)
    yield from memo_as_parts(one.memo.text)
    if one.links:
        led = "; ".join(map(thing_in_words, one.links))
        yield Paragraph(f"Leads to: {led}", is_note=True)
    yield Paragraph(written_in_words(one.memo, one.author), is_note=True)


def _row(one: ReadMemo) -> tuple[str, ...]:
    changed = one.memo.changed_at
    return (
        kind_in_words(one.about.thing.kind),
        _about_in_words(one),
        one.about.quotation if one.about.may_be_quoted else WORDS_KEPT_BACK,
        one.memo.title,
        one.memo.text,
        one.author,
        day_of(one.memo.written_at),
        day_of(changed) if changed else "",
        "; ".join(map(thing_in_words, one.links)),
    )
