"""Every coding as one table: a row each, and nothing the reader may not see."""

from __future__ import annotations

import csv
import io

import pytest
from interview_desk import a_desk, code_words
from page_tests import open_page
from two_coders import as_coded_blind

from data.exporters.table_file import table_as_csv
from data.people_rights.consent import NOTHING_ASKED, Answer, Consent, Use
from data.storage import StudyStore
from workbench.actions.finding.codings_list import HEADINGS, codings_table


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str]:
    source, same, heard = a_desk(empty_store)
    empty_store.coding.apply("priya", source, [code_words("The same worker", same)])
    empty_store.coding.apply("tom", source, [code_words("The same worker", heard)])
    return empty_store, source


def test_each_coding_is_a_row_with_its_words_place_and_speaker(desk) -> None:
    store, source = desk
    written = table_as_csv(codings_table(store, "priya")).decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(written))
    assert tuple(first) == HEADINGS
    assert {first["Code"], second["Code"]} == {"Same worker", "Being heard"}
    assert {first["Coder"], second["Coder"]} == {"Priya Wetherall", "Tom Ibbotson"}
    read = store.sources.read(source)
    assert read is not None
    where = slice(int(first["Start"]), int(first["End"]))
    assert first["Words"] == read.transcript.text[where] == "The same worker"
    assert (first["Pseudonym"], first["Role"], first["Turn"]) == (
        "Amira",
        "Parent",
        "2",
    )


def test_words_of_whoever_may_not_be_quoted_stay_in_the_study(desk) -> None:
    store, source = desk
    amira = next(p for p in store.study.participants() if p.pseudonym == "Amira")
    said = {**NOTHING_ASKED, Use.QUOTATION: Answer.NO}
    store.consent.record("lead", Consent(amira.id, said))
    column = HEADINGS.index("Words")
    words = {row[column] for row in codings_table(store, "priya").rows}
    assert words == {"[not to be quoted]"}


def test_a_blind_coder_takes_their_own_alone(desk) -> None:
    store, source = desk
    as_coded_blind(store, source)
    (row,) = codings_table(store, "tom", source_id=source).rows
    assert row[HEADINGS.index("Coder")] == "Tom Ibbotson"


def test_both_files_are_offered_on_the_page(desk) -> None:
    store, _ = desk
    app = open_page("find_page", store.database.file or "", "priya", what="codes")
    assert not app.exception
    offered = [one.label for one in app.get("download_button")]
    assert offered == ["Download as .csv", "Download as .xlsx"]
