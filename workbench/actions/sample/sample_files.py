"""The text files of the sample study, as they ship inside the ``data`` package."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources

CASE_FILES = ("cases.csv", "events.csv", "notes.csv")
SAMPLING_FILE = "sampling.csv"


def file_bytes(name: str) -> bytes:
    """The bytes of one file of the sample."""
    return (resources.files("data") / "sample_study" / name).read_bytes()


def file_text(name: str) -> str:
    """The text of one file of the sample."""
    return file_bytes(name).decode("utf-8")


def file_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one table of the sample, by heading."""
    yield from csv.DictReader(file_text(name).splitlines(keepends=True))
