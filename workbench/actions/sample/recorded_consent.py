"""What the sample's participants agreed to, one of them not to be quoted."""

from __future__ import annotations

from coding.study import Person
from data.people_rights.consent import Answer, Consent, HowGiven, Use
from data.storage import StudyStore
from workbench.actions.sample.sample_files import file_rows


def record_consents(store: StudyStore, person: Person) -> None:
    """Record every row of ``consent.csv`` for the participant of that pseudonym."""
    ids = {one.pseudonym: one.id for one in store.study.participants()}
    for row in file_rows("consent.csv"):
        store.consent.record(
            person.id,
            Consent(
                ids[row["pseudonym"]],
                {use: Answer(row[use.value]) for use in Use},
                row["form_version"],
                row["given_on"],
                HowGiven(row["how"]),
                row["note"],
            ),
        )
