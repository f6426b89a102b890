"""Learning from decisions: suggestions change with them, and a stop changes nothing."""

from __future__ import annotations

import random
import uuid

import numpy as np
import pytest
from interview_desk import PRIYA, a_source, an_operation, with_people

from coding.codebook import Code
from data.storage import StudyStore
from workbench.actions.interviews import suggesting
from workbench.actions.suggesting import fitted, learning

pytestmark = pytest.mark.language_model

SUBJECTS = {
    "Travel": [
        "The bus was late so we missed the meeting at the centre.",
        "There is no bus after six and the fare is dear.",
        "We walked two miles because the bus did not come.",
        "A bus pass would have made every visit easier.",
    ],
    "Sleep": [
        "He wakes at night and nobody in the house sleeps.",
        "I have not slept a whole night since the spring.",
        "At night the baby screams and I sleep for an hour.",
        "Sleep was the first thing that we lost.",
    ],
}
OTHER = [
    "We had tea and talked about the weather for a while.",
    "My sister moved to the coast with her two dogs.",
    "The garden was full of apples that year.",
    "I like to paint the fence when it is dry.",
    "They gave us a leaflet with a blue cover.",
    "Football is on Saturdays and he plays in goal.",
]


@pytest.fixture
def taught(empty_store: StudyStore):
    """Six transcripts, five read through and coded by hand: store, codes, the sixth.

    The codes have neither cue nor definition: what is suggested was learned.
    """
    store = with_people(empty_store)
    codes = {name: store.codebook.add("priya", Code("", name)).id for name in SUBJECTS}
    sources = []
    for number in range(6):
        said = [
            listed[(number + at) % 4] for listed in SUBJECTS.values() for at in (0, 1)
        ]
        said += [OTHER[(number + at) % 6] for at in range(5)]
        # Nothing can be learned from where a subject stands.
        random.Random(number).shuffle(said)
        words = "\n".join(f"Mum: {one} That is how it was, {number}." for one in said)
        sources += store.sources.save(
            "priya", [a_source(f"P{number}", words, mappings=())]
        )
    for source_id in sources[:5]:
        transcript = store.sources.read(source_id).transcript
        for turn in transcript.turns:
            words = transcript.text[turn.start : turn.end]
            for name, listed in SUBJECTS.items():
                if any(words.startswith(one) for one in listed):
                    coded = an_operation(
                        "code",
                        segment_id=str(uuid.uuid4()),
                        start=turn.start,
                        end=turn.end,
                        code_id=codes[name],
                    )
                    store.coding.apply("priya", source_id, [coded])
        store.suggestion_settings.mark_read_through("priya", source_id, is_read=True)
    yield store, codes, sources[5]
    fitted.forget(store)


def test_what_was_coded_teaches_what_is_suggested(taught) -> None:
    store, codes, left = taught
    made = suggesting.make_suggestions(store, PRIYA, [left])
    assert "Learned from 20 coded turns" in made.models
    waiting = store.suggestions.open_of(left)
    assert waiting
    text = store.sources.read(left).transcript.text
    right = 0
    for one in waiting:
        words = one.suggestion.segment.quotation(text).lower()
        subjects = ("bus",) if one.suggestion.code_id == codes["Travel"] else ("sle",)
        right += any(subject in words for subject in (*subjects, "night"))
        assert one.engine.startswith("learned-")
        assert one.probability is not None
        assert one.similar
        assert {similar.coder_id for similar in one.similar} == {"priya"}
    assert right > len(waiting) / 2
    last = store.lessons.last()
    assert last is not None
    assert (last.applied, last.read_through, last.has_learned) == (20, 5, True)
    assert store.lessons.decided_since(last.learned_at) == 0


def test_the_same_decisions_are_not_learned_twice_and_can_be_forgotten(taught) -> None:
    store, _, left = taught
    suggesting.make_suggestions(store, PRIYA, [left])
    first = learning.learned_before(store)
    suggesting.make_suggestions(store, PRIYA, [left])
    assert learning.learned_before(store) is first
    fitted.forget(store)
    assert learning.learned_before(store) is None
    assert fitted.kept(store, learning.PREPARED) is None


def _code_more(store: StudyStore, source_id: str, code_id: str, turns: int) -> None:
    transcript = store.sources.read(source_id).transcript
    for turn in transcript.turns[:turns]:
        where = {"start": turn.start, "end": turn.end, "code_id": code_id}
        one = an_operation("code", segment_id=str(uuid.uuid4()), **where)
        store.coding.apply("priya", source_id, [one])


def _times_fitted(monkeypatch) -> list[int]:
    times: list[int] = []
    fit = learning.LearnedCodes.fit

    def counted(*given):
        times.append(1)
        return fit(*given)

    monkeypatch.setattr(learning.LearnedCodes, "fit", counted)
    return times


def test_a_few_decisions_more_are_taken_in_at_once(taught, monkeypatch) -> None:
    store, codes, left = taught
    times = _times_fitted(monkeypatch)
    suggesting.make_suggestions(store, PRIYA, [left])
    before = learning.learned_before(store)
    _code_more(store, left, codes["Travel"], 2)
    suggesting.make_suggestions(store, PRIYA, [left])
    after = learning.learned_before(store)
    assert len(times) == 1
    assert len(after.lessons.applied) == len(before.lessons.applied) + 2
    assert after.codes.coded.examples.sum() == before.codes.coded.examples.sum() + 2
    rows = np.arange(len(after.codes.study.turns))
    assert (after.codes.scores(rows) != before.codes.scores(rows)).any()
    assert store.lessons.last().applied == len(after.lessons.applied)


@pytest.mark.parametrize("what", ["many", "taken back"])
def test_many_decisions_or_one_taken_back_weigh_all_anew(
    taught, monkeypatch, what
) -> None:
    store, codes, left = taught
    times = _times_fitted(monkeypatch)
    suggesting.make_suggestions(store, PRIYA, [left])
    source = store.sources.summaries()[0].id
    if what == "many":
        for code_id in codes.values():
            for one in (source, left):
                _code_more(store, one, code_id, 9)
    else:
        store.suggestion_settings.mark_read_through("priya", source, is_read=False)
    suggesting.make_suggestions(store, PRIYA, [left])
    assert len(times) == 2


def test_a_new_code_takes_part_at_once(taught) -> None:
    store, _, left = taught
    suggesting.make_suggestions(store, PRIYA, [left])
    added = store.codebook.add(
        "priya", Code("", "Garden", definition="Apples and gardens.", cues=("garden",))
    )
    suggesting.make_suggestions(store, PRIYA, [left])
    learned = learning.learned_before(store)
    assert learned is not None
    assert added.id in learned.codes.coded.code_ids


class _StoppedError(Exception):
    pass


def test_learning_that_is_stopped_changes_nothing(taught) -> None:
    store, _, left = taught
    suggesting.make_suggestions(store, PRIYA, [left])
    before = store.suggestions.all_of(left), store.lessons.last()
    first = learning.learned_before(store)
    waiting = store.suggestions.open_of(left)[0]
    store.coding.apply(
        "priya", left, [an_operation("reject", suggestion_id=waiting.id)]
    )
    # So that all is weighed anew, and there is something to stop.
    source = store.sources.summaries()[0].id
    store.suggestion_settings.mark_read_through("priya", source, is_read=False)
    now = store.suggestions.all_of(left)

    def stop(_done: float, words: str) -> None:
        if "learning from" in words:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        suggesting.make_suggestions(store, PRIYA, [left], progress=stop)
    assert store.suggestions.all_of(left) == now
    assert store.lessons.last() == before[1]
    assert learning.learned_before(store) is first


def test_a_suggestion_made_again_on_the_same_words_keeps_its_id(taught) -> None:
    store, _, left = taught
    suggesting.make_suggestions(store, PRIYA, [left])
    before = {one.suggestion.segment: one.id for one in store.suggestions.open_of(left)}
    suggesting.make_suggestions(store, PRIYA, [left])
    after = {one.suggestion.segment: one.id for one in store.suggestions.open_of(left)}
    assert before == after


def test_more_precision_asked_for_brings_no_more_suggestions(taught) -> None:
    store, _, left = taught
    suggesting.make_suggestions(store, PRIYA, [left])
    learned = learning.learned_before(store)
    assert learned is not None
    settings = store.suggestion_settings.read()
    counts = []
    for precision in (0.2, 0.5, 0.9):
        wanted = type(settings)(precision=precision)
        expected = learning.suggestions_expected(learned, wanted, 1000)
        counts.append(sum(expected.values()))
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0
