"""Numbers given one after the other: wordings, parts, releases, places in an order."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session


def next_number(
    session: Session, number: Mapped[int], *among: ColumnElement[bool]
) -> int:
    """One more than the largest of the rows that meet the conditions; 1 for none."""
    return (session.scalar(select(func.max(number)).where(*among)) or 0) + 1
