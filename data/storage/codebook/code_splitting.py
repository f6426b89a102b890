"""Splitting a code: checking the parts, and the new codes they become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from coding.codebook import Code
from data.codebook_records import SplitPart
from data.problems import DataProblem, DataRefused
from data.storage.codebook.code_rows import (
    NOTHING_SAVED,
    as_row,
    colour_for_new,
    next_position,
    problems_of,
    tidy,
)
from data.tables import CodeRow, new_id


def require_parts(
    row: CodeRow, rows: Sequence[CodeRow], parts: Sequence[SplitPart], seen: set[str]
) -> None:
    """Refuse parts that cannot become codes, and passages that cannot go there."""
    problems: list[DataProblem] = []
    if not parts:
        problems.append(
            DataProblem(
                "There is no new code to split into.",
                row.name,
                f"Name one and choose its passages. {NOTHING_SAVED}",
            )
        )
    for part in parts:
        problems += problems_of(Code("", part.name), rows)
        if not part.passage_ids:
            problems.append(
                DataProblem(
                    "No passage was chosen for it.",
                    tidy(part.name) or "A new code",
                    f"Choose at least one. {NOTHING_SAVED}",
                )
            )
    names = Counter(tidy(part.name).casefold() for part in parts)
    if any(number > 1 for name, number in names.items() if name):
        problems.append(
            DataProblem(
                "Two of the new codes have the same name.",
                row.name,
                f"Give each its own. {NOTHING_SAVED}",
            )
        )
    given = [one for part in parts for one in part.passage_ids]
    if len(set(given)) != len(given) or not seen.issuperset(given):
        problems.append(
            DataProblem(
                "Passages chosen are given twice, or no longer carry this code.",
                row.name,
                f"Open the code again and choose anew. {NOTHING_SAVED}",
            )
        )
    if problems:
        raise DataRefused(problems)


def new_codes(
    row: CodeRow, rows: Sequence[CodeRow], parts: Sequence[SplitPart]
) -> list[Code]:
    """The codes the parts become, beside the one that is split, each with a colour."""
    known, made = list(rows), []
    for part in parts:
        code = replace(
            Code(new_id(), tidy(part.name), part.definition.strip()),
            parent_id=row.parent_id or "",
            colour=colour_for_new(known, row.parent_id or ""),
            position=next_position(known),
        )
        made.append(code)
        known.append(as_row(code, ""))
    return made
