"""Undo and redo of the toy store: what an operation changed, found by looking before
and after."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

SCHEMA = """
create table memo(id text primary key, source text, start int, end int, segment text,
  words text);
create table change(id text primary key, source text, number integer, kind text,
  undone int default 0, rows text);
"""
_TABLES = {
    "span": "id, source, start, end, code, coder, suggestion",
    "suggestion": "id, source, start, end, code, strength, reason, cues, status",
    "memo": "id, source, start, end, segment, words",
    "code": "id, name, position",
}


def changing(
    connection: sqlite3.Connection,
    source: str,
    change: tuple[str, str],
    do: Callable[[], None],
) -> None:
    """Carry out what ``do`` does and keep how to take it back under an id and kind."""
    before = _all(connection)
    do()
    after = _all(connection)
    rows = [
        [table, one, before[table].get(one), after[table].get(one)]
        for table in _TABLES
        for one in {*before[table], *after[table]}
        if before[table].get(one) != after[table].get(one)
    ]
    if not rows:
        return
    connection.execute("delete from change where source=? and undone=1", (source,))
    connection.execute(
        "insert into change(id, source, number, kind, rows) select ?, ?, "
        "coalesce(max(number), 0) + 1, ?, ? from change",
        (change[0], source, change[1], json.dumps(rows)),
    )


def swap(connection: sqlite3.Connection, change_id: str, *, undo: bool) -> None:
    """Take a change back, or do it again."""
    found = connection.execute("select rows from change where id=?", (change_id,))
    for table, one, before, after in json.loads(found.fetchone()[0]):
        wanted = before if undo else after
        connection.execute(f"delete from {table} where id=?", (one,))
        if wanted:
            marks = ",".join("?" * len(wanted))
            connection.execute(f"insert into {table} values ({marks})", wanted)
    connection.execute("update change set undone=? where id=?", (undo, change_id))


def pane_rows(rows: str) -> list[list[object]]:
    """What a change touched, as the pane reads it."""
    found: list[list[object]] = []
    for table, one, before, after in json.loads(rows):
        if table == "span":
            found.append([table, one, before and before[2:5], after and after[2:5]])
        elif table == "suggestion":
            shown = [*before[:1], *before[2:7], []]
            waits = [int(row[8] == "open") for row in (before, after)]
            found.append([table, one, *waits, shown])
        else:
            found.append([table, one, int(bool(before)), int(bool(after))])
    return found


def _all(connection: sqlite3.Connection) -> dict[str, dict[str, list[object]]]:
    return {
        table: {
            row[0]: list(row)
            for row in connection.execute(f"select {columns} from {table}")
        }
        for table, columns in _TABLES.items()
    }
