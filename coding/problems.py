"""What is wrong with a source, codebook or coding, in words people can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodingProblem:
    """One thing to put right: what was found, where, and what to do next."""

    found: str
    where: str
    do_next: str


class CodingRefused(Exception):  # noqa: N818 - a refusal, answered in words
    """A source, codebook or coding not accepted; carries every problem at once."""

    def __init__(self, problems: Iterable[CodingProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.where}: {p.found}" for p in self.problems))
