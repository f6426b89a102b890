"""Where a study holds words besides the texts of its sources, and replacing in them.

Told from the tables themselves, so that a table that comes later is looked through too:
every column of text or of plain values in the tables of interviews, of what is written
together and of participants, ids and settings aside. Texts of sources and what follows
from them are moved apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, String, select, update
from sqlmodel import Session

from coding.pseudonyms.replacer import NameReplacer
from data.pseudonyms.key import KeptValue
from data.tables import StudyTable

_SETTINGS = (
    "id kind status layer colour strength engine step action client decision settled_as"
    " about_kind about_id text_sha256 difference_key time held_on suggestion_id seen"
    " made_ids code_ids links imported_at stance holder_kind as_linked rows_are rows_by"
    " grouped_by column_ids wave_ids wave_key state words_sha256"
)
_NO_WORDING = frozenset(_SETTINGS.split())
# Texts and turns are replaced with their positions; the index and undo follow them.
_APART = {
    "source": ("text",),
    "turn": ("speaker",),
    "speaker": ("label",),
    "earlier_text": ("text", "turns"),
    "turn_words": ("words",),
    "coding_change": ("rows",),
    # Who of the team was there: a participant of the same name is somebody else.
    "debrief_attender": ("name", "role"),
    "debrief_dissent": ("name", "role"),
    "debrief_action": ("owner",),
}
_TOLD_AS = {
    "analysis templates: questions": (
        "analysis_question analysis_template analysis_template_version"
    ),
    "analysis templates: answers": "analysis_answer",
    "analysis templates: earlier answers": "analysis_words",
    "names and files of sources": "source",
    "participants": "participant",
    "attributes of participants": "participant_attribute",
    "memos": "memo",
    "earlier words of memos": "memo_words",
    "codebook": "code",
    "the codebook's past": "code_history codebook_version",
    "decisions about codes": "codebook_decision",
    "reasons of suggestions": "suggestion",
    "what suggestions were learned from": "learning suggestion_draw trust_report",
    "reasons of corrections": "earlier_text",
    "what coders settled and gave as reasons": (
        "agreed_decision assignment_step operation settled_source"
    ),
    "notes on evidence": "evidence",
    "cells of themes matrices": "framework_cell",
    "names of themes matrices": "framework_matrix",
    "earlier words of cells": "framework_words",
    "hypotheses and their past": "hypothesis hypothesis_step",
    "minutes of debriefs": (
        "debrief debrief_action debrief_dissent debrief_hypothesis debrief_note"
        " debrief_words"
    ),
    "findings and their earlier words": "finding finding_words",
    "the logic model": "logic_model logic_model_words",
    "statements on outcomes": "outcome_statement outcome_statement_words",
    "where contrary evidence was looked for": (
        "contrary_search counter_answer counter_search"
    ),
    "the study design": (
        "aims_version design_words mini_project shortfall_reason strand topic_guide"
        " topic_guide_version wave_plan"
    ),
    "releases": "disclosure_rule release release_file",
    "the record of people's rights": (
        "backup consent erasure keeping_rule withdrawal withdrawn_words"
    ),
}
_TOLD_OF = {
    table: where for where, tables in _TOLD_AS.items() for table in tables.split()
}
_CASES = "data.tables.cases."
_ROOMS = (
    "data.tables.interviews.",
    "data.tables.together.",
    "data.tables.people_rights",
)
_ALSO = ("participant", "participant_attribute")


@dataclass(frozen=True, slots=True)
class WordingFound:
    """How many values of one kind of place hold listed names.

    ``is_replaced`` is false for case files, which are told and left as they are.
    """

    where: str
    values: int
    is_replaced: bool = True


Moved = Callable[[dict[str, Any]], Any]


def wording_columns(*, of_cases: bool = False) -> list[tuple[Any, list[Column[Any]]]]:
    """The tables that hold wording, each with the columns that do."""
    found = []
    for table, module in _tables():
        is_case = module.startswith(_CASES)
        is_looked_through = is_case or module.startswith(_ROOMS) or table.name in _ALSO
        if is_case is not of_cases or not is_looked_through:
            continue
        columns = [one for one in table.columns if _holds_wording(table.name, one)]
        if columns:
            found.append((table, columns))
    return found


def told_as(table: str) -> str:
    """What a reviewer calls the place that a table holds."""
    return _TOLD_OF[table]


def replace_wording(
    session: Session, replacer: NameReplacer, moved: Moved
) -> list[KeptValue]:
    """Every value that held a name, before and after; the study has them replaced."""
    kept = []
    for table, row, column, before in _values(session, wording_columns()):
        after = replacer.value(before, moved)
        if after != before:
            after = _unique(session, column, after)
            _write(session, table, row, column.name, after)
            kept.append(KeptValue(table.name, row, column.name, before, after))
    return kept


def count_wording(session: Session, replacer: NameReplacer) -> list[WordingFound]:
    """How many values hold names, by what a reviewer calls the place."""
    counts: dict[str, int] = {}
    for table, _, _, before in _values(session, wording_columns()):
        if replacer.value(before) != before:
            where = told_as(table.name)
            counts[where] = counts.get(where, 0) + 1
    found = [WordingFound(where, number) for where, number in counts.items()]
    in_cases = sum(
        replacer.value(before) != before
        for _, _, _, before in _values(session, wording_columns(of_cases=True))
    )
    if in_cases:
        found.append(WordingFound("case files", in_cases, is_replaced=False))
    return found


def put_back_values(session: Session, kept: Iterable[KeptValue]) -> list[KeptValue]:
    """Put values back where they are still as they were left; those that are not."""
    tables = {table.name: table for table, _ in _tables()}
    left = []
    for one in reversed(list(kept)):
        table = tables[one.table]
        query = select(table.c[one.column]).where(*_is_row(table, one.row))
        present = session.execute(query).first()
        if present is not None and present[0] == one.after:
            _write(session, table, one.row, one.column, one.before)
        elif present is not None and present[0] != one.before:
            left.append(one)
    return left


def _tables() -> list[tuple[Any, str]]:
    return [
        (mapper.local_table, mapper.class_.__module__)
        for mapper in StudyTable._sa_registry.mappers
    ]


def _holds_wording(table: str, column: Column[Any]) -> bool:
    if column.name in _NO_WORDING or column.name in _APART.get(table, ()):
        return False
    if column.foreign_keys or column.name.endswith("_id"):
        return False
    if isinstance(column.type, JSON):
        return True
    # SQLModel wraps its text columns; what is wrapped tells what they hold.
    inner = getattr(column.type, "impl_instance", column.type)
    return isinstance(inner, String) and not column.primary_key


def _values(
    session: Session, tables: list[tuple[Any, list[Column[Any]]]]
) -> Iterator[tuple[Any, tuple[str | int, ...], Column[Any], Any]]:
    for table, columns in tables:
        keys = list(table.primary_key.columns)
        rows = session.execute(select(*keys, *columns)).all()
        for row in rows:
            for column, value in zip(columns, row[len(keys) :], strict=True):
                if value:
                    yield table, tuple(row[: len(keys)]), column, value


def _unique(session: Session, column: Column[Any], wanted: Any) -> Any:
    """A value that no other row has, where the column allows each but once."""
    if not column.unique:
        return wanted
    number, free = 2, wanted
    while session.execute(select(column).where(column == free)).first():
        free, number = f"{wanted} ({number})", number + 1
    return free


def _is_row(table: Any, row: tuple[str | int, ...]) -> list[Any]:
    return [
        column == value
        for column, value in zip(table.primary_key.columns, row, strict=True)
    ]


def _write(
    session: Session, table: Any, row: tuple[str | int, ...], column: str, value: Any
) -> None:
    session.execute(update(table).where(*_is_row(table, row)).values({column: value}))
