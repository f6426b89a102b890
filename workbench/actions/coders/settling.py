"""Differences as two readings of one passage, and settling them between coders."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coding.agreement.differences import (
    Difference,
    DifferenceKind,
    compare_readings,
    reading_in_words,
)
from coding.coded_segments import CodedSegment
from coding.study import Person
from coding.transcripts import Turn
from data.problems import DataProblem, DataRefused
from data.sources import StoredSource
from data.storage import StudyStore
from data.storage.coders.coder_records import AgreedDecision, Decision, Settling
from workbench.actions.coders.agreement import coded_texts
from workbench.wording import counted, day_in_words, joined_by_and

_AROUND = 140
_LOOK_AROUND = 4000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words and whether the coder marked it."""

    words: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """One coder's reading of a passage: its codes, and the words with marks in them."""

    coder_id: str
    coder: str
    in_words: str
    quotation: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PassageShown:
    """A passage with every coder's reading of it, and what was settled, in words.

    ``words`` reach from the first word that anybody marked to the last; they may not be
    quoted where anybody speaks in them who said so.
    """

    key: str
    kind: DifferenceKind
    source_id: str
    source_name: str
    turn_number: int
    speaker: str
    start: int
    words: str
    readings: tuple[ReadingShown, ...]
    settled: str = ""
    decision_id: str = ""
    may_be_quoted: bool = True

    @property
    def is_alike(self) -> bool:
        """Whether all coders marked it the same."""
        return self.kind is DifferenceKind.SAME


def passages_shown(
    store: StudyStore, source: StoredSource, settling: Settling
) -> list[PassageShown]:
    """Every passage of a source that a coder marked, as the page shows it."""
    return list(_shown(store, source, settling.differences, settling.decisions))


def passages_between(store: StudyStore, coders: tuple[str, str]) -> list[PassageShown]:
    """Every passage that either of two coders marked in the sources they share."""
    found: list[PassageShown] = []
    for text in coded_texts(store, coders):
        source = store.sources.read(text.source_id)
        if source is None:
            continue
        settling = store.settling.read(text.source_id)
        both = set(settling.coders) == set(coders)
        differences = compare_readings(
            source.transcript.text, coders, store.coding.segments(text.source_id)
        )
        # With a third coder what was settled is about other groups of readings.
        decisions = settling.decisions if both else {}
        found += _shown(store, source, differences, decisions)
    return found


def decide(
    store: StudyStore,
    person: Person,
    passage: PassageShown,
    decision: Decision,
    *,
    reading_of: str = "",
    code_id: str = "",
    words: str = "",
    rationale: str = "",
) -> None:
    """Settle one passage.

    For another decision, ``words`` are the transcript's own as they shall be coded
    under the code; they are found nearest to the passage. Raises DataRefused where they
    are not in the transcript, and for what the store does not accept.
    """
    marks = []
    if decision is Decision.OTHER and code_id:
        marks = [(code_id, *_place_of(store, passage, words))]
    store.settling.decide(
        person.id,
        passage.source_id,
        passage.key,
        decision,
        reading_of=reading_of,
        marks=marks,
        rationale=rationale,
    )


def decision_in_words(
    one: AgreedDecision, names: Mapping[str, str], *, with_person: bool = True
) -> str:
    """What was decided, by whom and why, in a sentence or two."""
    taken = {
        Decision.SAME: "as both marked it",
        Decision.READING: f"{names.get(one.reading_of, 'one coder')}'s reading",
        Decision.BOTH: "both readings",
        Decision.NEITHER: "not coded",
        Decision.OTHER: "another code or other edges",
    }[one.decision]
    day = day_in_words(one.decided_at.date().isoformat())
    said = f"{taken}, by {one.decided_by} on {day}." if with_person else f"{taken}."
    return f"{said} {one.rationale}".strip()


def stands_in_words(settling: Settling) -> str:
    """Where a source stands between its coders, in a sentence."""
    alike, differing = len(settling.alike), len(settling.differing)
    left = len(settling.undecided)
    if settling.is_closed and settling.closed_at:
        day = day_in_words(settling.closed_at.date().isoformat())
        return (
            f"Settled by {settling.closed_by} on {day}: themes and debrief read the "
            f"{len(settling.agreed)} agreed passages in place of what each marked."
        )
    return (
        f"{counted(alike + differing, 'passage')} marked: {alike} alike, {differing} "
        f"differently, {differing - left} of these settled."
    )


def _place_of(store: StudyStore, passage: PassageShown, words: str) -> tuple[int, int]:
    source = store.sources.read(passage.source_id)
    text = source.transcript.text if source else ""
    wanted = words.strip()
    places = []
    low = max(0, passage.start - _LOOK_AROUND)
    high = passage.start + len(passage.words) + _LOOK_AROUND
    at = text.find(wanted, low, high) if wanted else -1
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + 1, high)
    if not places:
        raise DataRefused(
            [
                DataProblem(
                    "These words do not stand near this passage.",
                    "The words to code",
                    "Copy them from the transcript as they stand there. Nothing was "
                    "saved.",
                )
            ]
        )
    nearest = min(places, key=lambda place: abs(place - passage.start))
    return nearest, nearest + len(wanted)


def _shown(
    store: StudyStore,
    source: StoredSource,
    differences: Iterable[Difference],
    decisions: Mapping[str, AgreedDecision],
) -> Iterator[PassageShown]:
    names = {one.id: one.name for one in store.study.people()}
    codes = {
        one.id: one.name
        for one in (
            *store.codebook.retired().codes,
            *store.codebook.codebook().codes,
        )
    }
    transcript = source.transcript
    starts = [turn.start for turn in transcript.turns]
    kept_back = store.consent.words_kept_back([source.id])
    for one in differences:
        turn = _turn_at(transcript.turns, starts, one.start)
        decided = decisions.get(one.key)
        yield PassageShown(
            one.key,
            one.kind,
            source.id,
            transcript.name,
            turn.number if turn else 0,
            turn.speaker if turn else "",
            one.start,
            transcript.text[one.start : one.end],
            tuple(
                ReadingShown(
                    coder,
                    names.get(coder, "Someone"),
                    reading_in_words(reading, codes),
                    " … ".join(
                        dict.fromkeys(
                            coded.segment.quotation(transcript.text)
                            for coded in reading
                        )
                    ),
                    _pieces(transcript.text, transcript.turns, starts, one, reading),
                )
                for coder, reading in one.readings
            ),
            decision_in_words(decided, names) if decided else "",
            decided.id if decided else "",
            not kept_back.hold(source.id, one.start, one.end),
        )


def _turn_at(turns: Sequence[Turn], starts: list[int], position: int) -> Turn | None:
    if not turns:
        return None
    at = max(0, bisect_right(starts, position) - 1)
    if at + 1 < len(turns) and turns[at].end <= position:
        at += 1
    return turns[at]


def _pieces(
    text: str,
    turns: Sequence[Turn],
    starts: list[int],
    one: Difference,
    reading: Sequence[CodedSegment],
) -> tuple[Piece, ...]:
    """The passage with some words around it, a coder's own marks told apart."""
    first = _turn_at(turns, starts, one.start)
    last = _turn_at(turns, starts, one.end - 1)
    low = max(first.start if first else 0, one.start - _AROUND)
    high = min(last.end if last else len(text), one.end + _AROUND)
    low, high = min(low, one.start), max(high, one.end)
    while low > 0 and low < one.start and not text[low - 1].isspace():
        low += 1
    while high > one.end and high < len(text) and not text[high].isspace():
        high -= 1
    marks = [(c.segment.start, c.segment.end) for c in reading]
    edges = sorted(
        {low, high, *(min(max(edge, low), high) for mark in marks for edge in mark)}
    )
    pieces = [
        Piece(text[a:b], any(s <= a and b <= e for s, e in marks))
        for a, b in zip(edges, edges[1:], strict=False)
        if a < b
    ]
    if first and low > first.start:
        pieces.insert(0, Piece("… ", False))
    if last and high < last.end:
        pieces.append(Piece(" …", False))
    return tuple(pieces)


def coders_in_words(store: StudyStore, settling: Settling) -> str:
    """The coders of a source by name."""
    names = {one.id: one.name for one in store.study.people()}
    return joined_by_and([names.get(one, "Someone") for one in settling.coders])
