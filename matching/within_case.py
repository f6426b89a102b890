"""A long-held case compared with itself: before and after a day its practice changed.

Both halves are equally long and lie next to each other, so that neither has more time
to show anything in. Such a pair is never counted with pairs of two cases: whoever is
noticed at the worst moment is better off later whatever is done (Barnett, van der Pols
and Dobson 2005, "Regression to the mean: what it is and how to deal with it",
International Journal of Epidemiology 34).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from matching.case_records import CaseEvent, CaseNote
from matching.problems import MatchingProblem, MatchingRefused

REGRESSION_TO_THE_MEAN = (
    "Families come to notice when things are at their worst, so some improvement would "
    "have come anyway (regression to the mean). A case compared with itself cannot "
    "tell that apart from what the practice did: read it beside the pairs, and never "
    "count it with them."
)
"""The warning that stands wherever within-case pairs are shown."""


@dataclass(frozen=True, slots=True)
class Split:
    """Where a case is split, and how long each half is at least and at most, in days.

    The split date (ISO) is the first day of the half after. Raises MatchingRefused for
    another text than a date, and for spans that cannot be.
    """

    split_date: str
    least_days: int = 90
    most_days: int = 365

    def __post_init__(self) -> None:
        problems = []
        if _day(self.split_date) is None:
            problems.append(_no_split_date())
        if not 1 <= self.least_days <= self.most_days:
            problems.append(_no_span(self.least_days, self.most_days))
        if problems:
            raise MatchingRefused(problems)

    @property
    def day(self) -> date:
        """The split date as a day."""
        return date.fromisoformat(self.split_date)


@dataclass(frozen=True, slots=True)
class HeldCase:
    """All that is asked of a case to split it; dates are ISO text, '' where not known.

    A case with no day of closing counts as open until the last day anything was
    recorded of it, or until ``records_read_to`` where that is later: the day up to
    which the files were taken from the records. Nobody knows what came after.
    """

    reference: str
    referral_date: str
    closed_date: str
    events: tuple[CaseEvent, ...] = ()
    notes: tuple[CaseNote, ...] = ()
    records_read_to: str = ""

    @property
    def last_open_day(self) -> date | None:
        """The day of closing, or the last day the file can speak of; nothing without
        any day."""
        closed = _day(self.closed_date)
        if closed is not None:
            return closed
        dates = [*(one.date for one in self.events), *(one.date for one in self.notes)]
        dates += [self.referral_date, self.records_read_to]
        return max(filter(None, map(_day, dates)), default=None)


class UnfitBecause(StrEnum):
    """Why a case cannot be compared with itself."""

    NO_REFERRAL_DATE = "no_referral_date"
    TOO_SHORT_BEFORE = "too_short_before"
    TOO_SHORT_AFTER = "too_short_after"
    NOTHING_BEFORE = "nothing_before"
    NOTHING_AFTER = "nothing_after"


@dataclass(frozen=True, slots=True)
class Unfit:
    """One reason why a case is unfit, and its words, completing "This case ..."."""

    because: UnfitBecause
    words: str


_SHUT_WORDS: Mapping[UnfitBecause, str] = MappingProxyType(
    {
        UnfitBecause.TOO_SHORT_AFTER: "was not held long enough after the split date",
        UnfitBecause.NOTHING_BEFORE: "has nothing recorded on one side of the split",
        UnfitBecause.NOTHING_AFTER: "has nothing recorded on one side of the split",
    }
)


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a split case: its first and last day (ISO, both inside), what lies
    in it in order of days, and how many days the case was open in it."""

    first_day: str
    last_day: str
    days_open: int
    events: tuple[CaseEvent, ...]
    notes: tuple[CaseNote, ...]


@dataclass(frozen=True, slots=True)
class EventCount:
    """How often one kind of event lies in each half."""

    event: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class WithinCasePair:
    """The two halves of one case, equally long; no event or note is in both."""

    reference: str
    split_date: str
    days_each_side: int
    before: Half
    after: Half

    @property
    def event_counts(self) -> tuple[EventCount, ...]:
        """Each kind of event with its counts, the most frequent first, then by name.

        Letter case and spaces tell no kinds apart; the first spelling is shown.
        """
        spelt: dict[str, str] = {}
        counted: dict[str, list[int]] = {}
        for side, half in enumerate((self.before, self.after)):
            for one in half.events:
                kind = " ".join(one.event.casefold().split())
                spelt.setdefault(kind, one.event)
                counted.setdefault(kind, [0, 0])[side] += 1
        ordered = sorted(counted, key=lambda kind: (-sum(counted[kind]), kind))
        return tuple(EventCount(spelt[kind], *counted[kind]) for kind in ordered)

    def day_of(self, iso: str) -> int:
        """Days from the split date to a day: below 0 before it, 0 on it.

        >>> case = HeldCase("A", "2024-01-01", "")
        >>> halves(case, "2024-04-15", 30).day_of("2024-04-14")
        -1
        """
        return _days_between(self.split_date, iso)

    def as_mapping(self) -> dict[str, Any]:
        """The pair as counts, ready to be written as JSON; nobody's words are in it."""
        return {
            "case": self.reference,
            "split_date": self.split_date,
            "days_each_side": self.days_each_side,
            "first_day": self.before.first_day,
            "last_day": self.after.last_day,
            "events": [
                {"event": one.event, "before": one.before, "after": one.after}
                for one in self.event_counts
            ],
            "notes": {
                "before": len(self.before.notes),
                "after": len(self.after.notes),
            },
        }


def unfit_at_referral(referral_date: str, split: Split) -> tuple[Unfit, ...]:
    """The reasons against a case that are known without opening its file.

    >>> unfit_at_referral("2023-01-16", Split("2024-04-15"))
    ()
    >>> [one.words for one in unfit_at_referral("2024-03-01", Split("2024-04-15"))]
    ['was referred 45 days before the split date; 90 are asked for']
    """
    referred = _day(referral_date)
    if referred is None:
        return (Unfit(UnfitBecause.NO_REFERRAL_DATE, "has no date of referral"),)
    days = (split.day - referred).days
    if days >= split.least_days:
        return ()
    found = (
        f"was referred {_counted(days)} before the split date; "
        f"{split.least_days} are asked for"
        if days > 0
        else "was referred on or after the split date"
    )
    return (Unfit(UnfitBecause.TOO_SHORT_BEFORE, found),)


def unfit(case: HeldCase, split: Split) -> tuple[Unfit, ...]:
    """Every reason why a case cannot be split so; none where it is fit.

    A case too short on a side is not asked what was recorded on it.
    """
    reasons = list(unfit_at_referral(case.referral_date, split))
    after = _days_after(case, split)
    if after < split.least_days:
        reasons.append(_too_short_after(case, after, split))
    if reasons:
        return tuple(reasons)
    days = _longest(case, split)
    pair = halves(case, split.split_date, days)
    sides = (
        (pair.before, UnfitBecause.NOTHING_BEFORE, "before"),
        (pair.after, UnfitBecause.NOTHING_AFTER, "from"),
    )
    return tuple(
        Unfit(because, f"has no event recorded in the {days} days {side} the split")
        for half, because, side in sides
        if not half.events
    )


def told_shut(reasons: Iterable[Unfit]) -> tuple[Unfit, ...]:
    """The reasons as they are told of a file that stays shut: without days, each once.

    What is known at referral keeps its words.

    >>> [one.words for one in told_shut(unfit(HeldCase("A", "2023-01-16", "2024-05-01"),
    ... Split("2024-04-15")))]
    ['was not held long enough after the split date']
    """
    told = [
        Unfit(one.because, _SHUT_WORDS.get(one.because, one.words)) for one in reasons
    ]
    first: dict[str, Unfit] = {}
    for one in told:
        first.setdefault(one.words, one)
    return tuple(first.values())


def split_case(case: HeldCase, split: Split) -> WithinCasePair:
    """The two halves of a fit case, as long as both sides can bear.

    Before, a side can bear the days from the referral to the eve of the split; after,
    those from the split to the closing, that day included. Raises MatchingRefused with
    every reason where the case is unfit.
    """
    reasons = unfit(case, split)
    if reasons:
        raise MatchingRefused(
            MatchingProblem(
                f"This case {one.words}.",
                f"Case {case.reference}",
                "Choose another split date or a shorter span, or another case.",
            )
            for one in reasons
        )
    return halves(case, split.split_date, _longest(case, split))


def halves(case: HeldCase, split_date: str, days: int) -> WithinCasePair:
    """The days before a split date and as many from it on, with what lies in each.

    What has no day, or lies beyond, is in neither half. Whoever calls has made sure
    that the case was open that long.
    """
    split = date.fromisoformat(split_date)
    return WithinCasePair(
        case.reference,
        split_date,
        days,
        _half(case, split - timedelta(days=days), days),
        _half(case, split, days),
    )


def _half(case: HeldCase, first: date, days: int) -> Half:
    last = first + timedelta(days=days - 1)

    def inside(iso: str) -> bool:
        day = _day(iso)
        return day is not None and first <= day <= last

    return Half(
        first.isoformat(),
        last.isoformat(),
        days,
        _in_order(one for one in case.events if inside(one.date)),
        tuple(
            sorted(
                (one for one in case.notes if inside(one.date)),
                key=lambda one: (one.date, one.text),
            )
        ),
    )


def _in_order(events: Iterable[CaseEvent]) -> tuple[CaseEvent, ...]:
    return tuple(sorted(events, key=lambda one: (one.date, one.event, one.detail)))


def _longest(case: HeldCase, split: Split) -> int:
    before = _days_between(case.referral_date, split.split_date)
    return min(before, _days_after(case, split), split.most_days)


def _days_after(case: HeldCase, split: Split) -> int:
    """Days from the split to the last open day, both included; 0 for none."""
    last = case.last_open_day
    return 0 if last is None else max(0, (last - split.day).days + 1)


def _too_short_after(case: HeldCase, days: int, split: Split) -> Unfit:
    ended = "was closed" if _day(case.closed_date) else "was last recorded"
    found = (
        f"{ended} before the split date"
        if days < 1
        else f"{ended} on day {days} from the split date; {split.least_days} are "
        "asked for"
    )
    return Unfit(UnfitBecause.TOO_SHORT_AFTER, found)


def _days_between(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def _counted(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _no_split_date() -> MatchingProblem:
    return MatchingProblem(
        "the split date is missing or not a date",
        "Split date",
        "Choose the day the practice began, or another day. Nothing was saved.",
    )


def _no_span(least: int, most: int) -> MatchingProblem:
    return MatchingProblem(
        f"at least {least} and at most {most} days cannot both be",
        "Days on each side",
        "Ask for at least 1 day, and for no more than the longest span. "
        "Nothing was saved.",
    )
