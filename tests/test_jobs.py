"""Long work: its result comes once, it can be cancelled, its faults are not lost."""

from __future__ import annotations

import threading
import time

import pytest

from workbench.jobs import Cancelled, Job


def test_a_jobs_result_is_kept_when_it_is_finished() -> None:
    job = Job("Counting")
    job.run(lambda progress: (progress(0.5, "half way"), 42)[1])
    assert (job.result, job.is_finished, job.words) == (42, True, "half way")


def test_cancelling_stops_the_work_at_its_next_report() -> None:
    job = Job("Comparing")
    reports: list[int] = []

    def work(progress: object) -> None:
        for turn in range(1000):
            reports.append(turn)
            progress(turn / 1000, "")  # type: ignore[operator]
            time.sleep(0.005)

    thread = threading.Thread(target=job.run, args=(work,))
    thread.start()
    while not reports:
        time.sleep(0.001)
    job.cancel()
    thread.join(timeout=10)
    assert isinstance(job.fault, Cancelled)
    assert job.result is None
    assert len(reports) < 1000


def test_what_stopped_the_work_is_kept_for_the_page() -> None:
    job = Job("Comparing")

    def work(_progress: object) -> None:
        raise ValueError("ours")

    job.run(work)
    assert isinstance(job.fault, ValueError)
    assert job.is_finished


@pytest.mark.parametrize(("said", "kept"), [(-1.0, 0.0), (0.4, 0.4), (7.0, 1.0)])
def test_progress_stays_between_nothing_and_all(said: float, kept: float) -> None:
    job = Job("Counting")
    job.progress(said)
    assert job.done == kept
