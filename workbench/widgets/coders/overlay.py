"""A source's text with the marks of its coders over each other, to read only."""

from __future__ import annotations

from collections.abc import Sequence

from coding.coded_segments import CodedSegment
from coding.transcripts import Turn
from data.sources import StoredSource
from workbench.widgets.coders.coder_style import draw_coders
from workbench.widgets.untrusted import as_html

_TURNS_AT_ONCE = 60


def turns_marked(
    source: StoredSource, codings: Sequence[CodedSegment], *, all_turns: bool
) -> list[Turn]:
    """The turns with a mark, or all of them."""
    spans = [(one.segment.start, one.segment.end) for one in codings]
    return [
        turn
        for turn in source.transcript.turns
        if all_turns or any(a < turn.end and b > turn.start for a, b in spans)
    ]


def pages_of(turns: Sequence[Turn]) -> int:
    """How many pages these turns fill."""
    return max(1, -(-len(turns) // _TURNS_AT_ONCE))


def draw_overlay(
    source: StoredSource,
    turns: Sequence[Turn],
    page: int,
    coders: Sequence[tuple[str, str]],
    codings: Sequence[CodedSegment],
    codes: dict[str, str],
) -> None:
    """Draw a page of turns with the marks of coders, given as id and name."""
    shown = turns[page * _TURNS_AT_ONCE : (page + 1) * _TURNS_AT_ONCE]
    known = {coder for coder, _ in coders}
    own = [one for one in codings if one.coder_id in known]
    first = coders[0][0]
    names = dict(coders)
    key = (
        f'<p><mark>Solid line</mark>: {as_html(names[first])}. <mark class="second">'
        f"Dotted line</mark>: {as_html(', '.join(n for _, n in coders[1:]))}. Both "
        "lines: both.</p>"
    )
    body = "".join(
        _turn(source.transcript.text, turn, first, names, own, codes) for turn in shown
    )
    draw_coders(f'{key}<div class="wb-overlay">{body}</div>')


def _turn(
    text: str,
    turn: Turn,
    first: str,
    names: dict[str, str],
    codings: Sequence[CodedSegment],
    codes: dict[str, str],
) -> str:
    here = [
        one
        for one in codings
        if one.segment.start < turn.end and one.segment.end > turn.start
    ]
    edges = {turn.start, turn.end}
    for one in here:
        edges |= {max(one.segment.start, turn.start), min(one.segment.end, turn.end)}
    points = sorted(edges)
    pieces = []
    for start, end in zip(points, points[1:], strict=False):
        words = as_html(text[start:end])
        over = [one for one in here if one.segment.start <= start < one.segment.end]
        if not over:
            pieces.append(words)
            continue
        label = as_html(
            "; ".join(f"{names[c.coder_id]}: {codes.get(c.code_id, '')}" for c in over)
        )
        style = _style({one.coder_id for one in over}, first)
        pieces.append(f'<mark class="{style}" title="{label}">{words}</mark>')
    by_code: dict[str, set[str]] = {}
    for one in here:
        by_code.setdefault(codes.get(one.code_id, "a code"), set()).add(one.coder_id)
    listed = "".join(
        f'<li class="{_style(who, first)}">{as_html(code)}: '
        f"{as_html(' and '.join(names[one] for one in names if one in who))}</li>"
        for code, who in by_code.items()
    )
    return (
        f'<div class="turn"><div class="who">{turn.number} {as_html(turn.speaker)}'
        f'</div><div class="said">{"".join(pieces)}</div><ul>{listed}</ul></div>'
    )


def _style(coders: set[str], first: str) -> str:
    if len(coders) > 1:
        return "both"
    return "first" if first in coders else "second"
