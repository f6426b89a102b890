"""A line over quarters as a picture: as published, no trend, and a gap stays a gap.

Every value stands beside its mark. When waves were held and the practice began is
written and drawn above it, so that nothing is told by colour.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT, _SIDE = 1640, 760, 70
_TOP, _FOOT = 190, 150
_TYPE, _SMALL = 28, 22
_MOST_WORDS = 20  # values up to which each is written beside its mark
_MOST_LETTERS = 26
_INK, _LINE, _GREY, _PAPER = "#1F2428", "#0B5D66", "#7D8790", "#FFFFFF"


@dataclass(frozen=True, slots=True)
class QuarterValue:
    """A quarter's value and how it is written.

    Without ``value`` there is no mark: it is missing, or hidden as ``words`` say.
    """

    quarter: str
    value: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted from one quarter to another: a wave, the practice."""

    name: str
    first: str
    last: str


def quarter_chart(values: Sequence[QuarterValue], spans: Sequence[Span] = ()) -> bytes:
    """The line as the content of a .png, from 0 up, quarters in the order given.

    Raises ``ValueError`` without values.
    """
    if not values:
        raise ValueError("A chart has quarters.")
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
    drawing = _Drawing(values, ImageDraw.Draw(picture))
    drawing.frame()
    for at, span in enumerate(spans):
        drawing.span(span, at)
    drawing.line()
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def quarters_in_words(
    what: str, values: Sequence[QuarterValue], spans: Sequence[Span] = ()
) -> str:
    """What the chart shows, for who cannot see it.

    >>> quarters_in_words("Contacts", [QuarterValue("2014/15 Q1", 9, "9")])
    'Line over quarters, no trend drawn. Contacts: 2014/15 Q1 9.'
    """
    told = "; ".join(f"{one.quarter} {one.words}" for one in values)
    said = f"Line over quarters, no trend drawn. {what}: {told}."
    for span in spans:
        held = span.first
        if span.last != span.first:
            held += f" to {span.last}"
        said += f" {span.name}: {held}."
    return said


class _Drawing:
    def __init__(
        self, values: Sequence[QuarterValue], pen: ImageDraw.ImageDraw
    ) -> None:
        self._values = values
        self._pen = pen
        self._face = ImageFont.load_default(_TYPE)
        self._small = ImageFont.load_default(_SMALL)
        self._most = max((one.value or 0.0 for one in values), default=0.0) or 1.0
        self._least = min((one.value or 0.0 for one in values), default=0.0)
        self._least = min(self._least, 0.0)
        self._step = (_WIDTH - 2 * _SIDE) / len(values)

    def frame(self) -> None:
        """The foot of the chart and the names of its quarters."""
        foot = self._height_of(0.0)
        self._pen.line((_SIDE, foot, _WIDTH - _SIDE, foot), _GREY, 3)
        every = max(1, -(-len(self._values) // 10))
        for at, one in enumerate(self._values):
            if at % every == 0:
                place = (self._across(at), _HEIGHT - _FOOT + 50)
                self._pen.text(place, one.quarter, _INK, self._small, anchor="mm")

    def span(self, span: Span, at: int) -> None:
        """A bar above the chart over the quarters of a wave, with its name.

        One that lies in no quarter shown is not drawn; the words tell of it.
        """
        held = [
            place
            for place, one in enumerate(self._values)
            if span.first <= one.quarter <= span.last
        ]
        if not held:
            return
        top = 30 + (at % 4) * 36
        left = self._across(held[0]) - self._step / 3
        right = self._across(held[-1]) + self._step / 3
        self._pen.rectangle((left, top + 24, right, top + 30), fill=_GREY)
        name = span.name
        if len(name) > _MOST_LETTERS:
            name = f"{name[: _MOST_LETTERS - 1]}…"
        room = _WIDTH - self._pen.textlength(name, self._small) - 10
        self._pen.text((min(left, room), top), name, _INK, self._small)

    def line(self) -> None:
        """The line with a mark and the value for each quarter; a gap breaks it."""
        before: tuple[float, float] | None = None
        told = self._told()
        for at, one in enumerate(self._values):
            if one.value is None:
                before = None
                place = (self._across(at), self._height_of(0.0) - 20)
                self._pen.text(place, one.words, _GREY, self._small, anchor="mm")
                continue
            here = (self._across(at), self._height_of(one.value))
            if before is not None:
                self._pen.line((*before, *here), _LINE, 4)
            x, y = here
            self._pen.ellipse((x - 9, y - 9, x + 9, y + 9), fill=_LINE)
            if at in told:
                place = (x, y - 28)
                self._pen.text(place, one.words, _INK, self._small, anchor="mm")
            before = here

    def _told(self) -> set[int]:
        """Whose value is written: each, or of many the first, last and outermost."""
        known = [at for at, one in enumerate(self._values) if one.value is not None]
        if len(known) <= _MOST_WORDS:
            return set(known)
        value = {at: self._values[at].value or 0.0 for at in known}
        ends = (known[0], known[-1])
        outermost = (
            min(known, key=value.__getitem__),
            max(known, key=value.__getitem__),
        )
        return {*ends, *outermost}

    def _across(self, at: int) -> float:
        return _SIDE + self._step * (at + 0.5)

    def _height_of(self, value: float) -> float:
        room = _HEIGHT - _TOP - _FOOT
        share = (value - self._least) / ((self._most - self._least) or 1.0)
        return _HEIGHT - _FOOT - room * share
