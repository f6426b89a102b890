"""Codes as rows: read, made into codes and back, coloured, and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from coding.codebook import Code, ExamplePlace
from coding.palette import next_colour
from data.problems import DataProblem, DataRefused
from data.storage.database import once, refuse
from data.tables import CodeRow

NOTHING_SAVED = "Nothing was saved."
LONGEST_NAME = 300


def read_rows(session: Session) -> list[CodeRow]:
    """Every code of the study, retired ones included, in the order people gave them."""
    query = select(CodeRow).order_by(col(CodeRow.position), col(CodeRow.name))
    return once(session, "codes", lambda: list(session.scalars(query)))


def known_row(rows: Sequence[CodeRow], code_id: str) -> CodeRow:
    """The row of a code; refuses one that the codebook does not hold."""
    row = next((row for row in rows if row.id == code_id), None)
    if row is None:
        refuse(
            "This code is not in the codebook.",
            "Codebook",
            f"Open the codebook again. {NOTHING_SAVED}",
        )
    return row


def tidy(name: str) -> str:
    """A code's name on one line, without spare spaces."""
    return " ".join(name.split())


def wording(code: Code) -> dict[str, Any]:
    """What people write about a code, as the columns that keep it."""
    examples = [example.strip() for example in code.examples if example.strip()]
    return {
        "parent_id": code.parent_id or None,
        "name": tidy(code.name),
        "definition": code.definition.strip(),
        "use_when": code.use_when.strip(),
        "do_not_use_when": code.do_not_use_when.strip(),
        "cues": [cue.strip() for cue in code.cues if cue.strip()],
        "examples": examples,
        "example_places": [
            {
                "words": place.words,
                "source": place.source_id,
                "start": place.start,
                "end": place.end,
            }
            for place in code.example_places
            if place.words in examples
        ],
        "near_miss": code.near_miss.strip(),
    }


def as_row(code: Code, created_by: str) -> CodeRow:
    """A row for a new code."""
    return CodeRow(
        id=code.id,
        colour=code.colour,
        position=code.position,
        created_by=created_by,
        **wording(code),
    )


def as_code(row: CodeRow) -> Code:
    """The code a row holds."""
    return code_of(row.id, state_of(row), row.version)


_STATE = (
    "name",
    "parent_id",
    "definition",
    "use_when",
    "do_not_use_when",
    "cues",
    "examples",
    "example_places",
    "near_miss",
    "colour",
    "position",
    "is_retired",
)


def state_of(row: CodeRow) -> dict[str, Any]:
    """All that can change about a code, as history and versions keep it."""
    return {part: getattr(row, part) for part in _STATE}


def states_of(rows: Sequence[CodeRow]) -> dict[str, dict[str, Any]]:
    """The state of each code by its id."""
    return {row.id: state_of(row) for row in rows}


def code_of(code_id: str, state: Mapping[str, Any], version: int = 1) -> Code:
    """The code that a kept state tells of."""
    return Code(
        code_id,
        state["name"],
        state["definition"],
        state["use_when"],
        state["do_not_use_when"],
        tuple(state["cues"]),
        tuple(state["examples"]),
        state["near_miss"],
        state["parent_id"] or "",
        state["colour"],
        state["position"],
        version,
        state["is_retired"],
        tuple(
            ExamplePlace(one["words"], one["source"], one["start"], one["end"])
            for one in state["example_places"]
        ),
    )


def next_position(rows: Sequence[CodeRow]) -> int:
    """The place behind all codes there are."""
    return max((row.position for row in rows), default=-1) + 1


def colour_for_new(rows: Sequence[CodeRow], parent_id: str) -> str:
    """The parent's colour, else the one least used at the top of the tree."""
    parent = next((row for row in rows if row.id == parent_id), None)
    if parent is not None:
        return parent.colour
    return next_colour(row.colour for row in rows if row.parent_id is None)


def recolour(rows: Sequence[CodeRow], moved: CodeRow) -> None:
    """Give a code that changed its parent the colour of its new place, and all under
    it likewise."""
    others = [row for row in rows if row.id != moved.id]
    moved.colour = colour_for_new(others, moved.parent_id or "")
    for row in codes_below(rows, moved.id):
        row.colour = moved.colour


def codes_below(rows: Sequence[CodeRow], code_id: str) -> list[CodeRow]:
    """Every code under another, at any depth."""
    under: dict[str | None, list[CodeRow]] = {}
    for row in rows:
        under.setdefault(row.parent_id, []).append(row)
    found, waiting = [], list(under.get(code_id, []))
    while waiting:
        row = waiting.pop()
        found.append(row)
        waiting += under.get(row.id, [])
    return found


def require_sound(code: Code, rows: Sequence[CodeRow]) -> None:
    """Refuse a code without name, with another's name, or under itself."""
    problems = problems_of(code, rows)
    if problems:
        raise DataRefused(problems)


def problems_of(code: Code, rows: Sequence[CodeRow]) -> list[DataProblem]:
    """What keeps a code from being saved: its name, or what it should stand under."""
    name = tidy(code.name)
    problems: list[DataProblem] = []
    if not name:
        problems.append(
            DataProblem("The code has no name.", "Name", f"Type one. {NOTHING_SAVED}")
        )
    if len(name) > LONGEST_NAME:
        problems.append(
            DataProblem(
                f"The name has {len(name)} characters; {LONGEST_NAME} is the most.",
                "Name",
                f"Shorten it, and put the rest into the definition. {NOTHING_SAVED}",
            )
        )
    twin = next(
        (
            row
            for row in rows
            if row.name.casefold() == name.casefold() and row.id != code.id
        ),
        None,
    )
    if twin is not None:
        state = "A retired code" if twin.is_retired else "Another code"
        problems.append(
            DataProblem(
                f"{state} is called {twin.name!r}.",
                "Name",
                f"Choose another name, or use that one. {NOTHING_SAVED}",
            )
        )
    if code.parent_id:
        problems += _problems_of_parent(code, {row.id: row for row in rows})
    return problems


def _problems_of_parent(code: Code, rows: dict[str, CodeRow]) -> list[DataProblem]:
    above = rows.get(code.parent_id)
    if above is None:
        return [
            DataProblem(
                "The code it should stand under is not in the codebook.",
                "Stands under",
                f"Choose another, or none. {NOTHING_SAVED}",
            )
        ]
    while above is not None:
        if above.id == code.id:
            return [
                DataProblem(
                    "A code cannot stand under itself or under one of its own codes.",
                    "Stands under",
                    f"Choose another, or none. {NOTHING_SAVED}",
                )
            ]
        above = rows.get(above.parent_id or "")
    return []
