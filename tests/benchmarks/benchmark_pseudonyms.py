"""How many planted names are found: after each was confirmed once, and unaided.

Run by hand: ``python tests/benchmarks/benchmark_pseudonyms.py [TEXTS.csv ...]``.
Invented names are planted by seed into the sample study's transcripts and, where named,
into the texts of further tables with a column ``text`` and one ``doc_id``.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from planted_names import (  # noqa: E402
    OWN_NAMES,
    PlantedTranscript,
    in_lower_case,
    invented_names,
    plant,
)

from coding.language import load_names_reader  # noqa: E402
from coding.pseudonyms.names import ListedName, NameKind  # noqa: E402
from coding.pseudonyms.proposals import SourcesRead  # noqa: E402
from coding.transcripts import SourceKind, Transcript, Turn  # noqa: E402
from data.importers.interviews.transcript_import import read_transcript  # noqa: E402

_SAMPLE = Path(__file__).parents[2] / "data" / "sample_study" / "transcripts"
_SEEDS = (1, 2)


def sample_transcripts() -> dict[str, Transcript]:
    """The transcripts of the sample study by file name."""
    return {
        path.name: read_transcript(path.name, path.read_bytes())
        for path in sorted(_SAMPLE.glob("*.txt"))
    }


def transcripts_of(table: Path) -> dict[str, Transcript]:
    """One transcript for each document of a table of turns."""
    texts: dict[str, list[str]] = {}
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            texts.setdefault(row["doc_id"], []).append(row["text"])
    made = {}
    for name, parts in texts.items():
        text, turns = "", []
        for number, part in enumerate((p for p in parts if p.strip()), start=1):
            turns.append(Turn(number, len(text), len(text) + len(part)))
            text += part + "\n"
        made[name] = Transcript(name, SourceKind.INTERVIEW, text, tuple(turns))
    return made


def measure(planted: dict[str, PlantedTranscript], title: str) -> None:
    """Print recall by form and false proposals, with the list and without it."""
    reader = load_names_reader()
    began = time.perf_counter()
    read = SourcesRead({n: p.transcript for n, p in planted.items()}, reader)
    seconds = time.perf_counter() - began
    used = {m.name.name: m.name for p in planted.values() for m in p.mentions}
    listed = [
        ListedName(str(number), NameKind(one.kind), one.name, "x")
        for number, one in enumerate(used.values())
    ]
    words = sum(len(one.words) for one in read.words.values())
    print(f"\n{title}: {words} words, {len(used)} names, read in {seconds:.1f} s")
    for label, names in (("each confirmed once", listed), ("unaided", [])):
        began = time.perf_counter()
        review = read.review(names)
        taken = time.perf_counter() - began
        total: Counter[str] = Counter()
        found: Counter[str] = Counter()
        false = false_listed = 0
        for name, one in planted.items():
            spans = [(m.start, m.end) for m in review.mentions[name]]
            of_list = len(spans)
            spans += [
                (place.start, place.end)
                for proposal in review.proposals
                if not OWN_NAMES & set(proposal.key.split())
                for place in proposal.places
                if place.source_id == name
            ]
            for mention in one.mentions:
                total[mention.form] += 1
                found[mention.form] += any(
                    a <= mention.start and b >= mention.end for a, b in spans
                )
            gold = [(m.start, m.end) for m in one.mentions]
            wrong = [
                not any(a < end and b > start for start, end in gold) for a, b in spans
            ]
            false += sum(wrong)
            false_listed += sum(wrong[:of_list])
        shares = ", ".join(f"{f} {found[f]}/{total[f]}" for f in sorted(total))
        share = sum(found.values()) / sum(total.values())
        print(
            f"  {label}: {share:.3f} found ({shares}); other proposals "
            f"{1000 * false / words:.2f} per 1,000 words, by the list alone "
            f"{1000 * false_listed / words:.2f}; {taken:.2f} s"
        )


def main() -> None:
    """Measure on the sample study and on the tables named."""
    sets = {"sample study": sample_transcripts()}
    sets |= {Path(one).stem: transcripts_of(Path(one)) for one in sys.argv[1:]}
    for title, transcripts in sets.items():
        for seed in _SEEDS:
            names = invented_names(seed, 24)
            planted = {
                name: plant(one, names, seed * 1_000 + number)
                for number, (name, one) in enumerate(transcripts.items())
            }
            measure(planted, f"{title}, seed {seed}, as written")
            measure(
                {name: in_lower_case(one) for name, one in planted.items()},
                f"{title}, seed {seed}, all in lower case",
            )


if __name__ == "__main__":
    main()
