"""Minutes: who met, what was agreed and not; closed ones are only added to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from debrief_table import GUEST, PASSAGE, a_table, begun, link, now_read
from interview_desk import an_operation
from sqlalchemy import text

from coding.study import Person, Role
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.debriefs.checks import LONGEST_TEXT
from data.storage.debriefs.debrief_records import (
    Attender,
    DebriefForm,
    Meeting,
    NewAction,
    Texts,
)
from data.storage.debriefs.hypothesis_records import HypothesisStatus, NewStep
from data.storage.evidence.evidence_records import (
    EvidenceChange,
    Holder,
    HolderKind,
    Stance,
)


@pytest.fixture
def table(empty_store: StudyStore) -> tuple[StudyStore, str, str]:
    return (empty_store, *a_table(empty_store))


def _with_hypothesis(store: StudyStore, debrief_id: str, segment: str):
    one = store.hypotheses.put_up("di", "They stay.", "Said.", debrief_id=debrief_id)
    link(store, one.id, segment, Stance.SUPPORTS)
    return one


def test_a_debrief_is_read_as_it_was_begun(table) -> None:
    store, debrief_id, _ = table
    one = now_read(store, debrief_id)
    assert (one.number, one.form, one.held_on) == (1, DebriefForm.DEBRIEF, "2025-06-02")
    assert [wave.name for wave in one.waves] == ["Wave 1"]
    assert [who.in_words for who in one.attended] == [
        "Di Marsh (debrief team)",
        "Nell Osei (practitioner researcher)",
        "Ms Fane (team manager)",
    ]
    assert not one.is_closed


def test_texts_keep_what_they_said_before(table) -> None:
    store, debrief_id, _ = table
    store.debriefs.write("di", now_read(store, debrief_id), Texts("We met late."))
    store.debriefs.write("di", now_read(store, debrief_id), Texts("We met."))
    assert now_read(store, debrief_id).texts.notes == "We met."
    with store.database.reading() as session:
        kept = session.execute(text("SELECT field, words FROM debrief_words")).all()
    assert [tuple(row) for row in kept] == [("notes", "We met late.")]


def test_two_people_do_not_write_over_each_other(table) -> None:
    store, debrief_id, segment = table
    seen = now_read(store, debrief_id)
    store.debriefs.write("di", seen, Texts("Mine."))
    with pytest.raises(DataRefused, match="Someone else changed this"):
        store.debriefs.write("priya", seen, Texts("No, mine."))
    _with_hypothesis(store, debrief_id, segment)
    (on_table,) = now_read(store, debrief_id).discussed
    store.debriefs.agree("di", on_table, "It holds.")
    with pytest.raises(DataRefused, match="Someone else changed this"):
        store.debriefs.agree("priya", on_table, "It does not.")
    assert now_read(store, debrief_id).discussed[0].agreed == "It holds."


def test_closed_minutes_keep_how_things_stood(table) -> None:
    store, debrief_id, segment = table
    one = _with_hypothesis(store, debrief_id, segment)
    store.debriefs.close("di", now_read(store, debrief_id))
    later = NewStep(HypothesisStatus.CHANGED, "Wave 2.", "They come back.")
    store.hypotheses.step("di", one, later)
    evidence = store.evidence.of(Holder(HolderKind.HYPOTHESIS, one.id), reader_id="di")
    store.evidence.unlink("di", evidence[0].id)
    (then,) = now_read(store, debrief_id).discussed
    assert (then.statement, then.status.value) == ("They stay.", "put up")
    minutes = Holder(HolderKind.MINUTES, then.id)
    (kept,) = store.evidence.of(minutes, reader_id="di")
    assert (kept.now.words, kept.note) == (PASSAGE, "Her own words.")
    for change in (store.evidence.unlink, store.evidence.accept_change):
        with pytest.raises(DataRefused, match="minutes are closed"):
            change("di", kept.id)
    with pytest.raises(DataRefused, match="minutes are closed"):
        store.evidence.link("di", minutes, [])


def test_sealed_evidence_still_tells_what_became_of_it(table) -> None:
    store, debrief_id, segment = table
    _with_hypothesis(store, debrief_id, segment)
    store.debriefs.close("di", now_read(store, debrief_id))
    (source,) = [one.id for one in store.sources.summaries()]
    store.coding.apply("priya", source, [an_operation("uncode", segment_id=segment)])
    (then,) = now_read(store, debrief_id).discussed
    (kept,) = store.evidence.of(Holder(HolderKind.MINUTES, then.id), reader_id="di")
    assert kept.change is EvidenceChange.NO_LONGER_CODED


def test_nothing_in_closed_minutes_can_be_changed(table) -> None:
    store, debrief_id, segment = table
    one = _with_hypothesis(store, debrief_id, segment)
    store.debriefs.contributions.dissent("nell", debrief_id, "Not so.", "I was there.")
    store.debriefs.actions.add("di", debrief_id, NewAction("Ask again", "nell"))
    draft = now_read(store, debrief_id)
    number = store.codebook_decisions.decide("priya", "Code turns", "Simpler")
    store.debriefs.close("di", draft)
    closed = now_read(store, debrief_id)
    step = NewStep(HypothesisStatus.HELD, "Late.", "", debrief_id)
    meeting = Meeting(DebriefForm.DEBRIEF, "2025-06-03")
    for change in (
        lambda: store.debriefs.write("di", closed, Texts("Otherwise.")),
        lambda: store.debriefs.change_meeting("di", closed, meeting),
        lambda: store.debriefs.agree("di", closed.discussed[0], "Otherwise."),
        lambda: store.debriefs.discuss("di", debrief_id, one.id),
        lambda: store.debriefs.link_decision("di", debrief_id, number),
        lambda: store.debriefs.decide("priya", debrief_id, "Code turns", "Simpler"),
        lambda: store.debriefs.close("di", closed),
        lambda: store.debriefs.discard("di", closed),
        lambda: store.hypotheses.step("di", one, step),
        lambda: store.hypotheses.put_up("di", "X", "Y", debrief_id=debrief_id),
        lambda: store.debriefs.contributions.change_dissent(
            "nell", closed.dissents[0], "Is so.", "I was not."
        ),
        lambda: store.debriefs.contributions.take_back_dissent(
            "nell", closed.dissents[0]
        ),
        lambda: store.debriefs.actions.add("di", debrief_id, NewAction("More", "di")),
        lambda: store.debriefs.actions.change(
            "di", closed.actions[0], NewAction("Less", "di")
        ),
    ):
        with pytest.raises(DataRefused, match="minutes are closed"):
            change()
    after = now_read(store, debrief_id)
    assert replace(after, version=0) == replace(closed, version=0)


def test_closed_minutes_take_additions_with_their_date(table) -> None:
    store, debrief_id, _ = table
    store.debriefs.contributions.note("nell", debrief_id, "Before.")
    store.debriefs.close("di", now_read(store, debrief_id))
    store.debriefs.contributions.note("nell", debrief_id, "It was June, not May.")
    store.debriefs.contributions.dissent(
        "nell", debrief_id, "Not so.", "I read it again."
    )
    one = now_read(store, debrief_id)
    assert [(note.text, note.is_later) for note in one.notes] == [
        ("Before.", False),
        ("It was June, not May.", True),
    ]
    (dissent,) = one.dissents
    assert dissent.is_later
    assert one.closed_at < dissent.written_at


def test_everybody_who_took_part_may_dissent_in_their_own_words(table) -> None:
    store, debrief_id, segment = table
    one = _with_hypothesis(store, debrief_id, segment)
    store.debriefs.contributions.dissent(
        "nell", debrief_id, " Not so. ", "I was there.", hypothesis_id=one.id
    )
    store.debriefs.contributions.dissent(
        "di", debrief_id, "Half so.", "She said.", of=GUEST
    )
    mine, guests = now_read(store, debrief_id).dissents
    assert (mine.whose, mine.what) == ("Nell Osei (practitioner researcher)", "Not so.")
    assert guests.whose == "Ms Fane (team manager), written down by Di Marsh"
    assert now_read(store, debrief_id).dissents_on(one.id) == (mine,)


def test_who_was_not_there_does_not_dissent_nor_speak_for_others(table) -> None:
    store, debrief_id, _ = table
    for actor, of in (("priya", None), ("di", Attender("Kim", "Nobody"))):
        with pytest.raises(DataRefused, match="not among those who took part"):
            store.debriefs.contributions.dissent(actor, debrief_id, "No.", "So.", of=of)
    with pytest.raises(DataRefused, match="cannot write what the study found"):
        store.debriefs.contributions.dissent("nell", debrief_id, "No.", "So.", of=GUEST)
    store.study.add_person("lead", Person("abi", "Abi", Role.PRACTITIONER_RESEARCHER))
    with pytest.raises(DataRefused, match="cannot write what the study found"):
        store.debriefs.contributions.note("abi", debrief_id, "I heard of it.")
    assert now_read(store, debrief_id).dissents == ()


def test_a_dissent_is_changed_by_whose_it_is_alone(table) -> None:
    store, debrief_id, _ = table
    store.debriefs.contributions.dissent("nell", debrief_id, "Not so.", "I was there.")
    (mine,) = now_read(store, debrief_id).dissents
    with pytest.raises(DataRefused, match="Only whose dissent it is"):
        store.debriefs.contributions.change_dissent("di", mine, "Quite so.", "Well.")
    store.debriefs.contributions.change_dissent("nell", mine, "Not quite so.", mine.why)
    (mine,) = now_read(store, debrief_id).dissents
    assert mine.what == "Not quite so."
    store.debriefs.contributions.take_back_dissent("nell", mine)
    assert now_read(store, debrief_id).dissents == ()
    with store.database.reading() as session:
        kept = session.execute(text("SELECT words FROM debrief_words")).scalars().all()
    assert kept == ["Not so."]


def test_a_very_long_dissent_is_kept_whole_or_refused_whole(table) -> None:
    store, debrief_id, _ = table
    store.debriefs.contributions.dissent(
        "nell", debrief_id, "Not so.", "x" * LONGEST_TEXT
    )
    with pytest.raises(DataRefused, match=r"20,001 characters; 20,000 can be kept"):
        store.debriefs.contributions.dissent("nell", debrief_id, "No.", "x" * 20_001)
    (kept,) = now_read(store, debrief_id).dissents
    assert len(kept.why) == 20_000


def test_minutes_that_nobody_attended_are_not_closed(table) -> None:
    store, _, _ = table
    empty = store.debriefs.begin("di", Meeting(DebriefForm.DEBRIEF, "2025-06-02"))
    with pytest.raises(DataRefused) as refused:
        store.debriefs.close("di", now_read(store, empty))
    assert [one.found for one in refused.value.problems] == [
        "Nobody took part.",
        "No wave is named.",
    ]
    assert not now_read(store, empty).is_closed


def test_a_wave_without_interviews_can_be_debriefed(table) -> None:
    store, _, _ = table
    (empty,) = store.study.save_waves("priya", ["Wave 9"])
    meeting = Meeting(DebriefForm.DEBRIEF, "2025-06-02", (empty.id,), ("di",))
    debrief_id = store.debriefs.begin("di", meeting)
    store.debriefs.close("di", now_read(store, debrief_id))
    assert [wave.name for wave in now_read(store, debrief_id).waves] == ["Wave 9"]


def test_a_learning_circle_needs_no_wave_and_says_what_was_heard(table) -> None:
    store, _, _ = table
    circle = store.debriefs.begin(
        "di",
        Meeting(DebriefForm.LEARNING_CIRCLE, "2025-07-01", (), ("nell",)),
    )
    with pytest.raises(DataRefused, match="What we heard is empty"):
        store.debriefs.close("di", now_read(store, circle))
    said = Texts("", "They wait.", "Ring first.", "A call on day one.", "Nell, Ormwick")
    store.debriefs.write("di", now_read(store, circle), said)
    store.debriefs.close("di", now_read(store, circle))
    assert now_read(store, circle).texts == said


def test_an_action_may_be_without_date_and_not_without_owner(table) -> None:
    store, debrief_id, _ = table
    add = store.debriefs.actions.add
    add("di", debrief_id, NewAction("Ask two fathers", owner="Ms Fane"))
    add("di", debrief_id, NewAction("Read wave 1 again", "nell", due_on="2025-09-01"))
    with pytest.raises(DataRefused, match="Nobody is named"):
        add("di", debrief_id, NewAction("Something"))
    with pytest.raises(DataRefused, match="There is no day"):
        add("di", debrief_id, NewAction("Something", "di", due_on="31/02/2025"))
    assert [
        (a.what, a.owner, a.due_on) for a in store.debriefs.actions.open_actions()
    ] == [
        ("Read wave 1 again", "Nell Osei", "2025-09-01"),
        ("Ask two fathers", "Ms Fane", ""),
    ]


def test_its_owner_marks_an_action_done_after_the_minutes_closed(table) -> None:
    store, debrief_id, _ = table
    store.debriefs.actions.add("di", debrief_id, NewAction("Ask again", "nell"))
    store.debriefs.actions.add("di", debrief_id, NewAction("Ask others", "di"))
    store.debriefs.close("di", now_read(store, debrief_id))
    nells, dis = now_read(store, debrief_id).actions
    store.debriefs.actions.mark_done("nell", nells, "2025-06-20")
    with pytest.raises(DataRefused, match="cannot write what the study found"):
        store.debriefs.actions.mark_done("nell", dis, "2025-06-20")
    assert [one.id for one in store.debriefs.actions.open_actions()] == [dis.id]
    (done, _) = now_read(store, debrief_id).actions
    store.debriefs.actions.mark_done("nell", done, "")
    assert len(store.debriefs.actions.open_actions()) == 2


def test_open_actions_are_carried_into_the_next_meeting(table) -> None:
    store, first, _ = table
    for what in ("Done before", "Done after", "Never done"):
        store.debriefs.actions.add("di", first, NewAction(what, "nell"))
    before, after, _ = now_read(store, first).actions
    store.debriefs.actions.mark_done("nell", before, "2025-08-01")
    store.debriefs.actions.mark_done("nell", after, "2025-10-01")
    second = begun(store, "2025-09-01")
    carried = now_read(store, second).carried
    assert {one.what for one in carried} == {"Done after", "Never done"}
    assert now_read(store, first).carried == ()


def test_a_decision_is_made_in_the_log_and_linked(table) -> None:
    store, debrief_id, _ = table
    number = store.debriefs.decide(
        "priya", debrief_id, "Split Late notice", "Two ideas"
    )
    assert now_read(store, debrief_id).decisions == (number,)
    (decision,) = store.codebook_decisions.decisions()
    assert (decision.number, decision.words) == (number, "Split Late notice")
    with pytest.raises(DataRefused, match="cannot change the codebook"):
        store.debriefs.decide("di", debrief_id, "Merge", "One idea")
    with pytest.raises(DataRefused, match="There is no D9"):
        store.debriefs.link_decision("di", debrief_id, 9)
    store.debriefs.link_decision("di", debrief_id, number)
    assert now_read(store, debrief_id).decisions == (number,)


def test_who_left_the_study_stays_in_its_minutes(table) -> None:
    store, debrief_id, _ = table
    store.debriefs.contributions.dissent("nell", debrief_id, "Not so.", "I was there.")
    store.study.add_person("lead", Person("abi", "Abi Lund", Role.DEBRIEF_TEAM))
    (wave,) = store.study.waves()
    with_abi = Meeting(DebriefForm.DEBRIEF, "2025-06-02", (wave.id,), ("nell", "abi"))
    store.debriefs.change_meeting("di", now_read(store, debrief_id), with_abi)
    store.debriefs.actions.add("di", debrief_id, NewAction("Ask again", "abi"))
    with store.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM person WHERE id = 'abi'"))
    one = now_read(store, debrief_id)
    assert one.attended[1] == Attender("Abi Lund", "Debrief team")
    assert (one.actions[0].owner, one.actions[0].owner_id) == ("Abi Lund", "")
    store.debriefs.actions.mark_done("di", one.actions[0], "2025-06-20")
    store.debriefs.close("di", one)


def test_a_draft_begun_by_mistake_is_taken_away_and_one_with_work_is_not(table) -> None:
    store, debrief_id, _ = table
    mistake = begun(store)
    store.debriefs.discard("di", now_read(store, mistake))
    assert [one.id for one in store.debriefs.debriefs()] == [debrief_id]
    store.debriefs.contributions.note("nell", debrief_id, "I was late.")
    with pytest.raises(DataRefused, match="Something is written in it"):
        store.debriefs.discard("di", now_read(store, debrief_id))


def test_who_does_not_write_findings_does_not_keep_minutes(table) -> None:
    store, debrief_id, _ = table
    one = now_read(store, debrief_id)
    for refused in (
        lambda: begun_by(store, "nell"),
        lambda: store.debriefs.write("nell", one, Texts("Mine.")),
        lambda: store.debriefs.close("nell", one),
        lambda: store.debriefs.actions.add("nell", debrief_id, NewAction("A", "nell")),
    ):
        with pytest.raises(DataRefused, match="cannot write what the study found"):
            refused()


def begun_by(store: StudyStore, actor: str) -> str:
    """A debrief begun by that person."""
    return store.debriefs.begin(actor, Meeting(DebriefForm.DEBRIEF, "2025-06-02"))


def test_audit_lines_hold_no_words_of_minutes(table) -> None:
    store, debrief_id, segment = table
    _with_hypothesis(store, debrief_id, segment)
    store.debriefs.contributions.dissent(
        "nell", debrief_id, "Not so.", "Quite private."
    )
    store.debriefs.write("di", now_read(store, debrief_id), Texts("Very private."))
    store.debriefs.close("di", now_read(store, debrief_id))
    lines = [line for line in store.audit.lines() if line.about_id == debrief_id]
    assert lines[0].action == "minutes closed"
    assert len(lines) == 4
    assert "private" not in repr(lines)
