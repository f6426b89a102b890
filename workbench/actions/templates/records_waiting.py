"""What waits of interview records, over all analysis templates in use."""

from __future__ import annotations

from dataclasses import dataclass

from coding.study import Person
from data.storage import StudyStore
from workbench.actions.templates.completeness_reading import read_study


@dataclass(frozen=True, slots=True)
class RecordsWaiting:
    """How many records are wanted, one of each interview for each template in use.

    A template counts once it is published. ``begun`` are neither complete nor empty;
    ``hidden`` may not be read now, and are waited for by nobody.
    """

    templates: int = 0
    wanted: int = 0
    complete: int = 0
    begun: int = 0
    hidden: int = 0

    @property
    def waiting(self) -> int:
        """How many can be filled in and are not complete."""
        return self.wanted - self.complete - self.hidden


def records_waiting(store: StudyStore, person: Person) -> RecordsWaiting:
    """What waits, as this person may read it."""
    published = [
        one for one in store.analysis_templates.templates() if one.newest is not None
    ]
    rows = [
        row
        for template in published
        for row in read_study(store, template, person, with_evidence=False).rows
    ]
    readable = [one for one in rows if not one.is_hidden]
    complete = sum(
        one.record is not None and one.completeness.is_complete for one in readable
    )
    return RecordsWaiting(
        len(published),
        len(rows),
        complete,
        sum(one.record is not None for one in readable) - complete,
        len(rows) - len(readable),
    )
