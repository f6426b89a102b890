"""`evaluate-suggestions`: figures of a coded table, and what is odd about it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from learning_study import CODES, turns

from data.importers.interviews.coded_table_import import read_coded_table
from data.problems import DataRefused
from workbench.command_line import main

FIGURES = {
    "coded_transcripts",
    "draws",
    "macro_f1",
    "micro_f1",
    "recall_at_1",
    "recall_at_3",
    "precision_suggested",
    "share_abstained",
    "calibration_error",
    "fit_seconds",
    "seconds_per_10000_words",
}
Rows = list[list[str]]


def _rows() -> Rows:
    names = {code.id: code.name for code in CODES}
    return [
        [
            turn.source_id,
            str(turn.number),
            turn.speaker,
            turn.text,
            "|".join(names[code] for code in sorted(codes)),
        ]
        for turn, codes in turns()
    ]


def _write(folder: Path, rows: Rows, *, codebook: str = "") -> tuple[Path, Path]:
    table, book = folder / "coded.csv", folder / "codebook.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["doc_id", "seq", "speaker", "text", "labels"])
        writer.writerows(rows)
    lines = ["name,parent,definition,include,exclude,cues,examples"] + [
        f'{c.name},,"{c.definition}",,,{"|".join(c.cues)},' for c in CODES
    ]
    book.write_text(codebook or "\n".join(lines), encoding="utf-8")
    return table, book


def _run(table: Path, book: Path, *more: str) -> Result:
    words = ["evaluate-suggestions", str(table), "--codebook", str(book), *more]
    return CliRunner().invoke(main, words)


def _answer(table: Path, book: Path, *more: str) -> dict[str, Any]:
    result = _run(table, book, "--json", *more)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def _found(told: dict[str, Any]) -> str:
    return " / ".join(one["found"] for one in told["warnings"])


@pytest.mark.language_model
def test_figures_for_each_number_of_coded_transcripts(tmp_path: Path) -> None:
    table, book = _write(tmp_path, _rows())
    told = _answer(table, book, "--coded-transcripts", "0,3,10", "--draws", "2")
    none, three = told["results"]
    assert set(none) == FIGURES
    assert (none["coded_transcripts"], three["coded_transcripts"]) == (0, 3)
    assert three["draws"] == 2
    assert three["micro_f1"] > none["micro_f1"] > 0
    assert three["seconds_per_10000_words"] > 0
    assert len(told["per_code"]) == 2 * len(CODES)
    row = told["per_code"][-2]
    assert row["code"] == "Outdoors"
    assert row["coded_transcripts"] == 3
    assert row["support"] > 0
    assert row["f1"] > 0.5
    assert told["stored"] == {}
    assert "at most 4 transcripts can be coded" in _found(told)
    again = _answer(table, book, "--coded-transcripts", "3", "--draws", "2")
    assert again["results"][0]["macro_f1"] == three["macro_f1"]
    other = _answer(
        table, book, "--coded-transcripts", "3", "--draws", "2", "--seed", "9"
    )
    assert other["results"][0]["macro_f1"] != three["macro_f1"]


@pytest.mark.shared_data
@pytest.mark.language_model
def test_with_nothing_coded_the_right_code_is_often_among_three(
    shared_data: Path,
) -> None:
    coded = shared_data / "trial" / "coded"
    table, book = coded / "serdif.csv", coded / "serdif-codebook.csv"
    told = _answer(table, book, "--coded-transcripts", "0", "--draws", "3")
    (none,) = told["results"]
    # A published baseline of cues and definitions alone reaches .43 to .44.
    assert none["recall_at_3"] > 0.45


@pytest.mark.language_model
def test_people_read_two_tables(tmp_path: Path) -> None:
    table, book = _write(tmp_path, _rows())
    result = _run(table, book, "--coded-transcripts", "0", "--draws", "1")
    assert result.exit_code == 0, result.output
    assert "coded | macro-F1 | micro-F1" in result.stdout
    assert "Outdoors | " in result.stdout


@pytest.mark.language_model
def test_whatever_is_odd_is_said_and_work_goes_on(tmp_path: Path) -> None:
    rows = [row for row in _rows() if row[0] == "a"][:12]
    for row in rows:
        row[3] = "Wir haben sehr lange auf eine Antwort gewartet"
    rows[0][4] = "Outdoors|Not a code"
    rows[1][4] = "Money"
    book = "name,cues\nOutdoors,\nMoney,\nMoneys,\n"
    told = _answer(*_write(tmp_path, rows, codebook=book), "--draws", "1")
    said = _found(told)
    assert told["status"] == "accepted_with_warnings"
    for words in (
        "“Not a code”",
        "not in the codebook",
        "there are 96 words in all",
        "English grammar words",
        "there is one transcript",
        "no code has a definition",
        "“Money”",
        "used once",
        "Money / Moneys: one letter apart",
    ):
        assert words in said
    assert [one["coded_transcripts"] for one in told["results"]] == [0, 1]


@pytest.mark.language_model
def test_ten_words_and_no_label_at_all_crash_nothing(tmp_path: Path) -> None:
    told = _answer(*_write(tmp_path, [["a", "1", "P", "Ten words", ""]]))
    assert told["results"][0]["macro_f1"] == 0
    assert "no row has a label of the codebook" in _found(told)


def test_tables_that_cannot_be_read_are_refused_in_words(tmp_path: Path) -> None:
    table, book = _write(tmp_path, _rows())
    table.write_text("id,words\n1,a", encoding="utf-8")
    result = _run(table, book, "--json")
    assert result.exit_code == 3
    [problem] = json.loads(result.stdout)["refused"]
    assert problem["found"] == (
        "there is no column doc_id or text or labels; there are id, words"
    )
    wrong = _run(table, book, "--coded-transcripts", "three")
    assert wrong.exit_code == 2
    assert "whole numbers" in wrong.output


def _read(*lines: str) -> Any:
    head = "doc_id,seq,speaker,text,labels"
    return read_coded_table("t.csv", "\n".join([head, *lines]).encode())


def test_every_bad_row_is_told_at_once() -> None:
    with pytest.raises(DataRefused) as refused:
        _read("a,1,P,x,", ",2,P,x,", "a,two,P,x,", "a,1.0,P,x,", "b,1,P,x,")
    assert [p.where for p in refused.value.problems] == [
        "t.csv, row 3, column doc_id",
        "t.csv, row 4, column seq",
        "t.csv, row 5, column seq",
    ]
    assert "stands in row 2 already" in refused.value.problems[2].found


def test_turns_come_in_order_and_labels_once() -> None:
    table = _read("b,7,P,late,x| y  z |x", "a,0,I,first,", "b,3,P,early,")
    assert [(r.doc_id, r.place, r.text) for r in table.rows] == [
        ("a", 1, "first"),
        ("b", 1, "early"),
        ("b", 2, "late"),
    ]
    assert table.rows[2].labels == ("x", "y z")
    assert table.warnings == ()


def test_without_a_number_the_rows_are_the_order() -> None:
    content = b"doc_id,text,labels\na,one,\na,two,x\n"
    table = read_coded_table("t.csv", content)
    assert [(r.place, r.text) for r in table.rows] == [(1, "one"), (2, "two")]
    assert table.warnings[0].found == "there is no column seq"
