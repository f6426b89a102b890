"""Which cells of a matrix rest on what has changed since, over all of them at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from coding.transcripts import text_hash
from data.storage.coders.blind_passes import hidden_sources
from data.storage.evidence.evidence_records import EvidenceKind
from data.storage.evidence.evidence_states import became, states_now
from data.storage.people_rights.withdrawn import codings_in_analysis
from data.tables import (
    CodedSegmentRow,
    EvidenceRow,
    FrameworkCellRow,
    SourceRow,
)

_AT_ONCE = 500


def changed_evidence(
    session: Session, matrix_id: str, reader_id: str | None
) -> dict[str, int]:
    """How many links of a cell are to what is not as it was linked, by the cell's id.

    What :class:`EvidenceStorage` tells of each link one by one, and without its words.
    """
    links = session.execute(
        select(
            col(EvidenceRow.holder_id),
            col(EvidenceRow.kind),
            col(EvidenceRow.thing_id),
            col(EvidenceRow.as_linked),
        )
        .join(FrameworkCellRow, col(FrameworkCellRow.id) == col(EvidenceRow.holder_id))
        .where(col(FrameworkCellRow.matrix_id) == matrix_id)
    ).all()
    coded = EvidenceKind.CODED_SEGMENT.value
    changed: Counter[str] = Counter()
    quotations = [(h, thing, was) for h, kind, thing, was in links if kind == coded]
    _count_quotations(session, quotations, reader_id, changed)
    for kind in {kind for _, kind, _, _ in links} - {coded}:
        of_kind = [(h, thing, was) for h, k, thing, was in links if k == kind]
        states = states_now(
            session,
            EvidenceKind(kind),
            sorted({thing for _, thing, _ in of_kind}),
            reader_id,
        )
        for holder, thing, was in of_kind:
            what, _ = became(EvidenceKind(kind), was, states.get(thing))
            changed[holder] += what is not None
    return {holder: number for holder, number in changed.items() if number}


def _count_quotations(
    session: Session,
    links: Sequence[tuple[str, str, Mapping[str, Any]]],
    reader_id: str | None,
    changed: Counter[str],
) -> None:
    blind = hidden_sources(session, reader_id)
    ids = sorted({thing for _, thing, _ in links})
    now: dict[str, tuple[str, str]] = {}
    for at in range(0, len(ids), _AT_ONCE):
        rows = session.execute(
            select(
                col(CodedSegmentRow.id),
                col(CodedSegmentRow.source_id),
                col(CodedSegmentRow.coder_id),
                col(CodedSegmentRow.code_id),
                func.substr(
                    col(SourceRow.text),
                    col(CodedSegmentRow.start) + 1,
                    col(CodedSegmentRow.end) - col(CodedSegmentRow.start),
                ),
            )
            .join(SourceRow, col(SourceRow.id) == col(CodedSegmentRow.source_id))
            .where(
                col(CodedSegmentRow.id).in_(ids[at : at + _AT_ONCE]),
                codings_in_analysis(session),
            )
        )
        for one, source, coder, code, words in rows:
            if source not in blind or coder == reader_id:
                now[one] = code, text_hash(words)
    for holder, thing, was in links:
        if now.get(thing) != (was.get("code"), was.get("words")):
            changed[holder] += 1
