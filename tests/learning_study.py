"""A small invented study: words tell its codes, and one shows only by likeness."""

from __future__ import annotations

from functools import cache

import numpy as np

from coding.codebook import Code, Codebook
from coding.language import blank_language
from coding.suggestions.learning.coded_turns import CodedTurns, Place
from coding.suggestions.learning.learned_codes import LearnedCodes
from coding.suggestions.learning.meanings import CodeMeanings
from coding.suggestions.preparing.prepared import PreparedStudy
from coding.suggestions.preparing.study_turns import StudyTurn
from coding.suggestions.vectors import without_vectors

SOURCES = ("a", "b", "c", "d", "e", "f")
TURNS_EACH = 30
CODES = (
    Code(
        id="late",
        name="Help that came too late",
        definition="Help arrived after things had got worse.",
        cues=("waiting list",),
        position=0,
    ),
    Code(
        id="again",
        name="Repeating one's story",
        definition="The same things are told to one person after another.",
        cues=("same questions",),
        position=1,
    ),
    Code(id="garden", name="Outdoors", definition="Time spent outside.", position=2),
    Code(id="unused", name="Money", definition="Benefits and debts.", position=3),
)
BOOK = Codebook(CODES)
SAID = {
    "late": (
        "We sat on the waiting list",
        "By then it was worse",
        "They came months on",
    ),
    "again": (
        "They asked the same questions",
        "I told it all over",
        "Another new face",
    ),
    "garden": ("We dug the allotment", "The allotment kept us going", "Beans and mud"),
    "": ("It rained that day", "The bus was full", "I like the biscuits", "Yes, well"),
}
ENDS = ("with my sister", "in the morning", "as they do", "again on Friday", "you know")


@cache
def turns() -> tuple[tuple[StudyTurn, frozenset[str]], ...]:
    """Each turn with the codes it has; the even ones are an interviewer's."""
    chance = np.random.default_rng(3)
    made = []
    for source in SOURCES:
        for number in range(1, TURNS_EACH + 1):
            kind = ["late", "again", "garden", "", ""][int(chance.integers(5))]
            said = SAID[kind][int(chance.integers(len(SAID[kind])))]
            words = f"{said} {ENDS[int(chance.integers(len(ENDS)))]}."
            speaker = "P" if number % 2 else "Interviewer"
            if speaker == "Interviewer":
                kind, words = "", "Could you say a little more about that?"
            codes = frozenset({kind} - {""})
            made.append((StudyTurn(source, number, speaker, words), codes))
    return tuple(made)


@cache
def prepared() -> PreparedStudy:
    """The study without any packaged model."""
    return PreparedStudy.fit(
        [turn for turn, _ in turns()],
        language=blank_language(),
        vectors=without_vectors(),
    )


@cache
def meanings() -> CodeMeanings:
    return CodeMeanings.fit(prepared(), BOOK)


def applied(sources: tuple[str, ...] = SOURCES) -> list[Place]:
    """The codings of some sources."""
    return [
        (*turn.key, code)
        for turn, codes in turns()
        for code in sorted(codes)
        if turn.source_id in sources
    ]


def coded(sources: tuple[str, ...] = SOURCES[:4]) -> CodedTurns:
    """Some sources coded and read through."""
    return CodedTurns.from_decisions(
        prepared(), meanings().code_ids, applied=applied(sources), read_through=sources
    )


@cache
def learned() -> LearnedCodes:
    """What the first four sources teach."""
    return LearnedCodes.fit(meanings(), coded())
