"""Cues of the codebook in what people said: inflected, interrupted, negated."""

from __future__ import annotations

import pytest

from coding.codebook import Code
from coding.language import LanguagePipeline, blank_language, load_language
from coding.suggestions.cues import CueHit, CueIndex, read_cues


def cues_of(*codes: Code, language: LanguagePipeline | None = None) -> CueIndex:
    return read_cues(codes, language or blank_language(), headings=frozenset())


def a_code(*cues: str, code_id: str = "c1", name: str = "Retelling") -> Code:
    return Code(id=code_id, name=name, cues=cues)


def found(
    index: CueIndex, text: str, language: LanguagePipeline | None = None
) -> list[str]:
    hits = index.find((language or blank_language()).read(text))
    return [hit.segment.quotation(text) for hit in hits]


def the_hit(index: CueIndex, text: str) -> CueHit:
    (hit,) = index.find(blank_language().read(text))
    return hit


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("tell our story again", "telling my story again"),
        ("tell our story again", "told the story again"),
        ("learning circle", "Learning circles"),
        ("strengths based", "strengths-based"),
        ("child's voice", "child’s voice"),
        ("listened to us", "listen, um, to me"),
        ("listened to us", "listening to just really them"),
        ("she listened", "he listens"),
        ("start from scratch", "started — er — from scratch"),
    ],
)
def test_a_cue_is_found_as_people_say_it(cue: str, said: str) -> None:
    text = f"Well 😀 we {said} there."
    assert found(cues_of(a_code(cue)), text) == [said]


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        ("family plan", "That is the family. Plan or no plan, we went."),
        ("on duty", "We have a duty of care to that boy."),
        ("learning circle", "He drove round the circle twice."),
        ("earlier help", "The Early Help Assessment is on the system."),
        ("tell our story again", "We told our story"),
        ("voice of the child", "the voice of one crying"),
        ("listened to us", "listened um er mm really to us"),
    ],
)
def test_what_only_looks_like_a_cue_is_not_found(cue: str, text: str) -> None:
    assert found(cues_of(a_code(cue)), text) == []


@pytest.mark.parametrize(
    ("text", "negation"),
    [
        ("We never had a learning circle.", "never"),
        ("They didn’t really do learning circles", "didn't"),
        ("There is no learning circle", "no"),
        ("Without the learning circle I would go", "without"),
        ("I do not know, but the learning circle helps", ""),
        ("Not only the learning circle", ""),
        ("I am not sure. The learning circle helps", ""),
        ("No, the learning circle helps", ""),
        ("not one of us goes to the learning circle", ""),
        ("The learning circle was not bad", ""),
    ],
)
def test_a_negation_before_a_cue_in_its_clause_is_seen(
    text: str, negation: str
) -> None:
    hit = the_hit(cues_of(a_code("learning circle")), text)
    assert hit.negation == negation
    assert hit.worth == (0.5 if negation else 1.0)


def test_a_negation_that_belongs_to_the_cue_denies_nothing() -> None:
    hit = the_hit(cues_of(a_code("not enough time")), "There is not enough time")
    assert hit.negation == ""


def test_a_code_without_cues_is_looked_for_by_its_name() -> None:
    hit = the_hit(cues_of(a_code(name="Waiting list")), "Three waiting lists")
    assert hit.cue.is_name
    assert hit.cue.phrase == "Waiting list"


def test_a_heading_without_cues_is_not_looked_for() -> None:
    heading = a_code(name="Waiting list")
    index = read_cues([heading], blank_language(), headings=frozenset({"c1"}))
    assert index.cues == ()


def test_a_cue_without_any_word_is_passed_over() -> None:
    assert cues_of(a_code("…", " ", "story")).cues[0].phrase == "story"


def test_of_overlapping_cues_of_one_code_only_the_longer_counts() -> None:
    index = cues_of(
        a_code("family group conference", "group conference", "conference"),
        a_code("conference", code_id="c2"),
    )
    hits = index.find(blank_language().read("A family group conference was held"))
    assert [(hit.cue.code_id, hit.cue.phrase) for hit in hits] == [
        ("c1", "family group conference"),
        ("c2", "conference"),
    ]


def test_hits_come_in_order_of_place_then_of_the_codebook() -> None:
    index = cues_of(a_code("story"), a_code("story", "told", code_id="c2"))
    hits = index.find(blank_language().read("I told the story."))
    assert [(hit.cue.code_id, hit.cue.phrase) for hit in hits] == [
        ("c2", "told"),
        ("c1", "story"),
        ("c2", "story"),
    ]


@pytest.mark.parametrize(
    ("cue", "is_phrase"),
    [
        ("learning circle", True),
        ("doing with not to", True),
        ("listened to us", False),
        ("ownership", False),
    ],
)
def test_a_phrase_is_told_from_a_single_word(cue: str, is_phrase: bool) -> None:
    assert cues_of(a_code(cue)).cues[0].is_phrase is is_phrase


@pytest.mark.language_model
def test_with_lemmas_irregular_forms_are_found_too() -> None:
    language = load_language()
    index = cues_of(a_code("the worst day", "we flee"), language=language)
    assert found(index, "So they fled that night", language) == ["they fled"]
