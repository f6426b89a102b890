"""Sentences, words and lemmas, with positions in the text's own code points."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
import spacy.util
from hypothesis import given, settings
from hypothesis import strategies as st

from coding import language
from coding.language import blank_language, load_language, read_language
from coding.word_roots import word_root


def words_of(text: str) -> list[str]:
    return [
        word.lower
        for sentence in blank_language().read(text)
        for word in sentence.words
    ]


def test_positions_count_an_emoji_as_one_and_an_accent_as_one() -> None:
    text = "😀 Zoë’s café shut. We waited."
    first, second = blank_language().read(text)
    assert [text[w.start : w.end] for w in first.words] == ["Zoë", "’s", "café", "shut"]
    assert text[second.start : second.end] == "We waited."


def test_a_sentence_keeps_its_opening_bracket_and_loses_outer_space() -> None:
    text = "I had time.  [pause] It was a Wednesday. “Nobody came,” she said.\n"
    read = blank_language().read(text)
    assert [text[s.start : s.end] for s in read] == [
        "I had time.",
        "[pause] It was a Wednesday.",
        "“Nobody came,” she said.",
    ]


def test_a_mark_inside_a_word_moves_no_sentence() -> None:
    text = "It ended.Then it began."
    read = blank_language().read(text)
    assert "".join(text[s.start : s.end] for s in read) == text


def test_text_without_a_word_has_no_sentence() -> None:
    assert blank_language().read("") == ()
    assert blank_language().read(" ... — !  😀\n") == ()


def test_curly_and_straight_apostrophes_read_alike() -> None:
    assert words_of("didn’t") == words_of("didn't") == ["did", "n't"]


def test_a_comma_is_a_pause_and_a_hyphen_is_not() -> None:
    (sentence,) = blank_language().read("no, strengths-based work (here) – never")
    assert [(w.lower, w.after_pause) for w in sentence.words] == [
        ("no", False),
        ("strengths", True),
        ("based", False),
        ("work", False),
        ("here", True),
        ("never", True),
    ]


def test_without_a_model_the_lemma_is_the_root_and_it_says_so() -> None:
    pipeline = blank_language()
    (sentence,) = pipeline.read("They told stories")
    assert [word.lemma for word in sentence.words] == ["they", "tell", "story"]
    assert not pipeline.has_lemmas
    assert "No English pipeline is installed" in pipeline.in_words


def test_words_alone_are_those_of_the_sentences() -> None:
    text = "We waited. And, um, waited!"
    assert [w.lower for w in blank_language().words_only(text)] == words_of(text)
    assert words_of(text) == ["we", "waited", "and", "um", "waited"]


def test_reading_tells_how_far_it_is_and_can_be_stopped() -> None:
    told: list[tuple[int, int]] = []
    texts = ["One sentence."] * 130

    def note(done: int, of: int) -> None:
        told.append((done, of))

    assert len(list(blank_language().read_many(texts, progress=note))) == 130
    assert told == [(64, 130), (128, 130), (130, 130)]

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(blank_language().read_many(texts, progress=stop))


@pytest.mark.parametrize(
    ("forms", "root_is_shared"),
    [
        (("tell", "tells", "telling", "told"), True),
        (("story", "stories"), True),
        (("child", "children"), True),
        (("plan", "plans", "planned", "planning"), True),
        (("hope", "hoped", "hoping"), True),
        (("come", "came", "coming"), True),
        (("take", "took", "taken", "taking"), True),
        (("miss", "missed", "missing"), True),
        (("use", "used", "using", "uses"), True),
        (("early", "earlier"), False),
        (("late", "later"), False),
    ],
)
def test_roots_join_the_forms_of_a_word(
    forms: tuple[str, ...], root_is_shared: bool
) -> None:
    assert (len({word_root(form) for form in forms}) == 1) is root_is_shared


def test_a_missing_model_leaves_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "PIPELINES", ("no_such_pipeline",))
    load_language.cache_clear()
    try:
        assert load_language().name == "English by rule"
    finally:
        load_language.cache_clear()


def test_a_damaged_model_leaves_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ValueError("a part of the model is missing")

    monkeypatch.setattr(spacy.util, "is_package", lambda _: True)
    monkeypatch.setattr(spacy, "load", refuse)
    load_language.cache_clear()
    try:
        assert load_language().name == "English by rule"
    finally:
        load_language.cache_clear()


@pytest.mark.language_model
def test_the_packaged_model_gives_lemmas_of_nouns_and_verbs_alone() -> None:
    assert any(spacy.util.is_package(name) for name in language.PIPELINES)
    assert load_language().has_lemmas
    assert load_language().name.startswith("en_core_web_sm")
    assert "with lemmas" in load_language().in_words
    (sentence,) = read_language("The children were feeling much happier earlier.")
    lemmas = {word.lower: word.lemma for word in sentence.words}
    assert (lemmas["children"], lemmas["feeling"], lemmas["were"]) == (
        "child",
        "feel",
        "be",
    )
    assert lemmas["earlier"] == "earlier"
    assert lemmas["happier"] == "happier"


def test_importing_the_engine_imports_no_language_model() -> None:
    script = (
        "import sys, coding.language, coding.suggestions.engine;"
        "print([m for m in ('spacy', 'sklearn', 'tokenizers') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab ,.!?[]“”\"'’\n-😀é1", max_size=80))
def test_sentences_never_overlap_and_hold_every_word_in_order(text: str) -> None:
    read = blank_language().read(text)
    for sentence in read:
        inside = text[sentence.start : sentence.end]
        assert inside == inside.strip()
        assert inside
        for word in sentence.words:
            assert sentence.start <= word.start < word.end <= sentence.end
    for before, after in zip(read, read[1:], strict=False):
        assert before.end <= after.start
    assert [w.lower for s in read for w in s.words] == [
        w.lower for w in blank_language().words_only(text)
    ]
