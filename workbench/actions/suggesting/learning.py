"""Learning from what people decided, and suggestions that come of it.

Only decisions teach: codings, edges moved, rejections, and what was left in transcripts
read through. What waits teaches nothing, nor does anything of a source that somebody is
coding blind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from coding.codebook import Codebook
from coding.coded_segments import Segment
from coding.suggestions.deciding.proposals import LearnedSuggestions
from coding.suggestions.deciding.strengths import LearnedStrengths
from coding.suggestions.deciding.thresholds import CodeThresholds, thresholds_for
from coding.suggestions.learning.coded_turns import APPLIES, CodedTurns
from coding.suggestions.learning.learned_codes import LearnedCodes
from coding.suggestions.learning.meanings import CodeMeanings
from coding.suggestions.preparing.prepared import PreparedStudy
from coding.suggestions.preparing.study_turns import StudyTurn
from coding.suggestions.suggestion import CodeSuggestion
from coding.transcripts import Turn
from data.sources import StoredSource
from data.storage import StudyStore
from data.storage.suggesting.lessons_storage import Lessons
from data.storage.suggesting.settings_storage import SuggestionSettings
from workbench.actions.suggesting.fitted import kept, kept_or_made

Progress = Callable[[float, str], None]

PREPARED, LEARNED = "prepared study", "learned codes"
# So many decisions are taken in one by one; after more all is weighed anew.
MOST_TAKEN_IN = 20
# Of the work of learning, the share that reading the study's words takes.
_READING = 0.5


@dataclass(frozen=True, slots=True)
class Learned:
    """What a study's decisions have taught, from which lessons.

    ``codebook`` is the one it was learned with, ``fitted_from`` what was decided when
    all was last weighed anew; since then single decisions were taken in.
    """

    codes: LearnedCodes
    lessons: Lessons
    codebook: Codebook
    fitted_from: CodedTurns

    @property
    def engine(self) -> str:
        """Twelve characters that change with texts, codebook, models or decisions."""
        return f"learned-{self.lessons.state[:12]}"

    @property
    def in_words(self) -> str:
        """From how much was learned, and with which models."""
        lessons = self.lessons
        read = len(lessons.read_through)
        return (
            f"Learned from {len(lessons.applied):,} coded turns, "
            f"{len(lessons.turned_down):,} turned down and {read} "
            f"{'transcript' if read == 1 else 'transcripts'} read through. "
            f"{self.codes.study.in_words}"
        )


def can_teach(lessons: Lessons) -> bool:
    """Whether there is anything to learn from, told without reading the study's words.

    It takes examples, and turns known to have a code not: turned down, or left in a
    transcript read through.
    """
    return bool(lessons.applied) and bool(lessons.read_through or lessons.turned_down)


def learn(
    store: StudyStore,
    sources: Sequence[StoredSource],
    codebook: Codebook,
    progress: Progress,
) -> Learned:
    """What the study teaches as it stands: as kept in memory, or learned now.

    ``progress`` may raise to stop the work; what was kept before then stays. A change
    of the codebook counts at once: a new code takes part by its cues and definition.
    A few decisions more are taken in at once; after many, one taken back, or a change
    of texts or codebook all is weighed anew.
    """
    lessons = store.lessons.read()

    def decided(study: PreparedStudy, code_ids: Sequence[str]) -> CodedTurns:
        return CodedTurns.from_decisions(
            study,
            code_ids,
            applied=lessons.applied,
            turned_down=lessons.turned_down,
            read_through=lessons.read_through,
            left_out=_interviewers(sources),
            not_there_yet=lessons.not_there_yet,
        )

    def make() -> Learned:
        study = _prepared(store, sources, progress)
        before = learned_before(store)
        if before and before.codes.study is study and before.codebook == codebook:
            coded = decided(study, before.codes.coded.code_ids)
            codes = _taken_in(before, coded)
            if codes is not None:
                progress(1.0, "learned")
                return replace(before, codes=codes, lessons=lessons)
        progress(_READING, "reading the codebook")
        meanings = CodeMeanings.fit(study, codebook)
        progress(_READING + 0.1, "learning from what was decided")
        coded = decided(study, meanings.code_ids)
        learned = Learned(LearnedCodes.fit(meanings, coded), lessons, codebook, coded)
        progress(1.0, "learned")
        return learned

    return kept_or_made(store, LEARNED, lessons.state, make)


def _taken_in(before: Learned, coded: CodedTurns) -> LearnedCodes | None:
    """What was learned with the decisions since taken in, or nothing where they are too
    many or one was taken back."""
    if not before.codes.has_learned:
        return None
    changed = _changed(before.codes.coded, coded)
    taken_back = any(np.isnan(coded.table[place]) for place in changed)
    if taken_back or len(_changed(before.fitted_from, coded)) > MOST_TAKEN_IN:
        return None
    codes = before.codes
    for row, column in changed:
        applies = bool(coded.table[row, column] == APPLIES)
        codes = codes.with_decision(row, coded.code_ids[column], applies=applies)
    return codes


def _changed(before: CodedTurns, after: CodedTurns) -> list[tuple[int, int]]:
    """The rows and columns at which something else is decided."""
    was, now = before.table, after.table
    changed = (was != now) & ~(np.isnan(was) & np.isnan(now))
    return [(int(row), int(column)) for row, column in np.argwhere(changed)]


def learned_before(store: StudyStore) -> Learned | None:
    """What was learned last in this process, up to date or not; or nothing."""
    held = kept(store, LEARNED)
    return held[1] if held else None


def thresholds_of(learned: Learned, settings: SuggestionSettings) -> CodeThresholds:
    """From which probability each code is suggested, for the precision asked of it."""
    held_out = learned.codes.held_out
    whole = thresholds_for(held_out, settings.precision)
    threshold, precision = whole.threshold.copy(), whole.precision.copy()
    recall, share = whole.recall.copy(), whole.share.copy()
    place = {one: at for at, one in enumerate(learned.codes.coded.code_ids)}
    for code_id, wanted in settings.by_code:
        at = place.get(code_id)
        if at is None:
            continue
        apart = thresholds_for(held_out, wanted)
        threshold[at], precision[at] = apart.threshold[at], apart.precision[at]
        recall[at], share[at] = apart.recall[at], apart.share[at]
    return CodeThresholds(threshold, precision, recall, share)


def suggest_learned(
    learned: Learned, settings: SuggestionSettings
) -> Callable[
    [str, Sequence[Turn], Sequence[tuple[str, Segment]]], tuple[CodeSuggestion, ...]
]:
    """Suggestions for turns of a source by its id, with what is decided there."""
    engine = LearnedSuggestions(learned.codes, thresholds_of(learned, settings))

    def suggest(
        source_id: str,
        turns: Sequence[Turn],
        decided: Sequence[tuple[str, Segment]],
    ) -> tuple[CodeSuggestion, ...]:
        return engine.suggest(
            source_id,
            turns,
            decided=decided,
            limit_per_turn=settings.most_per_passage,
        )

    return suggest


def strength_rates(learned: Learned) -> dict[str, tuple[int, int]]:
    """For each strength how many held-out decisions there were, and were right."""
    held_out = learned.codes.held_out
    if not len(held_out.rows):
        return {}
    rates = LearnedStrengths.fit(*held_out.decisions()).rates()
    return {strength.value: counts for strength, counts in rates.items()}


def suggestions_expected(
    learned: Learned, settings: SuggestionSettings, turns: int
) -> dict[str, int]:
    """About how many suggestions each code brings over so many turns, by code id."""
    share = np.nan_to_num(thresholds_of(learned, settings).share)
    ids = learned.codes.coded.code_ids
    return {one: round(float(share[at]) * turns) for at, one in enumerate(ids)}


def _prepared(
    store: StudyStore, sources: Sequence[StoredSource], progress: Progress
) -> PreparedStudy:
    state = ",".join(f"{one.id}:{one.transcript.sha256}" for one in sources)
    earlier = kept(store, PREPARED)

    def read(done: int, of: int) -> None:
        words = "reading the study's words"
        progress(_READING * done / max(1, of), words)

    return kept_or_made(
        store,
        PREPARED,
        state,
        lambda: PreparedStudy.fit(
            [
                StudyTurn(
                    one.id,
                    turn.number,
                    turn.speaker,
                    one.transcript.text[turn.start : turn.end],
                )
                for one in sources
                for turn in one.transcript.turns
            ],
            earlier=earlier[1] if earlier else None,
            progress=read,
        ),
    )


def _interviewers(sources: Sequence[StoredSource]) -> set[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    for one in sources:
        asking = {s.label for s in one.transcript.speakers if s.is_interviewer}
        found |= {
            (one.id, t.number) for t in one.transcript.turns if t.speaker in asking
        }
    return found
