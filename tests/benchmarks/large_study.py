"""Makes the sample study at a size, for benchmarks and for looking at pages when full.

    python tests/benchmarks/large_study.py FILE.sqlite [--interviews 192] [--words 8000]
        [--contemporary 2000] [--historic 20000] [--seed 1]

What is added to the sample is synthetic and says so. Prints what the study holds and
how long it took.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from data.storage import StudyStore
from workbench.actions.sample import SampleSize, build_sample_study, enlarge_sample


def main() -> None:
    """Make the study the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--interviews", type=int, default=192)
    parser.add_argument("--words", type=int, default=8_000)
    parser.add_argument("--contemporary", type=int, default=2_000)
    parser.add_argument("--historic", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.file.exists():
        parser.error(f"{asked.file} is there already")
    size = SampleSize(asked.interviews, asked.contemporary, asked.historic, asked.words)
    store = StudyStore(asked.file)
    began = time.perf_counter()
    build_sample_study(store)
    built = time.perf_counter()
    enlarge_sample(store, size, seed=asked.seed)
    ended = time.perf_counter()
    counts = store.cases.counts()
    sources = store.sources.summaries()
    print(f"sample                {built - began:8.1f} s")
    print(f"enlarged              {ended - built:8.1f} s")
    print(f"sources               {len(sources):8,}")
    print(f"words                 {sum(one.words for one in sources):8,}")
    print(f"codings               {len(store.coding.segments()):8,}")
    print(f"contemporary cases    {counts.contemporary:8,}")
    print(f"historic cases        {counts.historic:8,}")
    print(f"events, notes         {counts.events:8,} {counts.notes:8,}")
    print(f"file                  {asked.file.stat().st_size / 1e6:8.1f} MB")
    store.close()


if __name__ == "__main__":
    main()
