"""Agreement of a study's coders: by command, as values, as files."""

from __future__ import annotations

import json
from io import BytesIO

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document
from interview_desk import code_words
from two_coders import both_through, given_blind

from coding.agreement.units import UnitKind
from data.problems import DataRefused
from workbench.actions.coders.agreement import (
    coders_named,
    pairs_of_coders,
    read_agreement,
)
from workbench.actions.coders.agreement_report import agreement_file
from workbench.command_line import main


def _run(store, *words: str):
    return CliRunner().invoke(main, ["agreement", str(store.database.file), *words])


def test_the_command_prints_one_object_of_hand_counted_figures(empty_store) -> None:
    both_through(empty_store)
    # Mum's turn holds 55 code points, the emoji 7 of them.
    done = _run(empty_store, "--json", "--unit", "character")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["status"] == "accepted"
    assert told["coders"] == ["Priya Wetherall", "Tom Ibbotson"]
    [heard] = [one for one in told["codes"] if one["name"] == "Being heard"]
    assert (heard["units"], heard["both"], heard["first_only"]) == (55, 0, 9)
    assert heard["figures"] is None
    assert heard["reason"] == "Fewer than 5 characters marked: Tom Ibbotson 0."
    [same] = [one for one in told["codes"] if one["name"] == "Same worker"]
    # Both: "same worker" (11) and "came every week" (15); Priya alone: "The " (4);
    # Tom alone: "," (1) and "and she asked" (13).
    cells = ("both", "first_only", "second_only", "neither")
    assert [same[cell] for cell in cells] == [26, 4, 14, 11]
    by_chance = (30 * 40 + 25 * 15) / 55
    assert same["figures"]["kappa"] == pytest.approx(
        (37 - by_chance) / (55 - by_chance)
    )
    assert told["overall"]["pooled"]["both"] == 26
    assert told["overall"]["mean"]["codes"] == 1


def test_coders_are_named_in_either_order_and_letter_case(empty_store) -> None:
    both_through(empty_store)
    done = _run(empty_store, "--json", "--coders", "TOM Ibbotson", "priya wetherall")
    assert json.loads(done.output)["coders"] == ["Tom Ibbotson", "Priya Wetherall"]


def test_one_code_is_asked_for_by_name(empty_store) -> None:
    both_through(empty_store)
    told = json.loads(_run(empty_store, "--json", "--code", "being heard").output)
    assert [one["name"] for one in told["codes"]] == ["Being heard"]
    refused = _run(empty_store, "--code", "Bieng heard")
    assert refused.exit_code == 3
    assert "No code in use is called" in refused.output


def test_nobody_to_compare_is_refused_with_what_to_do(empty_store) -> None:
    source, same, _ = given_blind(empty_store)
    empty_store.coding.apply("priya", source, [code_words("she asked", same)])
    refused = _run(empty_store, "--json")
    assert refused.exit_code == 3
    [problem] = json.loads(refused.output)["refused"]
    assert "Give a transcript to two coders" in problem["do_next"]
    with pytest.raises(DataRefused):
        coders_named(empty_store, ("Priya Wetherall", "Tom Ibbotson"))


def test_files_hold_the_figures_and_leave_a_line(empty_store) -> None:
    both_through(empty_store)
    priya = empty_store.study.person("priya")
    found = read_agreement(
        empty_store, pairs_of_coders(empty_store)[0], UnitKind.CHARACTER
    )
    sheet = openpyxl.load_workbook(
        BytesIO(agreement_file(empty_store, priya, found, ".xlsx"))
    ).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    same = next(row for row in rows if row[:2] == ["Same worker", "All"])
    assert same[2:7] == [55, 26, 4, 14, 11]
    assert isinstance(same[8], float)
    word = Document(BytesIO(agreement_file(empty_store, priya, found, ".docx")))
    words = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "Tom Ibbotson: Same worker: “and she asked”" in words
    assert "How this is worked out" in words
    made = [one for one in empty_store.audit.lines() if one.action == "report made"]
    assert [one.detail["ending"] for one in made] == [".docx", ".xlsx"]


def test_one_interview_of_the_sample_is_settled_and_three_wait(sample_study) -> None:
    names = {one.id: one.name for one in sample_study.sources.summaries()}
    [settled] = sample_study.settling.settled_sources()
    assert names[settled].startswith("Kirsty")
    settling = sample_study.settling.read(settled)
    assert settling.undecided == ()
    assert settling.agreed
    kinds = {one.decision.value for one in settling.decisions.values()}
    assert kinds >= {"same", "reading", "both", "neither"}
    told = [one for one in sample_study.coding.settled() if one.source_id == settled]
    assert len(told) == len(settling.agreed)
    assert len(told) < len(sample_study.coding.segments(settled))
    for one, found in sample_study.coders.coders().items():
        if found.can_be_compared and one != settled:
            assert sample_study.settling.read(one).undecided


def test_the_sample_has_four_interviews_coded_by_two(sample_study) -> None:
    [pair] = pairs_of_coders(sample_study)
    found = read_agreement(sample_study, pair)
    assert set(found.names) == {"Priya Wetherall", "Idris Penhallow"}
    assert len(found.report.transcripts) == 4
    assert found.report.codes_with_figures >= 10
    # Four are too few for an interval, whatever the figures.
    assert all(
        one.overall.figures is None or one.overall.figures.kappa_interval is None
        for one in found.report.codes
    )
    assert found.alpha_of_all is None
