"""Case facts, rules and spans of time in the words a practitioner uses."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from data.code_lists import code_in_words
from matching.case_records import DERIVED_FIELDS, STANDARD_FIELDS, CaseField
from matching.plan import MatchPlan, Window
from workbench.wording import counted

NOT_RECORDED = "not recorded"
DAYS_IN_A_MONTH = 365.25 / 12

_DATES = re.compile(r"\d{4}-\d{2}-\d{2}")
_USUAL_TITLES = {f.name: f.title for f in (*STANDARD_FIELDS, *DERIVED_FIELDS)}


def titles_of(fields: Iterable[CaseField]) -> dict[str, str]:
    """The words for each field name, the study's own fields among them."""
    return {**_USUAL_TITLES, **{field.name: field.title for field in fields}}


def value_in_words(
    field_name: str, value: str, *, with_code: bool = True, referred: str = ""
) -> str:
    """A recorded value as pages show it, a code with its meaning.

    ``referred`` is the day of referral, by which an age is told in completed months.

    >>> value_in_words("age_at_referral", "7.25"), value_in_words("locality", "")
    ('7 years 3 months', 'not recorded')
    >>> value_in_words("referral_date", "2024-05-14")
    '14 May 2024'
    """
    if not value.strip():
        return NOT_RECORDED
    if field_name == "age_at_referral":
        return age_in_words(value, referred)
    if _DATES.fullmatch(value):
        return date_in_words(value)
    return code_in_words(field_name, value, with_code=with_code)


def age_in_words(years: str, referred: str = "") -> str:
    """An age in completed years and months; before birth the months still to go.

    With the day of referral the months are those of the calendar; without it they are
    twelfths of a year, right to a day.

    >>> age_in_words("0.5"), age_in_words("-0.25"), age_in_words("12.0")
    ('6 months', 'unborn, due in 3 months', '12 years')
    >>> age_in_words(repr(205 / 365.25), "2024-04-24")
    '6 months'
    """
    try:
        age = float(years)
    except ValueError:
        return years
    months = _calendar_months(age, referred)
    if months is None:
        months = math.floor(abs(age) * 12 + 1 / DAYS_IN_A_MONTH)
    if age < 0:
        soon = counted(months, "month") if months else "less than a month"
        return f"unborn, due in {soon}"
    whole, rest = divmod(months, 12)
    parts = [counted(whole, "year")] if whole else []
    parts += [counted(rest, "month")] if rest or not whole else []
    return " ".join(parts)


def _calendar_months(age: float, referred: str) -> int | None:
    """The whole months between birth and referral, nothing where a day is not known.

    The age is days / 365.25, so that the day of birth follows from the referral; an
    age of another make does not fall on a whole day.
    """
    days = round(age * 365.25)
    if not math.isclose(days / 365.25, age, abs_tol=1e-9):
        return None
    try:
        day = date.fromisoformat(referred)
        born = day - timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    first, last = sorted((born, day))
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def date_in_words(iso: str) -> str:
    """A date as people write it; text that is no ISO date as it stands.

    >>> date_in_words("2024-05-04"), date_in_words("soon")
    ('4 May 2024', 'soon')
    """
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%B %Y}"


def days_in_words(days: int) -> str:
    """A span in the largest unit that is still exact enough to judge by.

    >>> days_in_words(1), days_in_words(59), days_in_words(243), days_in_words(548)
    ('1 day', '59 days', '8 months', '18 months')
    """
    if abs(days) < 60:
        return counted(days, "day")
    return counted(round(days / DAYS_IN_A_MONTH), "month")


def earlier_in_words(days: int | None) -> str:
    """How much earlier a historic case was referred, '' where nobody asked."""
    return "" if days is None else f"{days_in_words(days)} earlier"


def rank_in_words(rank: int) -> str:
    """A rank as a word.

    >>> [rank_in_words(n) for n in (1, 2, 3, 11, 22)]
    ['1st closest', '2nd closest', '3rd closest', '11th closest', '22nd closest']
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{'th' if 10 <= rank % 100 <= 13 else ending} closest"


def in_a_sentence(title: str) -> str:
    """A field's title as it reads in the middle of a sentence.

    >>> in_a_sentence("Primary need"), in_a_sentence("SDQ score")
    ('primary need', 'SDQ score')
    """
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def with_titles(text: str, titles: Mapping[str, str]) -> str:
    """A sentence of the matching with fields named and dates written as pages do.

    >>> with_titles("has the same primary_need on 2024-04-01", _USUAL_TITLES)
    'has the same primary need on 1 April 2024'
    >>> with_titles("has another family id", {"family_id": "Family (open or closed)"})
    'has another family (open or closed)'
    """
    for name in sorted(titles, key=len, reverse=True):
        if "_" in name:
            words = in_a_sentence(titles[name])
            # Words of a file may hold what a pattern would take for its own signs.
            pattern = "[_ ]".join(map(re.escape, name.split("_")))
            text = words.join(re.split(rf"\b{pattern}\b", text))
    return _DATES.sub(lambda found: date_in_words(found.group()), text)


def rule_in_words(rule: str, plan: MatchPlan, titles: Mapping[str, str]) -> str:
    """A rule of a plan, completing the sentence "84 historic cases ..."."""
    kind, _, name = rule.partition(" ")
    title = in_a_sentence(titles.get(name, name))
    window = plan.window or Window("referral_date", 0, 0)
    start = date_in_words(window.practice_start)
    caliper = next((c for c in plan.covariates if c.name == name), None)
    words = {
        "all": "are in the study",
        "exact": f"have the same {title}",
        "different": f"and are of another {title}",
        "window": f"and came {window_in_words(window)} earlier",
        "practice_start": f"and came before the new practice began on {start}",
        "follow_up": f"and had {window.follow_up_days} days of follow-up before it",
        "gaps": "and have what the rule for gaps asks for",
        "rejected": "and were not turned down before",
    }
    if kind == "caliper":
        if not caliper:
            return f"and lie within a distance of {plan.caliper:g}"
        unit = " years" if name == "age_at_referral" else ""
        far = (
            f"{caliper.caliper:g}{unit}"
            if caliper.caliper is not None
            else f"{caliper.caliper_in_sd:g} standard deviations"
        )
        return f"and lie within {far} of {title}"
    return words.get(kind, rule)


def window_in_words(window: Window) -> str:
    """Both ends of a window.

    >>> window_in_words(Window("referral_date", 1, 548))
    '1 day to 18 months'
    """
    return f"{days_in_words(window.min_days)} to {days_in_words(window.max_days)}"
