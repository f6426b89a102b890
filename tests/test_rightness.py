"""How often the machine was right: counted from decisions, told with its base."""

from __future__ import annotations

import csv
import io
import uuid

import openpyxl
import pytest
from interview_desk import PRIYA, a_desk, a_suggestion, an_operation, segment_of
from two_coders import as_coded_blind

from coding.trusting.rates import Outcome
from data.exporters.report_document import INTERNAL_MARK
from data.storage import StudyStore
from workbench.actions.suggesting import rightness


@pytest.fixture
def decided(empty_store: StudyStore):
    """Of five suggestions one each: accepted, other edges, another code, rejected."""
    store, (source, same, heard) = empty_store, a_desk(empty_store)
    words = ("same worker", "came", "every week", "she asked", "The")
    proposed = [a_suggestion(one, same) for one in words]
    store.suggestions.replace_open("priya", {source: proposed}, engine="rules-1")
    ids = {one.suggestion.segment: one.id for one in store.suggestions.open_of(source)}

    def do(kind: str, words: str, **fields) -> None:
        if kind != "reject":
            fields["segment_id"] = str(uuid.uuid4())
        fields["suggestion_id"] = ids[segment_of(words)]
        store.coding.apply("priya", source, [an_operation(kind, **fields)])

    do("accept", "same worker")
    wider = segment_of("came every")
    do("accept", "came", start=wider.start, end=wider.end)
    do("instead", "every week", code_id=heard)
    do("reject", "she asked")
    store.coding.apply(
        "priya",
        source,
        [
            an_operation(
                "because",
                suggestion_id=ids[segment_of("she asked")],
                reason="passing",
                text="=cmd()",
            )
        ],
    )
    return store, source


def test_each_decision_counts_once_as_what_it_was(decided) -> None:
    store, _ = decided
    found = rightness.rightness(store, PRIYA)
    assert dict(found.overall.counts) == {
        Outcome.AS_IT_WAS: 1,
        Outcome.OTHER_EDGES: 1,
        Outcome.ANOTHER_CODE: 1,
        Outcome.REJECTED: 1,
        Outcome.WAITING: 1,
    }
    assert "5 suggestions so far, 4 decided and 1 waiting." in found.in_words
    assert "2 of 4 like this were accepted: too few to go by." in found.in_words
    assert list(found.by_coder) == ["Nobody yet", "Priya Wetherall"]
    assert found.by_code["Same worker"].reasons == {"passing": 1}
    assert len(found.by_month) == 2


def test_the_tables_go_out_as_csv_and_spreadsheet(decided) -> None:
    store, _ = decided
    found = rightness.rightness(store, PRIYA)
    text = rightness.rightness_file(store, PRIYA, found, ".csv").decode("utf-8-sig")
    heading, row = csv.reader(io.StringIO(text))
    assert heading[:3] == ["Code", "Proposed", "As they were"]
    assert row[:7] == ["Same worker", "5", "1", "1", "1", "1", "1"]
    book = openpyxl.load_workbook(
        io.BytesIO(rightness.rightness_file(store, PRIYA, found, ".xlsx"))
    )
    mark, *rows = book["Decisions"].values
    assert mark[0] == INTERNAL_MARK
    assert len(rows) == 5
    by_decision = {one[5]: one for one in rows[1:]}
    assert by_decision["with another code"][6] == "Being heard"
    assert by_decision["rejected"][7] == "It is only mentioned in passing"
    # What a coder typed stays words.
    assert by_decision["rejected"][8] == "=cmd()"
    assert book["Decisions"]["I6"].data_type == "s"


def test_a_blind_coder_reads_no_rate_of_what_is_hidden(decided) -> None:
    store, source = decided
    as_coded_blind(store, source)
    assert rightness.rightness(store, PRIYA).overall.proposed == 0
