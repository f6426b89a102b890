"""What is wrong with a plan or with tables, in words a practitioner can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MatchingProblem:
    """One thing to put right: what was found, where, and what to do next."""

    found: str
    where: str
    do_next: str


class MatchingRefused(Exception):  # noqa: N818 - a refusal, answered in words
    """A plan or table that cannot be used; carries every problem at once."""

    def __init__(self, problems: Iterable[MatchingProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.where}: {p.found}" for p in self.problems))
