"""Synthetic interviews for trying sizes: turns of real-looking ones, drawn anew.

Plainly synthetic: each is named so, and a reader soon meets the same words again. The
draw is seeded, so that a size is the same study whenever it is made.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coding.coded_segments import CodedSegment
from coding.study import Participant
from coding.transcripts import SourceKind, Speaker, Transcript, Turn
from data.sources import NewSource, SpeakerMapping
from data.storage import StudyStore

INTERVIEWER = "Interviewer"


@dataclass(frozen=True, slots=True)
class CodedTurn:
    """A participant's answer with the question before it, and what is coded in it.

    ``marks`` are (code, coder, start, end) counted from the first letter of the answer.
    """

    question: str
    answer: str
    marks: tuple[tuple[str, str, int, int], ...]

    @property
    def words(self) -> int:
        """How many words question and answer hold together."""
        return len(self.question.split()) + len(self.answer.split())


@dataclass(frozen=True, slots=True)
class SyntheticInterview:
    """A source about to be saved, with the codings that belong to its text."""

    source: NewSource
    marks: tuple[tuple[str, str, int, int], ...]


def coded_turns(store: StudyStore) -> dict[str, list[CodedTurn]]:
    """The answers of every interview in the study by the role of who gives them.

    Codings that reach beyond one answer are left out.
    """
    found: dict[str, list[CodedTurn]] = {}
    for stored in store.sources.read_all():
        if stored.transcript.kind is not SourceKind.INTERVIEW:
            continue
        roles = {
            one.label: one.participant.role
            for one in store.sources.speakers(stored.id)
            if one.participant is not None
        }
        segments = store.coding.segments(stored.id)
        for role, turn in _turns(stored.transcript, roles, segments):
            found.setdefault(role, []).append(turn)
    return found


def _turns(
    transcript: Transcript, roles: dict[str, str], segments: Sequence[CodedSegment]
) -> Iterator[tuple[str, CodedTurn]]:
    text = transcript.text
    question = ""
    for turn in transcript.turns:
        words = text[turn.start : turn.end]
        if turn.speaker not in roles:
            question = words
            continue
        marks = tuple(
            (
                one.code_id,
                one.coder_id,
                one.segment.start - turn.start,
                one.segment.end - turn.start,
            )
            for one in segments
            if turn.start <= one.segment.start and one.segment.end <= turn.end
        )
        yield roles[turn.speaker], CodedTurn(question, words, marks)
        question = ""


def synthetic_interviews(
    turns: dict[str, list[CodedTurn]],
    *,
    count: int,
    words: int,
    waves: Sequence[str],
    localities: Sequence[str],
    seed: int,
) -> Iterator[SyntheticInterview]:
    """As many interviews as asked for, each of about so many words, one at a time.

    Roles, waves and localities come round in turn; which answers are given, and in
    which order, is drawn.
    """
    roles = sorted(turns)
    for number in range(1, count + 1):
        draw = random.Random(f"{seed} interview {number}")
        role = roles[number % len(roles)]
        participant = Participant(
            "",
            f"Synthetic {number:04d}",
            role,
            "Synthetic team",
            localities[number % len(localities)],
        )
        name = f"Synthetic interview {number:04d}"
        transcript, marks = _written(name, _drawn(draw, turns[role], words))
        yield SyntheticInterview(
            NewSource(
                transcript,
                wave=waves[number % len(waves)],
                file_name=f"synthetic_interview_{number:04d}.txt",
                mappings=(
                    SpeakerMapping(INTERVIEWER, is_interviewer=True),
                    SpeakerMapping("Participant", participant=participant),
                ),
            ),
            marks,
        )


def _drawn(
    draw: random.Random, turns: Sequence[CodedTurn], words: int
) -> Iterator[CodedTurn]:
    left = words
    while left > 0:
        # Every answer comes once before any comes again.
        for turn in draw.sample(list(turns), len(turns)):
            yield turn
            left -= turn.words
            if left <= 0:
                return


def _written(
    name: str, answers: Iterator[CodedTurn]
) -> tuple[Transcript, tuple[tuple[str, str, int, int], ...]]:
    parts: list[str] = []
    turns: list[Turn] = []
    marks: list[tuple[str, str, int, int]] = []
    length = 0

    def say(speaker: str, words: str) -> int:
        nonlocal length
        line = f"{speaker}: {words}\n\n"
        start = length + len(speaker) + 2
        turns.append(Turn(len(turns) + 1, start, start + len(words), speaker))
        parts.append(line)
        length += len(line)
        return start

    for answer in answers:
        if answer.question:
            say(INTERVIEWER, answer.question)
        at = say("Participant", answer.answer)
        marks += [(code, coder, at + s, at + e) for code, coder, s, e in answer.marks]
    return (
        Transcript(
            name,
            SourceKind.INTERVIEW,
            "".join(parts),
            tuple(turns),
            (Speaker(INTERVIEWER, is_interviewer=True), Speaker("Participant")),
        ),
        tuple(marks),
    )
