"""Putting words together the same way on pages and in commands."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import Protocol

_ENDS = (".", "?", ":", ")", "”")


class Problem(Protocol):
    """What every package's problem has."""

    @property
    def found(self) -> str: ...  # noqa: D102 - named by the problem classes
    @property
    def where(self) -> str: ...  # noqa: D102
    @property
    def do_next(self) -> str: ...  # noqa: D102


def as_sentence(words: str) -> str:
    """The words with a capital and a full stop, where they lack them.

    A first word that holds a digit, a dot or an underscore is a name and stays.

    >>> as_sentence("the file is empty")
    'The file is empty.'
    >>> as_sentence("p07.txt is empty.")
    'p07.txt is empty.'
    """
    text = words.strip()
    if not text:
        return ""
    first = text.split()[0]
    if first.isalpha():
        text = text[0].upper() + text[1:]
    return text if text.endswith(_ENDS) else f"{text}."


def problem_in_words(problem: Problem) -> str:
    """What was found and what to do next, as sentences; its place stands before it."""
    return f"{as_sentence(problem.found)} {as_sentence(problem.do_next)}".strip()


def with_names_marked(escaped: str) -> str:
    """Escaped words with names between asterisks set in italics.

    >>> with_names_marked("Plan, covariate, *age*")
    'Plan, covariate, <em>age</em>'
    """
    return re.sub(r"\*([^*\n]+)\*", r"<em>\1</em>", escaped)


def place_of_fault(fault: Exception) -> str:
    """The file and line where a fault of ours arose; never the fault's own words."""
    frames = traceback.extract_tb(fault.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
