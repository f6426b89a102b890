"""Relations over a whole study at once say what they say source by source."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slow_code_relations import Mark, passages_of, related

from coding.finding.code_relations import Passage, Relation
from coding.finding.many_passages import (
    ManyPassages,
    many_passages,
    many_related,
    off_the_line,
    on_the_line,
)

# Words and spaces, so that gaps of every number of words come up.
TEXT = "so we met and they left it and he rang " * 4
_MARKS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 110),
        st.integers(1, 30),
        st.sampled_from("ab"),
        st.sampled_from("xy"),
    ),
    max_size=14,
)


def _between(start: int, end: int) -> int:
    return len(TEXT[start:end].split())


def _count(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    begins, stops = off_the_line(starts)[1], off_the_line(ends)[1]
    return np.array([_between(a, b) for a, b in zip(begins, stops, strict=True)])


def _by_source(marks: list, source: int) -> list[Passage]:
    return passages_of(
        Mark(start, start + length, code, coder)
        for of, start, length, code, coder in marks
        if of == source
    )


def _on_line(marks: list) -> ManyPassages:
    columns = np.array([(m[0], m[1], m[2]) for m in marks], np.int64).reshape(-1, 3)
    starts = on_the_line(columns[:, 0], columns[:, 1])
    return many_passages(starts, starts + columns[:, 2])


def _ids(marks: list, passages: ManyPassages, first: int, after: int) -> set[str]:
    return {c for at in passages.marks(first, after).tolist() for c in marks[at][3:5]}


@pytest.mark.parametrize("relation", [r for r in Relation if r is not Relation.OR])
@given(one=_MARKS, other=_MARKS, within=st.integers(0, 6))
def test_many_passages_are_related_as_each_sources_are(relation, one, other, within):
    first, second = _on_line(one), _on_line(other)
    found = many_related(first, relation, second, within=within, count_words=_count)
    told = []
    for at in range(len(found)):
        source, start = off_the_line(found.starts[at])
        _, end = off_the_line(found.ends[at])
        of_first = int(found.first[at])
        ids = _ids(one, first, of_first, of_first + 1)
        ids |= _ids(other, second, int(found.second[at]), int(found.second_end[at]))
        told.append((int(source), int(start), int(end), ids))
    assert told == [
        (source, passage.start, passage.end, passage.code_ids | passage.coder_ids)
        for source in range(3)
        for passage in related(
            _by_source(one, source),
            relation,
            _by_source(other, source),
            within=within,
            words_between=_between,
        )
    ]


def test_either_is_asked_of_the_marks_of_both_put_together():
    marks = _on_line([(0, 1, 4, "a", "x")])
    with pytest.raises(ValueError, match="put the marks of both together"):
        many_related(marks, Relation.OR, marks)


@given(one=_MARKS, other=_MARKS)
def test_marks_of_both_put_together_are_the_passages_under_either(one, other):
    both = _on_line([*one, *other])
    told = [
        (int(source), int(start), int(end))
        for (source, start), end in zip(
            zip(*off_the_line(both.starts), strict=True),
            off_the_line(both.ends)[1],
            strict=True,
        )
    ]
    assert told == [
        (source, passage.start, passage.end)
        for source in range(3)
        for passage in related(
            _by_source(one, source), Relation.OR, _by_source(other, source)
        )
    ]
