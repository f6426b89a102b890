"""Cases worth a second look: perhaps one case twice, or siblings not recorded as such.

Records are mistyped, and a rule that keeps siblings apart sees only what was recorded.
A look-alike is a pair a person should check; nothing is ever removed by it. Facts known
at referral are read, and no more. Cases are put into small groups first (same birth
date, or same household and area with ids that share their characters), so that pairs
are never all looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from rapidfuzz.distance import OSA

from matching.cases import Case

SHORTEST_REFERENCE = 4
"""Shorter references differ in one character from each other by nature."""

MOST_YEARS_APART = 8
DAYS_TOGETHER = 14
COMMON = 0.02
"""Signs that more pairs show than this share of the cases are how numbers run."""

_FEW = 5
_LARGEST_GROUP = 200


class LookAlikeKind(StrEnum):
    """What two cases may be."""

    SAME_CASE = "same_case"
    SAME_CHILD = "same_child"
    SIBLINGS = "siblings"
    EASILY_CONFUSED = "easily_confused"


class Sign(StrEnum):
    """One thing that two records have in common, or nearly; words name no value."""

    CASE_REFERENCE = "case references that differ in one character"
    CASE_REFERENCE_SWAPPED = "case references with two characters swapped"
    CHILD_REFERENCE = "child references that differ in one character"
    CHILD_REFERENCE_SWAPPED = "child references with two characters swapped"
    FAMILY_REFERENCE = "family references that differ in one character"
    FAMILY_REFERENCE_SWAPPED = "family references with two characters swapped"
    FAMILY_PART = "family references with the same number"
    CHILD_PART = "child references that begin alike"
    BIRTH_DATE = "the same date of birth"
    CHILD = "the same child reference"
    REFERRED_TOGETHER = "referred within two weeks of each other"
    HOUSEHOLD = "the same household and area"
    NEAR_BIRTHS = "born near each other"


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two cases worth a look, by reference in order of text, and the signs seen."""

    one: str
    other: str
    kind: LookAlikeKind
    signs: tuple[Sign, ...]


def look_alikes(
    cases: Iterable[Case], *, missing_values: Sequence[str] = ()
) -> tuple[LookAlike, ...]:
    """Pairs of cases that may be one case, one child or siblings, likeliest first.

    *One case*: case references one character off or two swapped, with the same birth
    date or child. *One child*: the same of child references, with the same birth date.
    *Siblings*: recorded under different families or none, the same household and area,
    births at most eight years apart, and either family references mistyped or with one
    number, or no family recorded and child references that begin alike. *Easily
    confused*: case references a slip apart and nothing else in common.

    Where numbers run on, a character off says nothing: signs that stand together in
    more than one pair for fifty cases are how the study numbers its files, and those
    pairs are left out (up to five are always named). Recorded sex that differs rules
    one case and one child out. A gap is no sign.
    """
    missing = {"", *missing_values}
    files = [_File.of(case, missing) for case in cases]
    found: dict[tuple[str, str], LookAlike] = {}
    for alike in (
        *_same_case_or_child(files),
        *_siblings(files),
        *_easily_confused(files),
    ):
        found.setdefault((alike.one, alike.other), alike)
    order = list(LookAlikeKind)
    return tuple(
        sorted(
            found.values(),
            key=lambda a: (order.index(a.kind), -len(a.signs), a.one, a.other),
        )
    )


def slip_between(one: str, other: str) -> str:
    """How one reference may be the other mistyped: 'off', 'swapped', or ''.

    One character typed wrong, left out or added; or two neighbours swapped (optimal
    string alignment distance of 1: Damerau 1964). Shorter than four characters: ''.

    >>> slip_between("F0118", "F0181"), slip_between("F0118", "F0119")
    ('swapped', 'off')
    >>> slip_between("F0118", "F0118"), slip_between("F1", "F2")
    ('', '')
    """
    if min(len(one), len(other)) < SHORTEST_REFERENCE:
        return ""
    if OSA.distance(one, other, score_cutoff=1) != 1:
        return ""
    return "swapped" if sorted(one) == sorted(other) else "off"


@dataclass(frozen=True, slots=True)
class _File:
    """What is looked at of a case; '' and nothing for gaps."""

    id: str
    child: str
    family: str
    family_number: str
    birth_date: str
    born: int | None
    referred: int | None
    sex: str
    home: tuple[str, str] | None

    @classmethod
    def of(cls, case: Case, missing: set[str]) -> _File:
        def known(name: str) -> str:
            text = case.values.get(name, "").strip()
            return "" if text in missing else text

        household, area = known("household"), known("locality")
        family = known("family_id")
        return cls(
            case.id,
            known("child_id"),
            family,
            _number(family),
            known("date_of_birth"),
            _day(known("date_of_birth")),
            _day(known("referral_date")),
            known("sex"),
            (household, area) if household and area else None,
        )


def _day(text: str) -> int | None:
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return None


def _alike(
    one: _File, other: _File, kind: LookAlikeKind, signs: Sequence[Sign]
) -> LookAlike:
    first, second = sorted((one.id, other.id))
    return LookAlike(first, second, kind, tuple(signs))


# One case, one child


def _same_case_or_child(files: Sequence[_File]) -> Iterator[LookAlike]:
    by_birth: dict[str, list[_File]] = {}
    by_child: dict[str, list[_File]] = {}
    for one in files:
        if one.born is not None:
            by_birth.setdefault(one.birth_date, []).append(one)
        if one.child:
            by_child.setdefault(one.child, []).append(one)
    for group in (*by_birth.values(), *by_child.values()):
        # A date that stands for "not known" makes a group of thousands.
        if len(group) > _LARGEST_GROUP:
            continue
        for one, other in combinations(group, 2):
            if one.sex and other.sex and one.sex != other.sex:
                continue
            yield from _as_one(one, other)


def _as_one(one: _File, other: _File) -> Iterator[LookAlike]:
    same_child = bool(one.child) and one.child == other.child
    shared = [
        *([Sign.BIRTH_DATE] if one.birth_date == other.birth_date else []),
        *([Sign.CHILD] if same_child else []),
    ]
    slip = slip_between(one.id, other.id)
    if slip:
        sign = {"off": Sign.CASE_REFERENCE, "swapped": Sign.CASE_REFERENCE_SWAPPED}
        yield _alike(one, other, LookAlikeKind.SAME_CASE, [sign[slip], *shared])
    elif not same_child and (slip := slip_between(one.child, other.child)):
        sign = {"off": Sign.CHILD_REFERENCE, "swapped": Sign.CHILD_REFERENCE_SWAPPED}
        yield _alike(one, other, LookAlikeKind.SAME_CHILD, [sign[slip], *shared])


# Siblings


def _siblings(files: Sequence[_File]) -> Iterator[LookAlike]:
    at_home = [one for one in files if one.home and one.born is not None]
    by_signs: dict[tuple[Sign, ...], list[tuple[_File, _File]]] = {}
    for one, other in _near_in_family(at_home):
        sign = _family_sign(one, other)
        if sign:
            signs = (sign, *_further_signs(one, other))
            by_signs.setdefault(signs, []).append((one, other))
    for signs, pairs in by_signs.items():
        if not _is_common(len(pairs), len(files)):
            for one, other in pairs:
                yield _sibling(one, other, signs)
    for one, other in _beginning_alike(at_home):
        if not (one.family and other.family):
            yield _sibling(one, other, _further_signs(one, other))


def _is_common(pairs: int, cases: int) -> bool:
    return pairs > max(_FEW, COMMON * cases)


def _sibling(one: _File, other: _File, signs: Sequence[Sign]) -> LookAlike:
    always = (Sign.HOUSEHOLD, Sign.NEAR_BIRTHS)
    return _alike(one, other, LookAlikeKind.SIBLINGS, [*signs, *always])


def _may_be_siblings(one: _File, other: _File) -> bool:
    if one.id == other.id or (one.child and one.child == other.child):
        return False
    if one.family and one.family == other.family:
        # Recorded as one family already: the plan's own rule sees that.
        return False
    if one.born is None or other.born is None:
        return False
    return abs(one.born - other.born) <= MOST_YEARS_APART * 365.25


def _near_in_family(files: Sequence[_File]) -> Iterator[tuple[_File, _File]]:
    """Pairs of one home whose family references are a slip apart, or one number."""
    groups: dict[tuple[object, str], list[_File]] = {}
    for one in files:
        if len(one.family) >= SHORTEST_REFERENCE:
            for key in {*_with_one_left_out(one.family), f"#{one.family_number}"}:
                groups.setdefault((one.home, key), []).append(one)
    yield from _pairs_of(groups.values())


def _beginning_alike(files: Sequence[_File]) -> Iterator[tuple[_File, _File]]:
    """Pairs of one home whose child references differ in the last character alone."""
    groups: dict[tuple[object, str], list[_File]] = {}
    for one in files:
        if len(one.child) > SHORTEST_REFERENCE:
            groups.setdefault((one.home, one.child[:-1]), []).append(one)
    yield from _pairs_of(groups.values())


def _pairs_of(groups: Iterable[list[_File]]) -> Iterator[tuple[_File, _File]]:
    seen: set[tuple[str, str]] = set()
    for group in groups:
        if len(group) > _LARGEST_GROUP:
            continue
        for one, other in combinations(group, 2):
            if not _may_be_siblings(one, other):
                continue
            ids = (one.id, other.id) if one.id < other.id else (other.id, one.id)
            if ids not in seen:
                seen.add(ids)
                yield one, other


def _family_sign(one: _File, other: _File) -> Sign | None:
    if one.family_number and one.family_number == other.family_number:
        return Sign.FAMILY_PART
    slip = slip_between(one.family, other.family)
    if not slip:
        return None
    return Sign.FAMILY_REFERENCE if slip == "off" else Sign.FAMILY_REFERENCE_SWAPPED


def _further_signs(one: _File, other: _File) -> list[Sign]:
    signs = []
    shorter = min(len(one.child), len(other.child))
    if shorter > SHORTEST_REFERENCE and one.child[:-1] == other.child[:-1]:
        signs.append(Sign.CHILD_PART)
    dates = one.referred, other.referred
    if dates[0] and dates[1] and abs(dates[0] - dates[1]) <= DAYS_TOGETHER:
        signs.append(Sign.REFERRED_TOGETHER)
    return signs


# Easily confused


def _easily_confused(files: Sequence[_File]) -> Iterator[LookAlike]:
    by_reference = {one.id: one for one in files if len(one.id) >= SHORTEST_REFERENCE}
    swapped = [
        (one, by_reference[other])
        for one in by_reference.values()
        for other in _with_two_swapped(one.id)
        if one.id < other and other in by_reference
    ]
    off = _one_off(by_reference, most=int(max(_FEW, COMMON * len(files))))
    for pairs, sign in (
        (swapped, Sign.CASE_REFERENCE_SWAPPED),
        (off, Sign.CASE_REFERENCE),
    ):
        if not _is_common(len(pairs), len(files)):
            for one, other in pairs:
                yield _alike(one, other, LookAlikeKind.EASILY_CONFUSED, [sign])


def _one_off(
    by_reference: Mapping[str, _File], *, most: int
) -> list[tuple[_File, _File]]:
    """Pairs one character apart; where there are more than so many, no more of them."""
    seen: dict[str, list[str]] = {}
    found: dict[tuple[str, str], tuple[_File, _File]] = {}
    for one in sorted(by_reference):
        for key in set(_with_one_left_out(one)):
            before = seen.setdefault(key, [])
            for other in before:
                if slip_between(one, other) == "off":
                    found[other, one] = (by_reference[other], by_reference[one])
            before.append(one)
        if len(found) > most:
            break
    return list(found.values())


# References


def _number(reference: str) -> str:
    """The digits of a reference without leading zeros: F0118, F118 and F-118 are one.

    Only where at least two digits are left; one digit is shared by too many.
    """
    digits = "".join(filter(str.isdigit, reference)).lstrip("0")
    return digits if len(digits) > 1 else ""


def _with_one_left_out(reference: str) -> Iterator[str]:
    """What two references share that are one slip apart: each with one left out."""
    yield reference
    for place in range(len(reference)):
        yield reference[:place] + reference[place + 1 :]


def _with_two_swapped(reference: str) -> Iterator[str]:
    for place in range(len(reference) - 1):
        left, right = reference[place], reference[place + 1]
        if left != right:
            yield reference[:place] + right + left + reference[place + 2 :]
