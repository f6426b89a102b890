"""How every command answers: counts, warnings, refusals in words, exit status.

Exit status: 0 accepted, 2 the command's words are off, 3 refused and nothing stored,
1 a fault of our own, told in one line with a reference number.
"""

from __future__ import annotations

import functools
import json
import logging
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from coding.problems import CodingRefused
from data.problems import DataRefused
from matching.problems import MatchingRefused
from workbench.wording import place_of_fault, problem_in_words

if TYPE_CHECKING:
    from data.storage import StudyStore

REFUSALS = (DataRefused, MatchingRefused, CodingRefused)
REFUSED = 3
_OWN_FAULT = 1


class Answer:
    """What a command answers: stored counts, warnings and its own result."""

    def __init__(self) -> None:
        self.stored: dict[str, int] = {}
        self.warnings: list[Any] = []
        self.refused: list[Any] = []
        self.lines: list[str] = []
        self.more: dict[str, Any] = {}

    @property
    def status(self) -> str:
        """Accepted, with or without warnings."""
        return "accepted_with_warnings" if self.warnings else "accepted"


def answering(command: Callable[..., Answer]) -> Callable[..., None]:
    """The command with ``--json``, refusals in words and exit status settled once."""

    @click.option("as_json", "--json", is_flag=True, help="Answer as one JSON object.")
    @functools.wraps(command)
    def answered(*, as_json: bool, **options: Any) -> None:
        try:
            answer = command(**options)
        except REFUSALS as refusal:
            tell_refused(refusal.problems, as_json=as_json)
            sys.exit(REFUSED)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as fault:
            sys.exit(_tell_fault(fault))
        _tell(answer, as_json=as_json)

    return answered


def _tell(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        told = {
            "status": answer.status,
            "stored": answer.stored,
            "warnings": [asdict(one) for one in answer.warnings],
            "refused": [asdict(one) for one in answer.refused],
            **answer.more,
        }
        _say(json.dumps(told))
        return
    for line in answer.lines:
        _say(line)
    for name, count in answer.stored.items():
        _say(f"{name.replace('_', ' ')}: {count}")
    for one in answer.warnings:
        _say(f"Note. {one.where}: {problem_in_words(one)}", err=True)
    for one in answer.refused:
        _say(f"Left out. {one.where}: {problem_in_words(one)}", err=True)


def _say(words: str, *, err: bool = False) -> None:
    """Print the words, whatever the terminal or the file they go to can hold.

    Output sent to a file on Windows is in a code page that lacks most letters: what it
    lacks becomes a question mark, rather than a fault after the work was stored.
    """
    stream = sys.stderr if err else sys.stdout
    held = getattr(stream, "encoding", None) or "utf-8"
    click.echo(words.encode(held, "replace").decode(held), err=err)


def tell_refused(problems: Any, *, as_json: bool) -> None:
    """Tell every problem, and that nothing was stored."""
    if as_json:
        told = {
            "status": "refused",
            "stored": {},
            "warnings": [],
            "refused": [asdict(one) for one in problems],
        }
        _say(json.dumps(told))
        return
    for one in problems:
        _say(f"{one.where}: {problem_in_words(one)}", err=True)
    _say("Nothing was stored.", err=True)


def _tell_fault(fault: Exception) -> int:
    reference = uuid.uuid4().hex[:8]
    # Never the fault's own words: they may hold a participant's.
    logging.getLogger("workbench").error(
        "fault %s: %s at %s", reference, type(fault).__name__, place_of_fault(fault)
    )
    click.echo(
        f"Something went wrong on our side; nothing was stored. Reference {reference}.",
        err=True,
    )
    return _OWN_FAULT


@contextmanager
def opened(study: str) -> Iterator[StudyStore]:
    """The store of an existing study, closed afterwards."""
    from workbench.actions.studies import open_existing

    store = open_existing(study)
    try:
        yield store
    finally:
        store.close()


def show_progress(title: str) -> Callable[[float, str], None]:
    """Progress in words on standard error, redrawn in place on a terminal."""
    from tqdm import tqdm

    bars: list[Any] = []

    def progress(done: float, words: str = "") -> None:
        # Begun with the first report: work that needs none shows none.
        if not bars:
            bars.append(
                tqdm(
                    total=100,
                    desc=title,
                    file=sys.stderr,
                    bar_format="{desc} {n:.0f} %",
                )
            )
        [bar] = bars
        bar.set_description_str(f"{title}, {words}" if words else title, refresh=False)
        bar.update(max(0, round(done * 100) - bar.n))

    return progress
