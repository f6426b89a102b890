"""The steps of a case that progress is read from, and how a record names them.

Councils name one step in several ways; the usual ones are understood here and anything
else is left to the reader of the file.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Step(StrEnum):
    """A step of a case whose first day counts, in the order a case may take them."""

    DUTY_VISIT = "duty_visit"
    EARLY_HELP_ASSESSMENT = "early_help_assessment"
    ASSESSMENT_START = "assessment_start"
    STRATEGY_DISCUSSION = "strategy_discussion"
    FAMILY_GROUP_CONFERENCE = "family_group_conference"
    INITIAL_CONFERENCE = "initial_conference"
    ASSESSMENT_END = "assessment_end"
    PLAN_START = "plan_start"
    FIRST_REVIEW = "first_review"
    CLOSURE = "closure"

    @property
    def in_words(self) -> str:
        """The step as pages name it."""
        return _STEP_WORDS[self]


class Movement(StrEnum):
    """What may happen several times in a case and is counted."""

    ASSESSMENT = "assessment"
    STEP_UP = "step_up"
    STEP_DOWN = "step_down"
    CHANGE_OF_WORKER = "change_of_worker"
    RE_REFERRAL = "re_referral"

    @property
    def in_words(self) -> str:
        """What is counted, as pages name it."""
        return _MOVEMENT_WORDS[self]


_STEP_WORDS = {
    Step.DUTY_VISIT: "First visit",
    Step.EARLY_HELP_ASSESSMENT: "Early help assessment or recommendation",
    Step.ASSESSMENT_START: "Assessment started",
    Step.STRATEGY_DISCUSSION: "Strategy discussion",
    Step.FAMILY_GROUP_CONFERENCE: "Family group conference",
    Step.INITIAL_CONFERENCE: "Initial child protection conference",
    Step.ASSESSMENT_END: "Assessment ended",
    Step.PLAN_START: "Plan started",
    Step.FIRST_REVIEW: "First review of the plan",
    Step.CLOSURE: "Closed",
}
_MOVEMENT_WORDS = {
    Movement.ASSESSMENT: "Assessments",
    Movement.STEP_UP: "Steps up among the events",
    Movement.STEP_DOWN: "Steps down among the events",
    Movement.CHANGE_OF_WORKER: "Changes of worker among the events",
    Movement.RE_REFERRAL: "Re-referrals",
}

_STARTS = "(start(ed)?|began|opened)"
_ENDS = "(end(ed)?|finished|completed|authorised)"
_ASSESSMENT = "((single|social work|core|initial|child and family|c&f) )?assessment"
# Early help may be recommended or its assessment done; a start alone is neither.
_STEP_PATTERNS = {
    Step.DUTY_VISIT: r"(duty|first|initial) (home )?visit",
    Step.EARLY_HELP_ASSESSMENT: "early help (recommend(ed|ation)|assessment"
    f"( {_ENDS})?)",
    Step.ASSESSMENT_START: f"{_ASSESSMENT} {_STARTS}",
    Step.STRATEGY_DISCUSSION: r"strategy (discussion|meeting)",
    Step.FAMILY_GROUP_CONFERENCE: r"family group (conference|meeting)|fgc",
    Step.INITIAL_CONFERENCE: r"initial (child protection |cp )?conference|icpc",
    Step.ASSESSMENT_END: f"{_ASSESSMENT} {_ENDS}",
    Step.PLAN_START: f"((child protection|child in need|cp|cin) )?plan {_STARTS}",
    Step.FIRST_REVIEW: r"((first|plan|cin|child in need|cp|child protection) )?review"
    r"( (meeting|conference|child protection conference))?",
    Step.CLOSURE: r"(case )?clos(ed|ure)",
}
_MOVEMENT_PATTERNS = {
    Movement.STEP_UP: r"step(ped)?[ -]up",
    Movement.STEP_DOWN: r"step(ped)?[ -]down",
    Movement.CHANGE_OF_WORKER: r"(change of|new) (social |lead |key )?worker"
    r"|re-?allocat(ed|ion)|worker changed",
    Movement.RE_REFERRAL: r"re-?referr(al|ed)",
}


def step_of(event: str) -> Step | None:
    """The step an event's name stands for, letter case aside; nothing for any other.

    >>> step_of("Initial child protection conference").value, step_of("Contact")
    ('initial_conference', None)
    """
    return next((s for s, p in _STEP_PATTERNS.items() if _names(p, event)), None)


def movement_of(event: str) -> Movement | None:
    """What of the things counted an event's name stands for, if any.

    Assessments are counted from their starts and ends, not from a name alone.

    >>> movement_of("Re-referral").value, movement_of("Referral")
    ('re_referral', None)
    """
    return next((m for m, p in _MOVEMENT_PATTERNS.items() if _names(p, event)), None)


def _names(pattern: str, event: str) -> bool:
    return bool(re.fullmatch(pattern, " ".join(event.split()), re.IGNORECASE))
