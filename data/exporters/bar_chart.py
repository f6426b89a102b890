"""A bar chart as a picture: bars with their numbers beside them, nothing by colour.

Drawn with Pillow, which the app needs anyhow; its own typeface is inside the package,
so that the picture is the same on every machine.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _ROW, _MARGIN = 1640, 62, 24
_NAMES, _NUMBERS = 560, 150
_TYPE, _GAP = 30, 14
_INK, _BAR, _LINE, _PAPER = "#1F2428", "#0B5D66", "#7D8790", "#FFFFFF"
_MOST_LETTERS = 34


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, how long it is, and what stands beside it.

    Without ``value`` there is no bar: the number is hidden.
    """

    name: str
    value: int | None
    words: str


def bar_chart(bars: Sequence[Bar]) -> bytes:
    """The bars as the content of a .png, in the order given.

    Raises ``ValueError`` without bars.
    """
    if not bars:
        raise ValueError("A chart has bars.")
    longest = max((one.value or 0 for one in bars), default=0)
    height = 2 * _MARGIN + _ROW * len(bars)
    picture = Image.new("RGB", (_WIDTH, height), _PAPER)
    pen = ImageDraw.Draw(picture)
    face = ImageFont.load_default(_TYPE)
    left = _MARGIN + _NAMES
    # However long the words beside the longest bar are, they stay in the picture.
    widest = max(pen.textlength(one.words, face) for one in bars)
    room = max(0, _WIDTH - left - max(_NUMBERS, round(widest) + _GAP) - _MARGIN)
    for at, one in enumerate(bars):
        top = _MARGIN + at * _ROW
        middle = top + _ROW // 2
        pen.text((_MARGIN, middle), _short(one.name), _INK, face, anchor="lm")
        long = round(room * (one.value or 0) / longest) if longest else 0
        if long:
            pen.rectangle((left, top + 10, left + long, top + _ROW - 10), fill=_BAR)
        pen.text((left + long + _GAP, middle), one.words, _INK, face, anchor="lm")
    pen.line((left, _MARGIN, left, height - _MARGIN), _LINE, 3)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def chart_in_words(bars: Sequence[Bar], what: str) -> str:
    """What the chart shows, for who cannot see it.

    >>> chart_in_words([Bar("Trust", 9, "9"), Bar("Time", None, "[c]")], "People")
    'Bar chart. People: Trust 9; Time [c].'
    """
    return f"Bar chart. {what}: {'; '.join(f'{b.name} {b.words}' for b in bars)}."


def _short(name: str) -> str:
    return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"
