"""How long answers take over a study of 1,920 transcripts and 200,000 codings.

    python tests/benchmarks/large_study.py FILE.sqlite --interviews 1920 \
        --contemporary 14 --historic 158
    python tests/benchmarks/benchmark_retrieval.py FILE.sqlite [--times 7]

Prints, for each kind of question, the median of the repetitions in wall and in CPU
time of this process, and how much was found; other work on the machine lengthens the
first and not the second. Passages are asked for by the most used code, by one in the
middle, and by all of a heading.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from coding.finding.code_relations import Relation
from data.found_passages import PassageFilter, PassageQuery
from data.storage import StudyStore
from workbench.actions.finding.code_tables import by_attribute, co_occurrence, most_used
from workbench.actions.finding.passage_ask import Narrowing, with_those_under
from workbench.actions.finding.searching import find_quotation, look_for

Answer = TypeVar("Answer")
SEARCHES = (
    '"same worker"',
    "school*",
    "police or magistrate",
    "family not school",
    "the",
)


def timed(name: str, times: int, ask: Callable[[], Answer]) -> Answer:
    walls, cpus = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = ask()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    print(
        f"{name:<52}{statistics.median(walls) * 1000:9.1f} ms"
        f"{statistics.median(cpus) * 1000:9.1f} ms CPU",
        end="",
    )
    return answer


def passages(store: StudyStore, reader: str, times: int) -> None:
    counts = store.coding.passage_counts(reader_id=reader)
    by_use = sorted(counts, key=lambda code: -counts[code])
    middle = len(by_use) // 2
    codebook = store.codebook.codebook()
    top = next(c.id for c in codebook.codes if not c.parent_id)
    heading = with_those_under(codebook, [top])
    for words, first, second in (
        ("most used", (by_use[0],), (by_use[1],)),
        ("middle", (by_use[middle],), (by_use[middle + 1],)),
        ("heading", heading, (by_use[middle],)),
    ):
        for relation in Relation:
            query = PassageQuery(first, relation, second, 20)
            found = timed(
                f"passages: {words}, {relation.value}",
                times,
                lambda query=query: store.finding.passages(query, reader_id=reader),
            )
            print(f"   {len(found.passages):,} by {len(found.people):,}")
    query = PassageQuery((by_use[0],), narrowed=PassageFilter(roles=("Parent",)))
    found = timed(
        "passages: most used, parents",
        times,
        lambda: store.finding.passages(query, reader_id=reader),
    )
    print(f"   {len(found.passages):,} by {len(found.people):,}")
    everything = replace(query, narrowed=PassageFilter())
    found = store.finding.passages(everything, reader_id=reader)
    timed(
        "  twenty of them with their words",
        times,
        lambda: store.finding.quoted(found.passages[:20]),
    )
    print()


def tables(store: StudyStore, reader: str, times: int) -> None:
    for how_many in (6, 8):
        codes = most_used(store, reader, how_many)
        timed(
            f"codes together: {how_many} most used",
            times,
            lambda codes=codes: co_occurrence(
                store, reader, codes, under=True, narrowed=Narrowing()
            ),
        )
        print()
    codes = most_used(store, reader, 10)
    for by in ("wave", "role", "years_in_service"):
        timed(
            f"codes by {by}: 10 most used",
            times,
            lambda by=by: by_attribute(
                store, reader, codes, by, under=True, narrowed=Narrowing()
            ),
        )
        print()


def words(store: StudyStore, times: int) -> None:
    for typed in SEARCHES:
        found = timed(
            f"words: {typed}", times, lambda typed=typed: look_for(store, typed)
        )
        print(f"   {found.found.total:,} turns, {len(found.lines):,} places listed")
    source = store.sources.summaries()[700]
    text = store.sources.read(source.id).transcript
    turn = max(text.turns, key=lambda one: one.end - one.start)
    said = text.text[turn.start : turn.end].split()
    changed = [word if at % 9 else "otherwise" for at, word in enumerate(said[5:60], 1)]
    for name, pasted in (
        ("word for word", " ".join(said[5:45])),
        (
            "one word in nine changed, some left out",
            " ".join([*changed[:20], "[...]", *changed[30:]]),
        ),
        ("from nowhere", "quarterly figures of the borough rose again last spring"),
    ):
        places = timed(
            f"quotation: {name}",
            times,
            lambda pasted=pasted: find_quotation(store, pasted),
        )
        print(f"   {len(places)} places", *(one.in_words for one in places[:1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", type=int, default=7)
    asked = parser.parse_args()
    store = StudyStore(asked.file)
    reader = store.study.people()[0].id
    passages(store, reader, asked.times)
    tables(store, reader, asked.times)
    words(store, asked.times)
    store.close()


if __name__ == "__main__":
    main()
