"""Cells that a spreadsheet program shows instead of working them out."""

from __future__ import annotations

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """The text as a .csv cell that no spreadsheet program takes for a formula.

    Text beginning with = + - @, a tab or a carriage return gets an apostrophe in front.

    >>> safe_cell("=1+1"), safe_cell("plain")
    ("'=1+1", 'plain')
    """
    return f"'{text}" if starts_like_a_formula(text) else text


def starts_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet program would work the text out instead of showing it."""
    return text.startswith(_STARTS_FORMULA)
