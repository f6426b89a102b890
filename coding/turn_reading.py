"""Turns and speakers from the text of a transcript.

Understood are labels with a colon, with a time before or behind, in a column of their
own (a tab), or alone on a line above the words. Which of these a transcript uses is
seen from the whole of it: a label names a role or a number, or comes back. Without any
labels each paragraph is a turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from coding.speaker_labels import (
    LIKENESS_OF_MISSPELLING,
    SHORTEST_MISSPELT,
    has_label_shape,
    interviewer_labels,
    label_key,
    looks_like_a_name,
    names_a_role,
)
from coding.transcripts import Speaker, Turn

# Lines no longer than this, with empty lines between them, are wrapped paragraphs.
WRAPPED_AT_MOST = 100
# From this share of lines on, labels are simply how the transcript is written.
MOSTLY_LABELLED = 0.8
MOSTLY_BARE = 0.2
# In a talk of two, fewer lines cannot tell a third speaker from how an answer begins.
LONG_TALK_OF_TWO = 10

_LONG_TIME = r"\d{1,2}:\d{2}:\d{1,2}(?:[.,]\d{1,3})?"
_TIME = r"\d{1,2}:\d{2}(?::\d{1,2})?(?:[.,]\d{1,3})?"
_STAMP = rf"(?:\[{_TIME}\]|\({_TIME}\)|<{_TIME}>)"
_SPACE = r"[ \t\u00a0]*"
_TIME_ALONE = re.compile(
    rf"({_STAMP}|{_LONG_TIME})(?:\s*(?:-->|[-–—])\s*(?:{_STAMP}|{_TIME}))?", re.ASCII
)
_LEADING_TIME = re.compile(rf"({_STAMP}|{_TIME}(?=\s)){_SPACE}(?:[-–]\s)?{_SPACE}")
_STAMPED = re.compile(rf"([^:\n\t\[(<]{{1,60}}?){_SPACE}({_STAMP}){_SPACE}:?{_SPACE}")
_COLON = re.compile(rf"([^:\n\t]{{1,60}}?){_SPACE}:{_SPACE}({_STAMP})?{_SPACE}")
_TABBED = re.compile(r"([^:\n\t]{1,60})\t\s*")
_BARE = re.compile(rf"([^:\n]{{1,60}}?)(?:\s+({_TIME}))?")


@dataclass(frozen=True, slots=True)
class _Line:
    """A filled line without its outer spaces; whether an empty line goes before it."""

    start: int
    end: int
    after_gap: bool


@dataclass(frozen=True, slots=True)
class _Opening:
    """How a line may open a turn: label, time, where words begin, and in which form.

    The forms are colon, stamp, tab and bare (a label alone), timed (a time and words)
    and time (a time alone); the last two have no label.
    """

    label: str
    time: str
    words_start: int
    form: str


@dataclass(slots=True)
class _Growing:
    """A turn being read; without words while ``end`` is not past ``start``."""

    speaker: str
    time: str
    start: int = 0
    end: int = 0
    is_time_alone: bool = False


def read_turns(text: str) -> tuple[tuple[Turn, ...], tuple[Speaker, ...]]:
    """The turns in order, numbered from 1, and each speaker label once.

    ``text`` is normalised text (LF line ends). Starts and ends are code points and
    cover the spoken words alone: no label, no time, no outer space; a turn may span
    several paragraphs. A time in the middle of somebody's words opens a further turn
    of theirs. Words before the first label are turns without speaker. Labels that
    differ only in letter case or a final point are one, in their first spelling.

    >>> read_turns("INT: Why?\\nP07: Because.")[0][1]
    Turn(number=2, start=15, end=23, speaker='P07', time='')
    """
    lines = _lines(text)
    openings = _openings(text, lines)
    wrapped = _is_wrapped(lines)
    spellings: dict[str, str] = {}
    turns: list[_Growing] = []
    current: _Growing | None = None
    for line, opening in zip(lines, openings, strict=True):
        if opening is not None:
            current = _next_turn(current, line, opening, spellings)
            turns.append(current)
        elif current is None or _starts_unlabelled(current, line, wrapped, spellings):
            current = _Growing("", "", line.start, line.end)
            turns.append(current)
        else:
            current.start = current.start if current.end else line.start
            current.end = line.end
    spoken = [turn for turn in turns if turn.end > turn.start]
    read = tuple(
        Turn(number, turn.start, turn.end, turn.speaker, turn.time)
        for number, turn in enumerate(spoken, start=1)
    )
    return read, _speakers(turn.speaker for turn in read)


def unread_labels(text: str) -> tuple[tuple[str, int], ...]:
    """What looks like a speaker's name and was read as words, with its lines counted.

    In the order of the text, in the first spelling, without the colon. Nothing where no
    label at all was read, since then a colon is only a colon.

    >>> unread_labels("INT: So?\\nP07: Well.\\nBob: Hello.\\nINT: Yes?")
    (('Bob', 1),)
    """
    lines = _lines(text)
    read = {label_key(one.label) for one in _openings(text, lines) if one and one.label}
    if not read:
        return ()
    spellings: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for candidate in (_candidate(text, line) for line in lines):
        if candidate is None or candidate.form not in {"colon", "stamp"}:
            continue
        key = label_key(candidate.label)
        if key not in read and looks_like_a_name(candidate.label):
            spellings.setdefault(key, candidate.label)
            counts[key] += 1
    return tuple((spellings[key], count) for key, count in counts.items())


def _speakers(labels: Iterable[str]) -> tuple[Speaker, ...]:
    once = [label for label in dict.fromkeys(labels) if label]
    asking = interviewer_labels(once)
    return tuple(Speaker(label, label in asking) for label in once)


def _next_turn(
    current: _Growing | None,
    line: _Line,
    opening: _Opening,
    spellings: dict[str, str],
) -> _Growing:
    """The turn a line opens; a time that stood alone just before it is its time."""
    speaker = current.speaker if current is not None else ""
    if opening.label:
        speaker = spellings.setdefault(label_key(opening.label), opening.label)
    time = opening.time
    if not time and current is not None and current.is_time_alone and not current.end:
        time = current.time
    turn = _Growing(speaker, time, is_time_alone=opening.form == "time")
    if opening.words_start < line.end:
        turn.start, turn.end = opening.words_start, line.end
    return turn


def _starts_unlabelled(
    current: _Growing, line: _Line, wrapped: bool, spellings: dict[str, str]
) -> bool:
    """Whether a line without opening is a paragraph of its own: before any label."""
    if spellings or not current.end:
        return False
    return line.after_gap or not wrapped


def _lines(text: str) -> list[_Line]:
    lines = []
    position = 0
    after_gap = True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            lines.append(_Line(start, start + len(stripped), after_gap))
        after_gap = not stripped
        position += len(raw) + 1
    return lines


def _is_wrapped(lines: Sequence[_Line]) -> bool:
    return (
        any(line.after_gap for line in lines[1:])
        and not all(line.after_gap for line in lines)
        and max(line.end - line.start for line in lines) <= WRAPPED_AT_MOST
    )


def _openings(text: str, lines: Sequence[_Line]) -> list[_Opening | None]:
    """For each line the opening it is taken for, or nothing."""
    candidates = [_candidate(text, line) for line in lines]
    marked = [c for c in candidates if c and c.form in {"colon", "stamp", "tab"}]
    line_count = sum(1 for c in candidates if not (c and c.form == "time"))
    accepted = _accepted_marked(marked, line_count)
    bare = accepted or _accepted_bare(_bare_ones(lines, candidates), line_count)
    taken: list[_Opening | None] = []
    for line, candidate in zip(lines, candidates, strict=True):
        keys = bare if candidate and candidate.form == "bare" else accepted
        if candidate and candidate.label and label_key(candidate.label) not in keys:
            taken.append(_time_of(text, line))
        else:
            taken.append(candidate)
    return _without_empty_bare(taken)


def _without_empty_bare(openings: list[_Opening | None]) -> list[_Opening | None]:
    """A label alone above no words is an answer that happens to be one; it stays."""
    kept = list(openings)
    for position, opening in enumerate(openings):
        if opening is None or opening.form != "bare":
            continue
        last = position + 1 == len(openings)
        below = None if last else openings[position + 1]
        if last or (below is not None and below.form != "time"):
            kept[position] = None
    return kept


def _candidate(text: str, line: _Line) -> _Opening | None:
    """What the line would open if its label were known to be one."""
    start, end = line.start, line.end
    timed = _time_of(text, line)
    if timed is not None and timed.form == "time":
        return timed
    time = ""
    leading = _LEADING_TIME.match(text, start, end)
    if leading:
        time, start = leading[1], leading.end()
    for form, pattern in (("stamp", _STAMPED), ("colon", _COLON), ("tab", _TABBED)):
        found = pattern.match(text, start, end)
        if found is None or not has_label_shape(found[1]):
            continue
        words = found.end()
        if form == "colon" and not _is_label_colon(text, words, end, found[1]):
            continue
        inner = found[2] if form != "tab" else None
        return _Opening(found[1].strip(), _clean(time or inner or ""), words, form)
    found = _BARE.fullmatch(text, start, end)
    if found and has_label_shape(found[1]):
        return _Opening(found[1].strip(), _clean(time or found[2] or ""), end, "bare")
    return timed


def _is_label_colon(text: str, words: int, end: int, label: str) -> bool:
    """Whether the colon before the words ends a label.

    Without a space after it, it is a slip behind a role, and otherwise part of a time
    or an address.
    """
    if words >= end or text[words - 1] != ":":
        return True
    return names_a_role(label) and not text[words].isdigit()


def _time_of(text: str, line: _Line) -> _Opening | None:
    """The opening of a line that has a time but no label, or nothing.

    Without brackets only a time with seconds counts, since words may well begin with
    the hour of the day.
    """
    if not (text[line.start].isdigit() or text[line.start] in "[(<"):
        return None
    alone = _TIME_ALONE.fullmatch(text, line.start, line.end)
    if alone:
        return _Opening("", _clean(alone[1]), line.end, "time")
    leading = _LEADING_TIME.match(text, line.start, line.end)
    if leading and (leading[1][0] in "[(<" or leading[1].count(":") == 2):
        return _Opening("", _clean(leading[1]), leading.end(), "timed")
    return None


def _clean(stamp: str) -> str:
    return stamp.strip("[](){}<>")


def _accepted_marked(marked: Sequence[_Opening], line_count: int) -> set[str]:
    """Keys of the labels with a colon, stamp or tab that are taken for speakers."""
    counts = Counter(label_key(opening.label) for opening in marked)
    accepted = set()
    names = False
    for opening in marked:
        key = label_key(opening.label)
        if names_a_role(opening.label):
            accepted.add(key)
        elif looks_like_a_name(opening.label):
            if counts[key] > 1 or (opening.time and opening.form != "tab"):
                accepted.add(key)
                names = True
        elif counts[key] > 2 and " " not in key:
            accepted.add(key)
    # A name that speaks once is a speaker where nearly all is labelled; a short talk of
    # two roles is too little to tell.
    if names or len(accepted) != 2 or line_count >= LONG_TALK_OF_TWO:
        named = [o for o in marked if o.form != "tab" and looks_like_a_name(o.label)]
        labelled = {label_key(o.label) for o in named} | accepted
        share = sum(counts[key] for key in labelled) / max(line_count, 1)
        if share >= MOSTLY_LABELLED and sum(counts[key] for key in labelled) > 1:
            accepted |= labelled
    return accepted | _misspelt(counts, accepted)


def _misspelt(counts: Counter[str], accepted: set[str]) -> set[str]:
    """Keys so like an accepted one that they are likely its misspelling."""
    known = [key for key in accepted if len(key) >= SHORTEST_MISSPELT]
    return {
        key
        for key in counts
        if key not in accepted
        and len(key) >= SHORTEST_MISSPELT
        and process.extractOne(
            key, known, scorer=fuzz.ratio, score_cutoff=LIKENESS_OF_MISSPELLING
        )
    }


@dataclass(frozen=True, slots=True)
class _Bare:
    """A short line that may be a label: with a time, and above a line of words?"""

    label: str
    is_timed: bool
    stands_above_words: bool


def _bare_ones(
    lines: Sequence[_Line], candidates: Sequence[_Opening | None]
) -> list[_Bare]:
    found = []
    for position, candidate in enumerate(candidates):
        if candidate is None or candidate.form != "bare":
            continue
        before = candidates[position - 1] if position else None
        after_time = before is not None and before.form == "time"
        followed = position + 1 < len(lines)
        above = followed and (after_time or lines[position].after_gap)
        timed = bool(candidate.time) or after_time
        found.append(_Bare(candidate.label, timed, above))
    return found


def _accepted_bare(bare: Sequence[_Bare], line_count: int) -> set[str]:
    """Keys of the labels alone on their line that are taken for speakers.

    Short answers stand alone too, so a name must come back, each time open a block of
    lines, and such lines must make up a good part of the whole.
    """
    counts = Counter(label_key(one.label) for one in bare)
    inside = {label_key(one.label) for one in bare if not one.stands_above_words}
    roles = {label_key(one.label) for one in bare if names_a_role(one.label)}
    names = {label_key(one.label) for one in bare if looks_like_a_name(one.label)}
    often = {key for key in roles | (names - inside) if counts[key] > 1}
    if sum(counts[key] for key in often) < MOSTLY_BARE * line_count:
        return set()
    timed = {label_key(one.label) for one in bare if one.is_timed} & names
    if len(often) > 1 or often & (timed | roles):
        return often | roles | (timed - inside)
    return set()
