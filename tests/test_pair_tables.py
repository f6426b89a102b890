"""Pairing two tables from files to files: what is written, and what is refused."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from data.problems import DataProblem, DataRefused
from workbench.actions.cases import pairing_run
from workbench.actions.cases.pair_tables import PairTablesResult, pair_tables

PLAN = """
exact = ["primary_need"]
different = ["family_id"]
missing_values = ["N0"]
[window]
date = "referral_date"
[[covariate]]
name = "age_at_referral"
kind = "number"
range = 18.0
[[covariate]]
name = "sex"
kind = "category"
"""
HEADINGS = "case_id,family_id,referral_date,date_of_birth,sex,primary_need"
CONTEMPORARY = f"""{HEADINGS}
007,f1,2016-01-10,2010-01-10,F,N1
008,f2,2016-01-10,2012-01-10,M,N1
009,f3,2016-01-10,2012-01-10,M,N0
"""
HISTORIC = f"""{HEADINGS}
007,f9,2015-01-10,2009-01-10,F,N1
0012,f1,2015-01-10,2009-01-10,F,N1
12,f8,2015-01-10,2010-01-10,F,N1
13,f7,2014-01-10,2009-01-10,M,N1
"""


class Tables:
    """Three files in a folder and the folder of results."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out"
        self.write(contemporary=CONTEMPORARY, historic=HISTORIC, plan=PLAN)

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            ending = "toml" if name == "plan" else "csv"
            path = self.folder / f"{name}.{ending}"
            path.write_bytes(text.encode("utf-8"))

    def pair(self, **settings: object) -> PairTablesResult:
        return pair_tables(
            self.folder / "contemporary.csv",
            self.folder / "historic.csv",
            self.folder / "plan.toml",
            self.out,
            **settings,
        )

    def refused(self) -> list[tuple[str, str]]:
        """Each problem's finding and place; nothing may be written."""
        return [(p.found, p.where) for p in self.problems()]

    def problems(self) -> tuple[DataProblem, ...]:
        with pytest.raises(DataRefused) as refusal:
            self.pair()
        assert not self.out.exists()
        return refusal.value.problems

    def read(self, name: str) -> list[dict[str, str]]:
        text = (self.out / name).read_text(encoding="utf-8")
        return list(csv.DictReader(text.splitlines()))


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    return Tables(tmp_path)


def test_the_five_files_hold_the_pairing(tables: Tables) -> None:
    result = tables.pair()
    assert [path.name for path in result.files] == [
        "pairs.csv",
        "candidates.csv",
        "unpaired.csv",
        "balance.csv",
        "account.json",
    ]
    assert sorted(path.name for path in tables.out.iterdir()) == sorted(
        path.name for path in result.files
    )
    # 0012 is of the family of 007, 13 lies too early, N0 means not known.
    assert [(r["contemporary"], r["historic"]) for r in tables.read("pairs.csv")] == [
        ("007", "007"),
        ("008", "12"),
    ]
    listed = [
        (r["contemporary"], r["rank"], r["historic"])
        for r in tables.read("candidates.csv")
    ]
    assert listed == [
        ("007", "1", "007"),
        ("007", "2", "12"),
        ("008", "1", "12"),
        ("008", "2", "0012"),
        ("008", "3", "007"),
    ]
    assert tables.read("unpaired.csv") == [
        {
            "contemporary": "009",
            "reason": "Its own primary need is not known, "
            "and not known equals nothing.",
            "nearest": "",
            "nearest_distance": "",
            "ruled_out_by": "exact primary_need",
        }
    ]
    assert (result.pairs, result.unpaired, result.candidates) == (2, 1, 5)
    assert (result.contemporary, result.historic) == (3, 4)


def test_numbers_are_written_in_full(tables: Tables) -> None:
    tables.pair()
    (first, second) = tables.read("pairs.csv")
    assert float(first["distance"]) == pytest.approx(0, abs=1e-3)
    # Ages 4 years and 5 years: 1461 and 1826 days, and the other sex.
    years = (1826 - 1461) / 365.25
    assert float(second["distance"]) == pytest.approx((years / 18 + 1) / 2, abs=1e-13)
    assert len(second["distance"]) > 12
    candidate = tables.read("candidates.csv")[2]
    assert float(candidate["share_sex"]) == pytest.approx(1 / (years / 18 + 1))


def test_the_account_tells_plan_counts_seed_seconds_and_version(
    tables: Tables,
) -> None:
    tables.pair()
    account = json.loads((tables.out / "account.json").read_text(encoding="utf-8"))
    assert account["plan"]["exact"] == ["primary_need"]
    assert account["counts"]["contemporary"] == 3
    assert [rule["rule"] for rule in account["counts"]["rules"]] == [
        "exact primary_need",
        "different family_id",
        "window",
    ]
    assert [rule["pairs_left"] for rule in account["counts"]["rules"]] == [8, 7, 5]
    assert account["seed"] == 1
    # Nobody recorded how the cases of two tables were chosen.
    assert "sampling" not in account
    assert account["seconds"] >= 0
    assert account["version"][0].isdigit()


def test_balance_is_written_with_a_row_for_what_is_not_known(tables: Tables) -> None:
    tables.pair()
    rows = tables.read("balance.csv")
    assert [(row["covariate"], row["level"]) for row in rows] == [
        ("age_at_referral", ""),
        ("age_at_referral", "not known"),
        ("sex", "F"),
        ("sex", "M"),
        ("sex", "not known"),
    ]
    assert rows[2]["variance_ratio_before"] == ""


def test_dates_may_be_written_the_british_way(tables: Tables) -> None:
    tables.pair()
    iso = tables.read("candidates.csv")
    turned = CONTEMPORARY.replace("2016-01-10", "10/01/2016")
    tables.write(contemporary=turned)
    tables.pair()
    assert tables.read("candidates.csv") == iso


def test_an_age_column_of_its_own_is_used_as_it_stands(tables: Tables) -> None:
    for name, text in (("contemporary", CONTEMPORARY), ("historic", HISTORIC)):
        heading, *lines = text.strip().splitlines()
        aged = [f"{heading},age_at_referral", *(f"{line},3" for line in lines)]
        tables.write(**{name: "\n".join(aged)})
    tables.pair()
    assert {row["share_age_at_referral"] for row in tables.read("candidates.csv")} == {
        "0.0"
    }


def test_text_that_a_spreadsheet_would_work_out_gets_an_apostrophe(
    tables: Tables,
) -> None:
    tables.write(
        contemporary=CONTEMPORARY.replace("007,", "=1+1,"),
        historic=HISTORIC.replace("007,", "@cmd,").replace("\n12,", "\n-12,"),
    )
    tables.pair()
    made = {r["contemporary"]: r["historic"] for r in tables.read("pairs.csv")}
    assert made == {"'=1+1": "'@cmd", "008": "'-12"}
    lowest = min(float(r["smd_before"] or 0) for r in tables.read("balance.csv"))
    assert lowest < 0


def test_likeness_of_narratives_is_listed_beside_the_distance(tables: Tables) -> None:
    notes = {
        "contemporary": ["Mother worried about school", "", "Police called"],
        "historic": ["School worried about mother", "Debt", "Police called twice", "-"],
    }
    for name, text in (("contemporary", CONTEMPORARY), ("historic", HISTORIC)):
        heading, *lines = text.strip().splitlines()
        noted = [f"{heading},note"]
        noted += [f"{a},{b}" for a, b in zip(lines, notes[name], strict=True)]
        tables.write(**{name: "\n".join(noted)})
    tables.write(plan=f'{PLAN}[narrative]\ncolumn = "note"\n')
    tables.pair()
    found = {
        (r["contemporary"], r["historic"]): r["narrative_likeness"]
        for r in tables.read("candidates.csv")
    }
    assert float(found["007", "007"]) == pytest.approx(1.0)
    assert float(found["007", "12"]) == 0.0
    assert found["008", "12"] == ""


def test_an_unborn_child_and_a_date_after_today_are_used_with_a_warning(
    tables: Tables,
) -> None:
    tables.write(
        contemporary=CONTEMPORARY.replace(
            "2016-01-10,2010-01-10", "2016-01-10,2016-03-01"
        ),
        historic=HISTORIC + "99,f4,2999-01-01,1901-01-01,F,N1\n",
    )
    result = tables.pair()
    assert result.pairs == 2
    told = [(w.found, w.where) for w in result.warnings]
    assert ("1 date after today", "historic.csv, row 6, column referral_date") in told
    assert (
        "1 case with an age at referral outside -1 to 26 years",
        "historic.csv, row 6, column date_of_birth",
    ) in told
    account = json.loads((tables.out / "account.json").read_text(encoding="utf-8"))
    assert len(account["warnings"]) == len(result.warnings)


def test_a_missing_id_column_is_named_in_both_tables_at_once(tables: Tables) -> None:
    tables.write(plan=f'id = "reference"\n{PLAN}')
    assert tables.refused() == [
        (
            "there is no column *reference*, which the plan names as the case id",
            f"{name}.csv",
        )
        for name in ("contemporary", "historic")
    ]


def test_an_empty_id_and_one_id_twice_are_told_by_row(tables: Tables) -> None:
    tables.write(
        contemporary=CONTEMPORARY.replace("009,", ","),
        historic=HISTORIC.replace("0012,", "12,").replace("007,", " 12 ,"),
    )
    assert tables.refused() == [
        ("the case has no id", "contemporary.csv, row 4, column case_id"),
        ("the id 12 stands in rows 2, 3, 4", "historic.csv, column case_id"),
    ]


def test_an_impossible_date_is_told_by_row(tables: Tables) -> None:
    tables.write(
        contemporary=CONTEMPORARY.replace("2016-01-10,2010", "2016-02-30,2010"),
        historic=HISTORIC.replace("2014-01-10", "soon"),
    )
    places = [where for _, where in tables.refused()]
    assert places == [
        "contemporary.csv, row 2, column referral_date",
        "historic.csv, row 5, column referral_date",
    ]


def test_a_cell_of_another_kind_is_told_by_row_and_not_quoted(tables: Tables) -> None:
    tables.write(plan=PLAN.replace('"category"', '"number"'))
    problems = tables.problems()
    assert len(problems) == 7
    assert problems[0].where == "contemporary.csv, row 2, column sex"
    assert problems[-1].where == "historic.csv, row 5, column sex"
    assert problems[0].found == ("a number is needed and the cell holds something else")


def test_a_value_may_be_not_known_in_a_date_too(tables: Tables) -> None:
    tables.write(
        plan=PLAN.replace('"N0"', '"N0", "unknown"'),
        historic=HISTORIC.replace("f8,2015-01-10", "f8,unknown"),
    )
    tables.pair()
    assert all(row["historic"] != "12" for row in tables.read("candidates.csv"))


def test_an_outcome_is_no_covariate_and_an_unknown_column_is_named(
    tables: Tables,
) -> None:
    tables.write(
        contemporary=CONTEMPORARY.replace("sex", "closure_reason"),
        historic=HISTORIC.replace("sex", "closure_reason"),
        plan=PLAN.replace('"sex"', '"closure_reason"').replace("family_id", "house"),
    )
    problems = tables.problems()
    assert [problem.where for problem in problems] == [
        "plan.toml, different, *house*",
        "plan.toml, covariate *closure_reason*",
    ]
    assert "is an outcome" in problems[1].found
    assert problems[0].do_next.endswith("Nothing was written.")


def test_a_column_that_nobody_filled_is_refused(tables: Tables) -> None:
    tables.write(
        contemporary=CONTEMPORARY.replace(",F,", ",,").replace(",M,", ",,"),
        historic=HISTORIC.replace(",F,", ",,").replace(",M,", ",,"),
    )
    assert tables.refused() == [
        ("no case of either era has a known value", "plan.toml, covariate, *sex*")
    ]


def test_a_table_with_headings_alone_is_refused(tables: Tables) -> None:
    tables.write(contemporary=HEADINGS)
    assert tables.refused() == [
        ("the table has headings and no cases", "contemporary.csv")
    ]


def test_every_file_that_cannot_be_read_is_told_at_once(tables: Tables) -> None:
    (tables.folder / "contemporary.csv").unlink()
    tables.write(historic="", plan="id = [")
    places = [where for _, where in tables.refused()]
    assert len(places) == 3
    assert places[0].startswith("plan.toml")
    assert places[1].endswith("contemporary.csv")
    assert places[2] == "historic.csv"


def test_one_case_of_each_and_all_equal_are_paired(tables: Tables) -> None:
    line = "A,f1,2016-01-10,2010-01-10,F,N1"
    tables.write(
        contemporary=f"{HEADINGS}\n{line}",
        historic=f"{HEADINGS}\nH,f2,2015-01-10,2009-01-09,F,N1",
    )
    result = tables.pair()
    assert result.pairs == 1
    assert tables.read("unpaired.csv") == []
    assert result.warnings == ()


def test_cancelling_writes_nothing(tables: Tables) -> None:
    def cancel(step: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tables.pair(progress=cancel)
    assert not tables.out.exists()


def test_a_file_that_cannot_be_replaced_leaves_the_earlier_results(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables.pair()
    before = {path.name: path.read_bytes() for path in tables.out.iterdir()}
    tables.write(contemporary=CONTEMPORARY.replace("008", "108"))

    replace = os.replace

    def held_open(source: Path, target: Path) -> None:
        # A spreadsheet program holds the third file; two were renamed by then.
        if source.name == "unpaired.csv":
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held_open)
    with pytest.raises(DataRefused) as refusal:
        tables.pair()
    assert "Permission denied" in refusal.value.problems[0].found
    assert {path.name: path.read_bytes() for path in tables.out.iterdir()} == before
    monkeypatch.undo()
    tables.pair()
    after = {path.name: path.read_bytes() for path in tables.out.iterdir()}
    assert after.keys() == before.keys()
    assert after["pairs.csv"] != before["pairs.csv"]


def test_a_first_run_that_cannot_finish_leaves_an_empty_folder(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def full(source: Path, target: Path) -> None:
        if target.name == "account.json":
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(DataRefused):
        tables.pair()
    assert list(tables.out.iterdir()) == []


def test_results_cannot_go_where_a_file_stands(tables: Tables) -> None:
    tables.out.write_text("mine", encoding="utf-8")
    with pytest.raises(DataRefused):
        tables.pair()
    assert tables.out.read_text(encoding="utf-8") == "mine"


def test_a_file_read_in_an_older_encoding_is_said(tables: Tables) -> None:
    path = tables.folder / "historic.csv"
    path.write_bytes(HISTORIC.replace("f8", "Zoë").encode("cp1252"))
    result = tables.pair()
    assert any("Windows-1252" in w.found for w in result.warnings)


def test_an_installation_without_a_version_says_so(
    tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(name: str) -> str:
        raise pairing_run.PackageNotFoundError(name)

    monkeypatch.setattr(pairing_run, "version", unknown)
    tables.pair()
    account = json.loads((tables.out / "account.json").read_text(encoding="utf-8"))
    assert account["version"] == "not installed"
