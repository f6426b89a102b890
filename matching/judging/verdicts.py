"""Verdicts on the candidates shown to a judge, and the order a second judge sees.

A judge says of each shown candidate how well it serves; the choice of one or none
follows from that and is kept as the judgement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from random import Random

from matching.judging.judgement import Suitability
from matching.problems import MatchingProblem, MatchingRefused


def require_verdicts(
    contemporary_id: str,
    verdicts: Mapping[str, Suitability],
    *,
    shown: Collection[str],
    chosen: str,
    suitability: Suitability,
    every_one: bool,
) -> None:
    """Refuse verdicts that do not go together with what was shown and chosen.

    ``verdicts`` are by historic id, ``shown`` the historic ids the judge could give one
    on; ``chosen`` is '' where none suits. ``every_one`` asks for a verdict on each, as
    agreement between two judges needs. Raises MatchingRefused with everything at once:
    a verdict on a case not shown, none on one that was, and a chosen case with another
    verdict than the judgement's own.
    """
    where = f"Judgement on case {contemporary_id}"
    problems = []
    if set(verdicts) - set(shown):
        problems.append(
            MatchingProblem(
                "a verdict is given on a case that was not shown",
                where,
                "Open the case again and judge what is listed. Nothing was saved.",
            )
        )
    missing = [one for one in shown if one not in verdicts]
    if every_one and missing:
        problems.append(
            MatchingProblem(
                f"{len(missing)} of {len(shown)} cases shown have no verdict yet",
                where,
                "Say of each how well it serves; Cannot tell is an answer too. "
                "Nothing was saved.",
            )
        )
    if chosen and verdicts.get(chosen, suitability) is not suitability:
        problems.append(
            MatchingProblem(
                "the chosen case has one verdict on its card and another in the "
                "decision",
                where,
                "Say the same in both places. Nothing was saved.",
            )
        )
    if problems:
        raise MatchingRefused(problems)


def blind_order(historic_ids: Iterable[str], *, seed: int, case_id: str) -> list[str]:
    """The ids in an order that says nothing of how close they are.

    The same for the same seed and contemporary case, whatever order they come in:
    they are sorted first, then shuffled (Fisher and Yates 1938) from ``seed`` and
    ``case_id``.

    >>> one = blind_order(["H1", "H2", "H3", "H4"], seed=1, case_id="C1")
    >>> one == blind_order(["H4", "H2", "H1", "H3"], seed=1, case_id="C1")
    True
    >>> sorted(one)
    ['H1', 'H2', 'H3', 'H4']
    """
    shuffled = sorted(historic_ids)
    Random(f"{seed} {case_id}").shuffle(shuffled)
    return shuffled
