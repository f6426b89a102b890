"""Withdrawing takes material out of analysis, and taking it back restores it."""

from __future__ import annotations

import pytest
from case_desk import a_study_judged_and_opened, a_study_with_matches, ids_of
from interview_desk import an_operation, segment_of
from rights_desk import ADA_ALONE, ADA_AMONG, BO_AMONG, GROUP, a_rights_desk, about

from coding.finding.search_words import read_search
from coding.study import Role
from data.people_rights.withdrawal import Kind, Reason
from data.problems import DataRefused
from data.sources import SpeakerMapping
from workbench.actions.together import theme_reading

TODAY = "2026-01-15"


def _withdraw(store, kind: str, label: str, who: str = "lead") -> None:
    store.withdrawals.withdraw(
        who, about(kind, label, store), Reason.PERSON_ASKED, TODAY
    )


def _found(store, words: str) -> int:
    search = read_search(words)
    return store.finding.turns(search, most=10).total


def _marks(store) -> set[tuple[str, int, int, str]]:
    return {
        (one.source_id, one.segment.start, one.segment.end, one.coder_id)
        for one in store.coding.segments()
    }


def test_a_person_withdrawn_leaves_themes_find_and_counts_and_comes_back(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    before = _marks(store)
    assert len(before) == 4
    assert (_found(store, "quangle"), _found(store, "wobbling")) == (1, 1)
    texts = [store.sources.read(ids[one]).transcript.text for one in ("alone", "group")]

    _withdraw(store, "participant", "Ada")

    # Of the group Tom's two codings reach into Bo's words, and stay in their places.
    left = _marks(store)
    assert left < before
    assert {one[0] for one in left} == {ids["group"]}
    assert {one[3] for one in left} == {"tom"}
    assert len(left) == 2
    assert (_found(store, "quangle"), _found(store, "wobbling")) == (0, 0)
    assert _found(store, "every single week") == 1
    assert [one.name for one in store.sources.summaries()] == ["Parents' group"]
    assert store.sources.summaries()[0].people == ("Bo",)
    assert [one.pseudonym for one in store.study.participants()] == ["Bo"]
    assert store.progress.counts().sources == 1
    themes = theme_reading.read_themes(store)
    assert themes.people == 1
    quoted = " ".join(q.words for one in themes.codes for q in one.quotations)
    assert BO_AMONG[:30] in quoted
    assert "wobbling" not in quoted
    assert "at all" not in quoted
    now = store.sources.read(ids["group"]).transcript.text
    assert len(now) == len(GROUP)
    assert "wobbling" not in now
    assert BO_AMONG in now

    store.withdrawals.take_back("lead", about("participant", "Ada", store))

    assert _marks(store) == before
    assert (_found(store, "quangle"), _found(store, "wobbling")) == (1, 1)
    assert texts == [
        store.sources.read(ids[one]).transcript.text for one in ("alone", "group")
    ]
    assert len(store.sources.summaries()) == 2


def test_a_source_withdrawn_is_read_and_coded_by_nobody_in_words(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    _withdraw(store, "source", "Ada at home")
    assert [one.name for one in store.sources.summaries()] == ["Parents' group"]
    where = segment_of(
        ADA_ALONE, store.sources.read(ids["group"]).transcript.text + ADA_ALONE
    )
    one = an_operation(
        "code",
        segment_id="late",
        start=where.start,
        end=where.end,
        code_id=ids["heard"],
    )
    with pytest.raises(DataRefused, match="withdrawn"):
        store.coding.apply("priya", ids["alone"], [one])
    # Ada goes on taking part in the group.
    assert [one.pseudonym for one in store.study.participants()] == ["Ada", "Bo"]


def test_words_of_a_withdrawn_person_cannot_be_coded_in_another_tab(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    _withdraw(store, "participant", "Ada")
    where = segment_of(ADA_AMONG, GROUP)
    one = an_operation(
        "code",
        segment_id="late",
        start=where.start,
        end=where.end,
        code_id=ids["heard"],
    )
    (done,) = store.coding.apply("priya", ids["group"], [one])
    assert "no spoken words" in done.found


def test_all_of_a_group_withdrawn_takes_the_group_out(empty_store):
    store = empty_store
    a_rights_desk(store)
    _withdraw(store, "participant", "Ada")
    _withdraw(store, "participant", "Bo")
    assert store.sources.summaries() == []
    assert store.coding.segments() == []
    assert _found(store, "every single week") == 0
    themes = theme_reading.read_themes(store)
    assert (themes.people, themes.sources) == (0, 0)
    store.withdrawals.take_back("lead", about("participant", "Bo", store))
    assert [one.name for one in store.sources.summaries()] == ["Parents' group"]
    assert _found(store, "every single week") == 1
    assert _found(store, "wobbling") == 0


def test_nobody_speaks_for_a_withdrawn_person_and_no_text_is_corrected(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    ada = store.study.participants()[0]
    _withdraw(store, "participant", "Ada")
    with pytest.raises(DataRefused, match="withdrew"):
        store.sources.map_speakers(
            "priya", {ids["group"]: [SpeakerMapping("Bo", participant=ada)]}
        )
    # Saving who is who leaves the label of who withdrew as it is.
    store.sources.map_speakers("priya", {ids["group"]: [SpeakerMapping("Ada")]})
    assert {one.label: one.participant for one in store.sources.speakers(ids["group"])}[
        "Ada"
    ] is not None
    source = store.sources.read(ids["group"])
    with pytest.raises(DataRefused, match="set aside"):
        store.corrections.correct(
            "priya",
            source.id,
            source.transcript,
            "typing",
            seen_sha256=source.transcript.sha256,
        )


def test_withdrawing_twice_or_tomorrow_or_without_the_right_is_refused(empty_store):
    store = empty_store
    a_rights_desk(store)
    ada = about("participant", "Ada", store)
    for day, why in (("2999-01-01", "ahead"), ("31/03/2026", "does not exist")):
        with pytest.raises(DataRefused, match=why):
            store.withdrawals.withdraw("lead", ada, Reason.PERSON_ASKED, day)
    with pytest.raises(DataRefused, match="Debrief team|debrief team"):
        store.withdrawals.withdraw("di", ada, Reason.PERSON_ASKED, TODAY)
    assert store.withdrawals.standing() == []
    _withdraw(store, "participant", "Ada", "priya")
    with pytest.raises(DataRefused, match="already"):
        _withdraw(store, "participant", "Ada")
    [stands] = store.withdrawals.standing()
    assert (stands.about.label, stands.recorded_by) == ("Ada", "Priya Wetherall")
    store.withdrawals.take_back("priya", ada)
    with pytest.raises(DataRefused, match="not withdrawn"):
        store.withdrawals.take_back("priya", ada)
    assert [one.taken_back_by for one in store.withdrawals.former()] == [
        "Priya Wetherall"
    ]


def test_a_withdrawn_case_is_matched_listed_and_judged_no_more(tmp_path):
    store, lead, saved = a_study_with_matches(tmp_path)
    ids = ids_of(store)
    store.withdrawals.withdraw(
        lead.id, about("case", "H1", store), Reason.PARENT_ASKED, TODAY
    )
    pool = store.cases.case_pool()
    assert [one.id for one in pool.historic] == ["H2", "H3", "H4"]
    listed = store.pairings.candidates(saved.id, ids["C1"])
    assert "H1" not in [one.candidate.historic_id for one in listed]
    assert len(listed) == 2
    assert store.cases.counts().historic == 3
    assert "H1" not in ids_of(store)
    store.withdrawals.withdraw(
        lead.id, about("case", "C1", store), Reason.PARENT_ASKED, TODAY
    )
    assert "C1" not in [one.reference for one in store.pairings.queue()]
    store.withdrawals.take_back(lead.id, about("case", "C1", store))
    store.withdrawals.take_back(lead.id, about("case", "H1", store))
    assert len(store.pairings.candidates(saved.id, ids["C1"])) == 3
    assert len(ids_of(store)) == 7
    store.close()


def test_a_pair_of_a_withdrawn_case_leaves_reports_and_its_file_shuts(tmp_path):
    store, lead = a_study_judged_and_opened(tmp_path)
    ids = ids_of(store)
    assert [one.historic_id for one in store.judgements.standing()] == [ids["H1"], ""]
    before = store.progress.counts()
    store.withdrawals.withdraw(
        lead.id, about("case", "H1", store), Reason.PARENT_ASKED, TODAY
    )
    assert [one.historic_id for one in store.judgements.standing()] == [""]
    assert store.progress.counts().pairs_locked == before.pairs_locked - 1
    with pytest.raises(DataRefused, match="withdrawn"):
        store.cases.case_file(lead.id, ids["H1"])
    store.withdrawals.take_back(lead.id, about("case", "H1", store))
    assert store.progress.counts() == before
    store.close()


def test_who_may_withdraw_and_erase_follows_the_role():
    from data.rights import Right, roles_with

    assert roles_with(Right.RECORD_CONSENT) == [
        Role.STUDY_LEAD,
        Role.EMBEDDED_RESEARCHER,
    ]
    assert roles_with(Right.ERASE) == [Role.STUDY_LEAD]


def test_what_the_study_does_not_have_is_said_in_words(empty_store):
    with pytest.raises(DataRefused, match="no case"):
        empty_store.withdrawals.find(Kind.CASE, "H-0999")
