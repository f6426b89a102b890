"""Cases compared with themselves in reports and the account: apart, with a warning."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from case_desk import ids_of
from click.testing import CliRunner
from docx import Document
from long_held import SPLIT, WHY, a_study_with_long_held

from data.exporters.report_document import Paragraph, ReportTable
from matching.judging.judgement import Suitability
from matching.within_case import REGRESSION_TO_THE_MEAN
from workbench.actions.cases.pairing import pairing_files
from workbench.actions.cases.within_cases import kept_comparisons
from workbench.actions.together import debrief, reports
from workbench.actions.together.debrief import DebriefChoice
from workbench.actions.together.pair_report import read_judged_pairs
from workbench.actions.together.within_case_report import within_case_sections
from workbench.command_line import main

HEADING = "Before and after in the same case"
AT = datetime(2026, 3, 5, 14, 2, tzinfo=UTC)


@pytest.fixture
def study(tmp_path):
    """C1 is judged to have no partner, then L1 is compared with itself."""
    store, lead, pat = a_study_with_long_held(tmp_path, matched=True)
    store.judgements.save(
        lead.id,
        pairing_id=store.pairings.latest().id,
        contemporary_id=ids_of(store)["C1"],
        suitability=Suitability.NOT_COMPARABLE,
        rationale="None of them is close.",
    )
    store.within_cases.choose(pat.id, ids_of(store)["L1"], SPLIT, WHY, seen_id="")
    yield store, tmp_path
    store.close()


def headings(report):
    return [one.heading for one in report.sections]


def test_section_holds_the_warning_every_choice_and_counts_by_kind(study):
    store, _ = study
    first, second = within_case_sections(kept_comparisons(store), "2024-04-01")
    assert (first.heading, first.level) == (HEADING, 1)
    said, warning, table = first.parts
    assert said == Paragraph(
        "1 case is compared with itself: as many days before a split date as from it "
        "on. Such a comparison is never counted among the pairs."
    )
    assert warning == Paragraph(REGRESSION_TO_THE_MEAN)
    ((case, split, days, why, chosen),) = table.rows
    assert (case, days, why) == ("L1", "180", WHY)
    assert split == "1 April 2024, the day the practice began"
    assert chosen.startswith("Chosen by Pat on ")
    assert chosen.endswith(", before the file was read.")
    assert (second.heading, second.level) == ("Case L1", 2)
    words, counts = second.parts
    assert words.text == (
        "In the 180 days before the split: 2 events and 1 note. In the 180 days from "
        "it on: 2 events and 1 note."
    )
    assert isinstance(counts, ReportTable)
    assert counts.rows == (
        ("Plan review", "1", "1"),
        ("Family group conference", "0", "1"),
        ("Step up", "1", "0"),
        ("Notes", "1", "1"),
    )


def test_no_comparison_makes_no_section():
    assert within_case_sections([], "2024-04-01") == []


def test_pairs_progress_and_debrief_tell_it_after_all_that_is_about_pairs(study):
    store, _ = study
    pairs = headings(reports.pairs_document(store, "Ama", AT))
    assert pairs[-2:] == [HEADING, "Case L1"]
    assert pairs.index("Pairs that shed light") < pairs.index(HEADING)
    assert headings(reports.progress_document(store, "Ama", AT))[-2:] == [
        HEADING,
        "Case L1",
    ]
    report = debrief.write_debrief(
        debrief.read_material(store), DebriefChoice(), made_by="Ama", made_at=AT
    )
    found = headings(report)
    assert found.index("No suitable match") < found.index(HEADING)
    assert REGRESSION_TO_THE_MEAN in list(report.words())


def test_counts_of_pairs_are_the_same_with_and_without(study):
    store, _ = study
    before = reports.pairs_document(store, "Ama", AT)
    judged = read_judged_pairs(store)
    assert (len(judged.with_partner), len(judged.without_partner)) == (0, 1)
    (kept,) = store.within_cases.standing()
    lead = store.study.people()[0]
    store.within_cases.withdraw(lead.id, kept.id, "To see what is counted.")
    after = reports.pairs_document(store, "Ama", AT)
    assert [one for one in before.sections if one in after.sections] == list(
        after.sections
    )
    assert len(before.sections) == len(after.sections) + 2
    assert HEADING not in headings(after)


def test_nobodys_words_of_the_file_are_in_a_report(study):
    store, _ = study
    words = "\n".join(reports.pairs_document(store, "Ama", AT).words())
    assert WHY in words
    for of_file in ("Zoë", "Would not read", "Letter before"):
        assert of_file not in words


def test_command_writes_it_into_the_report_of_pairs(study):
    store, folder = study
    path = folder / "pairs.docx"
    done = CliRunner().invoke(
        main,
        ["report", str(folder / "study.sqlite"), "--kind", "pairs", "--out", str(path)],
    )
    assert done.exit_code == 0, done.output
    document = Document(str(path))
    paragraphs = [one.text for one in document.paragraphs]
    assert paragraphs.index(HEADING) < paragraphs.index(REGRESSION_TO_THE_MEAN)
    assert any(
        table.rows[0].cells[0].text == "Recorded"
        and table.rows[1].cells[0].text == "Plan review"
        for table in document.tables
    )


def test_account_tells_it_apart_from_the_pairs(study):
    store, _ = study
    lead = store.study.people()[0]
    pairing = store.pairings.latest()
    account = json.loads(pairing_files(store, pairing, lead)["account.json"])
    assert account["pairs"] == pairing.account["pairs"]
    within = account["within_case"]
    assert within["warning"] == REGRESSION_TO_THE_MEAN
    (one,) = within["pairs"]
    assert one["chosen_by"] == "Pat"
    assert one["chosen_before_reading"] is True
    assert (one["case"], one["split_date"], one["days_each_side"]) == (
        "L1",
        "2024-04-01",
        180,
    )
    assert (one["least_days"], one["most_days"]) == (90, 180)
    assert one["notes"] == {"before": 1, "after": 1}
    assert one["events"][0] == {"event": "Plan review", "before": 1, "after": 1}


def test_account_as_json_by_the_command_tells_it_too(study):
    _, folder = study
    path = folder / "pairs.json"
    done = CliRunner().invoke(
        main,
        ["report", str(folder / "study.sqlite"), "--kind", "pairs", "--out", str(path)],
    )
    assert done.exit_code == 0, done.output
    told = json.loads(path.read_text(encoding="utf-8"))
    assert [one["case"] for one in told["within_case"]["pairs"]] == ["L1"]
    assert told["within_case"]["warning"] == REGRESSION_TO_THE_MEAN
    assert "L1" not in [one["historic"] for one in told["judgements"]]
