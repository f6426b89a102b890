"""A study's text made ready for learning, once for each import and blind to codes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from coding.language import LanguagePipeline, Progress, load_language
from coding.suggestions.preparing.bases import Bases, TurnBases
from coding.suggestions.preparing.study_turns import (
    Rows,
    StudyTurn,
    in_reading_order,
    text_key,
)
from coding.suggestions.preparing.wording import Reading
from coding.suggestions.vectors import VectorsInUse, load_vectors


@dataclass(frozen=True, slots=True)
class PreparedStudy:
    """The turns of a study in reading order, how each was read, and its rows.

    Row ``n`` of ``bases`` belongs to turn ``n`` of ``turns``. Holds the study's words:
    keep it in memory, never in a log. ``name`` changes with any word, speaker or model,
    so what was learned with one preparation is not used with another.
    """

    turns: tuple[StudyTurn, ...]
    readings: tuple[Reading, ...]
    bases: Bases
    fitted: TurnBases
    language: LanguagePipeline
    row_of: dict[tuple[str, int], int]
    name: str

    @classmethod
    def fit(
        cls,
        turns: Sequence[StudyTurn],
        *,
        language: LanguagePipeline | None = None,
        vectors: VectorsInUse | None = None,
        earlier: PreparedStudy | None = None,
        progress: Progress | None = None,
    ) -> PreparedStudy:
        """Ready the turns of all sources of a study, interviewers' included.

        Turns that an ``earlier`` preparation has read are not read again. ``progress``
        is told turns read of turns to read; what it raises ends the work.
        """
        language = language or load_language()
        vectors = vectors or load_vectors()
        ordered = in_reading_order(turns)
        readings = _readings(ordered, language, earlier, progress)
        fitted = TurnBases(vectors)
        with threadpool_limits(limits=1):  # a second thread waits longer than it helps
            # Of a study without a turn there is still something to add one to.
            some = ordered or (_NOTHING_SAID,)
            bases = fitted.fit_transform(some, readings or ((),))
            bases = bases if ordered else bases.first(0)
        return _prepared(ordered, readings, bases, fitted, language, base="")

    def adding(
        self, turns: Sequence[StudyTurn], *, progress: Progress | None = None
    ) -> PreparedStudy:
        """The study with further sources, placed in the directions already found.

        Quick, and right for one transcript more; once the study has grown by a half,
        fit it anew. Sources that are there already are left as they are.
        """
        known = {turn.source_id for turn in self.turns}
        ordered = in_reading_order([t for t in turns if t.source_id not in known])
        if not ordered:
            return self
        readings = _readings(ordered, self.language, None, progress)
        with threadpool_limits(limits=1):
            joined = self.bases.joined_with(self.fitted.transform(ordered, readings))
        return _prepared(
            (*self.turns, *ordered),
            (*self.readings, *readings),
            joined,
            self.fitted,
            self.language,
            base=self.name,
        )

    def rows_of(self, source_id: str) -> Rows:
        """The rows of a source's turns in order; none for a source not prepared."""
        found = [row for row, t in enumerate(self.turns) if t.source_id == source_id]
        return np.array(found, dtype=np.intp)

    @property
    def in_words(self) -> str:
        """Which models the study was read with, and what stands in for one missing."""
        return f"{self.language.in_words} {self.fitted.wording.in_words}"


_NOTHING_SAID = StudyTurn("", 1, "", "")


def _prepared(
    turns: tuple[StudyTurn, ...],
    readings: tuple[Reading, ...],
    bases: Bases,
    fitted: TurnBases,
    language: LanguagePipeline,
    *,
    base: str,
) -> PreparedStudy:
    row_of = {turn.key: row for row, turn in enumerate(turns)}
    mark = hashlib.sha256(
        repr((base, language.name, fitted.wording.vectors.name)).encode("utf-8")
    )
    for turn in turns:
        mark.update(repr((turn.key, turn.speaker, text_key(turn))).encode("utf-8"))
    name = mark.hexdigest()[:16]
    return PreparedStudy(turns, readings, bases, fitted, language, row_of, name)


def _readings(
    turns: Sequence[StudyTurn],
    language: LanguagePipeline,
    earlier: PreparedStudy | None,
    progress: Progress | None,
) -> tuple[Reading, ...]:
    """Each turn read once, however often its words are said."""
    known: dict[str, Reading] = {}
    if earlier is not None and earlier.language.name == language.name:
        read_before = zip(earlier.turns, earlier.readings, strict=True)
        known = {text_key(turn): reading for turn, reading in read_before}
    keys = [text_key(turn) for turn in turns]
    texts = {
        key: turn.text
        for key, turn in zip(keys, turns, strict=True)
        if key not in known
    }
    fresh = language.read_many(list(texts.values()), progress=progress)
    known |= dict(zip(texts, fresh, strict=True))
    return tuple(known[key] for key in keys)
