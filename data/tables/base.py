"""The base every table shares: a registry of its own, named constraints, UTC times.

A registry of our own lets the app reload its source without SQLModel claiming that a
table is already defined.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class StudyTable(
    SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))
):
    """What every table row of a study is."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in Python, plain UTC in every database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """The time to store: in UTC, without zone."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The time as read back: aware, in UTC."""
        return value.replace(tzinfo=UTC) if value else None


def new_id() -> str:
    """A new identifier: a random GUID as 36 characters."""
    return str(uuid.uuid4())


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)
