"""How long agreement of two coders takes on a long transcript, by each unit.

    python tests/benchmarks/benchmark_agreement.py [--words N] [--codings N] [--runs N]

One invented interview (seeded), coded by two, with 36 codes; all figures per code and
overall. Prints the median seconds; the promise is 1 s for 60,000 words.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from agreement_texts import long_text

from coding.agreement.report import report_agreement
from coding.agreement.units import UnitKind

CODES = {f"c{n}": f"Code {n}" for n in range(36)}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--words", type=int, default=60_000)
    asked.add_argument("--codings", type=int, default=2_500)
    asked.add_argument("--runs", type=int, default=5)
    options = asked.parse_args()
    text = long_text(options.words, options.codings, list(CODES))
    print(f"{options.words:,} words, {options.codings:,} codings of each coder")
    for unit in UnitKind:
        seconds = []
        for _ in range(options.runs):
            begun = time.perf_counter()
            report = report_agreement([text], ("ann", "bo"), CODES, unit)
            seconds.append(time.perf_counter() - begun)
        print(
            f"{unit.value:<10} {report.units:>9,} units  "
            f"{statistics.median(seconds):.3f} s"
        )


if __name__ == "__main__":
    main()
