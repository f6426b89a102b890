"""Sources are saved whole, keep their text for ever, and know who speaks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interview_desk import WORDS, a_source, a_transcript, segment_of, with_people
from sqlalchemy import text as sql

from coding.study import Participant
from coding.transcripts import SourceKind, Transcript, Turn, normalise_text
from data.problems import DataRefused
from data.sources import NewSource, SpeakerMapping
from data.storage import StudyStore


@pytest.fixture
def store(empty_store: StudyStore) -> StudyStore:
    return with_people(empty_store)


def _refused(store: StudyStore, *sources: NewSource) -> list[str]:
    before = len(store.sources.summaries())
    with pytest.raises(DataRefused) as refusal:
        store.sources.save("priya", list(sources))
    assert len(store.sources.summaries()) == before
    return [problem.found for problem in refusal.value.problems]


def test_a_source_comes_back_as_it_was_saved(store: StudyStore) -> None:
    (source_id,) = store.sources.save("priya", [a_source()])
    stored = store.sources.read(source_id)
    assert stored is not None
    assert stored.transcript.text == WORDS
    assert [WORDS[t.start : t.end] for t in stored.transcript.turns] == [
        "Who came to the house?",
        "👩‍👩‍👧‍👦 The same worker came every week, and she asked.",
    ]
    assert stored.transcript.turns[0].speaker == "Interviewer"
    assert (stored.wave, stored.held_on) == ("Wave 1", "2025-05-03")
    people = {s.label: s for s in store.sources.speakers(source_id)}
    assert people["Interviewer"].is_interviewer
    assert people["Interviewer"].participant is None
    mum = people["Mum"].participant
    assert mum is not None
    assert (mum.pseudonym, mum.role) == ("Amira", "Parent")


def test_the_same_text_again_names_the_source_that_has_it(store: StudyStore) -> None:
    store.sources.save("priya", [a_source()])
    (found,) = _refused(store, a_source("Another name"))
    assert found == "The study already holds this text as 'P07 wave 1'."


def test_the_same_name_again_is_refused_letter_case_aside(store: StudyStore) -> None:
    store.sources.save("priya", [a_source()])
    (found,) = _refused(store, a_source("p07 WAVE 1", "Mum: Something else."))
    assert found == "The study already has a source called 'P07 wave 1'."


def test_two_files_of_one_choice_may_not_repeat_each_other(store: StudyStore) -> None:
    assert len(_refused(store, a_source("A"), a_source("B"))) == 1


def test_every_problem_is_told_and_nothing_is_saved(store: StudyStore) -> None:
    good = a_source("Good", "Mum: Fine.")
    unsound = replace(a_source("Late"), held_on="2025-02-30")
    outside = NewSource(
        Transcript("Short", SourceKind.INTERVIEW, "Hello", (Turn(1, 0, 50),))
    )
    found = _refused(store, good, unsound, outside)
    assert found == [
        "The date is not a day of the calendar.",
        "A turn lies outside the text.",
    ]


def test_a_group_discussion_wants_every_speaker_mapped(store: StudyStore) -> None:
    words = "Interviewer: Go on.\nAsh: Yes.\nBel: No."
    group = SourceKind.GROUP_DISCUSSION
    ash = SpeakerMapping("Ash", participant=Participant("", "Ash"))
    (found,) = _refused(store, a_source("Circle", words, kind=group, mappings=(ash,)))
    assert "1 stand for nobody yet: Bel" in found
    bel = SpeakerMapping("Bel", participant=Participant("", "Bel"))
    store.sources.save(
        "priya", [a_source("Circle", words, kind=group, mappings=(ash, bel))]
    )
    (summary,) = store.sources.summaries()
    assert summary.people == ("Ash", "Bel")


def test_one_pseudonym_is_one_person_over_the_waves(store: StudyStore) -> None:
    store.sources.save("priya", [a_source()])
    again = SpeakerMapping("Mum", participant=Participant("", "AMIRA", "Carer", "East"))
    store.sources.save(
        "priya",
        [a_source("P07 wave 2", "Mum: Later.", wave="Wave 2", mappings=(again,))],
    )
    (amira,) = store.study.participants()
    # What was known stays; what was not known is filled in.
    assert (amira.pseudonym, amira.role, amira.team) == ("Amira", "Parent", "East")
    assert [wave.name for wave in store.study.waves()] == ["Wave 1", "Wave 2"]


def test_waves_of_one_import_stand_in_the_order_of_their_numbers(
    store: StudyStore,
) -> None:
    named = ["Wave 10", "Wave 2", "Wave 1"]
    store.sources.save("priya", [a_source(w, f"Mum: In {w}.", wave=w) for w in named])
    assert [one.wave for one in store.sources.summaries()] == [
        "Wave 1",
        "Wave 2",
        "Wave 10",
    ]


def test_an_unmapped_speaker_is_listed_until_someone_says_who(
    store: StudyStore,
) -> None:
    (source_id,) = store.sources.save("priya", [a_source(mappings=())])
    assert store.sources.summaries()[0].unmapped == ("Mum",)
    mapping = SpeakerMapping("Mum", participant=Participant("", "Amira"))
    store.sources.map_speakers("priya", {source_id: [mapping]})
    (summary,) = store.sources.summaries()
    assert summary.unmapped == ()
    assert summary.people == ("Amira",)
    with pytest.raises(DataRefused):
        store.sources.map_speakers("priya", {source_id: [SpeakerMapping("Dad")]})


def test_equal_comments_are_two_people_but_not_a_whole_table_twice(
    store: StudyStore,
) -> None:
    def comments(file: str) -> list[NewSource]:
        return [
            NewSource(
                Transcript(
                    f"{file} {number}",
                    SourceKind.SURVEY_COMMENT,
                    "Thank you",
                    (Turn(1, 0, 9),),
                ),
                file_name=f"{file}.csv",
            )
            for number in (1, 2)
        ]

    store.sources.save("priya", comments("spring"))
    assert len(store.sources.summaries()) == 2
    (found,) = _refused(store, *comments("renamed"))
    assert found.startswith("All 2 comments are already in the study")


def test_a_text_changed_outside_is_not_read_as_if_it_were_the_same(
    store: StudyStore,
) -> None:
    (source_id,) = store.sources.save("priya", [a_source()])
    with store.database.engine.begin() as connection:
        connection.execute(sql("UPDATE source SET text = 'x' || text"))
    with pytest.raises(DataRefused, match="changed outside the workbench"):
        store.sources.read(source_id)


def test_who_may_not_add_sources_is_told_who_may(store: StudyStore) -> None:
    with pytest.raises(DataRefused, match="cannot add transcripts"):
        store.sources.save("di", [a_source()])
    assert store.sources.summaries() == []


def test_the_list_counts_what_each_source_holds(store: StudyStore) -> None:
    store.sources.save("priya", [a_source("Talk 10"), a_source("Talk 2", "Mum: Two.")])
    listed = store.sources.summaries()
    assert [one.name for one in listed] == ["Talk 2", "Talk 10"]
    assert (listed[1].turns, listed[1].words) == (2, 15)
    assert (listed[1].coded_passages, listed[1].waiting_suggestions) == (0, 0)
    assert listed[1].imported_by == "Priya Wetherall"


def test_the_audit_trail_counts_and_quotes_nothing(store: StudyStore) -> None:
    store.sources.save("priya", [a_source()])
    line = store.audit.lines(limit=1)[0]
    assert (line.action, line.person) == ("sources imported", "Priya Wetherall")
    assert dict(line.detail) == {"count": 1, "turns": 2}


def test_words_are_found_where_the_interview_says() -> None:
    # The counting the other tests rely on.
    assert segment_of("Who came").start == 13
    assert a_transcript().turns[1].start == 42


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    parts=st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_comes_back_letter_for_letter(
    store: StudyStore, parts: list[str]
) -> None:
    text = normalise_text("\n".join(parts))
    words = text.strip()
    if not words.split():
        return
    start = text.index(words)
    turn = Turn(1, start, start + len(words), "Mum")
    name = f"Source {len(store.sources.summaries())}"
    transcript = Transcript(name, SourceKind.SURVEY_COMMENT, text, (turn,))
    (source_id,) = store.sources.save("priya", [NewSource(transcript)])
    stored = store.sources.read(source_id)
    assert stored is not None
    assert stored.transcript.text == text
    assert stored.transcript.turns == (turn,)
