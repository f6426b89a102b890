"""The swatch of a code: its colour, in the line that tells it from others of it."""

from __future__ import annotations

from workbench.actions.codebook.line_patterns import LinePattern

_HEIGHT, _GAP, _DOT = 16, 1, 2


def swatch_background(line: LinePattern, ink: str) -> str:
    """The CSS background of a swatch 12 wide and 16 high, a piece of the line upright.

    >>> swatch_background(LinePattern(), "#000")
    'linear-gradient(180deg, #000 0px 16px, transparent 16px 17px)'
    """
    dash = _HEIGHT - _GAP - line.dots * (_DOT + _GAP) if line.dots else _HEIGHT
    stops, at = [], 0
    for part in [dash, *[_DOT] * line.dots]:
        stops.append(f"{ink} {at}px {at + part}px")
        stops.append(f"transparent {at + part}px {at + part + _GAP}px")
        at += part + _GAP
    image = f"linear-gradient(180deg, {', '.join(stops)})"
    if line.strokes == 1:
        return image
    return f"{image} left / 5px 100% no-repeat, {image} right / 5px 100% no-repeat"
