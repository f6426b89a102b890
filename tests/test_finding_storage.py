"""Finding in a stored study: turns by words, passages by codes, nothing hidden."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from debrief_study import a_study_to_debrief
from interview_desk import WORDS, a_desk, a_source, a_transcript, code_words
from sqlalchemy import text
from two_coders import as_coded_blind

from coding.finding.code_relations import Relation
from coding.finding.search_words import read_search
from coding.study import Participant
from coding.transcripts import SourceKind
from data import migrations
from data.found_passages import PassageFilter, PassageQuery, PassagesFound
from data.rights import Right
from data.storage import StudyStore
from data.storage.database import StudyDatabase
from data.storage.finding.turn_index import forget_turns, index_turns


@pytest.fixture
def study(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    yield store
    store.close()


def _turns(store: StudyStore, typed: str) -> list[str]:
    found = store.finding.turns(read_search(typed), most=50)
    assert found.total == len(found.turns)
    return [f"{one.source_name}, {one.number}" for one in found.turns]


def _code(store: StudyStore, name: str) -> str:
    return store.codebook.codebook().named(name).id


def _find(store: StudyStore, first, relation=Relation.ALONE, second=(), **more):
    narrowed = more.pop("narrowed", PassageFilter())
    return store.finding.passages(
        PassageQuery(
            tuple(_code(store, one) for one in first),
            relation,
            tuple(_code(store, one) for one in second),
            narrowed=narrowed,
            **more,
        )
    )


def _words(store: StudyStore, found: PassagesFound) -> list[str]:
    return [one.words for one in store.finding.quoted(found.passages)]


# Words


def test_turns_are_found_by_word_phrase_beginning_and_what_is_left_out(study) -> None:
    assert _turns(study, "worker") == ["Group 1, 1", "Interview 1, 2"]
    assert _turns(study, '"one worker"') == ["Group 1, 1"]
    assert _turns(study, "worker not family") == ["Interview 1, 2"]
    assert _turns(study, "listen*") == ["Visit 1, 2"]
    assert _turns(study, "asked or listened") == [
        "Interview 1, 3",
        "Interview 2, 2",
        "Visit 1, 2",
    ]


def test_a_turn_comes_with_who_speaks_and_its_words_as_they_stand(study) -> None:
    (turn,) = study.finding.turns(read_search("HAS how"), most=5).turns
    assert turn.is_interviewer
    assert turn.participant is None
    (turn,) = study.finding.turns(read_search("remembered"), most=5).turns
    assert turn.participant.pseudonym == "Kestrel"
    source = study.sources.read(turn.source_id).transcript.text
    assert source[turn.start :].startswith(turn.words)
    assert turn.words.startswith("The same worker")


def test_people_are_counted_and_interviewers_are_nobody(study) -> None:
    found = study.finding.turns(read_search("worker or how"), most=1)
    assert (found.total, found.people, found.sources, len(found.turns)) == (3, 2, 2, 1)


def test_accents_and_emoji_do_not_hide_words(empty_store) -> None:
    words = "Interviewer: Où?\n\nMum: 👩‍👩‍👧‍👦 Zoë’s CAFÉ, naïve."
    a_desk(empty_store)
    empty_store.sources.save("priya", [a_source("P08", words)])
    assert _turns(empty_store, "zoe cafe NAIVE ") == ["P08, 2"]
    assert _turns(empty_store, "“zoë's café”") == ["P08, 2"]


def test_the_index_follows_words_that_are_replaced_and_removed(empty_store) -> None:
    source, _, _ = a_desk(empty_store)
    assert _turns(empty_store, "week") == ["P07 wave 1, 2"]
    transcript = empty_store.sources.read(source).transcript
    with empty_store.database.writing("priya", Right.IMPORT_SOURCES) as writing:
        forget_turns(writing.session, source)
        index_turns(
            writing.session,
            source,
            transcript.text.replace("week", "year"),
            transcript.turns,
        )
        writing.record("source corrected", "source", source)
    assert _turns(empty_store, "week") == []
    assert _turns(empty_store, "year") == ["P07 wave 1, 2"]


def test_a_corrected_transcript_is_found_by_its_new_words(empty_store) -> None:
    source, _, _ = a_desk(empty_store)
    read = empty_store.sources.read(source)
    empty_store.corrections.correct(
        "priya",
        source,
        a_transcript(words=WORDS.replace("every week", "every Monday")),
        "Misheard on the recording",
        seen_sha256=read.transcript.sha256,
    )
    assert _turns(empty_store, '"every week"') == []
    assert _turns(empty_store, '"every monday"') == ["P07 wave 1, 2"]


def test_erased_words_are_in_no_byte_of_the_index(empty_store, tmp_path) -> None:
    a_desk(empty_store)
    rare = "Interviewer: Who?\n\nMum: The zebrafinch sang."
    (source,) = empty_store.sources.save("priya", [a_source("P09", rare)])

    def leaves_traces() -> bool:
        with empty_store.database.engine.connect() as connection:
            blobs = connection.execute(text("SELECT block FROM turn_search_data"))
            words = connection.execute(text("SELECT words FROM turn_words"))
            return any(b"brafinch" in blob for (blob,) in blobs) or any(
                "zebrafinch" in row for (row,) in words
            )

    assert leaves_traces()
    with empty_store.database.writing("priya", Right.IMPORT_SOURCES) as writing:
        forget_turns(writing.session, source)
        writing.record("source removed", "source", source)
    assert not leaves_traces()
    assert _turns(empty_store, "week") == ["P07 wave 1, 2"]


def test_a_study_made_before_is_searched_after_its_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = command.upgrade
    file = tmp_path / "study.sqlite"
    with monkeypatch.context() as playing:
        # An earlier release, played: it knew nothing of searching.
        playing.setattr(command, "upgrade", lambda c, _head: upgrade(c, "0008"))
        database = StudyDatabase(file)
        migrations.bring_up_to_date(database)
        database.close()
    earlier = sqlite3.connect(file)
    earlier.executescript(
        "INSERT INTO person VALUES ('p', 'Robin', 'study_lead', 0, '2024-01-01', 1);"
        "INSERT INTO source (id, name, kind, held_on, file_name, text, text_sha256,"
        " word_count, revision, imported_by, imported_at) VALUES ('s', 'P01',"
        " 'interview', '', '', 'A: Où? Hello there', 'x', 2, 0, 'p', '2024-01-01');"
        "INSERT INTO turn VALUES ('s', 1, 3, 18, 'A', '');"
    )
    earlier.commit()
    earlier.close()
    store = StudyStore(file)
    assert _turns(store, "ou hello") == ["P01, 1"]
    assert _turns(store, "a") == []
    store.close()


def test_words_with_apostrophes_are_found_as_typed_after_an_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = command.upgrade
    file = tmp_path / "study.sqlite"
    with monkeypatch.context() as playing:
        playing.setattr(command, "upgrade", lambda c, _head: upgrade(c, "0015"))
        database = StudyDatabase(file)
        migrations.bring_up_to_date(database)
        database.close()
    earlier = sqlite3.connect(file)
    earlier.executescript(
        "INSERT INTO person VALUES ('p', 'Robin', 'study_lead', 0, '2024-01-01', 1);"
        "INSERT INTO source (id, name, kind, held_on, file_name, text, text_sha256,"
        " word_count, revision, imported_by, imported_at) VALUES ('s', 'P01',"
        " 'interview', '', '', 'A: Nobody’s telling us', 'x', 3, 0, 'p', '2024-01-01');"
        "INSERT INTO turn VALUES ('s', 1, 3, 22, 'A', '');"
        # As the release before folded it.
        "INSERT INTO turn_words (source_id, number, words)"
        " VALUES ('s', 1, 'nobody s telling us');"
    )
    earlier.commit()
    earlier.close()
    store = StudyStore(file)
    for typed in ("nobody's telling", '"nobody’s telling"', "nobody", "NOBODY*"):  # noqa: RUF001
        assert _turns(store, typed) == ["P01, 1"], typed
    assert _turns(store, "s") == []
    store.close()


# Codes


def test_a_code_is_found_with_people_and_without_headings_unless_named(study) -> None:
    found = _find(study, ["Same worker"])
    assert _words(study, found) == [
        "We keep a family with one worker where duty lets us",
        "The same worker came every week",
        "She is the only one who stayed with us",
    ]
    assert len(found.people) == 3
    assert found.by_nobody == 0
    quoted = study.finding.quoted(found.passages)[1]
    assert quoted.source_name == "Interview 1"
    assert quoted.wave == "Wave 1"
    assert quoted.found.turn_number == 2
    assert [one.pseudonym for one in quoted.participants] == ["Kestrel"]
    assert quoted.codes == ("Same worker",)


def test_someone_who_is_not_mapped_adds_no_people(study) -> None:
    found = _find(study, ["Being heard"])
    assert len(found.passages) == 4
    assert len(found.people) == 2
    assert found.by_nobody == 1


@pytest.mark.parametrize(
    ("narrowed", "places"),
    [
        (PassageFilter(waves=("Wave 2",)), ["Interview 2"]),
        (PassageFilter(waves=("",)), ["Visit 1"]),
        (PassageFilter(waves=("Wave 1", "")), ["Group 1", "Interview 1", "Visit 1"]),
        (PassageFilter(kinds=(SourceKind.GROUP_DISCUSSION,)), ["Group 1"]),
        (PassageFilter(roles=("Parent",)), ["Interview 1", "Interview 2"]),
        (PassageFilter(localities=("South",)), []),
        (PassageFilter(teams=("East team",)), ["Group 1"]),
        (PassageFilter(roles=("Parent",), teams=("East team",)), []),
        (PassageFilter(coder_ids=("nobody",)), []),
    ],
)
def test_passages_are_narrowed_down(study, narrowed, places) -> None:
    found = _find(study, ["Being heard"], narrowed=narrowed)
    assert [q.source_name for q in study.finding.quoted(found.passages)] == places


def test_any_attribute_narrows_down(study) -> None:
    lead = study.study.people()[0].id
    study.study.save_participants(
        lead, [Participant("", "Kestrel", "Parent", "", "North", {"age": "under 30"})]
    )
    young = PassageFilter(attributes={"age": ("under 30",)})
    others = PassageFilter(attributes={"age": ("",)})
    assert len(_find(study, ["Being heard"], narrowed=young).passages) == 2
    assert len(_find(study, ["Being heard"], narrowed=others).passages) == 1


def test_codes_near_each_other_in_the_same_source(study) -> None:
    for within, found in ((0, 0), (1, 1)):
        near = _find(
            study, ["Same worker"], Relation.NEAR, ["Continuity"], within=within
        )
        # "The same worker came every week" and "she remembered our names".
        assert len(near.passages) == found
    joined = _find(study, ["Same worker"], Relation.OR, ["Continuity"])
    assert len(joined.passages) == 4
    assert (
        _words(study, _find(study, ["Same worker"], Relation.NOT, ["Same worker"]))
        == []
    )


# What is hidden


def test_blind_coders_find_nothing_of_the_others(empty_store) -> None:
    source, same, heard = a_desk(empty_store)
    empty_store.coding.apply("priya", source, [code_words("The same worker", same)])
    empty_store.coding.apply("tom", source, [code_words("same worker came", heard)])
    as_coded_blind(empty_store, source)

    def coders(reader: str | None, first: str, relation: Relation, second: str):
        found = empty_store.finding.passages(
            PassageQuery((first,), relation, (second,)), reader_id=reader
        )
        return [one.coder_ids for one in found.passages]

    for relation in Relation:
        for first, second in ((same, heard), (heard, same)):
            assert coders(None, first, relation, second) == []
            for reader, own in (("priya", same), ("tom", heard)):
                found = coders(reader, first, relation, second)
                hides = relation in (Relation.AND, Relation.OVERLAPPING, Relation.NEAR)
                if hides or (first != own and relation is not Relation.OR):
                    assert found == []
                else:
                    assert found == [{reader}]
    assert coders("lead", same, Relation.AND, heard) == [{"priya", "tom"}]
