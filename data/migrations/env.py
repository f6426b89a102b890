"""Run by Alembic: hands it the connection that ``bring_up_to_date`` opened."""

from typing import Any, Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from data.migrations import SEARCH_INDEX
from data.tables import StudyTable
from data.tables.base import UtcDateTime


def _plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    # Steps name plain database types, so that they outlive our own classes.
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    return False


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    return not (kind == "table" and (name or "").startswith(SEARCH_INDEX))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=StudyTable.metadata,
    render_as_batch=True,
    render_item=_plain_type,
    include_name=_is_ours,
)
with context.begin_transaction():
    context.run_migrations()
