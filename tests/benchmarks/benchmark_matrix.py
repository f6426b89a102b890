"""How long a framework matrix takes over a study of 1,920 interviews.

    python tests/benchmarks/large_study.py FILE.sqlite --interviews 1920 \
        --contemporary 14 --historic 158
    python tests/benchmarks/benchmark_matrix.py FILE.sqlite [--times 5]
        [--columns 20] [--written 2000]

Makes a matrix of participants by codes with so many written cells, three quotations
linked to each, and prints for each step the median of the repetitions in wall and in
CPU time of this process. The file is changed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from coding.study import Role
from coding.transcripts import text_hash
from data.rights import Right
from data.storage import StudyStore
from data.storage.framework.framework_records import Matrix, MatrixShape
from data.tables import CodedSegmentRow, EvidenceRow, FrameworkCellRow
from workbench.actions.framework import grid_content, matrix_reading

Answer = TypeVar("Answer")


def timed(name: str, times: int, ask: Callable[[], Answer]) -> Answer:
    walls, cpus = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = ask()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    print(
        f"{name:<44}{statistics.median(walls) * 1000:9.1f} ms"
        f"{statistics.median(cpus) * 1000:9.1f} ms CPU"
    )
    return answer


def with_matrix(store: StudyStore, columns: int, written: int) -> Matrix:
    """A matrix of participants by the first codes, so many of its cells written."""
    lead = next(p for p in store.study.people() if p.role is Role.STUDY_LEAD)
    book = store.codebook.codebook()
    codes = [c.id for _, c in book.in_tree_order() if c.id not in book.heading_ids]
    matrices = store.framework.matrices()
    name = f"Trial of {columns} columns and {written} cells"
    found = next((one for one in matrices if one.shape.name == name), None)
    if found is not None:
        return found
    shape = MatrixShape(name, column_ids=tuple(codes[:columns]))
    matrix = store.framework.add(lead.id, shape)
    rows = store.framework.rows(shape)
    read = matrix_reading.read_matrix(store, matrix, lead)
    places = [cell for cell, count in read.counts.cells.items() if count.quotations > 2]
    by_key = {row.key: row for row in rows}
    by_code = {column.code_id: column for column in read.columns}
    with store.database.writing(lead.id, Right.WRITE_FINDINGS) as writing:
        for number, (key, code) in enumerate(places[:written]):
            cell = FrameworkCellRow(
                matrix_id=matrix.id,
                about_kind="participants",
                about_id=key,
                column_id=code,
                text="She said that it took too long, and that nobody rang. " * 6,
                written_by=lead.id,
                version=1,
            )
            writing.session.add(cell)
            quotations = store.framework.quotations(shape, by_key[key], by_code[code])[
                :3
            ]
            for one in quotations:
                coded = writing.session.get_one(CodedSegmentRow, one.coded_id)
                writing.session.add(
                    EvidenceRow(
                        holder_kind="cell",
                        holder_id=cell.id,
                        kind="coded segment",
                        thing_id=one.coded_id,
                        stance="supports",
                        as_linked={
                            "code": coded.code_id,
                            "words": text_hash(one.words),
                        },
                        linked_by=lead.id,
                    )
                )
            if number % 200 == 0:
                print(f"  {number} cells written")
        writing.record("trial written", "matrix", matrix.id)
    return matrix


def main() -> None:
    """Time the steps of the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--columns", type=int, default=20)
    parser.add_argument("--written", type=int, default=2_000)
    asked = parser.parse_args()
    store = StudyStore(asked.file)
    lead = next(p for p in store.study.people() if p.role is Role.STUDY_LEAD)
    matrix = with_matrix(store, asked.columns, asked.written)
    rows = timed("rows", asked.times, lambda: store.framework.rows(matrix.shape))
    columns = matrix_reading.columns_of_matrix(store, matrix)
    counts = timed(
        "counts",
        asked.times,
        lambda: store.framework.counts(matrix.shape, rows, columns),
    )
    timed("cells", asked.times, lambda: store.framework.cells(matrix.id))
    changed = timed(
        "evidence changed",
        asked.times,
        lambda: store.framework.changed(matrix.id, reader_id=lead.id),
    )
    read = timed(
        "the whole matrix",
        asked.times,
        lambda: matrix_reading.read_matrix(store, matrix, lead),
    )
    content = timed(
        "as the page sends it",
        asked.times,
        lambda: json.dumps(grid_content.grid_content(read)),
    )
    timed(
        "one cell opened",
        asked.times,
        lambda: store.framework.quotations(matrix.shape, read.rows[0], read.columns[0]),
    )
    print(f"{len(rows):,} rows, {len(columns)} columns, {len(counts.cells):,} cells")
    print(f"{sum(c.quotations for c in counts.cells.values()):,} quotations")
    print(f"{len(changed)} cells changed, {len(content) / 1e6:.1f} MB sent")
    store.close()


if __name__ == "__main__":
    main()
