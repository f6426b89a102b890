"""A study's text is made ready once: by source, blind to codes, whatever is said."""

from __future__ import annotations

import numpy as np
from learning_study import prepared, turns

from coding.codebook import Code, Codebook
from coding.language import blank_language
from coding.suggestions.learning.coded_turns import CodedTurns
from coding.suggestions.learning.learned_codes import LearnedCodes
from coding.suggestions.learning.meanings import CodeMeanings
from coding.suggestions.preparing.prepared import PreparedStudy
from coding.suggestions.preparing.study_turns import (
    NO_TURN,
    StudyTurn,
    Surroundings,
)
from coding.suggestions.vectors import without_vectors


def _prepare(said: list[StudyTurn], **more: object) -> PreparedStudy:
    return PreparedStudy.fit(
        said, language=blank_language(), vectors=without_vectors(), **more
    )


def test_neighbours_stay_within_their_source() -> None:
    speakers = [("a", "I"), ("a", "P"), ("a", "P"), ("a", "I"), ("b", "P")]
    around = Surroundings.of(
        [StudyTurn(s, n, who, "") for n, (s, who) in enumerate(speakers)]
    )
    assert around.previous.tolist() == [NO_TURN, 0, 1, 2, NO_TURN]
    assert around.next.tolist() == [1, 2, 3, NO_TURN, NO_TURN]
    assert around.previous_but_one.tolist() == [NO_TURN, NO_TURN, 0, 1, NO_TURN]
    assert around.previous_but_two.tolist() == [NO_TURN, NO_TURN, NO_TURN, 0, NO_TURN]
    assert around.next_but_one.tolist() == [2, 3, NO_TURN, NO_TURN, NO_TURN]
    assert around.other_speaker.tolist() == [NO_TURN, 0, 0, 2, NO_TURN]
    assert around.place.round(2).tolist() == [0, 0.33, 0.67, 1, 0]


def test_words_read_before_are_not_read_again() -> None:
    read: list[tuple[int, int]] = []
    again = _prepare(
        [turn for turn, _ in turns()],
        earlier=prepared(),
        progress=lambda done, of: read.append((done, of)),
    )
    assert read == []
    assert again.name == prepared().name
    assert np.array_equal(again.bases.wide, prepared().bases.wide)
    changed = [turn for turn, _ in turns()]
    changed[0] = StudyTurn(*changed[0].key, "P", "Something else was said")
    other = _prepare(
        changed, earlier=prepared(), progress=lambda done, of: read.append((done, of))
    )
    assert read == [(1, 1)]
    assert other.name != prepared().name


def test_it_says_what_stands_in_for_missing_models() -> None:
    assert "No English pipeline" in prepared().in_words
    assert "latent semantic analysis" in prepared().in_words


def test_studies_of_next_to_nothing_are_prepared_too() -> None:
    for said in ([], ["Yes."], ["", ""], ["…", "…", "Yes."], ["Well"] * 40):
        study = _prepare(
            [StudyTurn("a", n, "P", words) for n, words in enumerate(said)]
        )
        assert len(study.bases.close) == len(said)
        assert np.isfinite(study.bases.close).all()
        assert np.isfinite(study.bases.likeness).all()
        told = CodeMeanings.fit(study, Codebook((Code(id="c", name="Well"),)))
        coded = CodedTurns.from_decisions(study, told.code_ids, read_through=["a"])
        learnt = LearnedCodes.fit(told, coded)
        assert learnt.scores(np.arange(len(said))).shape == (len(said), 1)


def test_a_heading_without_cues_is_left_to_people_unless_it_is_in_use() -> None:
    book = Codebook(
        (Code(id="h", name="Home"), Code(id="c", name="Garden", parent_id="h"))
    )
    assert CodeMeanings.fit(prepared(), book).code_ids == ("c",)
    in_use = CodeMeanings.fit(prepared(), book, in_use=["h", "gone"])
    assert in_use.code_ids == ("h", "c")
