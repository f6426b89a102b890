"""The framework matrix of the sample, with the cells people wrote in it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from coding.framework_matrix.rows import GroupedBy
from coding.study import Person
from data.coding_records import CodingOperation, OperationKind
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind
from data.storage.framework.framework_records import (
    WHOLE,
    CellPlace,
    CellQuotation,
    MatrixShape,
)
from workbench.actions.framework.matrix_reading import Counted, count_matrix
from workbench.actions.sample.sample_files import file_text

_CLIENT = "sample matrix"


def write_matrix(store: StudyStore, people: Sequence[Person]) -> None:
    """Make the matrix of the file, write its cells, link what they rest on."""
    frame = tomllib.loads(file_text("framework.toml"))
    authors = {person.name: person.id for person in people}
    codes = {code.name: code.id for code in store.codebook.codebook().codes}
    shape = MatrixShape(
        frame["name"],
        grouped_by=GroupedBy(frame["grouped_by"]),
        column_ids=tuple(codes[name] for name in frame["columns"]),
    )
    matrix = store.framework.add(authors[frame["cell"][0]["author"]], shape)
    counted = count_matrix(store, matrix)
    keys = {row.name: row.key for row in counted.rows}
    written: dict[tuple[str, str], str] = {}
    for one in frame["cell"]:
        author, code = authors[one["author"]], codes[one["column"]]
        key = keys[one["row"]] if "row" in one else WHOLE
        place = CellPlace(matrix.id, key, code)
        cell = store.framework.write(author, place, one["text"], seen_version=0)
        written[key, code] = cell.id
        _link_quotations(store, author, shape, counted, place, one, codes)
        resting = [written[keys[name], code] for name in one.get("cells", ())]
        if resting:
            store.framework.link(author, place, resting, EvidenceKind.CELL)


def _link_quotations(
    store: StudyStore,
    author: str,
    shape: MatrixShape,
    counted: Counted,
    place: CellPlace,
    one: Mapping[str, Any],
    codes: Mapping[str, str],
) -> None:
    for number, wanted in enumerate(one.get("quotations", ())):
        row = next(r for r in counted.rows if r.key == place.row_key)
        column = next(c for c in counted.columns if c.code_id == place.column_id)
        quotation = next(
            q
            for q in store.framework.quotations(shape, row, column)
            if _same(wanted["words"]) in _same(q.words)
        )
        if "linked_as" not in wanted:
            store.framework.link(author, place, [quotation.coded_id])
            continue
        # Linked while it had another code, then coded as it is: a change to be told of.
        now = next(c for c in store.coding.settled() if c.id == quotation.coded_id)
        client = f"{_CLIENT} {place.row_key} {number}"
        _recode(store, client, 1, now.coder_id, quotation, codes[wanted["linked_as"]])
        store.framework.link(author, place, [quotation.coded_id])
        _recode(store, client, 2, now.coder_id, quotation, now.code_id)


def _recode(
    store: StudyStore,
    client: str,
    sequence: int,
    coder: str,
    quotation: CellQuotation,
    code: str,
) -> None:
    operation = CodingOperation(
        client,
        sequence,
        OperationKind.RECODE,
        segment_id=quotation.coded_id,
        code_id=code,
    )
    store.coding.apply(coder, quotation.source_id, [operation])


def _same(words: str) -> str:
    return words.replace("’", "'")
