"""Making suggestions for one source or for all, to be accepted or rejected later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coding.coded_segments import Segment
from coding.study import Person
from coding.suggestions.suggestion import CodeSuggestion
from coding.transcripts import Transcript, Turn
from data.problems import DataProblem, DataRefused
from data.rights import Right, require_right
from data.sources import StoredSource
from data.storage import StudyStore

Progress = Callable[[float, str], None]

# Reading the study's words and the codebook, against reading the sources asked for.
_SHARE_OF_FITTING = 0.3


@dataclass(frozen=True, slots=True)
class SuggestionsMade:
    """What a run gave: how many wait, in how many sources, from which models."""

    waiting: int
    sources: int
    models: str


def made_in_words(made: SuggestionsMade) -> str:
    """What a run gave, in two sentences.

    >>> made_in_words(SuggestionsMade(1, 1, "Words are read without lemmas."))
    '1 suggestion waits in 1 source. Words are read without lemmas.'
    """
    waiting = (
        "1 suggestion waits"
        if made.waiting == 1
        else (f"{made.waiting} suggestions wait")
    )
    where = "1 source" if made.sources == 1 else f"{made.sources} sources"
    if not made.waiting:
        return (
            f"No suggestions in {where}: no passage answers a cue or a definition "
            f"clearly enough. {made.models}"
        )
    return f"{waiting} in {where}. {made.models}"


def make_suggestions(
    store: StudyStore,
    person: Person,
    source_ids: Sequence[str] | None = None,
    *,
    progress: Progress | None = None,
) -> SuggestionsMade:
    """Suggestions for the sources named, or for all; each replaces its open ones.

    Nothing is kept unless all of it is: ``progress`` is told how far the work is (0 to
    1) and may raise to stop it. Interviewers' turns get none unless the study's
    settings ask for them, nor does what a person has coded or decided on already.
    """
    # Spacy takes seconds to load, and only this action needs it.
    from coding.suggestions.engine import SuggestionEngine

    require_right(person, Right.CODE_SOURCES)
    report = progress or _unheard
    codebook = store.codebook.codebook()
    if not codebook.codes:
        raise DataRefused(
            [
                DataProblem(
                    "The codebook has no codes to suggest.",
                    "Codebook",
                    "Add codes with a definition and a few cue phrases first.",
                )
            ]
        )
    report(0.0, "reading the study's words")
    settings = store.suggestion_settings.read()
    everything = store.sources.read_all()
    asked = [one for one in everything if source_ids is None or one.id in source_ids]
    spoken = [
        one.transcript.text[turn.start : turn.end]
        for one in everything
        for turn in turns_to_suggest_on(one.transcript)
    ]
    engine = SuggestionEngine.fit(spoken, codebook)
    made: dict[str, Sequence[CodeSuggestion]] = {}
    for number, source in enumerate(asked):

        def read(done: int, of: int, number: int = number) -> None:
            share = (number + done / max(1, of)) / len(asked)
            words = f"source {number + 1} of {len(asked)}"
            report(_SHARE_OF_FITTING + (1 - _SHARE_OF_FITTING) * share, words)

        read(0, 1)
        made[source.id] = engine.suggest(
            source.transcript.text,
            turns_to_suggest_on(
                source.transcript, with_interviewers=settings.include_interviewers
            ),
            limit_per_turn=settings.most_per_passage,
            decided=_settled(store, source),
            progress=read,
        )
    report(1.0, "saving")
    waiting = store.suggestions.replace_open(person.id, made, engine=engine.state)
    return SuggestionsMade(waiting, len(asked), engine.in_words)


def _unheard(_done: float, _words: str) -> None:
    """Progress that nobody watches."""


def turns_to_suggest_on(
    transcript: Transcript, *, with_interviewers: bool = False
) -> list[Turn]:
    """The turns of whoever is interviewed, and interviewers' own only if asked for."""
    asking = {
        one.label
        for one in transcript.speakers
        if one.is_interviewer and not with_interviewers
    }
    return [turn for turn in transcript.turns if turn.speaker not in asking]


def _settled(store: StudyStore, source: StoredSource) -> list[tuple[str, Segment]]:
    coded = [(one.code_id, one.segment) for one in store.coding.segments(source.id)]
    decided = [
        (one.suggestion.code_id, one.suggestion.segment)
        for one in store.suggestions.all_of(source.id)
        if one.status != "open"
    ]
    return coded + decided
