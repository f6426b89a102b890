"""Who may do what: rights follow from the role a person has in the study."""

from __future__ import annotations

from enum import StrEnum

from coding.study import Person, Role
from data.problems import DataProblem, DataRefused


class Right(StrEnum):
    """A kind of change, in the words the refusal uses."""

    MANAGE_STUDY = "change the study and its people"
    IMPORT_CASES = "add cases"
    RECORD_SAMPLING = "record how cases were chosen"
    SET_PLAN = "choose what cases are matched on"
    JUDGE_PAIRS = "judge pairs"
    SET_COMPARISON = "change how progress is compared"
    SUPERVISE_JUDGEMENTS = "supervise judgements"
    COMPARE_WITHIN_CASES = "compare a case with itself"
    IMPORT_SOURCES = "add transcripts and other sources"
    EDIT_CODEBOOK = "change the codebook"
    HOLD_KEY = "hold the pseudonym key"
    CODE_SOURCES = "code transcripts"
    ASSIGN_CODERS = "say who codes what"
    IMPORT_INDICATORS = "add indicators"
    IMPORT_SURVEYS = "add survey results"
    WRITE_MEMOS = "write memos"
    DESIGN_STUDY = "change the study design"
    TELL_OF_FIELDWORK = "write about mini-projects and who was reached"
    WRITE_FINDINGS = "write what the study found"
    CONTRIBUTE_TO_DEBRIEF = "add to a debrief"
    ASK_FOR_RELEASE = "ask that something may leave the study"
    RELEASE = "release what leaves the study"
    MAKE_REPORTS = "make reports"
    RECORD_CONSENT = "record consent and withdraw people's material"
    ERASE = "erase what people gave"
    BACK_UP = "take a copy of the whole study"


_EVERYONE = {
    Right.WRITE_MEMOS,
    Right.CONTRIBUTE_TO_DEBRIEF,
    Right.MAKE_REPORTS,
    Right.TELL_OF_FIELDWORK,
}

_RIGHTS: dict[Role, set[Right]] = {
    Role.STUDY_LEAD: set(Right),
    Role.PRACTITIONER_RESEARCHER: {
        *_EVERYONE,
        Right.IMPORT_CASES,
        Right.RECORD_SAMPLING,
        Right.SET_PLAN,
        Right.JUDGE_PAIRS,
        Right.COMPARE_WITHIN_CASES,
    },
    Role.EMBEDDED_RESEARCHER: {
        *_EVERYONE,
        Right.IMPORT_CASES,
        Right.SET_PLAN,
        Right.SET_COMPARISON,
        Right.SUPERVISE_JUDGEMENTS,
        Right.IMPORT_SOURCES,
        Right.HOLD_KEY,
        Right.EDIT_CODEBOOK,
        Right.CODE_SOURCES,
        Right.ASSIGN_CODERS,
        Right.IMPORT_INDICATORS,
        Right.IMPORT_SURVEYS,
        Right.DESIGN_STUDY,
        Right.WRITE_FINDINGS,
        Right.RECORD_CONSENT,
        Right.ASK_FOR_RELEASE,
        Right.RELEASE,
        Right.BACK_UP,
    },
    Role.DEBRIEF_TEAM: {
        *_EVERYONE,
        Right.IMPORT_INDICATORS,
        Right.IMPORT_SURVEYS,
        Right.DESIGN_STUDY,
        Right.WRITE_FINDINGS,
        Right.ASK_FOR_RELEASE,
    },
}


def may(role: Role, right: Right) -> bool:
    """Whether a role carries a right.

    >>> may(Role.DEBRIEF_TEAM, Right.JUDGE_PAIRS)
    False
    """
    return right in _RIGHTS[role]


def roles_with(right: Right) -> list[Role]:
    """The roles that carry a right, in the order roles are listed."""
    return [role for role in Role if may(role, right)]


def roles_in_words(right: Right) -> str:
    """The roles that carry a right, as a refusal names them.

    >>> roles_in_words(Right.BACK_UP)
    'study lead, embedded researcher'
    """
    return ", ".join(role.in_words.lower() for role in roles_with(right))


def require_right(person: Person, right: Right) -> None:
    """Raise DataRefused, naming who could, where the person's role lacks the right."""
    if may(person.role, right):
        return
    raise DataRefused(
        [
            DataProblem(
                f"The role {person.role.in_words.lower()} cannot {right.value}.",
                "Your role in the study",
                f"Ask someone who can ({roles_in_words(right)}). Nothing was saved.",
            )
        ]
    )
