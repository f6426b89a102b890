"""What a case file holds: facts marked by when they were known, events, dated notes.

Matching itself reads only the facts known at referral and notes dated up to it
(:func:`case_at_referral`); events and outcomes are for the people who judge, and only
once a pair is locked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from matching.cases import Case, Era, KnownAt


@dataclass(frozen=True, slots=True)
class CaseField:
    """One column of case facts: its name, the words pages show, when it is known."""

    name: str
    title: str
    known: KnownAt


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One case as recorded: its reference, era and facts by field name, as text."""

    reference: str
    era: Era
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something that happened on a day (ISO date) in a case."""

    case_reference: str
    date: str
    event: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CaseNote:
    """A dated note (ISO date) in a case file."""

    case_reference: str
    date: str
    text: str


def _at_referral(name: str, title: str) -> CaseField:
    return CaseField(name, title, KnownAt.AT_REFERRAL)


STANDARD_FIELDS: tuple[CaseField, ...] = (
    _at_referral("child_id", "Child"),
    _at_referral("family_id", "Family"),
    _at_referral("referral_date", "Date of referral"),
    _at_referral("date_of_birth", "Date of birth"),
    _at_referral("sex", "Sex"),
    _at_referral("ethnicity", "Ethnicity"),
    _at_referral("disability", "Disability"),
    _at_referral("locality", "Locality"),
    _at_referral("primary_need", "Primary need"),
    _at_referral("presenting_issue", "Presenting issue"),
    _at_referral("secondary_issue", "Secondary issue"),
    _at_referral("referral_source", "Referral source"),
    CaseField("assessment_factors", "Assessment factors", KnownAt.DURING),
    _at_referral("previous_referrals", "Previous referrals"),
    _at_referral("household", "Household"),
    CaseField("closed_date", "Date closed", KnownAt.OUTCOME),
    CaseField("closure_reason", "Reason for closure", KnownAt.OUTCOME),
)
"""The fields whose headings are understood without a mapping, in file order."""

DERIVED_FIELDS: tuple[CaseField, ...] = (
    _at_referral("age_at_referral", "Age at referral"),
    _at_referral("referral_note", "Notes up to the referral"),
)
"""Fields worked out from the others; they exist for every case."""


def age_at_referral(date_of_birth: str, referral_date: str) -> str:
    """Age in years as text: days from birth to referral / 365.25, '' if unknown.

    Negative before birth, which is legal for an unborn child.

    >>> age_at_referral("2010-01-01", "2015-01-01")
    '4.999315537303217'
    >>> age_at_referral("", "2015-01-01")
    ''
    """
    try:
        days = (
            date.fromisoformat(referral_date) - date.fromisoformat(date_of_birth)
        ).days
    except ValueError:
        return ""
    return repr(days / 365.25)


def case_at_referral(
    record: CaseRecord, notes: Iterable[CaseNote], known: Mapping[str, KnownAt]
) -> Case:
    """The case as it was known on the day of referral, and nothing of later.

    Facts not marked *at referral* are left out, except those marked *during*, which a
    plan may admit only by a recorded override; outcomes never pass. ``referral_note``
    joins the notes dated up to the referral; an undated referral has none.
    """
    allowed = {KnownAt.AT_REFERRAL, KnownAt.DURING}
    values = {
        name: value
        for name, value in record.facts.items()
        if known.get(name, KnownAt.UNMARKED) in allowed
    }
    referred = values.get("referral_date", "")
    values["age_at_referral"] = age_at_referral(
        values.get("date_of_birth", ""), referred
    )
    values["referral_note"] = "\n\n".join(
        note.text
        for note in sorted(notes, key=lambda n: n.date)
        if referred and note.date <= referred
    )
    return Case(record.reference, record.era, values)
