"""Cells that a spreadsheet program shows instead of working them out."""

from __future__ import annotations

# The full-width forms are worked out too by spreadsheets of East Asian settings.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001


def safe_cell(text: str) -> str:
    """The text as a .csv cell that no spreadsheet program takes for a formula.

    Text beginning with = + - @ (full width too), a tab or a carriage return gets an
    apostrophe in front.

    >>> safe_cell("=1+1"), safe_cell("plain")
    ("'=1+1", 'plain')
    """
    return f"'{text}" if starts_like_a_formula(text) else text


def without_guard(cell: str) -> str:
    """The text as it was before :func:`safe_cell`.

    >>> without_guard("'=1+1"), without_guard("'tis said")
    ('=1+1', "'tis said")
    """
    guarded = cell.startswith("'") and starts_like_a_formula(cell[1:])
    return cell[1:] if guarded else cell


def starts_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet program would work the text out instead of showing it."""
    return text.startswith(_STARTS_FORMULA)
