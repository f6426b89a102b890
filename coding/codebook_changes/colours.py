"""Colours that stay apart: which codes that should differ look the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coding.codebook import Code, Codebook
from coding.palette import COLOUR_NAMES


@dataclass(frozen=True, slots=True)
class SharedColour:
    """A colour that several codes beside each other have."""

    colour: str
    codes: tuple[Code, ...]
    parent: str = ""

    @property
    def in_words(self) -> str:
        """Which codes have it, and where they stand.

        >>> SharedColour("Blue", (Code("1", "Power"), Code("2", "Trust"))).in_words
        'Power and Trust at the top are both Blue'
        """
        *first, last = [code.name for code in self.codes]
        where = f"under {self.parent}" if self.parent else "at the top"
        each = "both" if len(self.codes) == 2 else "all"
        return f"{', '.join(first)} and {last} {where} are {each} {self.colour}"


def shared_colours(book: Codebook) -> list[SharedColour]:
    """Codes at the top with one colour, and codes beside each other that were given a
    colour of their own and share it.

    Codes that keep the colour of the one they stand under are one family and meant to
    look alike. With more codes at the top than the palette has colours, each colour is
    named once more codes have it than must.

    >>> shared_colours(Codebook((Code("1", "A"), Code("2", "B", parent_id="1"))))
    []
    """
    families: dict[str, list[Code]] = {}
    names = book.by_id()
    for _, code in book.in_tree_order():
        above = names.get(code.parent_id)
        if above is None or above.colour != code.colour:
            families.setdefault(above.id if above else "", []).append(code)
    found = []
    for parent_id, codes in families.items():
        parent = names[parent_id].name if parent_id else ""
        found += _shared(codes, parent)
    return found


def _shared(codes: Sequence[Code], parent: str) -> list[SharedColour]:
    by_colour: dict[str, list[Code]] = {}
    for code in codes:
        by_colour.setdefault(code.colour, []).append(code)
    unavoidable = -(-len(codes) // len(COLOUR_NAMES))
    return [
        SharedColour(colour, tuple(same), parent)
        for colour, same in by_colour.items()
        if len(same) > unavoidable
    ]
