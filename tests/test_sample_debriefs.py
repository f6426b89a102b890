"""The sample's debriefs: a hypothesis that was challenged, a dissent, what is to do."""

from __future__ import annotations

from data.storage import StudyStore
from data.storage.debriefs.debrief_records import DebriefForm
from data.storage.debriefs.hypothesis_records import HypothesisStatus
from workbench.actions.debriefs.hypotheses import read_hypotheses
from workbench.actions.debriefs.minutes import evidence_on_the_table


def test_a_hypothesis_of_wave_1_was_challenged_in_wave_2(
    sample_study: StudyStore,
) -> None:
    near, risk, training = read_hypotheses(sample_study, None)
    assert near.hypothesis.status is HypothesisStatus.CHANGED
    assert [step.debrief_number for step in near.hypothesis.steps] == [1, 2]
    assert len(near.hypothesis.wordings) == 2
    assert (len(near.supports), len(near.against)) == (3, 4)
    assert all(one.note and one.stands for one in near.evidence)
    ((debrief, dissent),) = near.dissents
    assert (debrief.number, dissent.name) == (2, "Delroy Ashcombe")
    # One was searched for the contrary, and one still waits for it.
    assert (risk.nobody_looked, training.nobody_looked) == (False, True)


def test_minutes_of_wave_1_are_closed_with_what_was_known_then(
    sample_study: StudyStore,
) -> None:
    circle, second, first = sample_study.debriefs.debriefs()
    assert circle.form is DebriefForm.LEARNING_CIRCLE
    assert (circle.is_closed, second.is_closed, first.is_closed) == (True, False, True)
    (then,) = first.discussed
    assert then.status is HypothesisStatus.PUT_UP
    evidence = evidence_on_the_table(sample_study, first, None)[then.hypothesis_id]
    assert len(evidence) == 3
    assert all("wave 1" in one.now.name for one in evidence)


def test_of_two_actions_one_is_done_and_one_is_open(sample_study: StudyStore) -> None:
    _, second, first = sample_study.debriefs.debriefs()
    (done,) = first.actions
    (waits,) = second.actions
    assert not done.is_open
    assert sample_study.debriefs.actions.open_actions() == [waits]
    assert second.carried == (done,)
    (decision,) = sample_study.codebook_decisions.decisions()
    assert second.decisions == (decision.number,)
