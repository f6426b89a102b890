"""Minutes as a Word file, read back: everything on the table, dissent in its words."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from debrief_table import GUEST, PASSAGE, a_table, begun, link, now_read
from docx import Document

from data.exporters.debrief_report import report_as_word
from data.storage import StudyStore
from data.storage.debriefs.debrief_records import (
    DebriefForm,
    Meeting,
    NewAction,
    Texts,
)
from data.storage.evidence.evidence_records import Stance
from workbench.actions.debriefs.minutes_report import minutes_document

MADE = datetime(2025, 6, 10, 9, 30, tzinfo=UTC)


@pytest.fixture
def table(empty_store: StudyStore) -> tuple[StudyStore, str, str]:
    return (empty_store, *a_table(empty_store))


def _read_back(store: StudyStore, debrief_id: str) -> str:
    document = minutes_document(store, now_read(store, debrief_id), "Di Marsh", MADE)
    word = Document(io.BytesIO(report_as_word(document)))
    lines = [paragraph.text for paragraph in word.paragraphs]
    cells = [c.text for t in word.tables for row in t.rows for c in row.cells]
    return "\n".join([*lines, *cells])


def test_the_file_holds_the_whole_debrief(table) -> None:
    store, debrief, segment = table
    one = store.hypotheses.put_up("di", "They stay.", "Said.", debrief_id=debrief)
    link(store, one.id, segment, Stance.SUPPORTS)
    store.debriefs.agree("di", now_read(store, debrief).discussed[0], "It holds.")
    store.debriefs.contributions.dissent(
        "nell", debrief, "Not\nso.", "I was there.", hypothesis_id=one.id
    )
    store.debriefs.contributions.dissent(
        "di", debrief, "Too long.", "Three hours.", of=GUEST
    )
    store.debriefs.decide("priya", debrief, "Code turns", "Simpler")
    store.debriefs.actions.add("di", debrief, NewAction("Ask again", "nell"))
    store.debriefs.write("di", now_read(store, debrief), Texts("We met late."))
    store.debriefs.close("di", now_read(store, debrief))
    store.debriefs.contributions.note("nell", debrief, "It was June.")
    words = _read_back(store, debrief)
    for said in (
        "Debrief 1, Wave 1, 2 June 2025",
        "Nell Osei (practitioner researcher)",
        "Ms Fane (team manager)",
        "H1: They stay.",
        "It stood then as put up.",
        f"“{PASSAGE}” Amira, parent. [1] Her own words.",
        "Speaks against it: Nobody has looked for what speaks against it.",
        "Agreed: It holds.",
        "Dissent: Nell Osei (practitioner researcher). Not\nso.",
        "Why: I was there.",
        "Dissent: Ms Fane (team manager), written down by Di Marsh. Too long.",
        "D1: Code turns. Because: Simpler.",
        "Ask again",
        "Nell Osei, no date set. Open.",
        "We met late.",
        "Nell Osei: It was June.",
        "[1] P07 wave 1, turn 2, under Same worker",
    ):
        assert said in words, said
    assert words.index("Dissent: Nell") < words.index("Further dissent")


def test_what_was_added_later_is_told_apart_with_its_date(table) -> None:
    store, debrief, _ = table
    store.debriefs.close("di", now_read(store, debrief))
    store.debriefs.contributions.dissent("nell", debrief, "Not so.", "I read it again.")
    store.debriefs.contributions.note("nell", debrief, "It was June.")
    words = _read_back(store, debrief)
    assert "Dissent: Nell Osei (practitioner researcher), added on" in words
    assert "Added after the minutes were closed" in words


def test_a_search_stands_in_place_of_evidence_against(table) -> None:
    store, debrief, _ = table
    one = store.hypotheses.put_up("di", "They stay.", "Said.", debrief_id=debrief)
    store.hypotheses.record_search("priya", one.id, "All parents.", "2025-06-01")
    store.debriefs.close("di", now_read(store, debrief))
    store.hypotheses.record_search("priya", one.id, "Wave 2.", "2025-09-01")
    words = _read_back(store, debrief)
    assert (
        "Looked for and not found: Priya Wetherall, 1 June 2025. Where: All parents."
    ) in words
    # The one made later is none of these minutes.
    assert "Wave 2." not in words


def test_actions_carried_over_name_their_meeting(table) -> None:
    store, first, _ = table
    store.debriefs.actions.add("di", first, NewAction("Ask again", "nell"))
    words = _read_back(store, begun(store, "2025-09-01"))
    assert "Nell Osei, no date set. Open. From meeting 1." in words


def test_a_learning_circle_goes_out_in_its_short_form(table) -> None:
    store, _, _ = table
    circle = store.debriefs.begin(
        "di", Meeting(DebriefForm.LEARNING_CIRCLE, "2025-07-01", (), ("nell",))
    )
    said = Texts("", "They wait.", "Ring first.", "A call on day one.", "Nell")
    store.debriefs.write("di", now_read(store, circle), said)
    words = _read_back(store, circle)
    assert "Learning circle 2, 1 July 2025" in words
    for heading, text in (
        ("What we heard", "They wait."),
        ("What it means for practice", "Ring first."),
        ("What we will try", "A call on day one."),
        ("Who", "Nell"),
    ):
        assert f"{heading}\n{text}" in words
    assert "Hypotheses" not in words


def test_a_very_long_dissent_is_in_the_file_whole(table) -> None:
    store, debrief, _ = table
    why = " ".join(f"word{number}" for number in range(2_000))
    store.debriefs.contributions.dissent("nell", debrief, "Not so.", why)
    assert why in _read_back(store, debrief)
