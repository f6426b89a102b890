"""Comparing a long-held case with itself: choosing one, and telling what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coding.study import Person
from data.problems import DataProblem, DataRefused
from data.storage import StudyStore
from data.storage.within_cases.comparisons import (
    CaseToSplit,
    Chosen,
    WithinCaseComparison,
)
from data.storage.within_cases.held_cases import held_case
from matching.within_case import (
    REGRESSION_TO_THE_MEAN,
    Split,
    Unfit,
    WithinCasePair,
    unfit,
    unfit_at_referral,
)
from workbench.wording import counted, day_in_words


@dataclass(frozen=True, slots=True)
class SplitCandidate:
    """A case in the list of those that may be split, with all that may be told of it.

    ``reasons`` speak against it: every one where ``is_told``, else only those known at
    referral.
    """

    case: CaseToSplit
    days_before: int
    reasons: tuple[Unfit, ...]
    is_told: bool = False

    @property
    def may_be_fit(self) -> bool:
        """Whether nothing that may be told speaks against it."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class KeptComparison:
    """A comparison that stands, its two halves, and the former ones of its case."""

    comparison: WithinCaseComparison
    pair: WithinCasePair
    former: tuple[WithinCaseComparison, ...] = ()


def split_candidates(
    store: StudyStore, actor: Person, split: Split
) -> list[SplitCandidate]:
    """Every case with what may be told about splitting it, in the order to choose in.

    Those known to be fit come first, then those of which it cannot be told yet, each
    with the latest referral first; then the unfit, nearest to being fit first. How long
    an unread case stayed open is told only where nobody has still to judge with it.
    """
    found = []
    told = store.within_cases.fitness(split)
    read_to = store.comparison.settings().records_read_to
    for case in store.within_cases.cases():
        reasons = unfit_at_referral(case.referral_date, split)
        is_told = bool(reasons) or case.is_read or case.id in told
        if case.is_read and not reasons:
            file = store.within_cases.file(actor.id, case.id)
            reasons = unfit(held_case(file, read_to), split)
        reasons = reasons or told.get(case.id, ())
        found.append(SplitCandidate(case, _days_before(case, split), reasons, is_told))
    return sorted(found, key=_order)


def kept_comparisons(store: StudyStore) -> list[KeptComparison]:
    """The comparisons that stand, in the order of the cases."""
    former = store.within_cases.former()
    return [
        KeptComparison(
            comparison,
            pair,
            tuple(one for one in former if one.case_id == comparison.case_id),
        )
        for comparison, pair in store.within_cases.pairs()
    ]


def former_without_successor(
    store: StudyStore, kept: Sequence[KeptComparison]
) -> list[WithinCaseComparison]:
    """Comparisons of cases of which none stands any longer, the oldest first."""
    standing = {one.comparison.case_id for one in kept}
    return [one for one in store.within_cases.former() if one.case_id not in standing]


def compare_with_itself(
    store: StudyStore,
    actor: Person,
    case_id: str,
    split: Split,
    rationale: str,
    *,
    seen_id: str,
) -> Chosen:
    """What came of choosing a case: its comparison, or why it turned out unfit."""
    return store.within_cases.choose(
        actor.id, case_id, split, rationale, seen_id=seen_id
    )


def to_judge_first(store: StudyStore, case_id: str) -> list[str]:
    """The cases, by reference, that must be judged before this one is read alone."""
    return store.within_cases.to_judge_first(case_id)


def withdraw(
    store: StudyStore, actor: Person, comparison: WithinCaseComparison, reason: str
) -> None:
    """Let a comparison stand no longer; it stays on file with the reason."""
    store.within_cases.withdraw(actor.id, comparison.id, reason)


def within_case_account(store: StudyStore) -> dict[str, Any]:
    """The comparisons for the account in JSON: counts, settings, reasons, warning."""
    return {
        "warning": REGRESSION_TO_THE_MEAN,
        "pairs": [
            {
                **one.pair.as_mapping(),
                "least_days": one.comparison.least_days,
                "most_days": one.comparison.most_days,
                "rationale": one.comparison.rationale,
                "chosen_by": one.comparison.chosen_by,
                "chosen_at": one.comparison.chosen_at.isoformat(timespec="seconds"),
                "chosen_before_reading": one.comparison.chosen_before_reading,
            }
            for one in kept_comparisons(store)
        ],
    }


# In words


def counts_in_words(found: Sequence[SplitCandidate], split: Split) -> str:
    """How many cases may be split so, and how many of them were read."""
    early = [one for one in found if one.days_before >= split.least_days]
    words = (
        f"Of {counted(len(found), 'case')}, {len(early):,} "
        f"{'was' if len(early) == 1 else 'were'} referred at least "
        f"{counted(split.least_days, 'day')} before {day_in_words(split.split_date)}."
    )
    told = [one for one in early if one.is_told]
    fit = sum(one.may_be_fit for one in told)
    if told:
        words += (
            f" {fit:,} of them {'is' if fit == 1 else 'are'} fit: held long enough "
            f"after it too; {len(told) - fit:,} {_are(len(told) - fit)} not."
        )
    untold = len(early) - len(told)
    if untold:
        words += (
            f" Of {untold:,} it cannot be told yet, as they may still be part of a "
            "pair somebody has to judge."
        )
    return words


def unfit_in_words(found: Sequence[Unfit]) -> str:
    """The reasons against a case as one sentence.

    >>> unfit_in_words(unfit_at_referral("", Split("2024-04-15")))
    'It has no date of referral.'
    """
    return f"It {'; it '.join(one.words for one in found)}."


def unfit_problem(reference: str, chosen: Chosen) -> DataProblem:
    """What to tell where a case turned out unfit."""
    shut = "" if chosen.is_read else "Its file was not opened, and it can be paired. "
    return DataProblem(
        f"{unfit_in_words(chosen.unfit)} So it is not compared with itself.",
        f"Case {reference}",
        f"{shut}Choose another split date or a shorter span, or another case.",
    )


def not_confirmed(reference: str) -> DataRefused:
    """The refusal where it was not confirmed that a file is to be read for good."""
    return DataRefused(
        [
            DataProblem(
                "It is not confirmed that the file is to be read.",
                f"Case {reference}",
                "Tick the sentence above the button, or choose another case. Nothing "
                "was opened or saved.",
            )
        ]
    )


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def halves_in_words(pair: WithinCasePair) -> str:
    """What lies in each half, in a sentence that draws no conclusion."""
    before, after = (
        f"{counted(len(half.events), 'event')} and {counted(len(half.notes), 'note')}"
        for half in (pair.before, pair.after)
    )
    days = counted(pair.days_each_side, "day")
    return (
        f"In the {days} before the split: {before}. In the {days} from it on: {after}."
    )


def span_in_words(pair: WithinCasePair) -> str:
    """The days both halves cover.

    >>> from matching.within_case import HeldCase, halves
    >>> span_in_words(halves(HeldCase("A", "2023-01-16", ""), "2024-04-15", 90))
    '90 days on each side: 16 January 2024 to 14 April 2024, and 15 April 2024 to \
13 July 2024'
    """
    (a, b), (c, d) = (
        (day_in_words(half.first_day), day_in_words(half.last_day))
        for half in (pair.before, pair.after)
    )
    days = counted(pair.days_each_side, "day")
    return f"{days} on each side: {a} to {b}, and {c} to {d}"


def split_in_words(split_date: str, practice_start: str) -> str:
    """The split date, and whether it is the day the practice began.

    >>> split_in_words("2024-04-15", "2024-04-15")
    '15 April 2024, the day the practice began'
    >>> split_in_words("2024-06-01", "2024-04-15")
    '1 June 2024, a day chosen by hand'
    """
    of = (
        "the day the practice began"
        if split_date == practice_start
        else "a day chosen by hand"
    )
    return f"{day_in_words(split_date)}, {of}"


def chosen_in_words(one: WithinCaseComparison) -> str:
    """Who chose a comparison, when, and whether what came later was known by then."""
    known = "before" if one.chosen_before_reading else "after"
    return (
        f"Chosen by {one.chosen_by} on {_day(one.chosen_at.astimezone().date())}, "
        f"{known} the file was read."
    )


def ended_in_words(one: WithinCaseComparison) -> str:
    """How a former comparison ended: superseded or withdrawn, by whom and when."""
    if one.ended_at is None:
        return ""
    how = "Withdrawn" if one.is_withdrawn else "Superseded"
    words = f"{how} by {one.ended_by} on {_day(one.ended_at.astimezone().date())}"
    return f"{words}: {one.withdrawn_reason}" if one.is_withdrawn else f"{words}."


def _order(one: SplitCandidate) -> tuple[int, int]:
    if not one.may_be_fit:
        return 2, -one.days_before
    return (0 if one.is_told else 1), one.days_before


def _days_before(case: CaseToSplit, split: Split) -> int:
    """Days from the referral to the split; least of all where there is no date."""
    try:
        return (split.day - date.fromisoformat(case.referral_date)).days
    except ValueError:
        return -(10**6)


def _day(day: date) -> str:
    return day_in_words(day.isoformat())
