"""Who speaks in very many passages at once is who speaks in each of them."""

from __future__ import annotations

from array import array

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coding.finding.code_relations import Passage
from coding.finding.many_passages import on_the_line
from data.storage.finding.source_turns import SourceTurns
from data.storage.finding.who_speaks import TurnsOnTheLine, WhoSpeaks

SOURCES = ("first", "second", "without turns")
SPEAKERS = {
    (source, label): speaker
    for source in SOURCES
    for label, speaker in {
        "Mum": (False, "amira"),
        "Dad": (False, "ben"),
        "I": (True, ""),
        "Somebody": (False, ""),
    }.items()
}
LABELS = ("Mum", "Dad", "I", "Somebody")
# The gap before a turn, its length, and who speaks it: labels stand in the gaps.
_TURNS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 9), st.integers(0, 3)),
    min_size=1,
    max_size=6,
)
_PASSAGES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 70), st.integers(1, 20)),
    min_size=1,
    max_size=12,
)


def _packed(turns: list[tuple[int, int, int]]) -> SourceTurns:
    starts, ends, at = array("q"), array("q"), 0
    for gap, length, _ in turns:
        starts.append(at + gap)
        at += gap + length
        ends.append(at)
    numbers = array("q", range(1, len(turns) + 1))
    return SourceTurns(starts, ends, numbers, array("l", [t[2] for t in turns]), LABELS)


@given(
    _TURNS, _TURNS, _PASSAGES, st.sampled_from([None, frozenset({"ben"}), frozenset()])
)
def test_speaking_in_many_passages_is_speaking_in_each(first, second, places, people):
    turns = {"first": _packed(first), "second": _packed(second)}
    who = WhoSpeaks(turns, SPEAKERS)
    columns = np.array(sorted(places), np.int64)
    starts = on_the_line(columns[:, 0], columns[:, 1])
    on_line = TurnsOnTheLine(who, SOURCES, range(len(SOURCES)), people)
    speaking = on_line.speaking(starts, starts + columns[:, 2])
    told = {
        (int(passage), speaking.ids[person])
        for passage, person in zip(speaking.passages, speaking.people, strict=True)
    }
    assert told == {
        (at, person)
        for at, (source, start, length) in enumerate(columns.tolist())
        for person in who.found(
            SOURCES[source], Passage(start, start + length), people
        ).participant_ids
    }
    assert speaking.everyone == {person for _, person in told}
    named = np.zeros(len(columns), bool)
    named[[passage for passage, _ in told]] = True
    assert speaking.named.tolist() == named.tolist()
