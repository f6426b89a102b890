"""The kind of line under passages of a code, which tells codes of one colour apart.

Codes under one heading share its colour, and after twelve headings colours repeat. Each
such code has a line of its own: single or double, whole or with dots between long
dashes, whose number can be counted. No line is evenly dashed: that is how a suggestion
looks, whatever its code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coding.codebook import Code, Codebook

MOST_DOTS = 4


@dataclass(frozen=True, slots=True)
class LinePattern:
    """A line of one stroke or two; whole without ``dots``, else dots between dashes."""

    strokes: int = 1
    dots: int = 0

    @property
    def in_words(self) -> str:
        """The line as it is told to somebody who cannot see it.

        >>> LinePattern().in_words, LinePattern(2, 1).in_words
        ('single line', 'double line, 1 dot')
        """
        strokes = "single line" if self.strokes == 1 else "double line"
        if not self.dots:
            return strokes
        return f"{strokes}, {self.dots} {'dot' if self.dots == 1 else 'dots'}"


LINE_PATTERNS: tuple[LinePattern, ...] = tuple(
    LinePattern(strokes, dots) for dots in range(MOST_DOTS + 1) for strokes in (1, 2)
)


def line_patterns(
    codebook: Codebook, retired: Iterable[Code] = ()
) -> dict[str, LinePattern]:
    """The line of each code by its id: among codes of one colour all different.

    In the order of the tree; headings come after the codes that passages are put under,
    and codes out of use last, so that neither takes a plain line from a code at work.
    From the eleventh code of a colour on lines repeat, and the name alone tells.

    >>> book = Codebook((Code("a", "A"), Code("b", "B", parent_id="a"),
    ...     Code("c", "C", parent_id="a", position=1)))
    >>> {one: line.in_words for one, line in line_patterns(book).items()}
    {'b': 'single line', 'c': 'double line', 'a': 'single line, 1 dot'}
    """
    headings = codebook.heading_ids
    in_tree = [code for _, code in codebook.in_tree_order()]
    in_order = [
        *(code for code in in_tree if code.id not in headings),
        *(code for code in in_tree if code.id in headings),
        *retired,
    ]
    taken: dict[str, int] = {}
    lines: dict[str, LinePattern] = {}
    for code in in_order:
        at = taken.get(code.colour, 0)
        lines[code.id] = LINE_PATTERNS[at % len(LINE_PATTERNS)]
        taken[code.colour] = at + 1
    return lines
