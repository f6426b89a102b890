"""A small study with cases held across the start of the practice, on 1 April 2024."""

from __future__ import annotations

from pathlib import Path

from case_desk import NAMES, a_plan, a_study_with_cases, some_fields

from coding.study import Person, Role
from data.storage import StudyStore
from matching.account import account_of
from matching.case_records import CaseEvent, CaseNote, CaseRecord
from matching.cases import Era
from matching.pairing import pair_cases
from matching.within_case import Split

SPLIT = Split("2024-04-01", least_days=90, most_days=180)
WHY = "Held by one team across the change."

# L1 may be chosen for C1 (need N1, 6.8 years, 468 days earlier); L2 for nobody.
# L3 is of a need of its own too, and closed before the practice began.
TABLE = """
L1  historic  2023-02-01  2016-05-01  N1  Sallowby  1  2025-01-31  RC7
L2  historic  2023-03-01  2014-05-01  N5  Ormwick   0  -           -
L3  historic  2023-03-02  2014-05-01  N6  Ormwick   0  2024-01-10  RC8
"""


def long_held_records() -> list[CaseRecord]:
    """The three cases of the table; a dash is a gap."""
    records = []
    for line in TABLE.strip().splitlines():
        reference, era, *values = line.split()
        facts = {n: v for n, v in zip(NAMES, values, strict=True) if v != "-"}
        records.append(CaseRecord(reference, Era(era), facts))
    return records


def long_held_events() -> list[CaseEvent]:
    """What happened: in the 180 days before and after, and one of L1 long before.

    C2 and C3 can be split on 1 October 2024.
    """
    return [
        CaseEvent("L1", "2023-02-02", "Duty visit", "Beyond the span"),
        CaseEvent("L1", "2023-11-15", "Step up", "Letter before proceedings"),
        CaseEvent("L1", "2024-02-01", "Plan review", "Third worker"),
        CaseEvent("L1", "2024-05-02", "Plan review", "Grandfather came"),
        CaseEvent("L1", "2024-07-11", "Family group conference", "Zoë’s own list"),
        CaseEvent("L1", "2025-01-31", "Closure", ""),
        CaseEvent("L2", "2024-01-10", "Plan review", ""),
        CaseEvent("L2", "2024-06-30", "Contact", ""),
        CaseEvent("L2", "2024-07-09", "Contact", "The last thing on file"),
        CaseEvent("L3", "2024-01-09", "Contact", ""),
        *(
            CaseEvent(case, day, "Plan review", "")
            for case in ("C2", "C3")
            for day in ("2024-09-03", "2024-11-05")
        ),
    ]


def long_held_notes() -> list[CaseNote]:
    """Two notes of L1, one on each side of the split."""
    return [
        CaseNote("L1", "2024-02-01", "Would not read the letter."),
        CaseNote("L1", "2024-05-02", "Asked where I had it wrong. In two places."),
    ]


def a_study_with_long_held(
    path: Path, *, matched: bool = False, **plan_changes: object
) -> tuple[StudyStore, Person, Person]:
    """The study, its lead Ama, and Pat who is a practitioner researcher."""
    store, lead = a_study_with_cases(path)
    store.cases.save(
        lead.id,
        fields=some_fields(),
        records=long_held_records(),
        events=long_held_events(),
        notes=long_held_notes(),
    )
    if matched:
        plan = store.plans.save(lead.id, a_plan(**plan_changes))
        pairing = pair_cases(store.cases.case_pool(), plan.plan)
        store.pairings.save(lead.id, plan.id, pairing, account=account_of(pairing))
    pat = store.study.add_person(
        lead.id, Person("", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    return store, lead, pat
