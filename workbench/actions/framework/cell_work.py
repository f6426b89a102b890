"""What a person does in the grid: write, link, unlink, read again; each done once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coding.study import Person
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind
from data.storage.framework.framework_records import CellPlace


class Doing(StrEnum):
    """The kinds of change; the value is how the browser asks for it."""

    WRITE = "write"
    LINK = "link"
    UNLINK = "unlink"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class CellOperation:
    """One change a person made to a cell, numbered by the browser that asks for it."""

    number: int
    doing: Doing
    place: CellPlace
    text: str = ""
    is_absent: bool = False
    seen: int = 0
    thing: str = ""


def read_operations(asked: Any) -> tuple[str, list[CellOperation]]:
    """The browser and its operations in order; what cannot be one is left out."""
    if not isinstance(asked, Mapping):
        return "", []
    found = []
    for one in asked.get("operations") or ():
        try:
            place = CellPlace(str(one["matrix"]), str(one["row"]), str(one["column"]))
            found.append(
                CellOperation(
                    int(one["seq"]),
                    Doing(one["doing"]),
                    place,
                    str(one.get("text", "")),
                    bool(one.get("absent", False)),
                    int(one.get("seen", 0)),
                    str(one.get("thing", "")),
                )
            )
        except (KeyError, TypeError, ValueError):
            continue
    return str(asked.get("client", "")), sorted(found, key=lambda one: one.number)


def carry_out(store: StudyStore, person: Person, one: CellOperation) -> None:
    """Store one change; raises DataRefused where the study does not accept it."""
    match one.doing:
        case Doing.WRITE:
            store.framework.write(
                person.id,
                one.place,
                one.text,
                seen_version=one.seen,
                is_absent=one.is_absent,
            )
        case Doing.LINK:
            kind = EvidenceKind.CELL if one.place.is_summary else _QUOTATION
            store.framework.link(person.id, one.place, [one.thing], kind)
        case Doing.UNLINK:
            store.evidence.unlink(person.id, one.thing)
        case Doing.ACCEPT:
            store.evidence.accept_change(person.id, one.thing)


_QUOTATION = EvidenceKind.CODED_SEGMENT
