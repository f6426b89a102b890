"""Judging suggestions on a table of coded turns and its codebook; nothing is stored."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coding.codebook import Code, Codebook
from coding.suggestions.evaluation.protocol import DRAWS, Evaluation
from data.importers.interviews.codebook_import import CodebookEntry, read_codebook
from data.importers.interviews.coded_table_import import read_coded_table
from data.problems import DataProblem
from workbench.actions.interviews.evaluation.what_to_check import what_to_check

Progress = Callable[[float, str], None]

CODED_TRANSCRIPTS = (0, 1, 3, 10)
# Reading the words, against the draws.
_SHARE_OF_READING = 0.1


@dataclass(frozen=True, slots=True)
class SuggestionsEvaluated:
    """What came out: by number of coded transcripts, the codes, what to check.

    ``models`` says what the words were read with; ``reading_seconds`` is the time that
    readying 10,000 words takes, models loaded.
    """

    evaluations: tuple[Evaluation, ...]
    codes: tuple[str, ...]
    warnings: tuple[DataProblem, ...]
    models: str
    reading_seconds: float


def evaluate_tables(
    coded: tuple[str, bytes],
    codebook: tuple[str, bytes],
    *,
    coded_transcripts: Sequence[int] = CODED_TRANSCRIPTS,
    seed: int = 0,
    draws: int = DRAWS,
    progress: Progress | None = None,
) -> SuggestionsEvaluated:
    """How well the codes of a coded table are suggested, for so many coded transcripts.

    Both tables come as file name and content. Raises DataRefused where one cannot be
    read; whatever else is odd about them is said and the work goes on. ``progress`` is
    told how far it is (0 to 1) and may raise to stop it.
    """
    # spaCy and scikit-learn take seconds to load, and only this action needs them.
    from coding.language import load_language
    from coding.suggestions.evaluation.protocol import evaluate
    from coding.suggestions.learning.coded_turns import CodedTurns
    from coding.suggestions.learning.meanings import CodeMeanings
    from coding.suggestions.preparing.prepared import PreparedStudy
    from coding.suggestions.preparing.study_turns import StudyTurn
    from coding.suggestions.vectors import load_vectors

    report = progress or _unheard
    entries = read_codebook(*codebook, definitions_needed=False)
    table = read_coded_table(*coded)
    report(0.0, "loading the language models")
    language, vectors = load_language(), load_vectors()
    language.read("Once, so that nothing is loaded while the clock runs.")
    report(0.0, "reading the words")
    begun = time.perf_counter()
    study = PreparedStudy.fit(
        [StudyTurn(r.doc_id, r.place, r.speaker, r.text) for r in table.rows],
        language=language,
        vectors=vectors,
        progress=lambda done, of: report(
            _SHARE_OF_READING * done / max(1, of), "reading the words"
        ),
    )
    book = _codebook(entries)
    used = {label for row in table.rows for label in row.labels}
    in_use = {code.id for code in book.codes if code.id in used}
    meanings = CodeMeanings.fit(study, book, in_use=in_use)
    reading_seconds = time.perf_counter() - begun
    decisions = CodedTurns.from_decisions(
        study,
        meanings.code_ids,
        applied=[(r.doc_id, r.place, label) for r in table.rows for label in r.labels],
        read_through={row.doc_id for row in table.rows},
    )
    found = evaluate(
        meanings,
        decisions,
        sorted(set(coded_transcripts)),
        seed=seed,
        draws=draws,
        clock=time.perf_counter,
        report=lambda done, words: report(
            _SHARE_OF_READING + (1 - _SHARE_OF_READING) * done, words
        ),
    )
    report(1.0, "done")
    words = sum(len(row.text.split()) for row in table.rows)
    return SuggestionsEvaluated(
        found,
        meanings.code_ids,
        (
            *table.warnings,
            *what_to_check(coded[0], codebook[0], table, book, coded_transcripts),
        ),
        study.in_words,
        reading_seconds / max(words, 1) * 10_000,
    )


def _codebook(entries: Sequence[CodebookEntry]) -> Codebook:
    """The codebook of a file, each code known by its name."""
    return Codebook(
        tuple(
            Code(
                id=entry.name,
                name=entry.name,
                definition=entry.definition,
                use_when=entry.use_when,
                do_not_use_when=entry.do_not_use_when,
                cues=entry.cues,
                examples=entry.examples,
                near_miss=entry.near_miss,
                parent_id=entry.parent,
                position=position,
            )
            for position, entry in enumerate(entries)
        )
    )


def _unheard(_done: float, _words: str) -> None:
    """Progress that nobody watches."""
