"""Adding sources: what a file is understood as, who is proposed, what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from interview_desk import PRIYA, with_people

from coding.study import Participant
from coding.transcripts import SourceKind
from data.problems import DataRefused
from data.sources import NewSource
from data.storage import StudyStore
from workbench.actions.interviews import sources
from workbench.actions.interviews.sources import ReadFile, WhoWrote

INTERVIEW = (
    "Interviewer: How did it start?\n\n"
    "Denise: With a phone call.\n\n"
    "Interviewer: And then?\n\n"
    "Densie: Nothing for weeks.\n\n"
    "Denise: Nothing at all.\n"
)


def _read(words: str, name: str = "P07 wave 2.txt") -> ReadFile:
    return sources.read_file(name, words.encode("utf-8"))


@pytest.fixture
def store(empty_store: StudyStore) -> StudyStore:
    return with_people(empty_store)


def test_a_file_says_what_was_understood_before_anything_is_saved() -> None:
    file = _read(INTERVIEW)
    assert file.in_words == "5 turns, 3 speakers, 16 words"
    assert file.transcript is not None
    assert file.transcript.kind is SourceKind.INTERVIEW


def test_a_file_that_cannot_be_read_leaves_the_others_readable() -> None:
    good, bad = sources.read_files([("a.txt", INTERVIEW.encode()), ("b.txt", b"   \n")])
    assert good.transcript is not None
    assert bad.transcript is None
    assert bad.problems


def test_three_who_answer_are_taken_for_a_group_and_none_for_notes() -> None:
    group = "Facilitator: So?\nAsh: Yes.\nBel: No.\nCal: Maybe.\nAsh: Yes.\nBel: No."
    transcript = _read(group).transcript
    assert transcript is not None
    assert transcript.kind is SourceKind.GROUP_DISCUSSION
    notes = _read("The room is cold today.\n\nNobody has come yet.").transcript
    assert notes is not None
    assert notes.kind is SourceKind.OBSERVATION


def test_a_misspelt_label_is_proposed_as_the_person_it_resembles() -> None:
    transcript = _read(INTERVIEW).transcript
    assert transcript is not None
    proposed = sources.propose_mappings(transcript, [])
    assert [(m.label, m.participant and m.participant.pseudonym) for m in proposed] == [
        ("Interviewer", None),
        ("Denise", "Denise"),
        ("Densie", "Denise"),
    ]
    assert proposed[0].is_interviewer


def test_a_known_pseudonym_is_that_participant() -> None:
    transcript = _read(INTERVIEW).transcript
    assert transcript is not None
    known = Participant("p1", "DENISE", "Social worker")
    assert sources.propose_mappings(transcript, [known])[1].participant == known


def test_a_role_as_label_does_not_join_two_transcripts_people() -> None:
    words = "Interviewer: Well?\nParent: Fine.\nInterviewer: And?\nParent: Good."
    found = []
    for name in ("first.txt", "second.txt"):
        transcript = _read(words, name).transcript
        assert transcript is not None
        participant = sources.propose_mappings(transcript, [])[1].participant
        assert participant is not None
        assert participant.role == "Parent"
        found.append(participant.pseudonym)
    assert found == ["Parent, first", "Parent, second"]


def _comments(rows: str, name: str = "spring survey.csv"):
    return sources.read_comments(name, rows.encode("utf-8"))


def test_comments_become_small_sources_of_one_person_each(store: StudyStore) -> None:
    table = _comments("id,role,comment\n1,Parent,Thank you\n2,Carer,They listened\n")
    new = sources.comment_sources(table, "spring survey.csv", wave="Wave 1")
    sources.import_sources(store, PRIYA, new)
    listed = store.sources.summaries()
    assert [one.people for one in listed] == [
        ("spring survey 1",),
        ("spring survey 2",),
    ]
    assert {one.wave for one in listed} == {"Wave 1"}
    roles = {one.pseudonym: one.role for one in store.study.participants()}
    assert roles == {"spring survey 1": "Parent", "spring survey 2": "Carer"}


def test_comments_by_nobody_known_count_no_people(store: StudyStore) -> None:
    table = _comments("id,comment\n1,Thank you\n2,They listened\n")
    new = sources.comment_sources(table, "s.csv", who=WhoWrote.NOT_KNOWN)
    sources.import_sources(store, PRIYA, new)
    assert store.study.participants() == []
    assert store.sources.summaries()[0].unmapped == ("Respondent",)


def test_a_column_names_the_person_and_another_the_wave(store: StudyStore) -> None:
    table = _comments(
        "id,participant,survey,comment\n1,Amira,Spring,Thank you\n2,Amira,Autumn,Good\n"
    )
    assert sources.columns_of(table) == ["participant", "survey"]
    new = sources.comment_sources(
        table, "s.csv", who=WhoWrote.NAMED_IN_COLUMN, wave_column="survey"
    )
    sources.import_sources(store, PRIYA, new)
    assert [one.pseudonym for one in store.study.participants()] == ["Amira"]
    assert [one.wave for one in store.sources.summaries()] == ["Spring", "Autumn"]


def test_the_list_shows_a_table_of_comments_as_one_line(store: StudyStore) -> None:
    table = _comments("id,comment\n1,Thank you\n2,They listened\n")
    sources.import_sources(store, PRIYA, sources.comment_sources(table, "s.csv"))
    transcript = _read(INTERVIEW).transcript
    assert transcript is not None
    sources.import_sources(store, PRIYA, [NewSource(transcript, wave="Wave 2")])
    listed = sources.listed_by_wave(store.sources.summaries())
    assert list(listed) == ["Wave 2", ""]
    (together,) = listed[""]
    assert (together.name, together.count, together.words) == ("s.csv", 2, 4)
    assert together.people == ()


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("file", "count"), [("report-quotes.csv", 37), ("service-user-comments.csv", 57)]
)
def test_the_published_words_come_in_as_sources(
    store: StudyStore, shared_data: Path, file: str, count: int
) -> None:
    table = sources.read_comments(file, (shared_data / file).read_bytes())
    ids = sources.import_sources(store, PRIYA, sources.comment_sources(table, file))
    assert len(ids) == count
    (line,) = sources.listed_by_wave(store.sources.summaries())[""]
    assert line.count == count
    # The whole table a second time is no new evidence.
    with pytest.raises(DataRefused, match=f"All {count} comments are already"):
        sources.import_sources(
            store, PRIYA, sources.comment_sources(table, "renamed.csv")
        )
