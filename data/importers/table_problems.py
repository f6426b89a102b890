"""What keeps a table from being read whatever it holds, said in the same words."""

from __future__ import annotations

from collections.abc import Sequence

from data.importers.text_table import TextTable
from data.problems import DataProblem


def no_rows(
    where: str, do_next: str = "Check that this is the file you meant."
) -> DataProblem:
    """The problem of a table, or several, with nothing below the headings."""
    return DataProblem("there is no row below the headings", where, do_next)


def lacks_columns(
    table: TextTable,
    missing: Sequence[str],
    needed: Sequence[str],
    optional: Sequence[str] = (),
) -> DataProblem:
    """The problem of a table without some columns, told with the headings it has.

    ``needed`` are all headings that must be there, ``optional`` those that may.
    """
    may_be = f"; {', '.join(optional)} may be there" if optional else ""
    return DataProblem(
        f"there is no column {' or '.join(missing)}; there are "
        + ", ".join(table.headings),
        table.where(),
        f"Add what is missing. The headings needed are {', '.join(needed)}{may_be}.",
    )


def no_column_called(table: TextTable, name: str) -> DataProblem:
    """The problem of one column that is needed and may stand under another name."""
    return DataProblem(
        f"no column is called {name}; there are {', '.join(table.headings)}",
        table.where(),
        f"Add it, or rename the column that holds it to {name}.",
    )
