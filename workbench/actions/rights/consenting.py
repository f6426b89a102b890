"""Recording what participants agreed to, and telling it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from coding.study import Person
from data.people_rights.consent import Answer, Consent, HowGiven, Use
from data.storage import StudyStore
from data.storage.people_rights.consent_storage import PersonTakingPart
from workbench.wording import counted, day_in_words

NOTHING_RECORDED = "No consent recorded"
NOT_TO_BE_QUOTED = "not to be quoted"
WORDS_KEPT_BACK = "(This person's words may not be quoted: read them in the workbench.)"
"""What stands in a report or a list of evidence in place of such words."""


def record_consent(
    store: StudyStore,
    person: Person,
    participant_id: str,
    answers: Mapping[Use, Answer],
    *,
    form_version: str = "",
    given_on: date | None = None,
    how: HowGiven | None = None,
    note: str = "",
    seen_id: str = "",
) -> Consent | None:
    """The record as kept, or nothing where the one that stands says the same."""
    return store.consent.record(
        person.id,
        Consent(
            participant_id,
            answers,
            form_version,
            given_on.isoformat() if given_on else "",
            how,
            note,
        ),
        seen_id=seen_id,
    )


def people_in_words(people: Sequence[PersonTakingPart]) -> str:
    """How many take part, without a record, not to be quoted, withdrawn: one line."""
    if not people:
        return "Nobody takes part yet. Participants come with the transcripts."
    parts = [f"{counted(len(people), 'participant')}."]
    missing = sum(one.consent is None for one in people)
    unquoted = sum(
        one.consent is not None and not one.consent.may_be_quoted for one in people
    )
    withdrawn = sum(one.is_withdrawn for one in people)
    if missing:
        parts.append(f"{missing} without a record of consent.")
    if unquoted:
        parts.append(f"{unquoted} not to be quoted.")
    if withdrawn:
        parts.append(f"{withdrawn} withdrawn.")
    return " ".join(parts)


def state_in_words(one: PersonTakingPart) -> str:
    """Where a participant stands, in a few words."""
    if one.is_withdrawn:
        return "Withdrawn"
    if one.consent is None:
        return NOTHING_RECORDED
    if one.consent.answers[Use.INTERVIEW] is Answer.NO:
        return "Said no to the use of the interview: withdraw it"
    return "Takes part" if one.consent.may_be_quoted else "Not to be quoted"


def record_in_words(consent: Consent) -> str:
    """Form, day, way and who recorded it, in a line."""
    parts = [
        f"Form {consent.form_version}" if consent.form_version else "",
        f"given on {day_in_words(consent.given_on)}" if consent.given_on else "",
        consent.how.value if consent.how else "",
        f"recorded by {consent.recorded_by}" if consent.recorded_by else "",
        f"on {consent.recorded_at.astimezone():%d/%m/%Y}"
        if consent.recorded_at
        else "",
    ]
    return ", ".join(filter(None, parts))
