"""Moving a code in the tree, by a step or to a place beside another code.

What comes back are only the codes whose place changes. Places count from 0 among the
codes that stand under the same one; codes out of use are not among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from coding.codebook import Code, Codebook
from coding.problems import CodingProblem, CodingRefused


class Step(StrEnum):
    """A step of a code in the tree, as the arrow keys give it."""

    UP = "up"
    DOWN = "down"
    UNDER = "under"
    OUT = "out"


class Beside(StrEnum):
    """Where a code is put in relation to another one."""

    BEFORE = "before"
    AFTER = "after"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A code's new place: what it stands under, '' at the top, and where there."""

    code_id: str
    parent_id: str
    position: int


def step_of(book: Codebook, code_id: str, step: Step) -> tuple[NewPlace, ...]:
    """The new places once a code made one step; refused where it has nowhere to go.

    *Under* puts it last under the code above it, *out* right behind the one it was
    under.

    >>> book = Codebook((Code("a", "Power"), Code("b", "Trust", position=1)))
    >>> step_of(book, "b", Step.UP)
    (NewPlace(code_id='b', parent_id='', position=0), \
NewPlace(code_id='a', parent_id='', position=1))
    >>> step_of(book, "b", Step.UNDER)
    (NewPlace(code_id='b', parent_id='a', position=0),)
    """
    codes, code = _known(book, code_id)
    parent_id = _parent(codes, code)
    beside = _under(book, parent_id)
    at = [one.id for one in beside].index(code_id)
    if step is Step.OUT:
        if not parent_id:
            _refuse(code, "It stands at the top already.")
        return place_beside(book, code_id, parent_id, Beside.AFTER)
    if step is Step.DOWN:
        if at + 1 == len(beside):
            _refuse(code, "It is the last one where it stands.")
        return place_beside(book, code_id, beside[at + 1].id, Beside.AFTER)
    if at == 0:
        _refuse(code, "There is no code above it where it stands.")
    where = Beside.BEFORE if step is Step.UP else Beside.INSIDE
    return place_beside(book, code_id, beside[at - 1].id, where)


def place_beside(
    book: Codebook, code_id: str, target_id: str, where: Beside
) -> tuple[NewPlace, ...]:
    """The new places once a code is put before, after or inside another one.

    Raises CodingRefused for a code put beside or under itself or its own codes.

    >>> book = Codebook((Code("a", "Power"), Code("b", "Trust", parent_id="a")))
    >>> place_beside(book, "b", "a", Beside.BEFORE)
    (NewPlace(code_id='b', parent_id='', position=0), \
NewPlace(code_id='a', parent_id='', position=1))
    """
    codes, code = _known(book, code_id)
    _, target = _known(book, target_id)
    above: Code | None = target
    while above is not None:
        if above.id == code_id:
            _refuse(code, "A code cannot stand under itself or one of its own codes.")
        above = codes.get(above.parent_id)
    inside = where is Beside.INSIDE
    parent_id = target_id if inside else _parent(codes, target)
    others = [one for one in _under(book, parent_id) if one.id != code_id]
    at = len(others)
    if not inside:
        at = [one.id for one in others].index(target_id) + (where is Beside.AFTER)
    order = [*others[:at], code, *others[at:]]
    return tuple(
        NewPlace(one.id, parent_id, position)
        for position, one in enumerate(order)
        if one.position != position
        or (one.id == code_id and one.parent_id != parent_id)
    )


def _known(book: Codebook, code_id: str) -> tuple[dict[str, Code], Code]:
    codes = book.by_id()
    if code_id not in codes:
        raise CodingRefused(
            [
                CodingProblem(
                    "This code is not in use.",
                    "Codebook",
                    "Open the codebook again. Nothing was saved.",
                )
            ]
        )
    return codes, codes[code_id]


def _parent(codes: dict[str, Code], code: Code) -> str:
    # A code whose heading is out of use is shown at the top.
    return code.parent_id if code.parent_id in codes else ""


def _under(book: Codebook, parent_id: str) -> Sequence[Code]:
    codes = book.by_id()
    return sorted(
        (one for one in book.codes if _parent(codes, one) == parent_id),
        key=lambda one: (one.position, one.name.casefold()),
    )


def _refuse(code: Code, found: str) -> NoReturn:
    problem = CodingProblem(
        found, code.name, "Choose another place. Nothing was moved."
    )
    raise CodingRefused([problem])
