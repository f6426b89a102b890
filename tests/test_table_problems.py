"""Every importer of a table says the same of the same fault."""

from __future__ import annotations

import pytest

from data.importers.cases.case_import import read_cases
from data.importers.cases.sampling_import import SAMPLING_HEADINGS, read_sampling
from data.importers.indicator_import import NEEDED as OF_INDICATORS
from data.importers.indicator_import import read_indicators
from data.importers.interviews.attributes_import import read_attributes
from data.importers.interviews.codebook_import import read_codebook
from data.importers.surveys.topline_import import NEEDED as OF_TOPLINES
from data.importers.surveys.topline_import import read_toplines
from data.problems import DataRefused

READERS = {
    "indicators": (read_indicators, OF_INDICATORS),
    "toplines": (read_toplines, OF_TOPLINES),
    "attributes": (read_attributes, ("file", "participant")),
    "codebook": (read_codebook, ("name", "definition")),
    "cases": (
        lambda name, content: read_cases([(name, content)], era="historic"),
        ("case_id", "referral_date"),
    ),
    "sampling": (
        lambda name, content: read_sampling([(name, content)], eras={}),
        SAMPLING_HEADINGS,
    ),
}


def _refusal(reader, content: str) -> list[tuple[str, str]]:
    with pytest.raises(DataRefused) as caught:
        reader("t.csv", content.encode())
    return [(one.where, one.found) for one in caught.value.problems]


@pytest.mark.parametrize("reader", READERS)
def test_a_table_of_headings_alone_is_told_in_the_same_words(reader) -> None:
    read, headings = READERS[reader]
    assert _refusal(read, ",".join(headings) + "\n") == [
        ("t.csv", "there is no row below the headings")
    ]


@pytest.mark.parametrize("reader", ["indicators", "toplines", "sampling"])
def test_missing_columns_are_told_in_the_same_words(reader) -> None:
    read, headings = READERS[reader]
    first, second, *_ = headings
    ((where, found),) = [
        one for one in _refusal(read, f"{first}\nx\n") if second in one[1]
    ]
    assert where == "t.csv"
    assert found.startswith(f"there is no column {second} or ")
    assert found.endswith(f"; there are {first}")
