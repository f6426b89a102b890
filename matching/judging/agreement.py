"""How far two blind judges agree: on what is comparable, and on whom they choose.

Both figures come with a sentence on what this number of cases can bear, and neither is
given where it could bear nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.judging.judgement import Suitability

FEWEST_CASES = 10
"""Cases below which no figure is given: one case more or less would move the share of
same choices by a tenth, and kappa by more."""


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """What two judges said of one case, each without knowing of the other.

    Verdicts are by historic id; ``first_choice`` and ``second_choice`` are a historic
    id, or '' for none. Raises ValueError where a judge chose a case without a verdict.
    """

    contemporary_id: str
    first: Mapping[str, Suitability]
    second: Mapping[str, Suitability]
    first_choice: str = ""
    second_choice: str = ""

    def __post_init__(self) -> None:
        for choice, verdicts in (
            (self.first_choice, self.first),
            (self.second_choice, self.second),
        ):
            if choice and choice not in verdicts:
                raise ValueError("a chosen case has no verdict")

    @property
    def shown_to_both(self) -> list[str]:
        """The historic cases both gave a verdict on, in order of their ids."""
        return sorted(set(self.first) & set(self.second))


@dataclass(frozen=True, slots=True)
class ComparableAgreement:
    """Agreement on comparable or not, over the candidates both judges were shown.

    ``both``, ``first_only``, ``second_only`` and ``neither`` count candidates by who
    called them comparable; ``cannot_tell`` counts those left out because one of the
    two could not tell. ``kappa`` is nothing below FEWEST_CASES and where chance alone
    would make the two agree always. ``strays`` is twice its standard error.
    """

    cases: int
    both: int
    first_only: int
    second_only: int
    neither: int
    cannot_tell: int
    kappa: float | None
    strays: float | None
    sentence: str

    @property
    def counted(self) -> int:
        """The candidates the figure rests on."""
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def agreed(self) -> int:
        """The candidates on which the two say the same."""
        return self.both + self.neither


@dataclass(frozen=True, slots=True)
class ChoiceAgreement:
    """In how many cases both judges made the same choice, one of k or none.

    ``expected`` is how many that would be by chance: 1/(k + 1) for each case, added.
    ``share`` and ``chance`` are both over all cases, nothing below FEWEST_CASES.
    """

    cases: int
    same: int
    expected: float
    share: float | None
    chance: float | None
    sentence: str


def cohens_kappa(
    both: int, first_only: int, second_only: int, neither: int
) -> float | None:
    """Agreement of two judges on yes or no beyond chance (Cohen 1960).

    1 is complete agreement, 0 what chance would give, below 0 less than that. Nothing
    where there is nothing to count, and where each judge gave one and the same answer
    throughout, since chance then explains all.

    >>> cohens_kappa(20, 5, 10, 15)
    0.4
    >>> cohens_kappa(5, 0, 0, 0) is None
    True
    """
    n = both + first_only + second_only + neither
    if not n:
        return None
    first_yes, second_yes = both + first_only, both + second_only
    # In whole numbers, so that agreement by chance is one exactly or not at all.
    by_chance = first_yes * second_yes + (n - first_yes) * (n - second_yes)
    if by_chance == n * n:
        return None
    return (n * (both + neither) - by_chance) / (n * n - by_chance)


def agreement_on_comparable(readings: Sequence[TwoReadings]) -> ComparableAgreement:
    """Agreement on comparable (good match, usable with care) or not.

    Over the candidates shown to both judges; those of which either could not tell are
    left out and counted. How far the figure strays is taken by leaving out one case at
    a time (jackknife; Quenouille 1956, Tukey 1958), since verdicts within one case are
    not independent of one another.
    """
    tables = [_table(one) for one in readings]
    whole = _added(tables)
    with_any = [one for one in tables if _size(one)]
    kappa = _kappa(whole) if len(with_any) >= FEWEST_CASES else None
    strays = _strays(with_any) if kappa is not None else None
    return ComparableAgreement(
        cases=len(with_any),
        both=whole[True, True],
        first_only=whole[True, False],
        second_only=whole[False, True],
        neither=whole[False, False],
        cannot_tell=sum(_left_out(one) for one in readings),
        kappa=kappa,
        strays=strays,
        sentence=_on_comparable(whole, len(with_any), kappa, strays),
    )


def agreement_on_choice(readings: Sequence[TwoReadings]) -> ChoiceAgreement:
    """In how many cases both made the same choice, against chance.

    Chance is 1/(k + 1) for a case with k candidates shown to both (one of k, or none),
    averaged over the cases. None chosen by both is the same choice.
    """
    cases = len(readings)
    same = sum(one.first_choice == one.second_choice for one in readings)
    expected = math.fsum(1 / (len(one.shown_to_both) + 1) for one in readings)
    if cases < FEWEST_CASES:
        return ChoiceAgreement(
            cases, same, expected, None, None, _too_few_for_choice(cases, same)
        )
    share, chance = same / cases, expected / cases
    error = 2 * math.sqrt(share * (1 - share) / cases)
    said = (
        f"The two judges made the same choice in {same} of {cases} cases; by chance "
        f"about {expected:.1f} would be expected. "
    )
    if error:
        said += (
            f"With {cases} cases the share could lie {error:.0%} higher or lower "
            "through chance alone."
        )
    else:
        # The usual error is nothing there, which would claim too much; what n cases
        # without exception leave open is about 3/n (Hanley and Lippman-Hand 1983).
        said += (
            f"{cases} cases without exception leave room for about "
            f"{min(1.0, 3 / cases):.0%} of cases that go the other way."
        )
    return ChoiceAgreement(cases, same, expected, share, chance, said)


_Table = Counter[tuple[bool, bool]]


def _table(one: TwoReadings) -> _Table:
    """Candidates of a case by whether each judge called them comparable."""
    return Counter(
        (one.first[historic].is_comparable, one.second[historic].is_comparable)
        for historic in one.shown_to_both
        if Suitability.CANNOT_TELL not in (one.first[historic], one.second[historic])
    )


def _left_out(one: TwoReadings) -> int:
    return len(one.shown_to_both) - _size(_table(one))


def _added(tables: Sequence[_Table]) -> _Table:
    whole: _Table = Counter()
    for one in tables:
        whole.update(one)
    return whole


def _size(table: _Table) -> int:
    return sum(table.values())


def _kappa(table: _Table) -> float | None:
    return cohens_kappa(
        table[True, True],
        table[True, False],
        table[False, True],
        table[False, False],
    )


def _strays(tables: Sequence[_Table]) -> float | None:
    """Twice the jackknife standard error over cases; nothing where one is undefined."""
    n = len(tables)
    left = []
    for place in range(n):
        kappa = _kappa(_added([*tables[:place], *tables[place + 1 :]]))
        if kappa is None:
            return None
        left.append(kappa)
    mean = math.fsum(left) / n
    return 2 * math.sqrt((n - 1) / n * math.fsum((one - mean) ** 2 for one in left))


def _on_comparable(
    table: _Table, cases: int, kappa: float | None, strays: float | None
) -> str:
    n, agreed = _size(table), table[True, True] + table[False, False]
    if not n:
        return "No candidate has a verdict of both judges yet."
    said = f"The two judges agreed on {agreed} of {n} candidates"
    if cases < FEWEST_CASES:
        return (
            f"{said}. With fewer than {FEWEST_CASES} cases read by both, one case "
            "alone would move kappa by a tenth or more, so none is given: read the "
            "differences themselves."
        )
    if kappa is None:
        return (
            f"{said}. Each gave one and the same answer throughout, so that chance "
            "explains all agreement and kappa has no value."
        )
    first, second = (
        table[True, True] + table[True, False],
        table[True, True] + table[False, True],
    )
    by_chance = (first * second + (n - first) * (n - second)) / n
    said += f"; by chance about {by_chance:.0f} would be expected. "
    if strays is None:
        return (
            f"{said}Kappa hangs on a single case: without it there would be no figure. "
            "Read the differences, not the figure."
        )
    if not strays:
        return (
            f"{said}They never differed; {cases} cases cannot show how often they "
            "would."
        )
    bears = (
        "Read it as a hint, not as a finding."
        if strays >= 0.2
        else "It bears a sentence, together with the differences themselves."
    )
    return f"{said}With {cases} cases kappa strays by about {strays:.2f}. {bears}"


def _too_few_for_choice(cases: int, same: int) -> str:
    if not cases:
        return "No case has been read by two judges yet."
    return (
        f"The two judges made the same choice in {same} of "
        f"{cases} case{'' if cases == 1 else 's'}. With fewer than {FEWEST_CASES} "
        "cases one alone would move a share by a tenth or more, so none is given."
    )
