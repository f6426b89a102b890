"""How long and how much memory pairing takes: files in, files out, start-up included.

    python tests/benchmarks/benchmark_pairing.py [--contemporary N] [--historic N]
        [--runs N] [--without-peer]

Makes invented tables (seeded), runs pair_tables as a process of its own, then an
independent optimal Mahalanobis pairing (pymatchit-causal) of the same tables the same
way, and prints medians, peak memory and the ratio. The total Gower distance is checked
against SciPy's optimum on whole tables of distances worked out apart from the product.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np

NEEDS = ("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N0")
NEED_SHARES = (0.50, 0.10, 0.03, 0.09, 0.14, 0.03, 0.01, 0.03, 0.02, 0.05)
ETHNICITIES = (
    *("WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH"),
    *("AIND", "APKN", "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH"),
)
ETHNICITY_WEIGHTS = (
    *(720, 4, 1, 50, 4, 20, 10, 15, 20),
    *(12, 45, 10, 20, 12, 25, 8, 2, 22),
)
LOCALITIES = ("North", "Central", "South")
DAY_ZERO = date(2012, 1, 1)
WINDOW_DAYS = 548

PLAN = """
exact = ["need"]
[window]
date = "opened"
min_days = 1
max_days = 548
[[covariate]]
name = "age"
kind = "number"
weight = 2.0
[[covariate]]
name = "sex"
kind = "category"
[[covariate]]
name = "ethnicity"
kind = "category"
[[covariate]]
name = "locality"
kind = "category"
[[covariate]]
name = "disability"
kind = "yes_no"
[[covariate]]
name = "previous_referrals"
kind = "number"
"""

OURS = """
import sys
from pathlib import Path
from workbench.actions.cases.pair_tables import pair_tables
folder = Path(sys.argv[1])
pair_tables(folder / "contemporary.csv", folder / "historic.csv",
            folder / "plan.toml", folder / "out")
"""

# One table with a fresh index, as the peer asks for; gaps are a level of their own
# because it does not take them.
PEER = """
import sys
import pandas as pd
from pymatchit import MatchIt
folder = sys.argv[1]
tables = [pd.read_csv(f"{folder}/{name}.csv") for name in ("contemporary", "historic")]
both = pd.concat([tables[0].assign(treat=1), tables[1].assign(treat=0)],
                 ignore_index=True)
both["ethnicity"] = both["ethnicity"].fillna("not known")
matching = MatchIt(both, method="optimal", distance="mahalanobis", exact=["need"])
matching.fit("treat ~ age + C(sex) + C(ethnicity) + C(locality) + disability"
             " + previous_referrals")
matching.matches(format="long")
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--contemporary", type=int, default=2_000)
    asked.add_argument("--historic", type=int, default=20_000)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--without-peer", action="store_true")
    asked.add_argument("--without-check", action="store_true")
    settings = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_tables(folder, settings.contemporary, settings.historic)
        print(f"{settings.contemporary:,} x {settings.historic:,} cases")
        ours = measure("pair_tables", OURS, folder, settings.runs)
        account = json.loads((folder / "out" / "account.json").read_text("utf-8"))
        print(f"  {account['pairs']} pairs, total {account['total_distance']:.9f}")
        if not settings.without_check:
            pairs, total = optimum(folder)
            print(f"  independent optimum: {pairs} pairs, total {total:.9f}")
        if not settings.without_peer:
            peer = measure("pymatchit-causal", PEER, folder, settings.runs)
            print(f"  ratio, whole process against whole process: {peer / ours:.1f}")


def write_tables(
    folder: Path, contemporary: int, historic: int, seed: int = 17
) -> None:
    """Two invented tables and a plan: ten needs, half of them N1; gaps in ethnicity."""
    draw = np.random.default_rng(seed)
    _write(folder / "contemporary.csv", draw, "C", contemporary, (1000, 180), 0.4)
    _write(folder / "historic.csv", draw, "H", historic, (450, 730), 0.0)
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")


def _write(
    path: Path,
    draw: np.random.Generator,
    era: str,
    size: int,
    opened: tuple[int, int],
    older: float,
) -> None:
    weights = np.array(ETHNICITY_WEIGHTS) / sum(ETHNICITY_WEIGHTS)
    later = era == "C"
    ethnicity = draw.choice(ETHNICITIES, size, p=weights)
    ethnicity[draw.random(size) < 0.03] = ""
    days = opened[0] + draw.integers(0, opened[1], size)
    columns = {
        "case_id": [f"{era}{number:06d}" for number in range(size)],
        "need": draw.choice(NEEDS, size, p=NEED_SHARES),
        "age": np.round(np.clip(draw.gamma(2.2, 3.6, size) + older, 0, 17.99), 2),
        "sex": draw.choice(("M", "F"), size, p=(0.53, 0.47)),
        "ethnicity": ethnicity,
        "locality": draw.choice(
            LOCALITIES, size, p=(0.3, 0.4, 0.3) if later else (0.35, 0.3, 0.35)
        ),
        "disability": draw.binomial(1, 0.15 if later else 0.12, size),
        "previous_referrals": draw.poisson(1.2 if later else 0.9, size),
        "opened": [(DAY_ZERO + timedelta(int(day))).isoformat() for day in days],
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(columns)
        table.writerows(zip(*columns.values(), strict=True))


def measure(name: str, program: str, folder: Path, runs: int) -> float:
    """The median seconds of whole processes; prints them with the peak memory."""
    seconds, memory = [], []
    for _ in range(runs):
        started = time.perf_counter()
        ran = subprocess.run(
            [sys.executable, "-c", program + _TELL_MEMORY, str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        seconds.append(time.perf_counter() - started)
        if ran.returncode:
            sys.exit(f"{name} ended with {ran.returncode}:\n{ran.stderr[-2000:]}")
        memory.append(float(ran.stdout.split()[-1]))
    median = statistics.median(seconds)
    print(
        f"{name}: median {median:.2f} s of {runs} "
        f"({', '.join(f'{s:.2f}' for s in seconds)}), "
        f"peak {max(memory):.0f} MiB"
    )
    return median


_TELL_MEMORY = """
try:
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
except ImportError:
    print("nan")
"""


def optimum(folder: Path) -> tuple[int, float]:
    """Pairs and total of SciPy's optimum on whole tables, need by need."""
    from scipy.optimize import linear_sum_assignment

    with (folder / "contemporary.csv").open(encoding="utf-8", newline="") as file:
        left = list(csv.DictReader(file))
    with (folder / "historic.csv").open(encoding="utf-8", newline="") as file:
        right = list(csv.DictReader(file))
    spans = {
        name: max(float(row[name]) for row in left + right)
        - min(float(row[name]) for row in left + right)
        for name in ("age", "previous_referrals")
    }
    pairs, total = 0, 0.0
    for need in NEEDS:
        ours = [row for row in left if row["need"] == need]
        theirs = [row for row in right if row["need"] == need]
        if not ours or not theirs:
            continue
        costs = _gower(ours, theirs, spans)
        days = _days(ours)[:, None] - _days(theirs)[None, :]
        allowed = (days >= 1) & (days <= WINDOW_DAYS)
        never = 10.0 * len(ours)
        costs[~allowed] = never
        rows, columns = linear_sum_assignment(costs)
        kept = costs[rows, columns] < never
        pairs += int(kept.sum())
        total += float(costs[rows, columns][kept].sum())
    return pairs, total


def _days(rows: list[dict[str, str]]) -> np.ndarray:
    return np.array([date.fromisoformat(row["opened"]).toordinal() for row in rows])


def _gower(
    ours: list[dict[str, str]],
    theirs: list[dict[str, str]],
    spans: dict[str, float],
) -> np.ndarray:
    def column(rows: list[dict[str, str]], name: str) -> np.ndarray:
        return np.array([row[name] for row in rows])

    costs = np.zeros((len(ours), len(theirs)))
    for name, weight in (("age", 2.0), ("previous_referrals", 1.0)):
        left = column(ours, name).astype(float)[:, None]
        right = column(theirs, name).astype(float)[None, :]
        costs += weight * np.abs(left - right) / spans[name]
    for name in ("sex", "ethnicity", "locality", "disability"):
        left, right = column(ours, name)[:, None], column(theirs, name)[None, :]
        gap = (left == "") | (right == "")
        costs += np.where(gap, 0.5, left != right)
    return costs / 7.0


if __name__ == "__main__":
    main()
