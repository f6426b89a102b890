"""Who speaks in passages: one passage looked up, or very many counted at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session

from coding.finding.code_relations import Passage
from coding.finding.many_passages import Column, off_the_line, on_the_line
from data.found_passages import FoundPassage
from data.storage.finding.source_turns import FEW_SOURCES, KEPT, SourceTurns
from data.storage.finding.turn_reading import speakers_of

Speaker = tuple[bool, str]
"""Whether a speaker is an interviewer, and the participant's id, "" for nobody."""
_UNKNOWN: Speaker = (False, "")


class WhoSpeaks:
    """The turns that passages lie in, and who speaks them."""

    def __init__(
        self,
        turns: Mapping[str, SourceTurns],
        speakers: Mapping[tuple[str, str], Speaker],
    ) -> None:
        self._turns = {
            source: (those, [speakers.get((source, one), _UNKNOWN) for one in those[4]])
            for source, those in turns.items()
        }

    def of_source(self, source_id: str) -> tuple[SourceTurns, list[Speaker]] | None:
        """The turns of a source, and who stands behind each of its labels."""
        return self._turns.get(source_id)

    def found(
        self, source_id: str, passage: Passage, people: frozenset[str] | None
    ) -> FoundPassage:
        """The passage with those who speak in it, of the people given or of all."""
        start, end, code_ids, coder_ids = passage
        of_source = self._turns.get(source_id)
        if of_source is None:
            return FoundPassage(source_id, *passage, (), False, 0)
        (starts, ends, numbers, speakers, _), who = of_source
        first = max(0, bisect_right(starts, start) - 1)
        after = bisect_left(starts, end, first + 1)
        touched = [
            at for at in range(first, after) if starts[at] < end and ends[at] > start
        ]
        speaking = [who[speakers[at]] for at in touched]
        named = tuple(
            dict.fromkeys(
                one
                for asks, one in speaking
                if one and not asks and (people is None or one in people)
            )
        )
        return FoundPassage(
            source_id,
            start,
            end,
            code_ids,
            coder_ids,
            named,
            bool(speaking) and all(asks for asks, _ in speaking),
            numbers[touched[0]] if touched else 0,
        )


def who_speaks(session: Session, source_ids: Collection[str]) -> WhoSpeaks:
    """Who speaks where in these sources."""
    if not source_ids:
        return WhoSpeaks({}, {})
    few = list(source_ids) if len(source_ids) <= FEW_SOURCES else None
    return WhoSpeaks(KEPT.of(session, source_ids), speakers_of(session, few))


_NOBODY = -1
_NONE: Column = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Speaking:
    """Who speaks in very many passages: a line for each of them in each passage.

    ``passages`` are places among the ``count`` passages asked about, ``people`` places
    in ``ids``.
    """

    count: int
    passages: Column
    people: Column
    ids: Sequence[str]

    @property
    def named(self) -> Column:
        """For each passage, whether any of the people speaks in it."""
        named = np.zeros(self.count, bool)
        named[self.passages] = True
        return named

    @property
    def everyone(self) -> frozenset[str]:
        """The ids of those who speak in any of the passages."""
        return frozenset(self.ids[one] for one in np.unique(self.people).tolist())


class TurnsOnTheLine:
    """The turns of many sources along the line, with who speaks each of them.

    Only people among those given count, or all where none are.
    """

    def __init__(
        self,
        who: WhoSpeaks,
        sources: Sequence[str],
        used: Sequence[int],
        people: frozenset[str] | None,
    ) -> None:
        self.who, self._sources, self._people = who, sources, people
        numbers: dict[str, int] = {}
        held, labels = [], [0]
        of_label: list[int] = []
        for at in used:
            of_source = who.of_source(sources[at])
            if of_source is None:
                continue
            held.append((at, of_source[0]))
            of_label += [
                numbers.setdefault(one, len(numbers))
                if one and not asks and (people is None or one in people)
                else _NOBODY
                for asks, one in of_source[1]
            ]
            labels.append(len(of_label))
        counts = [len(turns.starts) for _, turns in held]

        def column(of: Callable[[SourceTurns], Sequence[int]]) -> Column:
            return np.concatenate([_NONE, *(of(turns) for _, turns in held)])

        sources_of = np.repeat(np.array([at for at, _ in held], np.int64), counts)
        self._starts = on_the_line(sources_of, column(lambda one: one.starts))
        self._ends = on_the_line(sources_of, column(lambda one: one.ends))
        first_label = np.repeat(np.array(labels[:-1], np.int64), counts)
        spoken = first_label + column(lambda one: one.speakers)
        self._speakers = np.array(of_label, np.int64)[spoken]
        self._numbers = numbers

    def speaking(self, starts: Column, ends: Column) -> Speaking:
        """Who speaks in passages from starts to before ends, in order along the line.

        What :meth:`WhoSpeaks.found` says of one passage is said here of all of them;
        those that lie in one turn, which are nearly all, are looked up together.
        """
        in_one, speaker = self._looked_up(starts, ends)
        alone = np.flatnonzero(speaker != _NOBODY)
        several: list[tuple[int, int]] = []
        for one in np.flatnonzero(~in_one).tolist():
            source, start = (int(part) for part in off_the_line(starts[one]))
            _, end = off_the_line(ends[one])
            passage = Passage(start, int(end))
            found = self.who.found(self._sources[source], passage, self._people)
            several += [(one, self._numbers[name]) for name in found.participant_ids]
        more = np.array(several, np.int64).reshape(-1, 2)
        return Speaking(
            len(starts),
            np.concatenate([alone, more[:, 0]]),
            np.concatenate([speaker[alone], more[:, 1]]),
            list(self._numbers),
        )

    def _looked_up(self, starts: Column, ends: Column) -> tuple[Column, Column]:
        """Which passages lie in one turn, and the number of who speaks it there."""
        if not len(self._starts):
            return np.zeros(len(starts), bool), np.full(len(starts), _NOBODY)
        first = np.searchsorted(self._starts, starts, side="right") - 1
        turn = np.maximum(first, 0)
        in_one = (
            (first >= 0)
            & (np.searchsorted(self._starts, ends, side="left") <= first + 1)
            & (self._ends[turn] > starts)
        )
        return in_one, np.where(in_one, self._speakers[turn], _NOBODY)


def turns_on_the_line(
    session: Session,
    sources: Sequence[str],
    starts: Sequence[Column],
    people: frozenset[str] | None,
) -> TurnsOnTheLine:
    """The turns of all sources that any of these places lie in."""
    at = np.unique(off_the_line(np.concatenate([_NONE, *starts]))[0]).tolist()
    who = who_speaks(session, [sources[one] for one in at])
    return TurnsOnTheLine(who, sources, at, people)
