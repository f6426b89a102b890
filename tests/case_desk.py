"""A small study for tests of the cases desk: three contemporary and four historic."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from coding.study import Person, Role, Study
from data.pairings import SavedPairing
from data.storage import StudyStore
from matching.account import account_of
from matching.case_records import (
    STANDARD_FIELDS,
    CaseEvent,
    CaseField,
    CaseNote,
    CaseRecord,
)
from matching.cases import Era, KnownAt
from matching.judging.judgement import Suitability
from matching.pairing import pair_cases
from matching.plan import Covariate, CovariateKind, MatchPlan, Window
from matching.sampling import SamplingRecord
from workbench.actions.cases.case_files import add_cases, read_case_files
from workbench.actions.cases.pairing import find_matches
from workbench.actions.cases.plans import read_plan_file, save_plan

HOUSING = CaseField("housing", "Housing", KnownAt.UNMARKED)

# reference, era, referral, birth, need, locality, previous, closed, reason
TABLE = """
C1  contemporary  2024-05-14  2017-02-20  N1  Sallowby     2  2024-11-22  RC7
C2  contemporary  2024-06-11  2012-06-03  N1  Copperhithe  0  2025-03-14  RC3
C3  contemporary  2024-07-25  2015-02-18  N4  Sallowby     0  -           -
H1  historic      2023-05-10  2016-03-01  N1  Sallowby     2  2023-12-19  RC4
H2  historic      2023-07-05  2014-10-07  N1  Ormwick      1  2024-01-12  RC8
H3  historic      2023-09-12  2011-04-26  N1  Copperhithe  -  2024-02-24  RC2
H4  historic      2024-02-27  2017-04-02  N1  Sallowby     2  2024-08-16  RC9
"""

NAMES = (
    "referral_date",
    "date_of_birth",
    "primary_need",
    "locality",
    "previous_referrals",
    "closed_date",
    "closure_reason",
)


def some_records() -> list[CaseRecord]:
    """The seven cases of the table; a dash is a gap."""
    records = []
    for line in TABLE.strip().splitlines():
        reference, era, *values = line.split()
        facts = {n: v for n, v in zip(NAMES, values, strict=True) if v != "-"}
        records.append(CaseRecord(reference, Era(era), {**facts, "housing": "rented"}))
    return records


def some_events() -> list[CaseEvent]:
    """Two things that happened to C1 and one to H1, all after referral but one."""
    return [
        CaseEvent("C1", "2024-05-14", "Referral", "From school"),
        CaseEvent("C1", "2024-09-02", "Family group conference", "Nan offered"),
        CaseEvent("H1", "2023-08-01", "Initial conference", "Plan for neglect"),
    ]


def some_notes() -> list[CaseNote]:
    """A note on the day of referral and a later one for C1, and one each for H1."""
    return [
        CaseNote("C1", "2024-05-14", "School is worried about mornings."),
        CaseNote("C1", "2024-11-18", "Attendance is up to ninety-four."),
        CaseNote("H1", "2023-05-09", "A neighbour rang about mornings."),
        CaseNote("H1", "2023-10-01", "Moved to an aunt in another town."),
    ]


def a_record(case_id: str = "C1", **changes: str) -> SamplingRecord:
    """How a case was chosen: on 4 June 2024, by Kim, every 9th of a list."""
    told = {
        "drawn_on": "2024-06-04",
        "drawn_by": "Kim",
        "drawn_from": "46 referrals, Sallowby",
        "rule": "every 9th from a random start",
    }
    return SamplingRecord(case_id, **{**told, **changes})


def some_fields() -> list[CaseField]:
    """The fields of the seven cases, housing not yet marked."""
    return [*(f for f in STANDARD_FIELDS if f.name in NAMES), HOUSING]


def a_study(path: Path) -> tuple[StudyStore, Person]:
    """An empty study and its lead."""
    store = StudyStore(path / "study.sqlite")
    store.study.found(Study("Autumn review", practice_start="2024-04-01"))
    return store, store.study.add_first_person(Person("", "Ama", Role.STUDY_LEAD))


def a_study_with_cases(path: Path) -> tuple[StudyStore, Person]:
    """A study that holds the seven cases with events and notes."""
    store, person = a_study(path)
    store.cases.save(
        person.id,
        fields=some_fields(),
        records=some_records(),
        events=some_events(),
        notes=some_notes(),
    )
    return store, person


def ids_of(store: StudyStore) -> dict[str, str]:
    """The study's own id of each case by reference."""
    return {case.reference: case.id for case in store.cases.listing()[1]}


def a_plan(**changes: object) -> MatchPlan:
    """Exact need, at most 548 days earlier, age within four years, area compared."""
    plan = MatchPlan(
        covariates=(
            Covariate("age_at_referral", CovariateKind.NUMBER, range=18.0, caliper=4.0),
            Covariate("locality", CovariateKind.CATEGORY),
            Covariate("previous_referrals", CovariateKind.NUMBER, range=4.0),
        ),
        exact=("primary_need",),
        window=Window("referral_date", 1, 548),
    )
    return replace(plan, **changes)  # type: ignore[arg-type]


def a_study_with_matches(path: Path) -> tuple[StudyStore, Person, SavedPairing]:
    """The seven cases paired by :func:`a_plan`.

    C1 (7.2 years) may have H1 (7.2) and H4 (6.9), H2 (8.7); C2 (12.0) may have H2
    (8.7) and H3 (12.4); C3 has a need of its own and nobody.
    """
    store, person = a_study_with_cases(path)
    plan = store.plans.save(person.id, a_plan())
    pairing = pair_cases(store.cases.case_pool(), plan.plan)
    saved = store.pairings.save(
        person.id, plan.id, pairing, account=account_of(pairing)
    )
    return store, person, saved


def a_study_judged_and_opened(path: Path) -> tuple[StudyStore, Person]:
    """The seven cases matched: C1 judged and opened with H1, C2 without match."""
    store, person = a_study_with_cases(path)
    save_plan(store, person, a_plan())
    pairing = find_matches(store, person)
    ids = ids_of(store)
    for one, other, suitability in (
        ("C1", "H1", Suitability.GOOD_MATCH),
        ("C2", "", Suitability.CANNOT_TELL),
    ):
        store.judgements.save(
            person.id,
            pairing_id=pairing.id,
            contemporary_id=ids[one],
            historic_id=ids.get(other, ""),
            suitability=suitability,
            rationale="They share need and area.",
            seconds_taken=240,
        )
    store.cases.case_file(person.id, ids["C1"])
    return store, person


def the_sample_study(path: Path) -> tuple[StudyStore, Person]:
    """A study with the cases that ship as a sample, matched by the sample's plan."""
    folder = Path(__file__).parents[1] / "data" / "sample_study"
    store, person = a_study(path)
    names = ("cases.csv", "events.csv", "notes.csv")
    files = [(name, (folder / name).read_bytes()) for name in names]
    add_cases(store, person, read_case_files(store, files))
    content = (folder / "plan.toml").read_bytes()
    save_plan(store, person, read_plan_file("plan.toml", content))
    find_matches(store, person)
    return store, person
