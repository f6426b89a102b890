"""Long work in the background: progress in words, a Cancel button, the result kept.

A job runs in a thread of its own, so that a click elsewhere never cuts it off. It is
known by its key: a page that is left and reopened finds its job again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from workbench import session


class Cancelled(Exception):  # noqa: N818 - not an error: the person chose it
    """Raised inside a job whose person pressed Cancel."""


@dataclass
class Job:
    """Work under way: how far, in which words, and what came of it."""

    title: str
    done: float = 0.0
    words: str = ""
    result: Any = None
    fault: Exception | None = None
    is_finished: bool = False
    began: float = field(default_factory=time.monotonic)
    _cancelled: threading.Event = field(default_factory=threading.Event)

    def progress(self, done: float, words: str = "") -> None:
        """Report how far the work is (0 to 1); raises Cancelled where asked to stop."""
        self.done, self.words = max(0.0, min(1.0, done)), words or self.words
        if self._cancelled.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next report; nothing of it is then kept."""
        self._cancelled.set()

    def run(self, work: Callable[[Callable[[float, str], None]], Any]) -> None:
        """Do the work and keep its result or what stopped it."""
        try:
            self.result = work(self.progress)
        except Exception as fault:
            self.fault = fault
        self.is_finished = True


@st.cache_resource(show_spinner=False)
def _jobs() -> dict[str, Job]:
    return {}


def start_job(
    key: str, title: str, work: Callable[[Callable[[float, str], None]], Any]
) -> None:
    """Begin the work under a key, unless it is already under way."""
    name = f"{session.study()} {key}"
    under_way = _jobs().get(name)
    if under_way is None or under_way.is_finished:
        job = Job(title)
        _jobs()[name] = job
        threading.Thread(target=job.run, args=(work,), daemon=True).start()


def job_under(key: str) -> Job | None:
    """The job of that key, under way or finished and not yet fetched."""
    return _jobs().get(f"{session.study()} {key}")


def show_job(key: str) -> Any:
    """The result of a finished job, once; else nothing, with its progress drawn.

    Raises what the work raised; a cancelled job says so and gives nothing.
    """
    job = job_under(key)
    if job is None:
        return None
    if not job.is_finished:
        # Short work is over before words about waiting would be read.
        deadline = time.monotonic() + 0.3
        while time.monotonic() < deadline and not job.is_finished:
            time.sleep(0.02)
    if not job.is_finished:
        _watch(key)
        return None
    _jobs().pop(f"{session.study()} {key}", None)
    if isinstance(job.fault, Cancelled):
        st.info(f"{job.title}: cancelled. Nothing was changed.")
        return None
    if job.fault is not None:
        raise job.fault
    return job.result


@st.fragment(run_every=0.5)
def _watch(key: str) -> None:
    job = job_under(key)
    if job is None or job.is_finished:
        st.rerun()
    seconds = int(time.monotonic() - job.began)
    st.progress(job.done, text=f"{job.title}: {job.words or 'working'} ({seconds} s)")
    if st.button("Cancel", key=f"cancel {key}"):
        job.cancel()


def run_job(
    key: str, title: str, work: Callable[[Callable[[float, str], None]], Any]
) -> Any:
    """Begin the work and show it; the result once it is there, else nothing.

    Work that is over is told first, and not begun anew before that.
    """
    if job_under(key) is None:
        start_job(key, title, work)
    return show_job(key)
