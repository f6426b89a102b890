"""Evidence is found by words, codes and themes, and told with whose words it is."""

from __future__ import annotations

import pytest
from debrief_study import INDICATORS
from debrief_table import a_table
from interview_desk import with_people
from two_coders import as_coded_blind, both_through

from coding.problems import CodingRefused
from data.storage import StudyStore
from data.storage.coders.coder_records import Decision
from data.storage.evidence.evidence_records import (
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
)
from workbench.actions.evidence import choices


def _person(store: StudyStore, person_id: str):
    found = store.study.person(person_id)
    assert found is not None
    return found


def test_a_passage_is_found_by_its_own_words_alone(empty_store: StudyStore) -> None:
    a_table(empty_store)
    di = _person(empty_store, "di")
    (one,) = choices.passages(empty_store, di, words="worker").choices
    assert one.words == "The same worker came every week"
    assert one.name == "P07 wave 1, turn 2, under Same worker"
    assert one.whose == "Amira, parent"
    # In the same turn, and not in the passage.
    found = choices.passages(empty_store, di, words="asked")
    assert found.choices == ()
    assert "No coded passage has that" in found.in_words
    with pytest.raises(CodingRefused):
        choices.passages(empty_store, di, words='"worker')


def test_a_source_coded_blind_is_not_offered(empty_store: StudyStore) -> None:
    a_table(empty_store)
    (source,) = [one.id for one in empty_store.sources.summaries()]
    as_coded_blind(empty_store, source)
    di = _person(empty_store, "di")
    assert choices.passages(empty_store, di, words="worker").choices == ()


def test_of_a_settled_source_what_was_agreed_is_offered(
    empty_store: StudyStore,
) -> None:
    source, same, _ = both_through(empty_store)
    store, tom = empty_store, _person(empty_store, "tom")
    each = choices.passages(store, tom, code_id=same).choices
    store.settling.take_over_alike("tom", source)
    for one in store.settling.read(source).undecided:
        store.settling.decide(
            "tom", source, one.key, Decision.NEITHER, rationale="Said in passing."
        )
    assert choices.passages(store, tom, code_id=same).choices == each
    store.settling.close("tom", source)
    (agreed,) = choices.passages(store, tom, words="every week").choices
    assert agreed.thing_id in {one.id for one in store.settling.read(source).agreed}
    assert agreed.thing_id not in {one.thing_id for one in each}
    hypothesis = store.hypotheses.put_up("tom", "It helps.", "Said.").id
    place = Holder(HolderKind.HYPOTHESIS, hypothesis)
    store.evidence.link("tom", place, [NewEvidence(agreed.kind, agreed.thing_id)])
    (linked,) = store.evidence.of(place, reader_id="tom")
    assert linked.thing_id == agreed.thing_id


def test_figures_are_found_with_their_values(empty_store: StudyStore) -> None:
    with_people(empty_store)
    empty_store.indicators.save("priya", INDICATORS)
    found = choices.indicator_values(empty_store)
    assert [one.in_words for one in found[("Referrals", "North")]] == [
        "2014/15 Q1: 40 count",
        "2014/15 Q2: no value",
        "2014/15 Q3: 31 count",
    ]
    one = found[("Referrals", "South")][1]
    holder = Holder(HolderKind.HYPOTHESIS, "h")
    empty_store.evidence.link("di", holder, [NewEvidence(one.kind, one.thing_id)])
    (linked,) = empty_store.evidence.of(holder, reader_id="di")
    assert (linked.now.name, linked.now.words) == (
        "Referrals, South, 2014/15 Q2",
        "12 count",
    )


def test_every_kind_that_is_offered_can_be_linked(sample_study: StudyStore) -> None:
    person = next(
        one for one in sample_study.study.people() if one.name.startswith("Fionnuala")
    )
    figures = {
        EvidenceKind.INDICATOR: choices.indicator_values(sample_study),
        EvidenceKind.SURVEY: choices.survey_answers(sample_study),
    }
    offered = [next(iter(groups.values()))[0] for groups in figures.values()]
    for kind in (
        EvidenceKind.PAIR,
        EvidenceKind.MEMO,
        EvidenceKind.DECISION,
        EvidenceKind.HYPOTHESIS,
    ):
        offered += choices.written_things(sample_study, person, kind)
    theme = next(
        one
        for one, words in choices.themes_and_codes(sample_study).items()
        if words.startswith("Working across agencies (")
    )
    found = choices.passages(sample_study, person, code_id=theme)
    offered += found.choices[:20]
    # People take turns: as many voices as there are come before anybody's second.
    first = [one.whose for one in found.choices[: found.people]]
    assert found.people > 5
    assert len(set(first)) == len(first)
    holder = Holder(HolderKind.FINDING, "f")
    linked = sample_study.evidence.link(
        person.id, holder, [NewEvidence(one.kind, one.thing_id) for one in offered]
    )
    assert linked == len(offered)
    assert {one.kind for one in offered} > set(figures)
    assert all(one.stands for one in sample_study.evidence.of(holder))
