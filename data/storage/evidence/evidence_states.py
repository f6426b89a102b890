"""How each kind of evidence stands now, one query for each kind.

A new kind of evidence is told by a function here, ids in and states out; what is not
given back is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from coding.transcripts import text_hash
from data.storage.analysis_templates.answer_states import answers_now
from data.storage.evidence.coded_evidence import (
    coded_segments_now,
    what_became,
)
from data.storage.evidence.evidence_records import (
    EvidenceChange,
    EvidenceKind,
    StateNow,
)
from data.storage.evidence.figure_evidence import (
    indicator_areas_now,
    indicator_values_now,
    survey_answers_now,
)
from data.storage.evidence.theme_evidence import themes_now
from data.storage.framework.cell_states import cells_now
from data.storage.memos.memo_records import MemoKind, Thing
from data.storage.memos.memo_things import tell_things
from data.tables import (
    CodebookDecisionRow,
    FindingRow,
    HypothesisRow,
    JudgementRow,
    MemoRow,
)

_States = Callable[[Session, Sequence[str], str | None], Mapping[str, StateNow]]
_Became = Callable[
    [Mapping[str, Any], StateNow | None], tuple[EvidenceChange | None, str]
]


def states_now(
    session: Session,
    kind: EvidenceKind,
    ids: Sequence[str],
    reader_id: str | None,
) -> Mapping[str, StateNow]:
    """How things of one kind stand; those that are gone are left out."""
    states = _STATES.get(kind)
    return states(session, ids, reader_id) if states else {}


def became(
    kind: EvidenceKind, was: Mapping[str, Any], state: StateNow | None
) -> tuple[EvidenceChange | None, str]:
    """What became of a thing since it was linked, and nearer in words."""
    return _BECAME.get(kind, _compared)(was, state)


def _compared(
    was: Mapping[str, Any], state: StateNow | None
) -> tuple[EvidenceChange | None, str]:
    if state is None:
        return EvidenceChange.GONE, ""
    if state.change or state.kept is None:
        return state.change, ""
    if "value" in state.kept:
        then, now = was.get("value"), state.kept["value"]
        if then != now:
            return EvidenceChange.VALUE_CHANGED, f"was {then}, is {now} now"
    elif was.get("words") != state.kept.get("words"):
        return EvidenceChange.WORDS_CHANGED, ""
    return None, ""


def _told(kind: str) -> _States:
    """States of what memos can be about too: a name and a place, no words."""

    def states(
        session: Session, ids: Sequence[str], reader_id: str | None
    ) -> dict[str, StateNow]:
        told = tell_things(session, [Thing(kind, one) for one in ids], reader_id)
        return {
            thing.id: StateNow(
                one.name, place_id=one.place_id, source_id=one.source_id, kept={}
            )
            for thing, one in told.items()
            if not one.is_gone and not one.is_hidden
        }

    return states


def _pairs(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> dict[str, StateNow]:
    """Pairs whose judgement decides the case; a case's other judges stay hidden."""
    named = _told(MemoKind.PAIR)(session, ids, reader_id)
    rows = session.scalars(select(JudgementRow).where(col(JudgementRow.id).in_(ids)))
    found = {}
    for row in rows:
        if row.locked_at is None:
            found[row.id] = StateNow(change=EvidenceChange.TAKEN_BACK)
            continue
        told = named[row.id]
        found[row.id] = StateNow(
            told.name,
            words=row.rationale,
            place_id=told.place_id,
            kept={"words": text_hash(f"{row.suitability} {row.rationale}")},
        )
    return found


def _memos(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> dict[str, StateNow]:
    named = _told(MemoKind.MEMO)(session, ids, reader_id)
    rows = session.execute(
        select(col(MemoRow.id), col(MemoRow.text)).where(col(MemoRow.id).in_(named))
    )
    return {
        one: StateNow(
            named[one].name, text, place_id=one, kept={"words": text_hash(text)}
        )
        for one, text in rows
    }


def _decisions(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> dict[str, StateNow]:
    named = _told(MemoKind.DECISION)(session, ids, reader_id)
    numbers = [int(one) for one in named]
    rows = session.scalars(
        select(CodebookDecisionRow).where(col(CodebookDecisionRow.number).in_(numbers))
    )
    return {
        str(row.number): StateNow(
            named[str(row.number)].name,
            row.words,
            place_id=str(row.number),
            kept={"words": text_hash(row.words)},
            change=EvidenceChange.WITHDRAWN if row.withdrawn_at else None,
        )
        for row in rows
    }


def _hypotheses(
    session: Session, ids: Sequence[str], _reader_id: str | None
) -> dict[str, StateNow]:
    rows = session.scalars(select(HypothesisRow).where(col(HypothesisRow.id).in_(ids)))
    return {
        row.id: StateNow(
            f"H{row.number}, {row.status}",
            row.statement,
            place_id=row.id,
            kept={"words": text_hash(row.statement), "status": row.status},
        )
        for row in rows
    }


def _findings(
    session: Session, ids: Sequence[str], _reader_id: str | None
) -> dict[str, StateNow]:
    rows = session.scalars(
        select(FindingRow).where(
            col(FindingRow.id).in_(ids), col(FindingRow.is_removed).is_(False)
        )
    )
    return {
        row.id: StateNow(
            f"Finding, {row.state}",
            row.statement,
            place_id=row.id,
            kept={"words": text_hash(row.statement), "status": row.state},
        )
        for row in rows
    }


def _worded_became(
    was: Mapping[str, Any], state: StateNow | None
) -> tuple[EvidenceChange | None, str]:
    """What became of a hypothesis or finding: its wording goes before how it stands."""
    change, detail = _compared(was, state)
    if change is not None or state is None or state.kept is None:
        return change, detail
    then, now = was.get("status"), state.kept["status"]
    if then != now:
        return EvidenceChange.STATUS_CHANGED, f"was {then}, is {now} now"
    return None, ""


_STATES: dict[EvidenceKind, _States] = {
    EvidenceKind.CODED_SEGMENT: coded_segments_now,
    EvidenceKind.CELL: cells_now,
    EvidenceKind.PAIR: _pairs,
    EvidenceKind.CASE: _told(MemoKind.CASE),
    EvidenceKind.MEMO: _memos,
    EvidenceKind.DECISION: _decisions,
    EvidenceKind.INDICATOR: indicator_values_now,
    EvidenceKind.INDICATOR_AREA: indicator_areas_now,
    EvidenceKind.SURVEY: survey_answers_now,
    EvidenceKind.HYPOTHESIS: _hypotheses,
    EvidenceKind.FINDING: _findings,
    EvidenceKind.TEMPLATE_ANSWER: answers_now,
    EvidenceKind.THEME: themes_now,
}
_BECAME: dict[EvidenceKind, _Became] = {
    EvidenceKind.CODED_SEGMENT: what_became,
    EvidenceKind.HYPOTHESIS: _worded_became,
    EvidenceKind.FINDING: _worded_became,
}
