"""What a change to the plan would bring, and the cases whose records want checking."""

from __future__ import annotations

from dataclasses import replace

from matching.candidates import prepare_pool
from matching.cases import CasePool
from matching.eligibility_loosened import StudyGain, gains_for_study
from matching.look_alikes import LookAlike, look_alikes
from matching.plan import MatchPlan
from workbench.actions.cases.plans import NOT_KNOWN_CODES


def gains_of_study(pool: CasePool, plan: MatchPlan) -> tuple[StudyGain, ...]:
    """Whom each loosening of the plan gives a first candidate, the least one first.

    Raises MatchingRefused as pairing does.
    """
    return gains_for_study(prepare_pool(pool, replace(plan, narrative="")))


def cases_worth_a_look(pool: CasePool) -> tuple[LookAlike, ...]:
    """Pairs of the study's cases that may be one case, one child or siblings.

    Nothing is changed by it.
    """
    return look_alikes(
        (*pool.contemporary, *pool.historic), missing_values=NOT_KNOWN_CODES
    )
