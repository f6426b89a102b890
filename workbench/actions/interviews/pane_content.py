"""What the transcript pane shows, and how little of it has to travel each time.

The text goes to the browser once. Of codes, spans and suggestions only what changed
since the version the browser last reported goes again, so a coding costs the same in a
transcript with ten spans and with five thousand.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from data.coding_records import RejectedBecause
from workbench.actions.codebook.line_patterns import LinePattern

# Versions kept to take differences from; an older one means all is sent again.
MOST_VERSIONS = 12

Row = list[Any]


@dataclass(frozen=True, slots=True)
class PaneTurn:
    """One turn: its number, where its text starts in the source, and who speaks.

    ``start`` is in code points of the source; ``speaker`` and ``time`` may be empty.
    """

    number: int
    start: int
    text: str
    speaker: str = ""
    is_interviewer: bool = False
    time: str = ""


@dataclass(frozen=True, slots=True)
class PaneCode:
    """A code with its colours, line, depth in the tree, uses, and key: '', or a digit.

    ``count`` is how many passages carry it in the whole study.
    """

    id: str
    name: str
    ink_light: str
    tint_light: str
    ink_dark: str
    tint_dark: str
    count: int = 0
    key: str = ""
    depth: int = 0
    line: LinePattern = LinePattern()


@dataclass(frozen=True, slots=True)
class PaneSpan:
    """A coded segment in code points, end exclusive, with its coder's name."""

    id: str
    start: int
    end: int
    code_id: str
    coder: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class PaneSuggestion:
    """A suggestion waiting for a person, with its reason in one sentence.

    ``strength`` is in words; ``cue_segments`` are starts and ends of the words that
    led to it. A guess stays folded away until the reader asks for guesses. ``rests_on``
    says whether words can be pointed at, ``definition`` is the sentence of the code it
    is nearest to, ``similar`` holds coded passages like it (source, place and a label),
    and ``rate`` how often suggestions of this strength were right.
    """

    id: str
    start: int
    end: int
    code_id: str
    strength: str
    reason: str
    cue_segments: Sequence[tuple[int, int]] = ()
    is_guess: bool = False
    rests_on: str = ""
    definition: str = ""
    similar: Sequence[tuple[str, int, str]] = ()
    rate: str = ""


@dataclass(frozen=True, slots=True)
class PaneMemo:
    """A memo on words of the source, with its author's name.

    ``segment_id`` names the coded segment it is about, '' for a passage without a code.
    """

    id: str
    start: int
    end: int
    text: str
    author: str
    is_mine: bool
    segment_id: str = ""


@dataclass(frozen=True, slots=True)
class PaneLost:
    """A coding of the reader's that lost its place when the text was corrected.

    ``quotation`` is what it stood on; ``id`` is the one it keeps once it is placed.
    """

    id: str
    code_id: str
    code_name: str
    quotation: str


@dataclass(frozen=True, slots=True)
class PaneChange:
    """A change the person made here, so that it can be taken back at once.

    ``id`` is that of the operation that made it. ``rows`` are lists of what it is
    about, id, before and after: 'span' with start, end and code or None; 'suggestion'
    with 1 while it waits, and the suggestion itself; 'code' and 'memo' with 1 or 0 for
    whether there is one.
    """

    id: str
    number: int
    kind: str
    is_undone: bool
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class PaneContent:
    """All a person may see of one source; codes stand in tree order.

    Where ``may_code`` is False the pane shows everything and codes nothing; memos are
    written wherever ``may_write_memos``. ``is_blind`` says that suggestions and others'
    codings are kept from this reader. ``coder``
    names the person (an id will do): work still waiting in a browser is only ever sent
    for the person who did it. ``open_at`` is where a link leads, in code points: the
    pane scrolls there once, and not again while it stays on the page.
    """

    source_id: str
    text_hash: str
    title: str
    subtitle: str
    turns: Sequence[PaneTurn]
    codes: Sequence[PaneCode]
    spans: Sequence[PaneSpan]
    suggestions: Sequence[PaneSuggestion]
    revision: int = 0
    may_code: bool = True
    may_write_memos: bool = True
    may_correct: bool = False
    is_blind: bool = False
    coder: str = ""
    open_at: int | None = None
    memos: Sequence[PaneMemo] = ()
    changes: Sequence[PaneChange] = ()
    lost: Sequence[PaneLost] = ()


@dataclass(slots=True)
class _Version:
    name: str
    source_id: str
    parts: dict[str, dict[str, Row]]


@dataclass(slots=True)
class SentVersions:
    """What one browser session was sent, so that only differences go again."""

    # The browser may name a version of an earlier server; a random part keeps that
    # from being taken for one of ours.
    token: str = field(default_factory=lambda: secrets.token_hex(4))
    count: int = 0
    versions: list[_Version] = field(default_factory=list)

    def payload(
        self, content: PaneContent, held_text: str, held_version: str
    ) -> dict[str, Any]:
        """Plain JSON values that bring a browser from what it holds to ``content``."""
        parts = _parts(content)
        last = self.versions[-1] if self.versions else None
        if last is None or last.parts != parts or last.source_id != content.source_id:
            self.count += 1
            name = f"{self.token}-{self.count}"
            last = _Version(name, content.source_id, parts)
            self.versions = [*self.versions, last][-MOST_VERSIONS:]
        base = self._held(held_version, content.source_id)
        payload: dict[str, Any] = {
            "source": content.source_id,
            "text_hash": content.text_hash,
            "title": content.title,
            "subtitle": content.subtitle,
            "may_code": content.may_code,
            "may_write_memos": content.may_write_memos,
            "may_correct": content.may_correct,
            "is_blind": content.is_blind,
            "coder": content.coder,
            "reasons": [[one.value, one.in_words] for one in RejectedBecause],
            "revision": content.revision,
            "open_at": None if content.open_at is None else int(content.open_at),
            "version": last.name,
            "base": base.name if base else "",
            "changes": {
                part: _difference(part, base.parts[part] if base else {}, rows)
                for part, rows in parts.items()
            },
        }
        if held_text != content.text_hash:
            payload["text"] = [_turn_row(turn) for turn in content.turns]
        return payload

    def _held(self, name: str, source_id: str) -> _Version | None:
        return next(
            (v for v in self.versions if v.name == name and v.source_id == source_id),
            None,
        )


def _difference(
    part: str, before: dict[str, Row], after: dict[str, Row]
) -> dict[str, Any]:
    change: dict[str, Any] = {
        "set": [row for key, row in after.items() if before.get(key) != row],
        "gone": [key for key in before if key not in after],
    }
    # Only codes have an order of their own (the rest the browser sorts by place); it
    # travels when it moved.
    kept = [key for key in before if key in after]
    added = [key for key in after if key not in before]
    if part == "codes" and [*kept, *added] != list(after):
        change["order"] = list(after)
    return change


def _parts(content: PaneContent) -> dict[str, dict[str, Row]]:
    spans = sorted(content.spans, key=lambda span: (span.start, span.end, span.id))
    suggestions = sorted(
        content.suggestions, key=lambda one: (one.start, one.end, one.id)
    )
    return {
        "codes": {code.id: _code_row(code) for code in content.codes},
        "spans": {span.id: _span_row(span) for span in spans},
        "suggestions": {one.id: suggestion_row(one) for one in suggestions},
        "memos": {one.id: _memo_row(one) for one in content.memos},
        "lost": {one.id: _lost_row(one) for one in content.lost},
        "changes": {one.id: _change_row(one) for one in content.changes},
    }


# Rows are short lists rather than named fields: 5,000 of them travel on opening. The
# browser's reading of each is in frontend/work/study_view.js, in the same order.
def _turn_row(turn: PaneTurn) -> Row:
    return [
        int(turn.number),
        int(turn.start),
        str(turn.text),
        str(turn.speaker),
        1 if turn.is_interviewer else 0,
        str(turn.time),
    ]


def _code_row(code: PaneCode) -> Row:
    inks = [code.ink_light, code.tint_light, code.ink_dark, code.tint_dark]
    line = [code.line.strokes, code.line.dots]
    return [code.id, code.name, code.depth, *inks, int(code.count), code.key, *line]


def _span_row(span: PaneSpan) -> Row:
    mine = 1 if span.is_mine else 0
    return [span.id, int(span.start), int(span.end), span.code_id, span.coder, mine]


def _memo_row(one: PaneMemo) -> Row:
    place = [one.id, int(one.start), int(one.end), one.segment_id]
    return [*place, one.text, one.author, 1 if one.is_mine else 0]


def _lost_row(one: PaneLost) -> Row:
    return [one.id, one.code_id, one.code_name, one.quotation]


def _change_row(one: PaneChange) -> Row:
    undone = 1 if one.is_undone else 0
    return [one.id, int(one.number), one.kind, undone, [list(row) for row in one.rows]]


def suggestion_row(one: PaneSuggestion) -> Row:
    """A suggestion as it travels; a change that decided it carries it along."""
    cues = [[int(start), int(end)] for start, end in one.cue_segments]
    words = [str(one.strength), str(one.reason)]
    guess = 1 if one.is_guess else 0
    similar = [[source, int(at), label] for source, at, label in one.similar]
    more = [str(one.rests_on), str(one.definition), similar, str(one.rate)]
    place = [one.id, int(one.start), int(one.end), one.code_id]
    return [*place, *words, cues, guess, more]
