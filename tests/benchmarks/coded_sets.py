"""Two coded sets to measure on: one published, kept beside the checkout, one ours.

The published one is densely coded; in the sample most turns carry no code at all.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

from coding.transcripts import normalise_text
from coding.turn_reading import read_turns

_ROOT = Path(__file__).parents[2]
SAMPLE = _ROOT / "data" / "sample_study"
SHARED = _ROOT.parent / "shared" / "data" / "trial" / "coded"
HEADINGS = ("doc_id", "seq", "speaker", "text", "labels")
CODER = "Priya Wetherall"


def published() -> tuple[bytes, bytes] | None:
    """The coded table and the codebook of the published set, if it is there."""
    table, book = SHARED / "serdif.csv", SHARED / "serdif-codebook.csv"
    if not table.exists():
        return None
    return table.read_bytes(), book.read_bytes()


def sample() -> tuple[bytes, bytes]:
    """The sample study as one coder coded it: a row a turn, labels between bars."""
    coded = defaultdict(list)
    with (SAMPLE / "codings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["coder"] == CODER:
                coded[row["source"]].append(row)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEADINGS)
    for path in sorted((SAMPLE / "transcripts").glob("*.txt")):
        if path.name in coded:
            text = normalise_text(path.read_text(encoding="utf-8"))
            writer.writerows(_rows(path.stem, text, coded[path.name]))
    return written.getvalue().encode("utf-8"), (SAMPLE / "codebook.csv").read_bytes()


def _rows(name: str, text: str, codings: list[dict[str, str]]) -> list[list[object]]:
    passages = []
    for one in codings:
        start = -1
        for _ in range(int(one["occurrence"])):
            start = text.index(one["quotation"], start + 1)
        passages.append((start, start + len(one["quotation"]), one["code"]))
    turns, _ = read_turns(text)
    return [
        [
            name,
            turn.number,
            turn.speaker,
            text[turn.start : turn.end],
            "|".join(
                sorted({c for s, e, c in passages if s < turn.end and turn.start < e})
            ),
        ]
        for turn in turns
    ]
