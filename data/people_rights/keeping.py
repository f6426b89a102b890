"""How long material is kept, and what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.people_rights.withdrawal import About


class KeptKind(StrEnum):
    """What a rule is about; the value is also how it is stored."""

    STUDY = "study"
    SOURCE_KIND = "source kind"
    SOURCE = "source"
    CASE_ERA = "case era"


@dataclass(frozen=True, slots=True)
class KeepingRule:
    """Keep until a day (ISO), or so many years after closing; one of the two.

    A case closes on the day its file does, an interview on the day it was held.
    ``about_id`` is a source's id, a kind of source or an era; empty for the study.
    """

    kind: KeptKind
    about_id: str = ""
    keep_until: str = ""
    years_after: int | None = None
    set_by: str = ""

    @property
    def in_words(self) -> str:
        """The rule in words.

        >>> KeepingRule(KeptKind.STUDY, keep_until="2031-03-31").in_words
        'until 31 March 2031'
        """
        if self.keep_until:
            day = date.fromisoformat(self.keep_until)
            return f"until {day.day} {day:%B %Y}"
        years = "year" if self.years_after == 1 else "years"
        return f"{self.years_after} {years} after closing"


@dataclass(frozen=True, slots=True)
class Due:
    """Something whose time for keeping is over or ends within a month.

    Which day is not told of a case: when a case closed says how it went.
    """

    about: About
    rule: KeepingRule
    is_overdue: bool


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March.

    >>> years_later(date(2024, 2, 29), 1)
    datetime.date(2025, 3, 1)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
