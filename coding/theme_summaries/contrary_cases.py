"""What does not fit a theme: places that say its opposite, people unlike their role.

Looking for what does not fit is part of the method (negative case analysis; Lincoln and
Guba 1985). What is found here is offered to be read; that a passage is a contrary case
is said by a person, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coding.theme_summaries.who_says import GroupSays, Standing

HEARD_AT_LEAST = 4
UNLIKE_IN_WORDS = (
    f"Of a role in which at least {HEARD_AT_LEAST} people were heard and coded: where "
    "three in four or more say it, those who do not; where one in four or fewer say "
    "it, those who do."
)
_NEGATIONS = (
    *("not ", "no ", "non ", "non-", "lack of ", "without ", "absence of ", "never "),
    *("little ", "missing "),
)


@dataclass(frozen=True, slots=True)
class UnlikeTheirRole:
    """People whose account of a theme differs from that of most in their role.

    ``they_say_it`` tells which way: they say it where few do, or do not where most do.
    """

    role: str
    says: int
    known: int
    people: tuple[str, ...]
    they_say_it: bool


def unlike_their_role(roles: Iterable[GroupSays]) -> tuple[UnlikeTheirRole, ...]:
    """Those who differ from most of their role, role by role; see UNLIKE_IN_WORDS."""
    found = []
    for role in roles:
        says, known = role.says, role.known
        if known < HEARD_AT_LEAST or says in (0, known):
            continue
        if 4 * says >= 3 * known:
            silent = role.people[Standing.SILENT]
            found.append(UnlikeTheirRole(role.group, says, known, silent, False))
        elif 4 * says <= known:
            saying = role.people[Standing.SAYS]
            found.append(UnlikeTheirRole(role.group, says, known, saying, True))
    return tuple(found)


def looks_opposite(name: str, other: str) -> bool:
    """Whether one name is the other with a negation before it.

    >>> looks_opposite("Not restorative", "Restorative")
    True
    >>> looks_opposite("Trust", "Lack of trust"), looks_opposite("Heard", "Unheard")
    (True, True)
    >>> looks_opposite("Not restorative", "Not restorative")
    False
    """
    one, two = _folded(name), _folded(other)
    if one == two:
        return False
    return one in _without_negation(two) or two in _without_negation(one)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _without_negation(name: str) -> set[str]:
    found = {
        name.removeprefix(word).strip() for word in _NEGATIONS if name.startswith(word)
    }
    if name.startswith("un"):
        found.add(name[2:])
    return found
