"""Server time of the page on which pairs are judged, with 20,000 historic cases.

    python tests/benchmarks/benchmark_candidates_page.py [--historic N]
        [--contemporary N] [--cases N] [--profile]

Makes the sample study at that size, finds matches, and opens the page as the app does
(Streamlit's own test runner, no browser): once cold, then for other cases in turn,
which is what a judge waits for. What is timed is the page itself, from its first line
to its last; time at work leaves out what other programs took meanwhile, and the whole
run with the runner's own start stands beside it. The goal is 150 ms warm.
"""

from __future__ import annotations

import argparse
import cProfile
import logging
import pstats
import statistics
import sys
import tempfile
import time
from pathlib import Path

from data.storage import StudyStore
from workbench import judge_page
from workbench.actions.cases.pairing import find_matches
from workbench.actions.sample import SampleSize, build_sample_study, enlarge_sample

sys.path.insert(0, str(Path(__file__).parents[1]))

from page_tests import open_page

GOAL_MILLISECONDS = 150


def main() -> None:
    """Make the study, open the page, print how long each opening took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--contemporary", type=int, default=200)
    parser.add_argument("--historic", type=int, default=20_000)
    parser.add_argument("--cases", type=int, default=12)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.sqlite"
        store = StudyStore(path)
        began = time.perf_counter()
        build_sample_study(store)
        size = SampleSize(0, asked.contemporary, asked.historic)
        enlarge_sample(store, size)
        made = time.perf_counter()
        lead = store.study.people()[0]
        find_matches(store, lead)
        paired = time.perf_counter()
        print(f"study made {made - began:.1f} s, matched {paired - made:.1f} s")
        cases = [one.id for one in store.pairings.queue() if one.waits][: asked.cases]
        page = TimedPage()
        whole = [page.opened(path, lead.id, case) for case in cases]
        seconds = page.seconds
        if asked.profile:
            page.profile = cProfile.Profile()
            page.opened(path, lead.id, cases[0])
            pstats.Stats(page.profile).sort_stats("cumulative").print_stats(45)
        store.close()
    cold, warm = seconds[0], seconds[1 : len(whole)]
    at_work = page.at_work[1 : len(whole)]
    print(f"cold {cold * 1000:.0f} ms, {page.at_work[0] * 1000:.0f} ms at work")
    print(
        f"warm median {statistics.median(warm) * 1000:.0f} ms, longest "
        f"{max(warm) * 1000:.0f} ms of {len(warm)} cases "
        f"(goal {GOAL_MILLISECONDS} ms), "
        f"at work {statistics.median(at_work) * 1000:.0f} ms, "
        f"with the runner {statistics.median(whole[1:]) * 1000:.0f} ms"
    )


class TimedPage:
    """The judge page, with how long each of its runs took."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.at_work: list[float] = []
        self.profile: cProfile.Profile | None = None
        self._show = judge_page.show
        # The script that opens a page finds it by name, and so finds this one.
        judge_page.show = self._timed

    def _timed(self) -> None:
        began, worked = time.perf_counter(), time.thread_time()
        if self.profile:
            self.profile.runcall(self._show)
        else:
            self._show()
        self.seconds.append(time.perf_counter() - began)
        self.at_work.append(time.thread_time() - worked)

    def opened(self, path: Path, person_id: str, case_id: str) -> float:
        """Seconds of a whole run: the runner, the script and the page."""
        began = time.perf_counter()
        app = open_page("judge_page", path, person_id, case=case_id)
        seconds = time.perf_counter() - began
        if app.exception:
            sys.exit("The page did not open.")
        return seconds


if __name__ == "__main__":
    main()
