"""Working days in England: Monday to Friday without bank holidays.

The bank holidays come from the package ``holidays``, which holds them as rules and
tables of its own (Banking and Financial Dealings Act 1971 and the days proclaimed
since) and asks nobody.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, days in lieu included.

    >>> [day.isoformat() for day in sorted(bank_holidays(2023))][4:7]
    ['2023-05-01', '2023-05-08', '2023-05-29']
    """
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether offices are open: no weekend and no bank holiday in England.

    >>> is_working_day(date(2024, 5, 6)), is_working_day(date(2024, 5, 7))
    (False, True)
    """
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days_after(start: date, end: date) -> int:
    """The working days after one day, up to another and with it; the start is day 0.

    Statutory limits are counted this way: what happens on the next working day happens
    within one working day. 0 where the end does not come later.

    >>> working_days_after(date(2024, 6, 14), date(2024, 7, 11))
    19
    >>> working_days_after(date(2024, 5, 3), date(2024, 5, 6))
    0
    """
    days = (end - start).days
    return sum(is_working_day(start + timedelta(n)) for n in range(1, days + 1))
