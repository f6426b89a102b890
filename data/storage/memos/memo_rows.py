"""A memo's row: read as a value, and its earlier words kept before it is changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from coding.coded_segments import Memo
from data.storage.numbering import next_number
from data.tables import MemoLinkRow, MemoRow, MemoWordsRow


def as_memo(row: MemoRow, links: Iterable[tuple[str, str]] = ()) -> Memo:
    """The row as a value; links are given where they were read."""
    return Memo(
        row.id,
        row.about_kind,
        row.about_id,
        row.text,
        row.author_id,
        row.written_at,
        row.version,
        row.source_id or "",
        row.start or 0,
        row.end or 0,
        row.title,
        row.changed_at,
        tuple(links),
    )


def links_of(
    session: Session, memo_ids: Sequence[str]
) -> dict[str, list[tuple[str, str]]]:
    """Where each memo leads, as kinds and ids, in a lasting order."""
    found: dict[str, list[tuple[str, str]]] = {one: [] for one in memo_ids}
    rows = session.execute(
        select(
            col(MemoLinkRow.memo_id),
            col(MemoLinkRow.about_kind),
            col(MemoLinkRow.about_id),
        )
        .where(col(MemoLinkRow.memo_id).in_(memo_ids))
        .order_by(col(MemoLinkRow.about_kind), col(MemoLinkRow.about_id))
    )
    for memo_id, kind, about_id in rows:
        found[memo_id].append((kind, about_id))
    return found


def keep_words(session: Session, row: MemoRow) -> None:
    """Keep what a memo says now, before it is changed, deleted or put back."""
    of_memo = col(MemoWordsRow.memo_id) == row.id
    session.add(
        MemoWordsRow(
            memo_id=row.id,
            number=next_number(session, col(MemoWordsRow.number), of_memo),
            title=row.title,
            text=row.text,
            links=[list(one) for one in links_of(session, [row.id])[row.id]],
        )
    )
