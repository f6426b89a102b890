"""Who judged what when, by how many judges, how far they agree, whose interests.

Only cases whose judges are through are told of, so that nothing here reaches somebody
who still has to judge blind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.judging import DeclaredInterest, GivenAs, JudgingSetting
from data.pairings import SavedJudgement
from data.storage import StudyStore
from matching.judging.agreement import (
    ChoiceAgreement,
    ComparableAgreement,
    TwoReadings,
    agreement_on_choice,
    agreement_on_comparable,
)


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A case that is decided: the decision, and every reading that led to it."""

    decision: SavedJudgement
    readings: tuple[SavedJudgement, ...]

    @property
    def judges(self) -> int:
        """How many people read the case before it was decided."""
        return len([r for r in self.readings if r.given_as != GivenAs.RECONCILED])


@dataclass(frozen=True, slots=True)
class JudgesAccount:
    """How a study was judged, as far as it is decided."""

    setting: JudgingSetting
    settings: tuple[JudgingSetting, ...]
    cases: tuple[JudgedCase, ...]
    comparable: ComparableAgreement
    choice: ChoiceAgreement
    interests: tuple[DeclaredInterest, ...]
    differing: tuple[tuple[SavedJudgement, SavedJudgement], ...]

    @property
    def reconciled(self) -> tuple[JudgedCase, ...]:
        """The cases decided together after two readings."""
        return tuple(
            one for one in self.cases if one.decision.given_as == GivenAs.RECONCILED
        )

    @property
    def by_two(self) -> int:
        """How many decided cases two judges read."""
        return sum(one.judges == 2 for one in self.cases)


def read_judges_account(store: StudyStore) -> JudgesAccount:
    """The account of judging as it now stands."""
    both = store.judging.two_readings()
    by_case = {one.contemporary_id: (one, other) for one, other in both}
    cases = []
    for decision in store.judgements.standing():
        readings = list(by_case.get(decision.contemporary_id, ()))
        if decision.id not in {one.id for one in readings}:
            readings.append(decision)
        cases.append(JudgedCase(decision, tuple(readings)))
    two = [_two_readings(one, other) for one, other in both]
    return JudgesAccount(
        store.judging.setting(),
        tuple(store.judging.settings()),
        tuple(cases),
        agreement_on_comparable(two),
        agreement_on_choice(two),
        tuple(store.interests.everyone()),
        tuple(
            (one, other)
            for one, other in both
            if (one.historic_id, one.judgement.suitability)
            != (other.historic_id, other.judgement.suitability)
        ),
    )


def setting_in_words(account: JudgesAccount) -> str:
    """By how many judges cases are judged, since when and by whose decision."""
    setting = account.setting
    words = (
        "Each case is judged by one person."
        if setting.judges == 1
        else "Each case is judged by two people, the second blind: without the order, "
        "any measure of distance or the first decision."
    )
    if setting.set_at:
        words += (
            f" Set by {setting.set_by} on {_day(setting.set_at)}; cases decided before "
            "stay as they were read."
        )
    return words


def cases_in_words(account: JudgesAccount) -> str:
    """How many decided cases one and two people read, and how many were reconciled."""
    n, two, settled = len(account.cases), account.by_two, len(account.reconciled)
    if not n:
        return "No case is decided yet."
    words = f"Decided cases: {n}. Read by one person: {n - two}, by two: {two}"
    return f"{words}; decided together after two readings: {settled}."


def account_as_values(account: JudgesAccount) -> dict[str, Any]:
    """The account as plain values, for the account file."""
    return {
        "judges": account.setting.judges,
        "settings": [
            {
                "judges": one.judges,
                "set_by": one.set_by,
                "set_at": one.set_at.isoformat() if one.set_at else "",
            }
            for one in account.settings
        ],
        "decided": [
            {
                "contemporary": one.decision.judgement.contemporary_id,
                "judges": one.judges,
                "readings": [_reading(reading) for reading in one.readings],
            }
            for one in account.cases
        ],
        "agreement": {
            "cases_read_by_two": account.choice.cases,
            "comparable": {
                "both": account.comparable.both,
                "first_only": account.comparable.first_only,
                "second_only": account.comparable.second_only,
                "neither": account.comparable.neither,
                "cannot_tell_left_out": account.comparable.cannot_tell,
                "kappa": account.comparable.kappa,
                "strays": account.comparable.strays,
                "in_words": account.comparable.sentence,
            },
            "same_choice": {
                "cases": account.choice.same,
                "expected_by_chance": account.choice.expected,
                "share": account.choice.share,
                "chance": account.choice.chance,
                "in_words": account.choice.sentence,
            },
        },
        "interests": [
            {
                "person": one.person,
                "case": one.reference,
                "declared_at": one.declared_at.isoformat(),
                "withdrawn_at": (
                    one.withdrawn_at.isoformat() if one.withdrawn_at else ""
                ),
            }
            for one in account.interests
        ],
    }


def interest_in_words(one: DeclaredInterest) -> str:
    """Who declared an interest in which case, and whether it was withdrawn."""
    words = f"{one.person} or their team worked case {one.reference}"
    words += f" (declared on {_day(one.declared_at)}"
    if one.withdrawn_at:
        words += f", withdrawn on {_day(one.withdrawn_at)}: {one.withdrawn_reason}"
    return f"{words})"


def _two_readings(one: SavedJudgement, other: SavedJudgement) -> TwoReadings:
    return TwoReadings(
        one.judgement.contemporary_id,
        dict(one.verdicts),
        dict(other.verdicts),
        one.historic_id,
        other.historic_id,
    )


def _reading(one: SavedJudgement) -> dict[str, Any]:
    return {
        "part": GivenAs(one.given_as).in_words,
        "judge": one.judgement.judge,
        "together_with": one.agreed_with,
        "on": one.judged_at.isoformat(),
        "historic": one.judgement.historic_id,
        "suitability": one.judgement.suitability.value,
        "rank_of_chosen": one.judgement.chosen_rank,
        "seconds": one.seconds_taken,
    }


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def minutes_taken(seconds: int | None) -> str:
    """Whole minutes as a table gives them, '' where nobody counted.

    >>> minutes_taken(20), minutes_taken(250), minutes_taken(None)
    ('under 1', '4', '')
    """
    if not seconds:
        return ""
    minutes = round(seconds / 60)
    return str(minutes) if minutes else "under 1"


def readings_table(cases: Sequence[JudgedCase]) -> list[tuple[str, ...]]:
    """A row for each reading of each decided case: case, part, judge, choice, when."""
    return [
        (
            one.decision.judgement.contemporary_id,
            GivenAs(reading.given_as).in_words if one.judges > 1 else "judge",
            " and ".join(filter(None, (reading.judgement.judge, reading.agreed_with))),
            reading.judgement.historic_id or "no suitable match",
            _day(reading.judged_at),
            minutes_taken(reading.seconds_taken),
        )
        for one in cases
        for reading in one.readings
    ]
