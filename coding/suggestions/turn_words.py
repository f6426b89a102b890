"""A turn as the engine reads it, with every position counted in the whole source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coding.language import LanguagePipeline, Sentence, Word
from coding.suggestions.passages import Passage, passages_of
from coding.transcripts import Turn


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """A turn, what was said in it, its sentences and its passages."""

    turn: Turn
    said: str
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """All words of the turn in order."""
        return tuple(word for sentence in self.sentences for word in sentence.words)


def read_turns(
    text: str, turns: Sequence[Turn], language: LanguagePipeline
) -> Iterator[ReadTurn]:
    """Each turn as read, in order; without words it has no sentence and no passage."""
    said = [text[turn.start : turn.end] for turn in turns]
    readings = language.read_many(said)
    for turn, words_said, reading in zip(turns, said, readings, strict=True):
        sentences = tuple(_placed(sentence, turn.start) for sentence in reading)
        yield ReadTurn(turn, words_said, sentences, passages_of(sentences))


def _placed(sentence: Sentence, at: int) -> Sentence:
    words = tuple(
        Word(w.start + at, w.end + at, w.lower, w.lemma, w.root, w.after_pause)
        for w in sentence.words
    )
    return Sentence(sentence.start + at, sentence.end + at, words)
