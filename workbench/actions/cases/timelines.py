"""What happened in a case, laid out by days since its referral.

Contacts are ticks, episodes with a start and an end are bars, decisions are points.
Dates stay beside the days, since people remember dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from data.case_files import CaseFile
from matching.case_records import CaseEvent
from matching.cases import Era

LONGEST_SILENCE = 91
"""Days without any record after which the timeline says "no record"."""

MOST_LABELS = 8

# Decisions in the order in which they are labelled when there are too many.
_DECISIONS = (
    "closure",
    "court",
    "step up",
    "step down",
    "conference",
    "section 47",
    "strategy",
    "re-referral",
    "protection",
)
_STARTS = re.compile(r"^(.*?)\s+(?:start(?:ed)?|began|opened)$", re.IGNORECASE)
_ENDS = re.compile(r"^(.*?)\s+(?:end(?:ed)?|finished|completed)$", re.IGNORECASE)


class ItemKind(StrEnum):
    """How an item is drawn."""

    TICK = "tick"
    BAR = "bar"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """Something of a case on its timeline, in days since the referral.

    ``end_day`` equals ``day`` for what happened on one day; ``is_open`` marks a bar
    whose end is not recorded.
    """

    kind: ItemKind
    event: str
    detail: str
    day: int
    date: str
    end_day: int
    end_date: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class CaseTimeline:
    """A case's items in order of time, and the spans without any record.

    ``labelled`` are the places of at most eight items that carry a label; the others
    are read in the table. ``closed_day`` is nothing for a case that is still open.
    Where ``is_masked`` neither the era nor a date is shown.
    """

    reference: str
    era: Era
    items: tuple[TimelineItem, ...]
    silences: tuple[tuple[int, int], ...]
    labelled: tuple[int, ...]
    closed_day: int | None
    last_day: int
    is_masked: bool = False

    @property
    def name(self) -> str:
        """The case as charts name it: by era and reference, masked by reference."""
        return (
            self.reference
            if self.is_masked
            else f"{self.era.value.capitalize()} {self.reference}"
        )


def timeline_of(file: CaseFile) -> CaseTimeline | None:
    """The timeline of a case, or nothing where the referral has no date."""
    start = _day(file.referral_date)
    if start is None:
        return None
    dated = [
        (day.toordinal() - start.toordinal(), event)
        for event in file.events
        if (day := _day(event.date)) is not None
    ]
    noted = [
        day.toordinal() - start.toordinal()
        for note in file.notes
        if (day := _day(note.date)) is not None
    ]
    closed = _closed_day(file, start, dated)
    recorded = sorted({0, *(day for day, _ in dated), *noted})
    last = max(recorded[-1], closed or 0)
    items = tuple(_items(dated, closed if closed is not None else last))
    return CaseTimeline(
        file.reference,
        file.era,
        items,
        tuple(_silences(recorded, closed)),
        tuple(_labelled(items)),
        closed,
        last,
    )


def with_shared_end(timelines: Sequence[CaseTimeline]) -> list[CaseTimeline]:
    """The timelines on one axis: an open case is silent from its last record on."""
    end = max(one.last_day for one in timelines)
    shared = []
    for one in timelines:
        silences = one.silences
        if one.closed_day is None and end - one.last_day > LONGEST_SILENCE:
            silences = (*silences, (one.last_day, end))
        shared.append(replace(one, silences=silences, last_day=end))
    return shared


def _items(dated: Iterable[tuple[int, CaseEvent]], last: int) -> Iterable[TimelineItem]:
    ordered = sorted(dated, key=lambda one: one[0])
    ends = [(day, event) for day, event in ordered if _ENDS.match(event.event)]
    # "Section 47" has an end of its own although nothing says "start".
    ended = {_ENDS.match(event.event)[1].casefold() for _, event in ends}  # type: ignore[index]
    used: set[int] = set()
    for day, event in ordered:
        if _ENDS.match(event.event):
            continue
        found = _STARTS.match(event.event)
        name = found[1] if found else event.event
        if not found and name.casefold() not in ended:
            yield _moment(day, event)
            continue
        end = _end_of(name, day, ends, used)
        details = [event.detail, end[1].detail if end else ""]
        yield TimelineItem(
            ItemKind.BAR,
            name,
            "; ".join(detail for detail in details if detail),
            day,
            event.date,
            max(end[0], day) if end else max(last, day),
            end[1].date if end else "",
            is_open=end is None,
        )
    for place, (day, event) in enumerate(ends):
        if place not in used:
            yield _moment(day, event)


def _end_of(
    name: str, day: int, ends: Sequence[tuple[int, CaseEvent]], used: set[int]
) -> tuple[int, CaseEvent] | None:
    """The first end of that name on or after a day that no other start has."""
    for place, (end_day, event) in enumerate(ends):
        matched = _ENDS.match(event.event)
        of_name = matched and matched[1].casefold() == name.casefold()
        if of_name and end_day >= day and place not in used:
            used.add(place)
            return end_day, event
    return None


def _moment(day: int, event: CaseEvent) -> TimelineItem:
    kind = ItemKind.POINT if _urgency(event.event) is not None else ItemKind.TICK
    return TimelineItem(kind, event.event, event.detail, day, event.date, day)


def _urgency(event: str) -> int | None:
    """How early a decision is given its label, nothing for what is no decision."""
    for place, word in enumerate(_DECISIONS):
        if word in event.casefold():
            return place
    return None


def _labelled(items: Sequence[TimelineItem]) -> list[int]:
    points = [n for n, item in enumerate(items) if item.kind is ItemKind.POINT]
    points.sort(key=lambda n: (_urgency(items[n].event) or 0, items[n].day))
    return sorted(points[:MOST_LABELS])


def _silences(recorded: Sequence[int], closed: int | None) -> Iterable[tuple[int, int]]:
    days = [day for day in recorded if closed is None or day <= closed]
    if closed is not None and closed not in days:
        days.append(closed)
    for before, after in zip(days, days[1:], strict=False):
        if after - before > LONGEST_SILENCE:
            yield before, after


def _closed_day(
    file: CaseFile, start: date, dated: Iterable[tuple[int, CaseEvent]]
) -> int | None:
    values = {fact.field.name: fact.value for fact in file.facts}
    closed = _day(values.get("closed_date", ""))
    if closed is not None:
        return closed.toordinal() - start.toordinal()
    closures = [day for day, event in dated if "closure" in event.event.casefold()]
    return max(closures, default=None)


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
