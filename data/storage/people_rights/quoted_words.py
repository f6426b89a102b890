"""Words and names that are erased, found and cleared wherever they were copied to.

Goes through every table there is: memos and what they said before, reasons, examples of
codes in the codebook, its versions and history, readings, notes of supervision. What
other people said and what other cases hold is theirs and stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import JSON, Table, Text, select, update
from sqlmodel import Session

from coding.withdrawing.withdrawn_words import TakenBack
from data.storage.people_rights.what_goes import Goes, Key, key_columns, tables

_OTHERS_OWN = frozenset(
    {
        *("participant", "participant_attribute", "person", "wave"),
        *("source", "earlier_text", "speaker", "turn", "turn_words"),
        *("withdrawn_words", "case_file", "case_field", "case_fact"),
        *("case_event", "case_note", "indicator_value", "survey_topline"),
        # Ids and settings alone.
        *("audit_line", "backup", "erasure", "keeping_rule", "withdrawal"),
    }
)
# Short words among which a name may stand; in other short ones are kinds and colours.
_MAY_NAME = frozenset(
    {
        ("memo", "title"),
        ("memo_words", "title"),
        ("code", "definition"),
        ("code", "use_when"),
        ("code", "do_not_use_when"),
        ("code", "near_miss"),
        ("study", "description"),
        ("unpaired_case", "nearest_reference"),
    }
)
# A plan is compared with its seal; it holds settings alone.
_SEALED = ("toml", "sha256")
_EXAMPLES = ("examples", "example_places")

Told = Callable[[float, str], None]


def clear_quotations(
    session: Session, taken: TakenBack, goes: Goes, *, keep: bool, tell: Told
) -> dict[str, int]:
    """In how many rows of each table words or names stand that are taken back.

    With ``keep`` they are only counted; else they are cleared, and whoever has such a
    row open in a form has to open it again. Rows that go anyway are left out.
    """
    found: dict[str, int] = {}
    swept = [table for name, table in tables().items() if name not in _OTHERS_OWN]
    for number, table in enumerate(swept):
        tell(number / len(swept), "looking for copies of the words")
        if count := _clear_table(session, table, taken, goes, keep=keep):
            found[table.name] = count
    if count := _let_go_of_files(session, keep=keep):
        found["release_file"] = count
    session.expire_all()
    return found


def _let_go_of_files(session: Session, *, keep: bool) -> int:
    """How many files kept of releases are let go of; their hashes stay.

    Nobody can look for words inside them, and none can be taken out of what was read.
    """
    files = tables()["release_file"]
    kept = session.scalars(select(files.c.id).where(files.c.content.is_not(None))).all()
    if kept and not keep:
        session.execute(update(files).values(content=None))
    return len(kept)


def swept_tables() -> set[str]:
    """The tables that are gone through for copies of words."""
    return set(tables()) - _OTHERS_OWN


def _clear_table(
    session: Session, table: Table, taken: TakenBack, goes: Goes, *, keep: bool
) -> int:
    columns = list(_free_columns(table))
    if not columns:
        return 0
    keys = key_columns(table)
    changed: list[tuple[Key, dict[str, Any]]] = []
    for row in session.execute(select(*keys, *columns)):
        key = tuple(row[: len(keys)])
        if goes.is_removed(table.name, key):
            continue
        values = dict(zip(columns, row[len(keys) :], strict=True))
        cleared = {
            column.name: new
            for column, value in values.items()
            if value and (new := _cleared(table.name, column, value, taken)) != value
        }
        if cleared:
            changed.append((key, cleared))
    if not keep:
        for key, cleared in changed:
            if "version" in table.c:
                cleared["version"] = table.c.version + 1
            where = [column == part for column, part in zip(keys, key, strict=True)]
            session.execute(update(table).where(*where).values(cleared))
    return len(changed)


def _free_columns(table: Table) -> Iterator[Any]:
    for column in table.columns:
        is_key = column.primary_key or column.foreign_keys
        if is_key or column.name in _SEALED or column.name.endswith("_id"):
            continue
        if isinstance(column.type, JSON) or column.type.python_type is str:
            yield column


def _cleared(table: str, column: Any, value: Any, taken: TakenBack) -> Any:
    if isinstance(column.type, JSON):
        return _in_json(value, taken, column.name)
    is_free = isinstance(column.type, Text) or (table, column.name) in _MAY_NAME
    return taken.removed_from(value) if is_free else taken.without_quotations(value)


def _in_json(value: Any, taken: TakenBack, name: str = "") -> Any:
    if isinstance(value, str):
        return taken.removed_from(value)
    if isinstance(value, dict):
        return {
            taken.removed_from(key): _in_json(part, taken, key)
            for key, part in value.items()
        }
    if isinstance(value, list):
        if name in _EXAMPLES:
            value = [one for one in value if not _is_theirs(one, taken)]
        return [_in_json(one, taken) for one in value]
    return value


def _is_theirs(example: Any, taken: TakenBack) -> bool:
    words = example.get("words", "") if isinstance(example, dict) else str(example)
    return taken.is_all_of(words) or taken.without_quotations(words) != words
