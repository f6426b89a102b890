"""How the contemporary cases were chosen: a record for each, and counts over all.

Cases picked by hand may be the ones that went well, and no partner makes up for that;
so each says from which list it was drawn, when, by whom and by which rule. What is
written here is told and counted, never used to pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matching.problems import MatchingProblem, MatchingRefused

_BY_HAND = re.compile(
    r"(?:^|(?<!not )\b(?:picked|taken|chosen|selected) )by hand\b"
    r"|(?<!not )\bhand-?picked\b|\bnot by (?:the|any|a) rule\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SamplingRecord:
    """A sampling record: how one case was chosen; what nobody wrote down is ''.

    ``drawn_on`` is an ISO date. ``drawn_from`` names the list ("41 referrals accepted
    in June 2024, Copperhithe"), ``rule`` how it was drawn from it ("every 7th from a
    random start"). ``replaced`` names the cases passed over before this one, with the
    reason; several stand with a bar between them. Raises MatchingRefused without a
    case or a rule, and for another text than a date.
    """

    case_id: str
    drawn_on: str
    drawn_by: str
    drawn_from: str
    rule: str
    replaced: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        where = f"How case {self.case_id} was chosen"
        problems = []
        if not self.case_id.strip():
            problems.append(_no_case())
        if not self.rule.strip():
            problems.append(_no_rule(where))
        if self.drawn_on and not _is_iso_date(self.drawn_on):
            problems.append(_no_date(where))
        if problems:
            raise MatchingRefused(problems)

    @property
    def stands_in(self) -> bool:
        """Whether other cases were passed over before this one."""
        return bool(self.replaced.strip())

    @property
    def passed_over(self) -> tuple[str, ...]:
        """The cases passed over before this one, each with its reason."""
        return tuple(one.strip() for one in self.replaced.split("|") if one.strip())

    @property
    def is_by_hand(self) -> bool:
        """Whether the rule says that somebody picked the case instead of drawing it.

        >>> SamplingRecord("A", "", "Kim", "", "Taken by hand: need N6").is_by_hand
        True
        >>> SamplingRecord("A", "", "Kim", "", "by lot, slips drawn by hand").is_by_hand
        False
        """
        return bool(_BY_HAND.search(self.rule))

    def as_mapping(self) -> dict[str, str]:
        """The record under the headings of its file, ready to be written as JSON."""
        return {
            "case_id": self.case_id,
            "drawn_on": self.drawn_on,
            "drawn_by": self.drawn_by,
            "from": self.drawn_from,
            "rule": self.rule,
            "replaced": self.replaced,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class SamplingCounts:
    """How many contemporary cases have a record, and what the records add up to.

    ``lists`` and ``people`` count different names, letter case aside; ``stand_ins``
    the cases before which others were passed over. The days are ISO dates, '' where no
    record has one. ``by_hand`` counts the cases that were picked and not drawn,
    nothing where that was not counted when the counts were kept.
    """

    contemporary: int
    recorded: int
    lists: int
    people: int
    stand_ins: int
    first_drawn_on: str = ""
    last_drawn_on: str = ""
    by_hand: int | None = None


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the contemporary cases of a study were chosen.

    ``contemporary`` names them all in their order; ``records`` has at most one for
    each.
    """

    contemporary: tuple[str, ...]
    records: tuple[SamplingRecord, ...] = ()

    @property
    def without_record(self) -> tuple[str, ...]:
        """The contemporary cases nobody wrote down the choice of."""
        recorded = {record.case_id for record in self.records}
        return tuple(one for one in self.contemporary if one not in recorded)

    @property
    def counts(self) -> SamplingCounts:
        """The counts over all records.

        >>> Sampling(("A", "B"), (SamplingRecord("A", "", "Kim", "", "all"),)).counts
        SamplingCounts(contemporary=2, recorded=1, lists=0, people=1, stand_ins=0, \
first_drawn_on='', last_drawn_on='', by_hand=0)
        """
        days = [record.drawn_on for record in self.records if record.drawn_on]
        return SamplingCounts(
            contemporary=len(self.contemporary),
            recorded=len(self.records),
            lists=_different(record.drawn_from for record in self.records),
            people=_different(record.drawn_by for record in self.records),
            stand_ins=sum(record.stands_in for record in self.records),
            first_drawn_on=min(days, default=""),
            last_drawn_on=max(days, default=""),
            by_hand=sum(record.is_by_hand for record in self.records),
        )


def _different(names: Iterable[str]) -> int:
    return len({" ".join(name.casefold().split()) for name in names} - {""})


def _is_iso_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _no_case() -> MatchingProblem:
    return MatchingProblem(
        "no case is named",
        "How a case was chosen",
        "Choose the case the record is about. Nothing was saved.",
    )


def _no_rule(where: str) -> MatchingProblem:
    return MatchingProblem(
        "the rule is missing",
        where,
        "Write how the case was drawn from its list, such as every 7th from a random "
        "start. Nothing was saved.",
    )


def _no_date(where: str) -> MatchingProblem:
    return MatchingProblem(
        "the day it was drawn is not a date",
        where,
        "Write it as 2024-07-03, or leave it empty. Nothing was saved.",
    )
