"""Reading a pair without being told which case is contemporary.

Dates become days from referral, references and the words of the eras go, and the two
stand in an order drawn from the study's seed. What a note says of the practice itself
stays: whoever knows the service may still recognise the era, and pages say so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_NUMBERS = {name: n for n, name in enumerate(_MONTHS, 1)} | {
    name[:3]: n for n, name in enumerate(_MONTHS, 1)
}
_MONTH = "(?P<{}>" + "|".join([*_MONTHS, *(name[:3] for name in _MONTHS)]) + ")"
_DATES = (
    re.compile(r"\b(?P<y>(?:19|20)\d{2})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(r"\b(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20)?\d{2})\b"),
    re.compile(
        r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?"
        + _MONTH.format("m")
        + r"\b\.?,?\s+(?P<y>(?:19|20)\d{2})\b",
        re.IGNORECASE,
    ),
)
_DAY_AND_MONTH = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?" + _MONTH.format("m") + r"\b",
    re.IGNORECASE,
)
_MONTH_AND_YEAR = re.compile(
    _MONTH.format("m").join((r"\b", r"\b\.?\s+(?:19|20)\d{2}\b")), re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}(?:[/-]\d{2})?\b")
_ERA = re.compile(r"\b(?:contemporary|historic(?:al)?)\b", re.IGNORECASE)


def is_contemporary_first(seed: int, contemporary: str, historic: str) -> bool:
    """Whether the contemporary case stands first when a pair is shown masked.

    The same seed and pair always give the same order; over pairs it is as good as a
    coin.
    """
    drawn = hashlib.sha256(f"{seed}\n{contemporary}\n{historic}".encode()).digest()
    return drawn[0] % 2 == 0


def day_from_referral(iso: str, referral: date | None) -> str:
    """A recorded date as days from referral, 'undated' where it is no date.

    >>> day_from_referral("2024-05-17", date(2024, 5, 14))
    'day 3'
    >>> day_from_referral("2024-05-13", date(2024, 5, 14))
    '1 day before referral'
    """
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return "undated"
    return _in_days((day - referral).days) if referral else "undated"


def masked(text: str, referral: date | None, names: Mapping[str, str]) -> str:
    """The text without dates, years and words of the era; positions are not kept.

    ``names`` gives what stands for each case reference. Dates with a year become days
    from referral, those without one, months and years are only marked as left out,
    since which year is meant is not said. Without a referral date no day is told.

    >>> masked("Seen 17 May 2024, as in 2021.", date(2024, 5, 14), {})
    'Seen [day 3], as in [year].'
    """
    for reference in sorted(names, key=len, reverse=True):
        if reference:
            text = re.sub(
                rf"(?<!\w){re.escape(reference)}(?!\w)",
                lambda _, name=names[reference]: name,  # type: ignore[misc]
                text,
            )
    for pattern in _DATES:
        text = pattern.sub(lambda found: _as_day(found, referral), text)
    text = _MONTH_AND_YEAR.sub("[month and year]", text)
    text = _DAY_AND_MONTH.sub("[date]", text)
    text = _YEAR.sub("[year]", text)
    return _ERA.sub("[era]", text)


def _as_day(found: re.Match[str], referral: date | None) -> str:
    year, month, day = found["y"], found["m"].casefold(), int(found["d"])
    try:
        when = date(
            int(year) + (2000 if len(year) == 2 else 0),
            _NUMBERS[month] if month in _NUMBERS else int(month),
            day,
        )
    except ValueError:
        return "[date]"
    return f"[{_in_days((when - referral).days)}]" if referral else "[date]"


def _in_days(days: int) -> str:
    if days >= 0:
        return f"day {days}"
    return f"{-days} {'day' if days == -1 else 'days'} before referral"
