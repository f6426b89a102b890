"""Making suggestions for one source or for all, to be accepted or rejected later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from coding.codebook import Codebook
from coding.coded_segments import Segment
from coding.study import Person
from coding.suggestions.suggestion import CodeSuggestion
from coding.transcripts import Transcript, Turn
from data.problems import DataProblem, DataRefused
from data.rights import Right, require_right
from data.sources import StoredSource
from data.storage import StudyStore
from data.storage.suggesting.lessons_storage import Learning
from data.storage.suggesting.settings_storage import SuggestionSettings

Progress = Callable[[float, str], None]
Settled = tuple[str, Segment]
Suggest = Callable[[str, Sequence[Turn], Sequence[Settled]], Sequence[CodeSuggestion]]

# Reading the study's words and the codebook, against reading the sources asked for.
_SHARE_OF_FITTING = 0.7
_TOO_LITTLE = (
    "Too little is decided to learn from: it takes codings, and rejections or "
    "transcripts read through."
)
# So many decisions teach enough to be worth learning anew.
A_BATCH = 20


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
    learns: bool = True,
    progress: Progress | None = None,
) -> SuggestionsMade:
    """Suggestions for the sources named, or for all; each replaces its open ones.

    They come from what people decided, once that teaches enough, and from cues and
    definitions before, or where it is not to learn now (``learns``), which is quick.
    Nothing is kept unless all of it is: ``progress`` is told how far the work is (0 to
    1) and may raise to stop it. Interviewers' turns get none unless the study's
    settings ask for them, nor does what a person has coded or decided on already.
    """
    # The learners take seconds to load, and only this action needs them.
    from workbench.actions.suggesting import learning

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
    everything = store.sources.read_all()
    asked = [one for one in everything if source_ids is None or one.id in source_ids]
    begun = datetime.now(UTC)
    lessons = store.lessons.read()
    settings = store.suggestion_settings.read()
    learned = (
        learning.learn(
            store,
            everything,
            codebook,
            lambda done, words: report(_SHARE_OF_FITTING * done, words),
        )
        if learns and learning.can_teach(lessons)
        else None
    )
    suggest: Suggest
    if learned is not None and learned.codes.has_learned:
        suggest = learning.suggest_learned(learned, settings)
        engine, models = learned.engine, learned.in_words
    else:
        suggest, engine, models = _by_rules(everything, codebook, settings)
    made: dict[str, Sequence[CodeSuggestion]] = {}
    for number, source in enumerate(asked):
        share = number / len(asked)
        words = f"source {number + 1} of {len(asked)}"
        report(_SHARE_OF_FITTING + (1 - _SHARE_OF_FITTING) * share, words)
        turns = turns_to_suggest_on(
            source.transcript, with_interviewers=settings.include_interviewers
        )
        made[source.id] = suggest(source.id, turns, _settled(store, source))
    report(1.0, "saving")
    waiting = store.suggestions.replace_open(person.id, made, engine=engine)
    last = Learning(
        # What is decided while the work goes on is not in it.
        begun,
        person.name,
        engine,
        lessons.state,
        len(lessons.applied),
        len(lessons.turned_down),
        len(lessons.read_through),
        learned is not None and learned.codes.has_learned,
        models,
        learning.strength_rates(learned) if learned else {},
    )
    store.lessons.keep(person.id, last)
    return SuggestionsMade(waiting, len(asked), models)


def learning_is_due(store: StudyStore) -> bool:
    """Whether so much was decided since suggestions last learned that they should.

    Never before a person has asked for suggestions once.
    """
    last = store.lessons.last()
    return last is not None and store.lessons.decided_since(last.learned_at) >= A_BATCH


def _by_rules(
    everything: Sequence[StoredSource],
    codebook: Codebook,
    settings: SuggestionSettings,
) -> tuple[Suggest, str, str]:
    """Suggestions by cues and definitions alone, the engine's name, and its models."""
    # Spacy takes seconds to load, and only this action needs it.
    from coding.suggestions.engine import SuggestionEngine

    texts = {one.id: one.transcript.text for one in everything}
    spoken = [
        one.transcript.text[turn.start : turn.end]
        for one in everything
        for turn in turns_to_suggest_on(one.transcript)
    ]
    engine = SuggestionEngine.fit(spoken, codebook)

    def suggest(
        source_id: str, turns: Sequence[Turn], decided: Sequence[Settled]
    ) -> Sequence[CodeSuggestion]:
        return engine.suggest(
            texts[source_id],
            turns,
            decided=decided,
            limit_per_turn=settings.most_per_passage,
        )

    return suggest, engine.state, f"{engine.in_words} {_TOO_LITTLE}"


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


def _settled(store: StudyStore, source: StoredSource) -> list[Settled]:
    coded = [(one.code_id, one.segment) for one in store.coding.segments(source.id)]
    decided = [
        (one.suggestion.code_id, one.suggestion.segment)
        for one in store.suggestions.all_of(source.id)
        if one.status != "open"
    ]
    return coded + decided
