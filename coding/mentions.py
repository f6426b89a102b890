"""Who said what was coded: passages of a theme joined to turns, people and waves.

The step between coded segments and any count of people. Interviewers' words never
count, and what two coders marked in the same place counts once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from coding.coded_segments import CodedSegment, Segment
from coding.study import Participant
from coding.transcripts import SourceKind, Speaker, Transcript, Turn

NO_WAVE = "No wave"
NOT_NAMED = "Not named"
NO_ROLE = "No role"
OBSERVER = "Observer's notes"


class SourceOfWave(Protocol):
    """A source as a study keeps it: id, transcript and the name of its wave, or ""."""

    @property
    def id(self) -> str:
        """The source's GUID."""

    @property
    def transcript(self) -> Transcript:
        """Its text, turns and speakers."""

    @property
    def wave(self) -> str:
        """The name of its wave, empty where it belongs to none."""


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """The part of a passage that lies in one turn of someone who takes part.

    ``is_observed`` tells a part of an observation from one of what people said.
    ``participant`` is nothing for a speaker who is not mapped, or where an observer
    notes what was seen; ``role`` then reads ``Not named`` or ``Observer's notes``.
    ``role`` and ``wave`` read ``No role`` and ``No wave`` where these are not known.
    """

    source_id: str
    source_name: str
    wave: str
    turn: Turn
    segment: Segment
    words: str
    participant: Participant | None
    is_observed: bool = False

    @property
    def pseudonym(self) -> str:
        """The participant's pseudonym, ``Observer's notes`` or ``Not named``."""
        return self.participant.pseudonym if self.participant else self._nobody

    @property
    def role(self) -> str:
        """The role, ``No role``, ``Observer's notes`` or ``Not named``."""
        return (self.participant.role or NO_ROLE) if self.participant else self._nobody

    @property
    def _nobody(self) -> str:
        # In an observation, what stands under nobody's name is what was seen.
        return OBSERVER if self.is_observed and not self.turn.speaker else NOT_NAMED

    @property
    def person_key(self) -> str:
        """What tells people apart: a participant's id, '' for all who are not named.

        Whether two labels that are not mapped are one person is not known, and an
        observer is no participant: told apart, each would pass for somebody new.
        """
        return self.participant.id if self.participant else ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One passage of one source under a theme, and its parts by who spoke them."""

    source_id: str
    wave: str
    segment: Segment
    parts: tuple[SpokenPart, ...]


class SourceReading:
    """One source with its turns ready to be looked up and its speakers mapped."""

    def __init__(
        self, source: SourceOfWave, participants: Mapping[str, Participant]
    ) -> None:
        self.id = source.id
        self.wave = source.wave or NO_WAVE
        self._transcript = source.transcript
        self._turns = sorted(source.transcript.turns, key=lambda turn: turn.start)
        self._starts = [turn.start for turn in self._turns]
        self._speakers = {s.label: s for s in source.transcript.speakers}
        self._participants = participants

    def people(self) -> frozenset[str]:
        """The ids of the participants who have a turn in this source."""
        speakers = {self.speaker_of(turn) for turn in self._turns}
        return frozenset(
            s.participant_id for s in speakers if s.participant_id in self._participants
        )

    def speaker_of(self, turn: Turn) -> Speaker:
        """The speaker of a turn; one that is on no list is not mapped."""
        return self._speakers.get(turn.speaker, Speaker(turn.speaker))

    def parts(self, passage: Segment) -> tuple[SpokenPart, ...]:
        """The parts of a passage by turn, interviewers' turns and labels left out."""
        first = max(bisect_right(self._starts, passage.start) - 1, 0)
        found = []
        for turn in self._turns[first:]:
            if turn.start >= passage.end:
                break
            speaker = self.speaker_of(turn)
            within = self._overlap(turn, passage)
            if within is None or speaker.is_interviewer:
                continue
            found.append(
                SpokenPart(
                    self.id,
                    self._transcript.name,
                    self.wave,
                    turn,
                    within,
                    within.quotation(self._transcript.text),
                    self._participants.get(speaker.participant_id),
                    self._transcript.kind is SourceKind.OBSERVATION,
                )
            )
        return tuple(found)

    def _overlap(self, turn: Turn, passage: Segment) -> Segment | None:
        """Where turn and passage overlap, without outer space; nothing if no word."""
        start, end = max(turn.start, passage.start), min(turn.end, passage.end)
        words = self._transcript.text[start:end] if start < end else ""
        start += len(words) - len(words.lstrip())
        return Segment(start, start + len(words.strip())) if words.strip() else None


def mentions_of(
    code_ids: Collection[str],
    coded_segments: Iterable[CodedSegment],
    sources: Mapping[str, SourceReading],
) -> tuple[Mention, ...]:
    """The passages under any of the codes, by source and place, each counted once.

    Passages that overlap are one mention, whoever coded them and under which of the
    codes. Those in which only an interviewer speaks, and those of sources not given,
    are left out.
    """
    by_source: dict[str, list[Segment]] = defaultdict(list)
    for coded in coded_segments:
        if coded.code_id in code_ids and coded.source_id in sources:
            by_source[coded.source_id].append(coded.segment)
    found = []
    for source_id in (known for known in sources if known in by_source):
        source = sources[source_id]
        for passage in merged(by_source[source_id]):
            parts = source.parts(passage)
            if parts:
                found.append(Mention(source_id, source.wave, passage, parts))
    return tuple(found)


def merged(segments: Sequence[Segment]) -> list[Segment]:
    """The segments in order, those that overlap made one; touching ones stay apart.

    >>> merged([Segment(5, 9), Segment(0, 6), Segment(9, 12)])
    [Segment(start=0, end=9), Segment(start=9, end=12)]
    """
    joined: list[Segment] = []
    for segment in sorted(segments, key=lambda s: (s.start, s.end)):
        if joined and segment.overlaps(joined[-1]):
            end = max(joined[-1].end, segment.end)
            joined[-1] = Segment(joined[-1].start, end)
        else:
            joined.append(segment)
    return joined
