"""A question that lives in the address: asked by a link, changed on the page.

What a link asks for has to get into the page's fields, and what is changed in the
fields into the address. A link that leads back to the page while it is open is told
from the page's own writing by what was written last.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbench import session

# What is looked for, passages by their codes, codes of a table, words.
_PARTS = ("what", "find", "table", "q")


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the page was opened with; ``number`` goes into the keys of its fields.

    Fields of another number are new to Streamlit and take their first value from
    ``asked`` again.
    """

    number: int
    asked: dict[str, str]


def arrival() -> Arrival:
    """How the page was come to last.

    Come to with nothing in the address, it goes on with what was asked before.
    """
    written = session.recall("find written", [""] * len(_PARTS))
    now = [session.address(part) for part in _PARTS]
    number = int(session.recall("find arrival", 0))
    if now != written:
        if not any(now):
            now = written
        number += 1
        _arrive(number, now)
    asked = session.recall("find arrived", now)
    return Arrival(number, dict(zip(_PARTS, asked, strict=True)))


def turn_to(came: Arrival, what: str) -> None:
    """Look for something else from here on; what else was asked is kept."""
    session.set_address(what=what)
    now = [session.address(part) for part in _PARTS]
    _arrive(came.number + 1, now)


def write(**parts: str) -> None:
    """Put what the fields say now into the address; other parts of it stay."""
    session.set_address(**parts)
    session.remember("find written", [session.address(part) for part in _PARTS])


def _arrive(number: int, now: list[str]) -> None:
    session.remember("find arrival", number)
    session.remember("find arrived", now)
    session.remember("find written", now)
