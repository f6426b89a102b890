"""What waits of findings and releases, for the study and for one person of it."""

from __future__ import annotations

from dataclasses import dataclass

from coding.study import Person
from data.rights import Right, may
from data.storage import StudyStore
from workbench.actions.findings.report_material import read_findings


@dataclass(frozen=True, slots=True)
class FindingsWaiting:
    """How many findings there are and how they stand, and which releases wait.

    ``changed`` were called final and have something to answer since: evidence that
    changed, above all. ``not_released`` stand as final, and no release holds them as
    they are worded now. ``for_person`` are requests this person may decide on, having
    not asked for them; ``for_others`` are those that wait for somebody else.
    """

    findings: int = 0
    drafts: int = 0
    changed: int = 0
    not_released: int = 0
    for_person: int = 0
    for_others: int = 0

    @property
    def standing(self) -> int:
        """How many are final, with nothing to answer."""
        return self.findings - self.drafts - self.changed


def findings_waiting(store: StudyStore, person: Person) -> FindingsWaiting:
    """What waits, as this person may know it."""
    findings = read_findings(store, person.id)
    left = store.releases.findings_left()
    asked = store.releases.waiting_asked_by()
    may_decide = may(person.role, Right.RELEASE)
    mine = [one for one in asked if may_decide and one != person.id]
    return FindingsWaiting(
        len(findings),
        sum(not read.finding.is_final for read in findings),
        sum(read.finding.is_final and bool(read.stops) for read in findings),
        sum(
            read.stands and (read.finding.id, read.finding.version) not in left
            for read in findings
        ),
        len(mine),
        len(asked) - len(mine),
    )
