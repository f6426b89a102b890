"""Commands: what they answer, with which exit status; refusals store nothing."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from case_desk import a_plan, a_study_judged_and_opened
from click.testing import CliRunner, Result
from docx import Document

import workbench
from data.importers.cases.plan_file import write_plan
from data.storage import StudyStore
from workbench.command_line import main

_SAMPLE = Path(workbench.__file__).parents[1] / "data" / "sample_study"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def answer(*words: object, status: int = 0) -> dict[str, Any]:
    """The JSON answer of a command, which must be all that standard output holds."""
    result = run(*words, "--json")
    assert result.exit_code == status, result.output
    told = json.loads(result.stdout)
    assert set(told) >= {"status", "stored", "warnings", "refused"}
    return told


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "a.sqlite"
    assert run("new", path, "--name", "Autumn").exit_code == 0
    return path


def test_the_whole_road_from_files_to_a_report(study: Path, tmp_path: Path) -> None:
    cases = [_SAMPLE / name for name in ("cases.csv", "events.csv", "notes.csv")]
    assert answer("import", "cases", study, *cases)["stored"] == {
        "cases": 172,
        "events": 1631,
        "notes": 404,
    }
    transcripts = sorted((_SAMPLE / "transcripts").glob("*.txt"))
    stored = answer("import", "transcripts", study, *transcripts)["stored"]
    assert stored == {"sources": 15, "turns": 1006}
    codebook = answer("import", "codebook", study, _SAMPLE / "codebook.csv")
    assert codebook["stored"] == {"codes": 41}
    indicators = answer("import", "indicators", study, _SAMPLE / "indicators.csv")
    assert indicators["stored"] == {"indicators": 825}
    paired = answer("pair", study, "--plan", _SAMPLE / "plan.toml")
    assert paired["account"]["counts"]["contemporary"] == 14
    suggested = answer("suggest", study)
    assert suggested["stored"]["sources"] == 15
    assert suggested["stored"]["suggestions"] > 0
    answer("report", study, "--kind", "debrief", "--out", tmp_path / "debrief.docx")
    words = "\n".join(
        p.text for p in Document(str(tmp_path / "debrief.docx")).paragraphs
    )
    assert "Autumn" in words
    assert answer("check", study)["stored"]["sources"] == 15


def test_everything_a_command_does_carries_a_name(study: Path) -> None:
    run("import", "codebook", study, _SAMPLE / "codebook.csv")
    newest = StudyStore(study).audit.lines()[0]
    assert newest.action == "codebook imported"
    assert newest.person.endswith("(command line)")


def test_rows_that_are_partly_wrong_store_nothing(study: Path, tmp_path: Path) -> None:
    table = tmp_path / "cases.csv"
    table.write_text(
        "case_id,era,referral_date\n0001,historic,2015-02-28\n"
        "0002,historic,31/02/2015\n,historic,2015-03-01\n",
        "utf-8",
    )
    refused = answer("import", "cases", study, table, status=3)
    assert refused["status"] == "refused"
    assert refused["stored"] == {}
    assert ["row 3" in one["where"].casefold() for one in refused["refused"]] == [
        True,
        False,
    ]
    assert StudyStore(study).progress.counts().historic_cases == 0


def test_good_rows_are_kept_where_that_was_asked_for(
    study: Path, tmp_path: Path
) -> None:
    table = tmp_path / "cases.csv"
    table.write_text(
        "case_id,era,referral_date\n0001,historic,2015-02-28\n"
        "0002,historic,31/02/2015\n",
        "utf-8",
    )
    told = answer("import", "cases", study, table, "--accept-partial")
    assert told["stored"]["cases"] == 1
    assert len(told["refused"]) == 1
    assert list(StudyStore(study).cases.references()) == ["0001"]


def test_cases_are_told_apart_by_date_and_columns_are_mapped(
    study: Path, tmp_path: Path
) -> None:
    table = tmp_path / "export.csv"
    table.write_text(
        "Ref,Opened,Need\nA1,2015-09-30,neglect\nA2,2015-10-01,x\n", "utf-8"
    )
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        '[columns]\nRef = "case_id"\nOpened = "referral_date"\nNeed = "primary_need"\n'
        '[values.primary_need]\nneglect = "N1"\n',
        "utf-8",
    )
    by_date = ("--era", "by-date", "--cutover", "2015-10-01", "--mapping", mapping)
    assert answer("import", "cases", study, table, *by_date)["stored"]["cases"] == 2
    counts = StudyStore(study).progress.counts()
    assert (counts.contemporary_cases, counts.historic_cases) == (1, 1)
    pool = StudyStore(study).cases.case_pool()
    assert pool.historic[0].values["primary_need"] == "N1"


def test_columns_nobody_marked_are_named(study: Path, tmp_path: Path) -> None:
    table = tmp_path / "cases.csv"
    table.write_text("case_id,era,Allocated Team\n0001,historic,East\n", "utf-8")
    told = answer("import", "cases", study, table)
    assert told["status"] == "accepted_with_warnings"
    assert [one["where"] for one in told["warnings"]] == ["Field Allocated Team"]


def test_every_file_that_is_not_there_is_named(study: Path) -> None:
    told = answer("import", "transcripts", study, "gone.txt", "away.docx", status=3)
    assert [one["where"] for one in told["refused"]] == ["gone.txt", "away.docx"]


def test_how_cases_were_chosen_is_brought_with_them_and_counted(
    study: Path, tmp_path: Path
) -> None:
    cases = [_SAMPLE / name for name in ("cases.csv", "sampling.csv", "notes.csv")]
    assert answer("import", "cases", study, *cases)["stored"] == {
        "cases": 172,
        "events": 0,
        "notes": 404,
        "sampling": 14,
    }
    again = answer("import", "cases", study, _SAMPLE / "sampling.csv")
    assert again["stored"] == {"cases": 0, "events": 0, "notes": 0, "sampling": 0}
    store = StudyStore(study)
    assert store.sampling.sampling().without_record == ()
    assert store.sampling.former() == []
    account = answer("pair", study, "--plan", _SAMPLE / "plan.toml")["account"]
    assert account["sampling"]["counts"]["recorded"] == 14
    assert account["sampling"]["records"][0]["case_id"] == "008651"


def test_records_of_choice_that_are_partly_wrong_store_no_case(
    study: Path, tmp_path: Path
) -> None:
    cases, chosen = tmp_path / "cases.csv", tmp_path / "chosen.csv"
    cases.write_text("case_id,era\n0001,contemporary\n0002,historic\n", "utf-8")
    chosen.write_text(
        "case_id,drawn_on,drawn_by,from,rule\n0001,2024-06-04,Kim,a list,\n"
        "0002,2024-06-04,Kim,a list,every 9th\n",
        "utf-8",
    )
    refused = answer("import", "cases", study, cases, chosen, status=3)
    assert [one["where"] for one in refused["refused"]] == [
        "chosen.csv, row 2, column rule",
        "chosen.csv, row 3, column case_id",
    ]
    assert StudyStore(study).cases.counts().cases == 0


def test_transcripts_are_attributed_by_a_table(study: Path, tmp_path: Path) -> None:
    transcript = tmp_path / "p07.txt"
    transcript.write_text("Interviewer: How is it?\n\nP07: Busy.\n", "utf-8")
    about = tmp_path / "attributes.csv"
    about.write_text(
        "file,participant,role,team,locality,wave,years\n"
        "p07.txt,P07,Health visitor,,Eastmere,Wave 2,4\n",
        "utf-8",
    )
    words = ("import", "transcripts", study, transcript, "--attributes", about)
    assert answer(*words)["stored"] == {"sources": 1, "turns": 2}
    [source] = StudyStore(study).sources.summaries()
    assert source.wave == "Wave 2"
    [participant] = StudyStore(study).study.participants()
    assert (participant.pseudonym, participant.role) == ("P07", "Health visitor")
    assert participant.attributes == {"years": "4"}


def test_pair_tables_writes_five_files_and_needs_no_study(tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("case_id,age\nA,10\nB,12\n", "utf-8")
    (tmp_path / "old.csv").write_text("case_id,age\nX,12\nY,10\n", "utf-8")
    (tmp_path / "plan.toml").write_text(
        '[[covariate]]\nname = "age"\nkind = "number"\n', "utf-8"
    )
    out = tmp_path / "out"
    told = answer(
        "pair-tables",
        tmp_path / "new.csv",
        tmp_path / "old.csv",
        "--plan",
        tmp_path / "plan.toml",
        "--out",
        out,
    )
    assert told["total_distance"] == 0
    assert {path.name for path in out.iterdir()} == {
        "pairs.csv",
        "candidates.csv",
        "unpaired.csv",
        "balance.csv",
        "account.json",
    }
    assert (out / "pairs.csv").read_text("utf-8").split()[1:] == ["A,Y,0.0", "B,X,0.0"]


def test_words_that_are_off_end_with_status_two(study: Path) -> None:
    assert run("report", study, "--kind", "poem", "--out", "a.docx").exit_code == 2
    assert run("demonstrate").exit_code == 2


def test_a_study_that_is_not_there_is_answered_in_words(tmp_path: Path) -> None:
    told = answer("check", tmp_path / "gone.sqlite", status=3)
    assert told["refused"][0]["found"] == "There is no study of this name."


def test_a_fault_of_ours_is_one_line_without_words_of_a_file(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object) -> None:
        raise ValueError("Kirsty said something")

    monkeypatch.setattr("workbench.actions.backups.check_study", fail)
    result = run("check", study)
    assert result.exit_code == 1
    assert "Reference" in result.output
    assert "Kirsty" not in result.output
    assert "Traceback" not in result.output


def test_backup_and_restore_bring_a_study_back(study: Path, tmp_path: Path) -> None:
    run("import", "codebook", study, _SAMPLE / "codebook.csv")
    kept, back = tmp_path / "kept.sqlite", tmp_path / "back.sqlite"
    assert answer("backup", study, kept)["study"] == "Autumn"
    study.unlink()
    assert answer("restore", kept, back)["study"] == "Autumn"
    assert len(StudyStore(back).codebook.codebook().codes) == 41
    assert answer("restore", kept, back, status=3)["status"] == "refused"


def test_a_plan_that_does_not_fit_the_cases_is_not_saved(
    study: Path, tmp_path: Path
) -> None:
    run("import", "cases", study, *(_SAMPLE / name for name in ["cases.csv"]))
    lines = len(StudyStore(study).audit.lines())
    plan = tmp_path / "plan.toml"
    plan.write_text(
        '[[covariate]]\nname = "closure_reason"\nkind = "category"\n', "utf-8"
    )
    refused = answer("pair", study, "--plan", plan, status=3)
    assert "outcome" in refused["refused"][0]["found"]
    store = StudyStore(study)
    assert store.progress.counts().plans == 0
    assert len(store.audit.lines()) == lines


def test_an_era_without_cases_is_not_paired_and_no_plan_is_saved(
    study: Path, tmp_path: Path
) -> None:
    words = ["pair", study, "--plan", _SAMPLE / "plan.toml"]
    nothing = answer(*words, status=3)["refused"]
    assert nothing[0]["found"] == (
        "The study has no contemporary and no historic case, so there is nothing "
        "to pair."
    )
    cases = tmp_path / "cases.csv"
    cases.write_text("case_id,era,referral_date\n1,contemporary,2024-05-14\n", "utf-8")
    run("import", "cases", study, cases)
    refused = answer(*words, status=3)["refused"]
    assert "no historic case" in refused[0]["found"]
    counts = StudyStore(study).progress.counts()
    assert (counts.plans, StudyStore(study).pairings.latest()) == (0, None)


def test_account_of_a_pairing_is_written_as_json_and_word(
    study: Path, tmp_path: Path
) -> None:
    run("import", "cases", study, *(_SAMPLE / name for name in ["cases.csv"]))
    answer("pair", study, "--plan", _SAMPLE / "plan.toml")
    for ending in ("json", "docx"):
        file = tmp_path / f"account.{ending}"
        answer("report", study, "--kind", "pairs", "--out", file)
    told = json.loads((tmp_path / "account.json").read_text("utf-8"))
    assert told["account"]["counts"]["contemporary"] == 14
    assert set(told["account"]["libraries"]) >= {"python", "numpy", "scipy"}
    words = [one.text for one in Document(str(tmp_path / "account.docx")).paragraphs]
    assert "How the pairs were found" in words
    refused = answer(
        "report", study, "--kind", "codebook", "--out", tmp_path / "a.json", status=3
    )
    assert "cannot be written as .json" in refused["refused"][0]["found"]


def test_plan_changed_by_command_after_outcomes_needs_a_reason(tmp_path: Path) -> None:
    store, _ = a_study_judged_and_opened(tmp_path)
    store.close()
    study, plan = tmp_path / "study.sqlite", tmp_path / "plan.toml"
    plan.write_text(write_plan(a_plan(max_reuse=2)), "utf-8")
    refused = answer("pair", study, "--plan", plan, status=3)["refused"]
    assert "without saying why" in refused[0]["found"]
    assert StudyStore(study).plans.current().number == 1
    words = ["--reason", "Two files were withdrawn."]
    account = answer("pair", study, "--plan", plan, *words)["account"]
    found = [warning["found"] for warning in account["warnings"]]
    assert any("made after outcomes of 1 pair had been opened" in one for one in found)


@pytest.mark.parametrize("words", [["new", "--name", "Jesień 🙂"], ["check", "--json"]])
def test_output_in_a_code_page_without_the_letters_is_no_fault(
    tmp_path: Path, words: list[str]
) -> None:
    # As on Windows, where output sent to a file is in the code page of the country.
    if words[0] == "check":
        assert run("new", tmp_path / "a.sqlite", "--name", "Jesień 🙂").exit_code == 0
    command, *options = words
    done = subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-m", "workbench.command_line"),
            *(command, str(tmp_path / "a.sqlite"), *options),
        ],
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    if command == "check":
        assert json.loads(done.stdout)["study"] == "Jesień 🙂"
    else:
        assert b"Made the study Jesie? ?." in done.stdout


def test_a_port_in_use_is_said_before_anything_starts(study: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = run("open", study, "--no-browser", "--port", port)
    assert result.exit_code == 2
    assert "something else uses port" in result.output
