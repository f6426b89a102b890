"""How far a case went by when: days and working days from referral to each step.

Two cases are compared over the time in which both were followed. A case whose file
goes on for longer has had longer to be closed, re-referred or stepped up, so counts are
taken within the common follow-up, and what came after it stands apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matching.case_records import CaseEvent
from matching.problems import MatchingProblem, MatchingRefused
from matching.progress.steps import Movement, Step, movement_of, step_of
from matching.progress.working_days import working_days_after


@dataclass(frozen=True, slots=True)
class ProgressLimits:
    """The limits in working days that steps are read against.

    An early help recommendation and the end of an assessment are counted from the
    referral, an initial conference from the strategy discussion before it (Working
    Together to Safeguard Children: 15 and 45; 20 is a usual local standard). Raises
    MatchingRefused for a limit below one day.
    """

    early_help: int = 20
    conference: int = 15
    assessment: int = 45

    def __post_init__(self) -> None:
        short = [
            (name, days)
            for name, days in (
                ("early help recommendation", self.early_help),
                ("initial conference", self.conference),
                ("assessment", self.assessment),
            )
            if days < 1
        ]
        if short:
            raise MatchingRefused(
                MatchingProblem(
                    f"the limit for the {name} is {days} working days",
                    "Limits",
                    "Give at least 1 working day. Nothing was saved.",
                )
                for name, days in short
            )

    def of(self, step: Step) -> int | None:
        """The limit of a step in working days, nothing where it has none."""
        return {
            Step.EARLY_HELP_ASSESSMENT: self.early_help,
            Step.INITIAL_CONFERENCE: self.conference,
            Step.ASSESSMENT_END: self.assessment,
        }.get(step)


@dataclass(frozen=True, slots=True)
class DatedFile:
    """What of a case file progress is read from: referral, events, days of record.

    ``recorded`` are the days of notes and of the closure; days of events need not be
    repeated there. ``observed_until`` is the last day the file can speak of.
    """

    referral: date
    events: tuple[CaseEvent, ...]
    recorded: tuple[date, ...] = ()
    closed: date | None = None

    def observed_until(self, records_read_to: date | None = None) -> date:
        """The last day on which something could have been recorded.

        That is the day up to which the study's records were read, where one is given;
        else, cautiously, the last record. Never before the last record.
        """
        days = [self.referral, *self.recorded, *(d for d, _ in dated(self.events))]
        days += [day for day in (self.closed, records_read_to) if day]
        return max(days)

    def last_recorded(self) -> int:
        """The days from referral to the last record of the file itself."""
        return self.follow_up()

    def follow_up(self, records_read_to: date | None = None) -> int:
        """The days from referral to the last day the file can speak of."""
        return (self.observed_until(records_read_to) - self.referral).days


@dataclass(frozen=True, slots=True)
class StepReading:
    """When a step was first taken, from the referral: day and working day, or nothing.

    ``limit_words`` says how it stands to its limit, '' where it has none or nothing is
    recorded. ``in_common`` is whether it lies within the common follow-up.
    """

    step: Step
    day: int | None
    working_day: int | None
    in_common: bool = False
    limit_words: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something happened within the common follow-up, and after it."""

    within: int
    after: int = 0


@dataclass(frozen=True, slots=True)
class CaseProgress:
    """How one case progressed: its steps, what is counted, how long it was followed.

    ``last_recorded`` is the day from referral of the last record, which may lie long
    before the end of the follow-up.
    """

    steps: tuple[StepReading, ...]
    counts: Mapping[Movement, Counted]
    follow_up: int
    last_recorded: int

    def step(self, step: Step) -> StepReading:
        """The reading of one step."""
        return next(one for one in self.steps if one.step is step)


def common_follow_up(
    one: DatedFile, other: DatedFile, records_read_to: date | None = None
) -> int:
    """The days from referral over which both cases were followed."""
    return min(one.follow_up(records_read_to), other.follow_up(records_read_to))


def days_into_new_practice(
    historic_referral: date, follow_up: int, practice_start: date
) -> int:
    """How many days of a historic case's follow-up lie in the new practice; 0 if none.

    >>> days_into_new_practice(date(2024, 3, 1), 60, date(2024, 4, 15))
    16
    """
    last = historic_referral + timedelta(follow_up)
    return max(0, (last - practice_start).days + 1)


def progress_of(
    file: DatedFile,
    common: int,
    limits: ProgressLimits = ProgressLimits(),  # noqa: B008 - frozen, never changed
    *,
    records_read_to: date | None = None,
) -> CaseProgress:
    """The steps, counts and follow-up of a case, read over a common follow-up in days.

    Of each step the first on or after the day of referral counts. What is dated before
    the referral, or not dated, is no progress and is left out. A closure known from the
    file's facts counts where no event names one.
    """
    events = [(d, e) for d, e in dated(file.events) if d >= file.referral]
    first: dict[Step, date] = {}
    for day, event in events:
        step = step_of(event.event)
        if step is not None:
            first.setdefault(step, day)
    if file.closed is not None and file.closed >= file.referral:
        first.setdefault(Step.CLOSURE, file.closed)
    # A file that goes on beyond the other must not look worse for it.
    until = min(file.observed_until(records_read_to), file.referral + timedelta(common))
    return CaseProgress(
        tuple(
            _read_step(step, first.get(step), file.referral, common)
            if limits.of(step) is None
            else _with_limit(
                _read_step(step, first.get(step), file.referral, common),
                _words_on_limit(step, first, events, file.referral, limits, until),
            )
            for step in Step
        ),
        _counts(events, file.referral, common),
        file.follow_up(records_read_to),
        file.last_recorded(),
    )


def dated(events: Iterable[CaseEvent]) -> list[tuple[date, CaseEvent]]:
    """The events that have a date, in order of time."""
    found = []
    for event in events:
        try:
            found.append((date.fromisoformat(event.date), event))
        except ValueError:
            continue
    return sorted(found, key=lambda one: one[0])


def _read_step(
    step: Step, day: date | None, referral: date, common: int
) -> StepReading:
    if day is None:
        return StepReading(step, None, None)
    days = (day - referral).days
    return StepReading(step, days, working_days_after(referral, day), days <= common)


def _with_limit(reading: StepReading, words: str) -> StepReading:
    return StepReading(
        reading.step, reading.day, reading.working_day, reading.in_common, words
    )


def _words_on_limit(
    step: Step,
    first: Mapping[Step, date],
    events: Sequence[tuple[date, CaseEvent]],
    referral: date,
    limits: ProgressLimits,
    until: date,
) -> str:
    limit = limits.of(step)
    assert limit is not None, "asked only of steps that have a limit"
    day = first.get(step)
    if step is Step.INITIAL_CONFERENCE:
        if day is None:
            return ""
        # A case may have had several: the conference follows the last one before it.
        before = [
            d
            for d, event in events
            if step_of(event.event) is Step.STRATEGY_DISCUSSION and d <= day
        ]
        if not before:
            return "no strategy discussion recorded before it, so no limit applies"
        return limit_in_words(working_days_after(before[-1], day), limit)
    if day is not None:
        return limit_in_words(working_days_after(referral, day), limit)
    taken = working_days_after(referral, until)
    if step is Step.ASSESSMENT_END and Step.ASSESSMENT_START in first and taken > limit:
        return (
            f"no end recorded; {limit_in_words(taken, limit)} on the last day compared"
        )
    return ""


def limit_in_words(taken: int, limit: int) -> str:
    """How many working days were taken, within or over a limit by how many.

    >>> limit_in_words(12, 15)
    'within 15 working days, by 3'
    >>> limit_in_words(19, 15), limit_in_words(15, 15)
    ('over 15 working days, by 4', 'on the last of 15 working days')
    """
    if taken == limit:
        return f"on the last of {limit} working days"
    where = "within" if taken < limit else "over"
    return f"{where} {limit} working days, by {abs(limit - taken)}"


def _counts(
    events: Sequence[tuple[date, CaseEvent]], referral: date, common: int
) -> dict[Movement, Counted]:
    days: dict[Movement, list[int]] = {movement: [] for movement in Movement}
    for day, event in events:
        movement = movement_of(event.event)
        if movement is not None:
            days[movement].append((day - referral).days)
    days[Movement.ASSESSMENT] = _assessments(events, referral)
    return {
        movement: Counted(
            sum(day <= common for day in found), sum(day > common for day in found)
        )
        for movement, found in days.items()
    }


def _assessments(events: Sequence[tuple[date, CaseEvent]], referral: date) -> list[int]:
    """The day of each assessment: its start, or its end where no start is recorded."""
    days: list[int] = []
    is_under_way = False
    for day, event in events:
        step = step_of(event.event)
        if step is Step.ASSESSMENT_START:
            days.append((day - referral).days)
            is_under_way = True
        elif step is Step.ASSESSMENT_END:
            if not is_under_way:
                days.append((day - referral).days)
            is_under_way = False
    return days
