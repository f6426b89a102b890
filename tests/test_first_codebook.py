"""The codebook that the sample study starts with keeps its own rules."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import data

FILE = Path(data.__file__).parent / "sample_study" / "codebook.csv"


def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert len(read) > 12
    return read


def test_columns_are_those_an_import_expects() -> None:
    assert list(rows()[0]) == [
        "name",
        "parent",
        "definition",
        "include",
        "exclude",
        "cues",
        "examples",
        "near_miss",
    ]


def test_names_are_distinct_and_parents_are_named_before_their_codes() -> None:
    seen: list[str] = []
    for row in rows():
        assert row["parent"] in ("", *seen)
        assert row["name"] not in seen
        seen.append(row["name"])
    assert sum(not row["parent"] for row in rows()) == 5


def test_each_code_says_in_two_sentences_what_it_is_and_when_to_use_it() -> None:
    for row in rows():
        assert len(re.findall(r"\.(?: |$)", row["definition"])) == 2, row["name"]
        assert row["include"].startswith(("Use ", "Code ")), row["name"]
        assert row["exclude"].startswith("Do not use "), row["name"]


def test_each_code_under_a_heading_has_cues_an_example_and_a_near_miss() -> None:
    for row in rows():
        cues = row["cues"].split("|") if row["cues"] else []
        if not row["parent"]:
            assert (cues, row["examples"], row["near_miss"]) == ([], "", "")
            continue
        assert 3 <= len(cues) <= 8, row["name"]
        assert len({cue.casefold() for cue in cues}) == len(cues)
        assert all(cue == cue.strip() for cue in cues)
        assert row["examples"].endswith(".")
        assert row["near_miss"].endswith(".)"), "says why it only comes near"
