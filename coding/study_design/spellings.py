"""Roles, teams and localities that may be one thing spelt in two ways.

Found by their letters and never joined: that letters agree is all a machine can say
(edit similarity, rapidfuzz). Names that differ in a number are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz, utils

ALIKE = 86.0
"""How alike two names must be (0 to 100) to be offered as one."""
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class AlikeNames:
    """Two names that may be one; ``only_form`` where case, signs or spaces differ."""

    first: str
    second: str
    only_form: bool = False


def alike_names(names: Iterable[str]) -> list[AlikeNames]:
    """Every two names that may be one, those that differ in form alone first.

    >>> alike_names(["Social worker", "social-worker", "Team 1", "Team 2"])
    [AlikeNames(first='Social worker', second='social-worker', only_form=True)]
    """
    known = sorted({name for name in names if name.strip()})
    plain = {name: utils.default_process(name).replace(" ", "") for name in known}
    found = []
    for first, second in combinations(known, 2):
        if _NUMBER.findall(first) != _NUMBER.findall(second):
            continue
        if plain[first] == plain[second]:
            found.append(AlikeNames(first, second, only_form=True))
        elif fuzz.ratio(plain[first], plain[second], score_cutoff=ALIKE) >= ALIKE:
            found.append(AlikeNames(first, second))
    return sorted(found, key=lambda one: (not one.only_form, one.first, one.second))
