"""Reading what was written down: text of cases into values that can be compared.

Both eras are put in order of case id (as text) here, so that no later step can depend
on the order of rows. Text that cannot be read is never guessed at and never dropped:
it is listed with its case and column, and nothing is paired until it is put right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.cases import Case, CasePool, Era
from matching.comparing.common_codes import read_as_common
from matching.plan import Covariate, CovariateKind, MatchPlan
from matching.problems import MatchingProblem, MatchingRefused

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

YES = frozenset({"yes", "y", "true", "t", "1", "1.0"})
NO = frozenset({"no", "n", "false", "f", "0", "0.0"})
GAP = -1
"""The code of a value that is not known."""


@dataclass(frozen=True, slots=True)
class UnreadableValue:
    """One cell whose text is not of the kind the plan says; never quotes the cell."""

    era: Era
    case_id: str
    column: str
    needed: str


class UnreadableCases(MatchingRefused):
    """Cases whose recorded text cannot be read; carries each cell's place."""

    def __init__(self, unreadable: Iterable[UnreadableValue]) -> None:
        self.unreadable = tuple(unreadable)
        super().__init__(
            MatchingProblem(
                found=f"{cell.needed} is needed and the cell holds something else",
                where=f"{cell.era.value} case {cell.case_id}, column *{cell.column}*",
                do_next="Correct the cell, or name its value among those that mean "
                "not known.",
            )
            for cell in self.unreadable
        )


@dataclass(frozen=True, slots=True, eq=False)
class ReadCovariate:
    """One covariate over both eras, each in order of id.

    ``contemporary`` and ``historic`` hold numbers (ranks for *ordered*, 1 and 0 for
    *yes_no*), codes into ``labels`` for *category*, or one row for each label for
    *set* (1 where the case has it). Codes the plan reads as one have one label; the
    texts stay as recorded. ``span`` is what counts as wholly different.
    """

    covariate: Covariate
    contemporary: npt.NDArray[np.generic]
    historic: npt.NDArray[np.generic]
    contemporary_known: BoolArray
    historic_known: BoolArray
    contemporary_text: list[str]
    historic_text: list[str]
    labels: tuple[str, ...] = ()
    span: float = 1.0

    @property
    def has_gaps(self) -> bool:
        """Whether any case of either era lacks a known value."""
        return not (self.contemporary_known.all() and self.historic_known.all())


@dataclass(frozen=True, slots=True, eq=False)
class ReadField:
    """A field compared for equality alone: one code for each value, GAP for a gap."""

    name: str
    contemporary: IntArray
    historic: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class ReadPool:
    """A pool with its text read, both eras in order of id (as text).

    ``file_order`` gives, for each place in the contemporary file, the case's place in
    order of id. ``dates`` are day numbers, GAP where not known, nothing without a
    window.
    """

    plan: MatchPlan
    contemporary_ids: tuple[str, ...]
    historic_ids: tuple[str, ...]
    file_order: IntArray
    covariates: tuple[ReadCovariate, ...]
    exact: tuple[ReadField, ...]
    different: tuple[ReadField, ...]
    dates: ReadField | None


def read_pool(pool: CasePool, plan: MatchPlan) -> ReadPool:
    """The pool's text as values, both eras in order of id.

    Raises :class:`UnreadableCases` with every cell that is not of its kind.
    """
    contemporary = sorted(pool.contemporary, key=lambda case: case.id)
    historic = sorted(pool.historic, key=lambda case: case.id)
    reader = _Reader(contemporary, historic, plan)
    places = {case.id: place for place, case in enumerate(contemporary)}
    read = ReadPool(
        plan=plan,
        contemporary_ids=tuple(case.id for case in contemporary),
        historic_ids=tuple(case.id for case in historic),
        file_order=np.array([places[c.id] for c in pool.contemporary], dtype=np.int64),
        covariates=tuple(reader.covariate(c) for c in plan.covariates),
        exact=tuple(reader.field(name) for name in plan.exact),
        different=tuple(reader.field(name) for name in plan.different),
        dates=reader.dates(plan.window.date) if plan.window else None,
    )
    if reader.unreadable:
        raise UnreadableCases(reader.unreadable)
    return read


def known_texts(cases: Iterable[Case], name: str, missing: frozenset[str]) -> list[str]:
    """Each case's text in one column, without outer spaces, '' where not known."""
    texts = [case.values.get(name, "").strip() for case in cases]
    return ["" if text in missing else text for text in texts]


def read_number(text: str) -> float | None:
    """The finite number a text stands for, or nothing.

    >>> read_number("12.5"), read_number("1,200"), read_number("nan")
    (12.5, None, None)
    """
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in text else None


def read_yes_no(text: str) -> float | None:
    """1 for a yes, 0 for a no, in the usual spellings, or nothing.

    >>> read_yes_no("Yes"), read_yes_no("0"), read_yes_no("perhaps")
    (1.0, 0.0, None)
    """
    spelling = text.casefold()
    if spelling in YES:
        return 1.0
    return 0.0 if spelling in NO else None


def read_day(text: str) -> int | None:
    """The day number of an ISO date (a time after it is ignored), or nothing.

    >>> read_day("2015-03-01") - read_day("2015-02-28T09:30:00")
    1
    >>> read_day("2015-02-30") is None
    True
    """
    if len(text) > 10 and text[10] not in "T ":
        return None
    day = text[:10]
    if len(day) != 10 or day[4] != "-" or day[7] != "-":
        return None
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


def split_members(text: str) -> frozenset[str]:
    """The members of a set written with ``|`` between them.

    >>> sorted(split_members("AUT| LD|"))
    ['AUT', 'LD']
    """
    return frozenset(part.strip() for part in text.split("|") if part.strip())


class _Reader:
    """Reads columns of two lists of cases and keeps what could not be read."""

    def __init__(
        self,
        contemporary: Sequence[Case],
        historic: Sequence[Case],
        plan: MatchPlan,
    ) -> None:
        self._cases = {Era.CONTEMPORARY: contemporary, Era.HISTORIC: historic}
        self._missing = frozenset({"", *plan.missing_values})
        self._mapped = {one.name: one for one in plan.covariates if one.same_as}
        self._sets = {c.name for c in plan.covariates if c.kind is CovariateKind.SET}
        self.unreadable: list[UnreadableValue] = []

    def _texts(self, name: str) -> tuple[list[str], list[str]]:
        return (
            known_texts(self._cases[Era.CONTEMPORARY], name, self._missing),
            known_texts(self._cases[Era.HISTORIC], name, self._missing),
        )

    def _common(
        self, name: str, texts: tuple[list[str], list[str]]
    ) -> tuple[list[str], list[str]]:
        """The texts with codes that the plan reads as one under their common code."""
        covariate = self._mapped.get(name)
        if covariate is None:
            return texts
        read = {
            text: read_as_common(text, covariate.kind, covariate.same_as, self._missing)
            for text in {*texts[0], *texts[1]}
        }
        return [read[text] for text in texts[0]], [read[text] for text in texts[1]]

    def _refuse(self, era: Era, place: int, name: str, needed: str) -> None:
        case_id = self._cases[era][place].id
        self.unreadable.append(UnreadableValue(era, case_id, name, needed))

    def field(self, name: str) -> ReadField:
        # A rule reads a field as its covariate does: codes read as one are equal, and
        # so are sets of the same members in whatever order.
        contemporary, historic = self._common(name, self._texts(name))
        if name in self._sets:
            contemporary, historic = map(_as_sets, (contemporary, historic))
        codes = _codes_of(contemporary, historic)
        return ReadField(name, _coded(contemporary, codes), _coded(historic, codes))

    def dates(self, name: str) -> ReadField:
        days = [
            np.array(self._days(era, texts, name), dtype=np.int64)
            for era, texts in zip(Era, self._texts(name), strict=True)
        ]
        return ReadField(name, *days)

    def _days(self, era: Era, texts: list[str], name: str) -> list[int]:
        days = []
        for place, text in enumerate(texts):
            day = read_day(text) if text else GAP
            if day is None:
                self._refuse(era, place, name, "a date that exists, as YYYY-MM-DD,")
                day = GAP
            days.append(day)
        return days

    def covariate(self, covariate: Covariate) -> ReadCovariate:
        recorded = self._texts(covariate.name)
        contemporary, historic = texts = self._common(covariate.name, recorded)
        known = (
            np.array([text != "" for text in contemporary], dtype=np.bool_),
            np.array([text != "" for text in historic], dtype=np.bool_),
        )
        if covariate.kind is CovariateKind.CATEGORY:
            codes = _codes_of(*texts)
            return ReadCovariate(
                covariate,
                _coded(contemporary, codes),
                _coded(historic, codes),
                *known,
                *recorded,
                labels=tuple(codes),
            )
        if covariate.kind is CovariateKind.SET:
            return _read_sets(covariate, known, texts, recorded)
        left, right = (
            np.array(self._numbers(era, side, covariate), dtype=np.float64)
            for era, side in zip(Era, texts, strict=True)
        )
        span = _span_of(covariate, left, right)
        return ReadCovariate(covariate, left, right, *known, *recorded, span=span)

    def _numbers(self, era: Era, texts: list[str], covariate: Covariate) -> list[float]:
        ranks = {level: float(rank) for rank, level in enumerate(covariate.levels)}
        readings: dict[CovariateKind, tuple[Callable[[str], float | None], str]] = {
            CovariateKind.NUMBER: (read_number, "a number"),
            CovariateKind.YES_NO: (read_yes_no, "yes or no (or true/false, 1/0)"),
            CovariateKind.ORDERED: (ranks.get, "one of the levels named in the plan"),
        }
        read, needed = readings[covariate.kind]
        numbers = []
        for place, text in enumerate(texts):
            number = read(text) if text else math.nan
            if number is None:
                self._refuse(era, place, covariate.name, needed)
                number = math.nan
            numbers.append(number)
        return numbers


def _as_sets(texts: list[str]) -> list[str]:
    # A set without members is known, a gap is not.
    written = {
        text: "|".join(sorted(split_members(text))) or "|" for text in {*texts} - {""}
    }
    return [written.get(text, "") for text in texts]


def _codes_of(contemporary: list[str], historic: list[str]) -> dict[str, int]:
    # In order of text, never of appearance: codes order columns of the covariance.
    distinct = sorted({*contemporary, *historic} - {""})
    return {label: code for code, label in enumerate(distinct)}


def _coded(texts: list[str], codes: dict[str, int]) -> IntArray:
    return np.array([codes.get(text, GAP) for text in texts], dtype=np.int64)


def _span_of(covariate: Covariate, left: FloatArray, right: FloatArray) -> float:
    if covariate.kind is CovariateKind.YES_NO:
        return 1.0
    if covariate.kind is CovariateKind.ORDERED:
        return float(len(covariate.levels) - 1)
    if covariate.range is not None:
        return float(covariate.range)
    both = np.concatenate([left, right])
    known = both[~np.isnan(both)]
    return float(known.max() - known.min()) if len(known) else 0.0


def _read_sets(
    covariate: Covariate,
    known: tuple[BoolArray, BoolArray],
    texts: tuple[list[str], list[str]],
    recorded: tuple[list[str], list[str]],
) -> ReadCovariate:
    read = {text: split_members(text) for text in {*texts[0], *texts[1]}}
    labels = sorted({member for members in read.values() for member in members})
    places = {label: place for place, label in enumerate(labels)}
    left, right = (_membership(side, read, places) for side in texts)
    return ReadCovariate(
        covariate, left, right, *known, *recorded, labels=tuple(labels)
    )


def _membership(
    side: list[str], read: dict[str, frozenset[str]], places: dict[str, int]
) -> npt.NDArray[np.uint8]:
    """One row for each member, 1 where the case has it."""
    has = np.zeros((len(places), len(side)), dtype=np.uint8)
    for case, text in enumerate(side):
        for member in read[text]:
            has[places[member], case] = 1
    return has
