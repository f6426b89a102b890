"""Putting a hypothesis on the table of a debrief."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import Session, col

from data.tables import DebriefHypothesisRow


def put_on_the_table(session: Session, debrief_id: str, hypothesis_id: str) -> None:
    """Put it there after those that are there; one that is stays where it is."""
    of_debrief = col(DebriefHypothesisRow.debrief_id) == debrief_id
    there = session.scalar(
        select(func.count()).where(
            of_debrief, col(DebriefHypothesisRow.hypothesis_id) == hypothesis_id
        )
    )
    if there:
        return
    position = session.scalar(select(func.count()).where(of_debrief)) or 0
    session.add(
        DebriefHypothesisRow(
            debrief_id=debrief_id, hypothesis_id=hypothesis_id, position=position
        )
    )
    session.flush()
