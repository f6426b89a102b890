"""The sample study's files as a reader meets them: rows, transcripts, runs of words."""

from __future__ import annotations

import csv
import re
import tomllib
from functools import cache
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "data" / "sample_study"
TURN = re.compile(r"(?:\[\d\d:\d\d:\d\d\] )?(?P<speaker>\w+): (?P<words>.+)")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table; the file has LF line ends and no loose quotes."""
    text = (SAMPLE / name).read_text(encoding="utf-8")
    assert "\r" not in text
    return list(csv.DictReader(text.splitlines(keepends=True), strict=True))


@cache
def cases() -> dict[str, dict[str, str]]:
    """The cases by reference."""
    return {row["case_id"]: row for row in rows("cases.csv")}


def study() -> dict[str, list[dict]]:
    """What ``study.toml`` says."""
    return tomllib.loads((SAMPLE / "study.toml").read_text(encoding="utf-8"))


def transcripts() -> dict[str, str]:
    """The text of each transcript by file name."""
    folder = SAMPLE / "transcripts"
    return {p.name: p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.txt"))}


def turns(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each paragraph; no speaker where it names none."""
    found = []
    for paragraph in text.strip().split("\n\n"):
        turn = TURN.fullmatch(paragraph)
        found.append((turn["speaker"], turn["words"]) if turn else ("", paragraph))
    return found


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of so many words, letter case and apostrophes aside."""
    plain = text.casefold().replace("'", "").replace("’", "")
    words = re.findall(r"\w+", plain)
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
