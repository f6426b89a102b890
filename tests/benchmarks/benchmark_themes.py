"""How long themes, one theme, the matrix and reports take over a large study.

    python tests/benchmarks/large_study.py FILE.sqlite --interviews 1920 \
        --contemporary 14 --historic 158
    python tests/benchmarks/benchmark_themes.py FILE.sqlite [--times 3]
        [--codings 200000] [--no-reports]

Prints processor seconds of this process for what each page asks of the study when it is
opened first, and again while nothing changed; then for each report. Where the study
holds fewer codings than asked for, more are added (the file is changed): those there
are, a few letters on and under the next code.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select
from sqlmodel import col

from coding.study import Role
from data.rights import Right
from data.storage import StudyStore
from data.storage.database import insert_rows
from data.tables import CodedSegmentRow, SourceRow
from data.tables.base import new_id
from workbench.actions.framework import grid_content, matrix_reading
from workbench.actions.themes import summary_report
from workbench.actions.themes.quoted_places import chosen_for_range
from workbench.actions.themes.said_themes import read_said_themes, themes_of_study
from workbench.actions.themes.theme_summary import read_theme
from workbench.actions.together.reports import write_report
from workbench.actions.together.theme_reading import group_headings

Answer = TypeVar("Answer")


def timed(name: str, times: int, goal: float, ask: Callable[[], Answer]) -> Answer:
    spent = []
    for _ in range(times):
        began = time.process_time()
        answer = ask()
        spent.append(time.process_time() - began)
    median = statistics.median(spent)
    word = "within" if median <= goal else "OVER"
    print(f"{name:<40}{median:8.2f} s   {word} {goal:g} s (best {min(spent):.2f})")
    return answer


def add_codings(store: StudyStore, wanted: int) -> int:
    """How many codings there are once as many were added as were wanted."""
    lead = next(p for p in store.study.people() if p.role is Role.STUDY_LEAD)
    codes = [code.id for code in store.codebook.codebook().codes]
    following = dict(zip(codes, [*codes[1:], codes[0]], strict=True))
    with store.database.writing(lead.id, Right.CODE_SOURCES) as writing:
        session = writing.session
        rows = session.execute(
            select(
                col(CodedSegmentRow.source_id),
                col(CodedSegmentRow.code_id),
                col(CodedSegmentRow.start),
                col(CodedSegmentRow.end),
                col(CodedSegmentRow.coder_id),
                func.length(col(SourceRow.text)),
            )
            .join(SourceRow, col(SourceRow.id) == col(CodedSegmentRow.source_id))
            .where(col(CodedSegmentRow.layer) == "")
        ).all()
        there, step, more = len(rows), 0, []
        while rows and there + len(more) < wanted:
            step += 1
            more += [
                {
                    "id": new_id(),
                    "source_id": source,
                    "code_id": _on(following, code, step),
                    "start": start + 7 * step,
                    "end": end + 7 * step,
                    "coder_id": coder,
                    "coded_at": datetime.now(UTC),
                    "suggestion_id": None,
                    "layer": "",
                }
                for source, code, start, end, coder, length in rows
                if end + 7 * step < length and code in following
            ][: wanted - there - len(more)]
        insert_rows(session, CodedSegmentRow, more)
        writing.record("trial codings added", "coded segment", count=len(more))
    return there + len(more)


def _on(following: dict[str, str], code: str, steps: int) -> str:
    for _ in range(steps):
        code = following[code]
    return code


def main() -> None:
    """Time what the pages ask, then the reports."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--codings", type=int, default=200_000)
    parser.add_argument(
        "--reports", action=argparse.BooleanOptionalAction, default=True
    )
    asked = parser.parse_args()
    store = StudyStore(asked.file)
    codings = add_codings(store, asked.codings)
    print(f"{len(store.sources.names()):,} sources, {codings:,} codings")
    lead = next(p for p in store.study.people() if p.role is Role.STUDY_LEAD)

    def themes_first() -> object:
        themes = themes_of_study(read_said_themes(store), codes=False)
        return group_headings(themes.themes, "wave")

    timed("themes page, first", asked.times, 1, themes_first)
    said = read_said_themes(store)
    timed(
        "themes page, again", asked.times, 1, lambda: themes_of_study(said, codes=False)
    )
    widest = summary_report.most_people_first_ids(said)[0]

    def theme_first() -> object:
        themes = read_said_themes(store)
        read = read_theme(store, themes, widest)
        assert read is not None
        return chosen_for_range(store, read)

    timed("theme page, first", asked.times, 1, theme_first)
    read = read_theme(store, said, widest)
    assert read is not None
    timed(
        "theme page, another theme", asked.times, 1, lambda: _one(store, said, widest)
    )
    timed("theme page, again", asked.times, 1, lambda: chosen_for_range(store, read))
    matrix = store.framework.matrices()[0]

    def matrix_first() -> str:
        whole = matrix_reading.read_matrix(store, matrix, lead)
        matrix_reading.lead_in_words(whole)
        return json.dumps(grid_content.grid_content(whole))

    timed("matrix page, first", asked.times, 1, matrix_first)
    base = matrix_reading.count_matrix(store, matrix)
    timed(
        "matrix page, again",
        asked.times,
        1,
        lambda: matrix_reading.read_matrix(store, matrix, lead, base),
    )
    if asked.reports:
        for kind in ("summaries", "themes", "debrief", "findings"):
            path = asked.file.with_name(f"{asked.file.stem}-{kind}.docx")
            timed(
                f"report: {kind}",
                1,
                60,
                lambda k=kind, p=path: write_report(store, k, p),
            )
            path.unlink()
    store.close()


def _one(store: StudyStore, said: object, code_id: str) -> object:
    read = read_theme(store, said, code_id)  # type: ignore[arg-type]
    return chosen_for_range(store, read) if read else None


if __name__ == "__main__":
    main()
