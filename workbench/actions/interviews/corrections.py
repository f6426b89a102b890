"""Correcting a transcript: its words changed by turn or by file, and what that does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coding.coded_segments import Segment
from coding.reanchoring import likely_places
from coding.study import Person
from coding.transcripts import Transcript, Turn, normalise_text
from data.corrections import CorrectionEffect, UnplacedCoding
from data.importers.interviews.transcript_import import read_transcript
from data.problems import DataProblem, DataRefused
from data.sources import StoredSource
from data.storage import StudyStore
from workbench.wording import counted

NOTHING_SAVED = "Nothing was saved."


def with_turns_corrected(transcript: Transcript, said: Mapping[int, str]) -> Transcript:
    """The transcript with other words in the turns of these numbers.

    Line breaks within a turn become spaces. Raises DataRefused for a number that it
    does not have, and for a turn left without words: a turn that was never spoken is
    taken out of the file.
    """
    numbers = {turn.number for turn in transcript.turns}
    problems = [
        DataProblem(
            "There is no such turn." if number not in numbers else "It has no words.",
            f"{transcript.name}, turn {number}",
            f"Write what was said, or add a corrected file. {NOTHING_SAVED}",
        )
        for number, words in said.items()
        if number not in numbers or not words.strip()
    ]
    if problems:
        raise DataRefused(problems)
    text, at = "", 0
    turns: list[Turn] = []
    for turn in transcript.turns:
        text += transcript.text[at : turn.start]
        words = transcript.text[turn.start : turn.end]
        if turn.number in said:
            words = " ".join(normalise_text(said[turn.number]).split())
        turns.append(replace(turn, start=len(text), end=len(text) + len(words)))
        text += words
        at = turn.end
    text += transcript.text[at:]
    return replace(transcript, text=text, turns=tuple(turns))


def read_corrected_file(
    source: StoredSource, file_name: str, content: bytes
) -> Transcript:
    """The corrected transcript as read from a file, under the source's own name."""
    read = read_transcript(file_name, content)
    return replace(read, name=source.transcript.name, kind=source.transcript.kind)


def effect_in_words(effect: CorrectionEffect) -> list[str]:
    """What a correction does, a sentence each, what needs a person last."""
    lines = []
    if not effect.codings:
        lines.append("Nothing is coded in it yet, so no passage has to be moved.")
    if effect.same_words:
        lines.append(
            f"{counted(effect.same_words, 'coded passage')} "
            f"{_stand(effect.same_words)} on the same words."
        )
    if effect.other_words:
        lines.append(
            f"{counted(effect.other_words, 'coded passage')} "
            f"{_stand(effect.other_words)} on words that were themselves corrected."
        )
    if effect.moved:
        lines.append(
            f"{counted(effect.moved, 'coded passage')} "
            f"{'was' if effect.moved == 1 else 'were'} found again elsewhere in the "
            "text."
        )
    if effect.suggestions_withdrawn:
        lines.append(
            f"{counted(effect.suggestions_withdrawn, 'suggestion')} on changed words "
            "will be withdrawn."
        )
    if effect.turns_before != effect.turns_after:
        lines.append(f"{effect.turns_before} turns become {effect.turns_after}.")
    if effect.speakers_gone:
        lines.append(f"No longer a speaker: {', '.join(effect.speakers_gone)}.")
    if effect.new_speakers:
        lines.append(
            f"New speakers: {', '.join(effect.new_speakers)}. Say who they are under "
            "Who is who on the Transcripts page."
        )
    lines.append("What was changed in it before can no longer be undone.")
    if effect.not_placed:
        lines.append(
            f"{counted(effect.not_placed, 'coded passage')} cannot be placed. Each "
            "waits for its coder, who finds it above the transcript."
        )
    return lines


def correct(
    store: StudyStore,
    person: Person,
    source: StoredSource,
    corrected: Transcript,
    reason: str,
) -> CorrectionEffect:
    """What the correction did; the earlier text is kept."""
    return store.corrections.correct(
        person.id,
        source.id,
        corrected,
        reason,
        seen_sha256=source.transcript.sha256,
    )


def proposed_places(source: StoredSource, left: UnplacedCoding) -> list[Segment]:
    """Where a coding without a place may belong, the likeliest first."""
    transcript = source.transcript
    return likely_places(left.quotation, transcript.text, transcript.turns)


def _stand(count: int) -> str:
    return "stays" if count == 1 else "stay"
