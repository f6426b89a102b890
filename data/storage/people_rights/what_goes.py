"""Which rows go with a row that is erased, whatever tables there are.

Read from the references between the tables themselves, so that a new kind of thing
that hangs on a participant, a source or a case goes with it without being named here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ForeignKey, Table, delete, select, tuple_, update
from sqlmodel import Session

from data.tables import StudyTable

Key = tuple[Any, ...]
_AT_ONCE = 400

# References that may be empty and whose row is worth nothing without what they name: a
# judgement describes both cases of its pair.
_OWNING = {("judgement", "historic_id")}
# Lines of the audit trail hold ids alone, and stay.
_STAYS = ("audit_line",)


def tables() -> dict[str, Table]:
    """Every table of a study by its name."""
    return dict(StudyTable.metadata.tables)


def key_columns(table: Table) -> list[Any]:
    """The columns of a table's primary key."""
    return list(table.primary_key.columns)


class Goes:
    """Rows to be removed, with all that hang on them, and references to be let go."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.removed: dict[str, set[Key]] = defaultdict(set)
        self.let_go: dict[tuple[str, str], set[Key]] = defaultdict(set)

    def add(self, table_name: str, keys: Iterable[Key]) -> None:
        """Have these rows go, and whatever hangs on them or is about them."""
        waiting = [(table_name, set(keys))]
        while waiting:
            name, wanted = waiting.pop()
            new = wanted - self.removed[name]
            if not new:
                continue
            self.removed[name] |= new
            ids = [key[0] for key in new if len(key) == 1]
            if not ids:
                continue
            for reference in _references_to(name):
                child = reference.parent.table
                found = self._keys(child, reference.parent, ids)
                if _goes_along(reference):
                    waiting.append((child.name, found))
                else:
                    self.let_go[child.name, reference.parent.name] |= found
            for about in _about_tables():
                found = self._keys(about, about.c.about_id, ids)
                waiting.append((about.name, found))

    def is_removed(self, table_name: str, key: Key) -> bool:
        """Whether a row is among those that go."""
        return key in self.removed.get(table_name, ())

    def carry_out(self) -> None:
        """Remove the rows, what hangs on others first."""
        for (name, column), keys in self.let_go.items():
            table = tables()[name]
            for some in portions(keys - self.removed.get(name, set())):
                self._session.execute(
                    update(table).where(_is_one_of(table, some)).values({column: None})
                )
        for table in reversed(StudyTable.metadata.sorted_tables):
            for some in portions(self.removed.get(table.name, ())):
                self._session.execute(delete(table).where(_is_one_of(table, some)))
        self._session.expire_all()

    def _keys(self, table: Table, column: Any, ids: Sequence[Any]) -> set[Key]:
        found: set[Key] = set()
        for some in portions(ids):
            query = select(*key_columns(table)).where(column.in_(some))
            found.update(tuple(row) for row in self._session.execute(query))
        return found


def portions(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """The keys some hundred at a time: a database takes only so many at once."""
    listed = sorted(keys)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]


def _is_one_of(table: Table, keys: Sequence[Key]) -> Any:
    columns = key_columns(table)
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    return tuple_(*columns).in_(keys)


def _references_to(table_name: str) -> Iterator[ForeignKey]:
    for table in StudyTable.metadata.sorted_tables:
        for reference in table.foreign_keys:
            if reference.column.table.name == table_name:
                yield reference


def _goes_along(reference: ForeignKey) -> bool:
    column = reference.parent
    return (
        not column.nullable
        or reference.ondelete == "CASCADE"
        or (column.table.name, column.name) in _OWNING
    )


def _about_tables() -> list[Table]:
    return [
        table
        for table in StudyTable.metadata.sorted_tables
        if {"about_kind", "about_id"} <= set(table.c.keys())
        and table.name not in _STAYS
    ]
