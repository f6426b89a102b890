"""Coding operations are carried out once each, by the right person, or refused."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interview_desk import (
    WORDS,
    a_desk,
    a_suggestion,
    an_operation,
    code_words,
    segment_of,
)

from coding.study import Person, Role
from data.coding_records import OperationOutcome
from data.problems import DataRefused
from data.storage import StudyStore


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    return (empty_store, *a_desk(empty_store))


def _suggest(store: StudyStore, source: str, code: str) -> str:
    proposed = a_suggestion("The same worker came every week", code)
    store.suggestions.replace_open("priya", {source: [proposed]}, engine="test")
    (waiting,) = store.suggestions.open_of(source)
    return waiting.id


def _decide(kind: str, suggestion: str, **fields):
    return an_operation(
        kind, suggestion_id=suggestion, segment_id=str(uuid.uuid4()), **fields
    )


def _one(outcomes: list[OperationOutcome]) -> OperationOutcome:
    (outcome,) = outcomes
    return outcome


def test_a_passage_is_coded_and_taken_away_again(desk) -> None:
    store, source, same, _ = desk
    coding = code_words("👩‍👩‍👧‍👦 The same worker", same)
    assert not _one(store.coding.apply("priya", source, [coding])).is_refused
    (segment,) = store.coding.segments(source)
    assert segment.id == coding.segment_id
    assert segment.segment.quotation(WORDS) == "👩‍👩‍👧‍👦 The same worker"
    assert segment.coder_id == "priya"
    store.coding.apply("priya", source, [an_operation("uncode", segment_id=segment.id)])
    assert store.coding.segments(source) == []


def test_an_operation_sent_again_changes_nothing(desk) -> None:
    store, source, same, _ = desk
    coding = code_words("same worker", same)
    store.coding.apply("priya", source, [coding])
    store.coding.apply(
        "priya", source, [an_operation("uncode", segment_id=coding.segment_id)]
    )
    lines = len(store.audit.lines())
    # The browser did not hear the answer and sends the first one again.
    outcome = _one(store.coding.apply("priya", source, [coding]))
    assert not outcome.is_refused
    assert store.coding.segments(source) == []
    assert len(store.audit.lines()) == lines


def test_the_same_passage_code_and_coder_is_kept_once(desk) -> None:
    store, source, same, heard = desk
    first, second = code_words("same worker", same), code_words("same worker", same)
    outcomes = store.coding.apply("priya", source, [first, second])
    assert not any(outcome.is_refused for outcome in outcomes)
    store.coding.apply("tom", source, [code_words("same worker", same)])
    store.coding.apply("priya", source, [code_words("same worker", heard)])
    # One of Priya under each code, one of Tom: coders are compared later.
    assert len(store.coding.segments(source)) == 3


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (0, 10_000, "outside this transcript"),
        (20, 20, "outside this transcript"),
        (30, 20, "outside this transcript"),
        (35, 37, "no spoken words"),
        (0, 12, "no spoken words"),
    ],
)
def test_a_passage_needs_words_that_were_said(desk, start, end, found) -> None:
    store, source, same, _ = desk
    coding = an_operation(
        "code", segment_id=str(uuid.uuid4()), start=start, end=end, code_id=same
    )
    outcome = _one(store.coding.apply("priya", source, [coding]))
    assert found in outcome.found
    assert outcome.do_next
    assert store.coding.segments(source) == []


def test_a_refused_operation_keeps_none_of_the_others_back(desk) -> None:
    store, source, same, heard = desk
    operations = [
        code_words("same worker", same),
        code_words("every week", "a code nobody knows"),
        code_words("she asked", heard),
    ]
    outcomes = store.coding.apply("priya", source, operations)
    assert [outcome.is_refused for outcome in outcomes] == [False, True, False]
    assert len(store.coding.segments(source)) == 2
    # Its words are given again, however often it is sent.
    again = store.coding.apply("priya", source, operations)
    assert again == outcomes
    assert again[1].found == "This code is not in the codebook."


def test_only_its_coder_takes_a_code_away(desk) -> None:
    store, source, same, _ = desk
    coding = code_words("same worker", same)
    store.coding.apply("priya", source, [coding])
    outcome = _one(
        store.coding.apply(
            "tom", source, [an_operation("uncode", segment_id=coding.segment_id)]
        )
    )
    assert outcome.found.startswith("Priya Wetherall coded this passage")
    assert len(store.coding.segments(source)) == 1


def test_a_code_made_while_reading_is_there_to_code_with(desk) -> None:
    store, source, _, _ = desk
    made = str(uuid.uuid4())
    outcomes = store.coding.apply(
        "priya",
        source,
        [
            an_operation("make_code", code_id=made, code_name="  Late   notice "),
            code_words("every week", made),
        ],
    )
    assert not any(outcome.is_refused for outcome in outcomes)
    code = store.codebook.codebook().by_id()[made]
    # Blue and Umber are taken by the two codes there are.
    assert (code.name, code.colour) == ("Late notice", "Green")
    assert store.coding.uses()[made].passages == 1


def test_two_people_making_one_code_share_it(desk) -> None:
    store, source, _, _ = desk
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    store.coding.apply(
        "priya",
        source,
        [an_operation("make_code", code_id=first, code_name="Late notice")],
    )
    outcomes = store.coding.apply(
        "tom",
        source,
        [
            an_operation(
                "make_code", code_id=second, code_name="late NOTICE", client="browser2"
            ),
            code_words("every week", second, client="browser2"),
        ],
    )
    assert not any(outcome.is_refused for outcome in outcomes)
    assert second not in store.codebook.codebook().by_id()
    (segment,) = store.coding.segments(source)
    assert (segment.code_id, segment.coder_id) == (first, "tom")


def test_who_may_not_code_is_told_so_and_nothing_is_kept(desk) -> None:
    store, source, same, _ = desk
    with pytest.raises(DataRefused, match="cannot code transcripts"):
        store.coding.apply("di", source, [code_words("same worker", same)])
    assert store.coding.segments(source) == []


def test_a_retired_code_takes_no_new_passages(desk) -> None:
    store, source, same, _ = desk
    store.codebook.retire("priya", same, 1)
    outcome = _one(store.coding.apply("priya", source, [code_words("she", same)]))
    assert outcome.found == "The code 'Same worker' is retired."


# Suggestions


def test_an_accepted_suggestion_becomes_the_persons_coding(desk) -> None:
    store, source, same, _ = desk
    suggestion = _suggest(store, source, same)
    assert store.coding.segments(source) == []
    store.coding.apply("priya", source, [_decide("accept", suggestion)])
    (segment,) = store.coding.segments(source)
    assert segment.segment == segment_of("The same worker came every week")
    assert (segment.code_id, segment.coder_id) == (same, "priya")
    assert segment.suggestion_id == suggestion
    assert store.suggestions.open_of(source) == []


def test_the_second_of_two_deciders_is_told_who_was_first(desk) -> None:
    store, source, same, _ = desk
    suggestion = _suggest(store, source, same)
    store.coding.apply("priya", source, [_decide("accept", suggestion)])
    outcome = _one(store.coding.apply("tom", source, [_decide("reject", suggestion)]))
    assert outcome.found == "Already decided by Priya Wetherall: accepted."
    (kept,) = store.suggestions.all_of(source)
    assert (kept.status, kept.decided_by) == ("accepted", "priya")
    assert len(store.coding.segments(source)) == 1


def test_the_same_decision_from_another_tab_is_no_conflict(desk) -> None:
    store, source, same, _ = desk
    suggestion = _suggest(store, source, same)
    for client in ("browser1", "browser2"):
        outcome = _one(
            store.coding.apply(
                "priya", source, [_decide("accept", suggestion, client=client)]
            )
        )
        assert not outcome.is_refused
    assert len(store.coding.segments(source)) == 1


def test_another_code_instead_closes_the_suggestion(desk) -> None:
    store, source, same, heard = desk
    suggestion = _suggest(store, source, same)
    store.coding.apply("priya", source, [_decide("instead", suggestion, code_id=heard)])
    (segment,) = store.coding.segments(source)
    assert segment.code_id == heard
    (kept,) = store.suggestions.all_of(source)
    assert kept.status == "replaced"


@pytest.mark.parametrize("kind", ["accept", "reject", "instead"])
def test_a_decision_is_taken_back_with_what_it_made(desk, kind) -> None:
    store, source, same, heard = desk
    suggestion = _suggest(store, source, same)
    fields = {"code_id": heard} if kind == "instead" else {}
    store.coding.apply("priya", source, [_decide(kind, suggestion, **fields)])
    refused = _one(store.coding.apply("tom", source, [_decide("reopen", suggestion)]))
    assert refused.found.startswith("Priya Wetherall decided on this suggestion")
    store.coding.apply("priya", source, [_decide("reopen", suggestion)])
    assert store.coding.segments(source) == []
    (waiting,) = store.suggestions.open_of(source)
    assert waiting.id == suggestion


def test_taking_an_accepted_code_away_counts_as_not_agreed(desk) -> None:
    store, source, same, _ = desk
    accept = _decide("accept", _suggest(store, source, same))
    store.coding.apply("priya", source, [accept])
    store.coding.apply(
        "priya", source, [an_operation("uncode", segment_id=accept.segment_id)]
    )
    (kept,) = store.suggestions.all_of(source)
    assert kept.status == "rejected"


def test_of_two_people_at_once_exactly_one_decides(desk) -> None:
    store, source, same, _ = desk
    for _ in range(10):
        store.suggestions.replace_open("priya", {source: []}, engine="test")
        with store.database.writing("lead", _manage()) as writing:
            _forget_decisions(writing, source)
        suggestion = _suggest(store, source, same)
        start = threading.Barrier(2)
        outcomes: dict[str, OperationOutcome] = {}

        def decide(
            person: str, kind: str, start=start, outcomes=outcomes, on=suggestion
        ):
            start.wait()
            outcomes[person] = _one(
                store.coding.apply(person, source, [_decide(kind, on, client=person)])
            )

        people = [
            threading.Thread(target=decide, args=("priya", "accept")),
            threading.Thread(target=decide, args=("tom", "reject")),
        ]
        for one in people:
            one.start()
        for one in people:
            one.join()
        refused = [who for who, outcome in outcomes.items() if outcome.is_refused]
        assert len(refused) == 1
        assert "Already decided by" in outcomes[refused[0]].found
        coded = len(store.coding.segments(source))
        assert coded == (1 if refused == ["tom"] else 0)


def _manage():
    from data.rights import Right

    return Right.MANAGE_STUDY


def _forget_decisions(writing, source: str) -> None:
    from sqlalchemy import text

    for table in ("coded_segment", "suggestion"):
        writing.session.execute(
            text(f"DELETE FROM {table} WHERE source_id = :source"), {"source": source}
        )
    writing.record("test begins again")


def test_two_people_coding_at_once_lose_nothing(desk) -> None:
    store, source, same, heard = desk
    refused: list[str] = []

    def work(person: str, code: str) -> None:
        for number in range(60):
            coding = replace(
                code_words("same worker", code, client=f"tab of {person}"),
                start=43 + number % 20,
                end=70 + number // 20,
            )
            outcome = _one(store.coding.apply(person, source, [coding]))
            if outcome.is_refused:
                refused.append(outcome.found)

    people = [
        threading.Thread(target=work, args=("priya", same)),
        threading.Thread(target=work, args=("tom", heard)),
    ]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert refused == []
    segments = store.coding.segments(source)
    assert sum(one.coder_id == "priya" for one in segments) == 60
    assert sum(one.coder_id == "tom" for one in segments) == 60
    assert store.sources.revision(source) == 120


# Reading


def test_passages_come_with_words_people_and_wave(desk) -> None:
    store, source, same, heard = desk
    store.coding.apply("priya", source, [code_words("same worker", same)])
    store.coding.apply("tom", source, [code_words("Who came", heard)])
    asked, said = store.coding.passages()
    assert (said.quotation, said.code_name) == ("same worker", "Same worker")
    assert (said.coder, said.wave, said.turn_number) == ("Priya Wetherall", "Wave 1", 2)
    assert said.participant is not None
    assert said.participant.pseudonym == "Amira"
    assert asked.is_interviewer
    assert asked.participant is None
    assert [p.coder for p in store.coding.passages(code_ids=[heard])] == [
        "Tom Ibbotson"
    ]
    assert store.coding.passages(source_ids=["none"]) == []


def test_uses_count_passages_sources_and_coders(desk) -> None:
    store, source, same, heard = desk
    store.coding.apply("priya", source, [code_words("same worker", same)])
    store.coding.apply("tom", source, [code_words("every week", same)])
    use = store.coding.uses()[same]
    assert (use.passages, use.sources, use.coders) == (2, 1, 2)
    assert heard not in store.coding.uses()
    assert store.coding.passage_counts() == {same: 2}


def test_every_change_leaves_a_line_without_the_persons_words(desk) -> None:
    store, source, same, _ = desk
    store.coding.apply("priya", source, [code_words("same worker", same)])
    line = store.audit.lines(limit=1)[0]
    assert (line.action, line.person) == ("passage coded", "Priya Wetherall")
    assert line.detail["start"] == segment_of("same worker").start
    assert "worker" not in str(dict(line.detail))


def test_a_person_added_later_works_with_their_own_name(desk) -> None:
    store, source, same, _ = desk
    store.study.add_person("lead", Person("ann", "Ann", Role.STUDY_LEAD))
    store.coding.apply("ann", source, [code_words("she asked", same)])
    assert store.coding.segments(source)[0].coder_id == "ann"


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(-5, 120), st.integers(-5, 120))
def test_what_is_kept_always_lies_in_the_text_and_holds_a_word(
    desk, start: int, end: int
) -> None:
    store, source, same, _ = desk
    coding = an_operation(
        "code", segment_id=str(uuid.uuid4()), start=start, end=end, code_id=same
    )
    outcome = _one(store.coding.apply("priya", source, [coding]))
    kept = [s for s in store.coding.segments(source) if s.id == coding.segment_id]
    sound = 0 <= start < end <= len(WORDS) and any(
        set(range(start, end)) & {i for i in span if not WORDS[i].isspace()}
        for span in (range(13, 35), range(42, len(WORDS)))
    )
    assert outcome.is_refused != sound
    # A passage drawn twice is kept under its first id.
    assert not kept or sound


@pytest.mark.parametrize("kind", ["accept", "instead"])
def test_a_suggestion_is_not_decided_without_the_coding_it_makes(desk, kind) -> None:
    store, source, same, heard = desk
    suggestion = _suggest(store, source, same)
    coded = code_words("and she asked", heard)
    store.coding.apply("priya", source, [coded])
    decided = replace(
        _decide(kind, suggestion, code_id=heard), segment_id=coded.segment_id
    )
    (outcome,) = store.coding.apply("priya", source, [decided])
    assert outcome.is_refused
    assert [one.id for one in store.suggestions.open_of(source)] == [suggestion]
    assert [one.id for one in store.coding.segments(source)] == [coded.segment_id]
