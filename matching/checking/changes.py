"""Which cases have other partners in one pairing than in another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangedPartner:
    """A contemporary case and its partners before and after, in order of id.

    Nothing on either side means the case has no partner there.
    """

    contemporary_id: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def changed_partners(
    before: Iterable[tuple[str, str]], after: Iterable[tuple[str, str]]
) -> tuple[ChangedPartner, ...]:
    """The contemporary cases whose partners are not the same ones, in order of id.

    Pairs are contemporary id and historic id; their order does not count.

    >>> changed_partners([("A", "H1"), ("B", "H2")], [("B", "H2"), ("A", "H3")])
    (ChangedPartner(contemporary_id='A', before=('H1',), after=('H3',)),)
    """
    earlier, later = _by_case(before), _by_case(after)
    return tuple(
        ChangedPartner(case_id, was, now)
        for case_id in sorted({*earlier, *later})
        if (was := earlier.get(case_id, ())) != (now := later.get(case_id, ()))
    )


def _by_case(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for contemporary_id, historic_id in pairs:
        found.setdefault(contemporary_id, []).append(historic_id)
    return {case_id: tuple(sorted(partners)) for case_id, partners in found.items()}
