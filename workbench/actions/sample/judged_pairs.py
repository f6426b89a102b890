"""The judgements of the sample: most by one judge, two cases by two and blind.

The lead asks for a second judge for those two cases and then goes on with one, so that
whoever opens the sample meets both ways and can open files alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coding.study import Person, Role
from data.importers.cases.plan_file import read_plan
from data.judging import GivenAs
from data.storage import StudyStore
from matching.judging.judgement import Suitability
from workbench.actions.cases.pairing import find_matches
from workbench.actions.sample.sample_files import file_rows, file_text

_BY_ONE = ""
_TOGETHER = "reconciled"


def pair_and_judge(store: StudyStore, people: Sequence[Person]) -> None:
    """Save the plan, find its matches, declare interests and give the judgements."""
    ids = {person.name: person.id for person in people}
    first = next(p for p in people if p.role is Role.PRACTITIONER_RESEARCHER)
    lead = next(p for p in people if p.role is Role.STUDY_LEAD)
    store.plans.save(first.id, read_plan(file_text("plan.toml"), "plan.toml"))
    pairing = find_matches(store, first)
    queue = {one.reference: one.id for one in store.pairings.queue()}
    for row in file_rows("interests.csv"):
        store.interests.declare(ids[row["judge"]], queue[row["case"]])
    judged = list(file_rows("judgements.csv"))
    for row in judged:
        if row["part"] == _BY_ONE:
            _give(store, ids[row["judge"]], pairing.id, queue, row)
    _ask_for_judges(store, lead.id, 2)
    for row in judged:
        if row["part"] != _BY_ONE:
            _give(store, ids[row["judge"]], pairing.id, queue, row)
    _ask_for_judges(store, lead.id, 1)


def _ask_for_judges(store: StudyStore, lead_id: str, judges: int) -> None:
    store.judging.set_judges(lead_id, judges, seen=store.judging.setting().number)


def _give(
    store: StudyStore,
    judge_id: str,
    pairing_id: str,
    queue: Mapping[str, str],
    row: Mapping[str, str],
) -> None:
    contemporary_id = queue[row["contemporary"]]
    listed = store.pairings.candidates(pairing_id, contemporary_id)
    partners = {one.candidate.historic_id: one.historic_id for one in listed}
    historic_id = partners[row["historic"]] if row["historic"] else ""
    suitability = Suitability(row["suitability"])
    if row["part"] == _TOGETHER:
        store.reconciling.save(
            judge_id,
            contemporary_id,
            historic_id=historic_id,
            suitability=suitability,
            rationale=row["rationale"],
        )
        return
    given_as = GivenAs.SECOND if row["part"] == "second" else GivenAs.FIRST
    verdicts = {
        partners[reference]: Suitability(verdict)
        for reference, _, verdict in (
            one.partition("=") for one in row["verdicts"].split("|") if one
        )
    }
    if verdicts and given_as is GivenAs.FIRST:
        store.judging.begin(judge_id, contemporary_id)
    store.judgements.save(
        judge_id,
        pairing_id=pairing_id,
        contemporary_id=contemporary_id,
        historic_id=historic_id,
        suitability=suitability,
        rationale=row["rationale"],
        given_as=given_as,
        verdicts=verdicts,
        shown=list(verdicts),
    )
