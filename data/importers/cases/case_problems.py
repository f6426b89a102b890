"""What can be wrong with a row about a case, whichever table it stands in."""

from __future__ import annotations

from collections.abc import Sequence

from data.problems import DataProblem


def case_twice(
    where: str, reference: str, places: Sequence[tuple[str, int]]
) -> DataProblem:
    """The problem of a case that several rows are about, each a file and a row."""
    if len({file for file, _ in places}) == 1:
        rows = " and ".join(str(number) for _, number in places)
        found = f"rows {rows} are both about case {reference}"
    else:
        rows = " and ".join(f"{file}, row {number}" for file, number in places)
        found = f"case {reference} is in {rows}"
    return DataProblem(
        found, where, "Keep the row that is right and take out the other."
    )


def unknown_case(where: str, reference: str) -> DataProblem:
    """The problem of a row about a case that is nowhere."""
    return DataProblem(
        f"case {reference} is neither among the cases read nor in the study",
        where,
        "Correct the id, or import the case too.",
    )
