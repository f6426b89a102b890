"""Cells that a spreadsheet program shows instead of working them out."""

from __future__ import annotations

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """The text as a .csv cell that no spreadsheet program takes for a formula.

    Text beginning with = + - @, a tab or a carriage return gets an apostrophe in front.

    >>> safe_cell("=1+1"), safe_cell("plain")
    ("'=1+1", 'plain')
    """
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text
