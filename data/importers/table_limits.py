"""How large a table may be, in either kind of file, and what is said of one larger."""

from __future__ import annotations

from data.problems import DataProblem

MAX_TABLE_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 500


def too_many_rows(where: str) -> DataProblem:
    """The problem of a table past the limit on rows."""
    return DataProblem(
        f"the table has more than {MAX_ROWS:,} rows, the most that is read",
        where,
        "Split it into smaller files.",
    )


def too_many_columns(where: str, columns: int) -> DataProblem:
    """The problem of a table past the limit on columns."""
    return DataProblem(
        f"the table has {columns:,} columns and at most {MAX_COLUMNS} are read",
        where,
        "Take out columns that are not needed, or clear what lies far to the right.",
    )
