"""Putting words together the same way on pages and in commands."""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

_LISTED_AT_MOST = 12
CODINGS_COUNTED = (
    "A coding is one passage under one code, as one coder marked it; on Find passages, "
    "codings that overlap are one passage."
)
PASSAGES_COUNTED = (
    "Codings that overlap are one passage here, whoever marked them; the codebook "
    "counts every coding."
)
"""What the two counts of what is coded mean, said beside each of them."""

_ENDS = (".", "?", ":", ".)", "”")


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
    >>> as_sentence("the file is no workbook (.xlsx)")
    'The file is no workbook (.xlsx).'
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


def counted(number: int, one: str, many: str = "") -> str:
    """The number with its noun in singular or plural.

    >>> counted(1, "passage"), counted(1200, "source"), counted(2, "memory", "memories")
    ('1 passage', '1,200 sources', '2 memories')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def counted_codes(codes: int, headings: int) -> str:
    """How many codes, and how many headings they stand under, which are counted apart.

    >>> counted_codes(36, 5), counted_codes(1, 0)
    ('36 codes under 5 headings', '1 code')
    """
    said = counted(codes, "code")
    return f"{said} under {counted(headings, 'heading')}" if headings else said


def joined_by_and(names: Sequence[str]) -> str:
    """All the names, the last after an *and*.

    >>> joined_by_and(["18A", "18B", "18C"]), joined_by_and(["18A"])
    ('18A, 18B and 18C', '18A')
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def listed(names: Sequence[str]) -> str:
    """The names with commas between them; after the twelfth, how many more there are.

    >>> listed(["Ann", "Bo"])
    'Ann, Bo'
    """
    if len(names) <= _LISTED_AT_MOST:
        return ", ".join(names)
    shown = ", ".join(names[:_LISTED_AT_MOST])
    return f"{shown} and {len(names) - _LISTED_AT_MOST} more"


def day_in_words(iso: str) -> str:
    """The day of an ISO date as people write it.

    >>> day_in_words("2025-05-03")
    '3 May 2025'
    """
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
