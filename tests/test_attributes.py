"""Who is who: a table of participants applied to transcripts already added."""

from __future__ import annotations

import pytest
from interview_desk import PRIYA, a_source, with_people

from data.problems import DataRefused
from data.storage import StudyStore
from workbench.actions.interviews.attributes import apply_attributes, read_attributes


@pytest.fixture
def store(empty_store: StudyStore) -> StudyStore:
    with_people(empty_store).sources.save("priya", [a_source(mappings=())])
    return empty_store


def _apply(store: StudyStore, rows: str):
    return apply_attributes(store, PRIYA, read_attributes("who.csv", rows.encode()))


def test_the_only_one_interviewed_is_the_participant_of_the_row(
    store: StudyStore,
) -> None:
    done = _apply(
        store,
        "file,participant,role,locality,years\nP07 wave 1.txt,Amira,Parent,East,3\n",
    )
    assert (done.participants, done.sources) == (1, 1)
    assert store.sources.summaries()[0].people == ("Amira",)
    (amira,) = store.study.participants()
    assert (amira.role, amira.locality) == ("Parent", "East")
    assert dict(amira.attributes) == {"years": "3"}


def test_two_labels_of_one_file_are_one_participant(empty_store: StudyStore) -> None:
    source = a_source(
        "P09 wave 1", "Denise: It was late.\n\nDensie: Very.", mappings=()
    )
    with_people(empty_store).sources.save("priya", [source])
    done = _apply(
        empty_store,
        "file,participant,speaker\n"
        "P09 wave 1,Denise,Denise\nP09 wave 1,Denise,Densie\n",
    )
    assert (done.participants, done.sources) == (1, 1)
    (summary,) = empty_store.sources.summaries()
    assert (summary.people, summary.unmapped) == (("Denise",), ())


def test_what_the_table_says_later_replaces_what_was_known(store: StudyStore) -> None:
    _apply(store, "file,participant,role\nP07 wave 1,Amira,Parent\n")
    _apply(store, "file,participant,role\nP07 wave 1,Amira,Kinship carer\n")
    (amira,) = store.study.participants()
    assert amira.role == "Kinship carer"


def test_rows_about_unknown_files_and_speakers_change_nothing(
    store: StudyStore,
) -> None:
    with pytest.raises(DataRefused) as refusal:
        _apply(
            store,
            "file,participant,speaker\nP07 wave 1,Amira,Dad\nP99,Bo,\n",
        )
    where = [problem.where for problem in refusal.value.problems]
    assert where == ["Row 2, speaker", "Row 3, file"]
    assert store.study.participants() == []
