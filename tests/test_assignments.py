"""Who codes what: given, finished, reopened, and blind only where it can be."""

from __future__ import annotations

import pytest
from interview_desk import (
    WORDS,
    a_desk,
    a_source,
    a_suggestion,
    a_transcript,
    an_operation,
    code_words,
)
from two_coders import both_through, given_blind

from data.problems import DataRefused
from data.storage import StudyStore
from workbench.actions.backups import back_up_study
from workbench.actions.interviews import coding_desk


def _open(store: StudyStore, person_id: str, source_id: str):
    source = store.sources.read(source_id)
    return coding_desk.desk_content(
        store, store.study.person(person_id), source, coding_desk.turns_of(source)
    )


def test_two_are_given_a_source_and_say_that_they_are_done(empty_store) -> None:
    source, _, _ = both_through(empty_store)
    [found] = empty_store.coders.coders().values()
    assert found.coders == ("priya", "tom")
    assert found.can_be_compared
    steps = [(one.step, one.coder, one.by) for one in empty_store.coders.steps(source)]
    assert ("given", "Tom Ibbotson", "Robin Field") in steps
    assert ("finished", "Tom Ibbotson", "Tom Ibbotson") in steps


def test_a_source_with_someone_at_work_is_not_compared(empty_store) -> None:
    source, same, _ = given_blind(empty_store)
    empty_store.coding.apply("priya", source, [code_words("she asked", same)])
    empty_store.coders.finish("priya", source)
    found = empty_store.coders.coders()[source]
    assert found.waiting == ("tom",)
    assert found.is_blind
    assert not found.can_be_compared
    with pytest.raises(DataRefused, match="at work"):
        empty_store.settling.read(source)


def test_who_only_debriefs_gives_nothing_and_gets_nothing(empty_store) -> None:
    source, _, _ = a_desk(empty_store)
    with pytest.raises(DataRefused, match="cannot say who codes what"):
        empty_store.coders.give("di", [source], "tom", blind=False)
    with pytest.raises(DataRefused, match="cannot code"):
        empty_store.coders.give("lead", [source], "di", blind=False)
    assert empty_store.coders.give("lead", [source], "tom", blind=False) == 1
    with pytest.raises(DataRefused, match="already"):
        empty_store.coders.give("lead", [source], "tom", blind=True)


def test_nobody_is_given_blind_what_they_have_read_of_others(empty_store) -> None:
    source, same, _ = a_desk(empty_store)
    empty_store.coding.apply("priya", source, [code_words("she asked", same)])
    [other] = empty_store.sources.save(
        "priya", [a_source("P08 wave 1", f"{WORDS} Twice.")]
    )
    assert _open(empty_store, "tom", source).spans
    with pytest.raises(DataRefused, match="would not be blind"):
        empty_store.coders.give("lead", [other, source], "tom", blind=True)
    assert empty_store.coders.assignments() == []
    empty_store.coders.give("lead", [source], "tom", blind=False)
    empty_store.coders.give("lead", [other], "tom", blind=True)


def test_opening_ones_own_codings_is_not_reading_others(empty_store) -> None:
    source, same, _ = a_desk(empty_store)
    empty_store.coding.apply("priya", source, [code_words("she asked", same)])
    assert _open(empty_store, "priya", source).spans
    assert empty_store.coders.give("lead", [source], "priya", blind=True) == 1


def test_the_pane_of_a_blind_coder_holds_their_own_alone(empty_store) -> None:
    source, same, _ = given_blind(empty_store)
    empty_store.coding.apply("priya", source, [code_words("she asked", same)])
    content = _open(empty_store, "tom", source)
    assert content.spans == []
    assert content.may_code
    assert [code.count for code in content.codes] == [0, 0]


def test_a_source_coded_blind_is_coded_by_its_coders_alone(empty_store) -> None:
    source, same, _ = given_blind(empty_store)
    with pytest.raises(DataRefused, match="coded blind by others"):
        empty_store.coding.apply("lead", source, [code_words("she asked", same)])
    assert not _open(empty_store, "lead", source).may_code
    assert empty_store.coding.segments(source, reader_id="lead") == []


def test_who_is_done_codes_no_more_until_they_reopen_with_a_reason(empty_store) -> None:
    source, same, _ = given_blind(empty_store)
    empty_store.coders.finish("priya", source)
    with pytest.raises(DataRefused, match="you are done"):
        empty_store.coding.apply("priya", source, [code_words("she asked", same)])
    with pytest.raises(DataRefused, match="reason is missing"):
        empty_store.coders.reopen("priya", source, " ")
    assert empty_store.coders.reopen("priya", source, "Missed the last page.")
    empty_store.coding.apply("priya", source, [code_words("she asked", same)])
    assert empty_store.coders.steps(source)[0].reason == "Missed the last page."


def test_a_pass_reopened_after_reading_the_other_is_no_longer_blind(
    empty_store,
) -> None:
    source, _, _ = both_through(empty_store)
    assert len(_open(empty_store, "priya", source).spans) == 6
    assert not empty_store.coders.reopen("priya", source, "The codebook changed.")
    first, second = empty_store.coders.assignments()
    assert (first.coder_id, first.is_blind) == ("priya", False)
    assert (second.coder_id, second.is_blind) == ("tom", True)


def test_nobody_takes_their_own_blind_pass_back(empty_store) -> None:
    source, _, _ = given_blind(empty_store)
    own = next(a for a in empty_store.coders.assignments() if a.coder_id == "priya")
    with pytest.raises(DataRefused, match="from yourself"):
        empty_store.coders.take_back("priya", own.id, own.version)
    empty_store.coders.take_back("lead", own.id, own.version)
    assert [a.coder_id for a in empty_store.coders.assignments()] == ["tom"]
    assert empty_store.coders.steps(source)[0].step == "taken back"


def test_counts_and_lines_tell_a_blind_coder_nothing(empty_store) -> None:
    source, same, _ = given_blind(empty_store)
    empty_store.coding.apply("priya", source, [code_words("she asked", same)])

    def told(reader: str | None) -> tuple[int, int, int, int]:
        [summary] = empty_store.sources.summaries(reader_id=reader)
        counts = empty_store.progress.counts(reader_id=reader)
        lines = empty_store.audit.lines(reader_id=reader)
        return (
            summary.coded_passages,
            counts.coded_passages,
            counts.sources_coded,
            sum(one.action == "passage coded" for one in lines),
        )

    assert told("tom") == (0, 0, 0, 0)
    assert told(None) == (0, 0, 0, 0)
    assert told("priya") == (1, 0, 0, 1)
    assert told("lead") == (1, 0, 0, 1)


def test_trying_a_correction_tells_a_blind_coder_of_their_own_codings(
    empty_store,
) -> None:
    source, same, heard = given_blind(empty_store)
    empty_store.coding.apply("priya", source, [code_words("she asked", same)])
    empty_store.coding.apply("tom", source, [code_words("The same worker", heard)])
    corrected = a_transcript(words=WORDS.replace("asked", "wept"))

    def counted(reader: str | None) -> tuple[int, int]:
        effect = empty_store.corrections.effect_of(source, corrected, reader_id=reader)
        return effect.same_words, effect.codings

    assert counted("tom") == (1, 1)
    assert counted("priya") == (0, 1)
    assert counted("lead") == (1, 2)
    assert counted(None) == (0, 0)


def test_a_blind_coder_decides_on_no_suggestion_and_takes_no_copy(
    empty_store, tmp_path
) -> None:
    source, same, _ = given_blind(empty_store)
    proposed = {source: [a_suggestion("every week", same)]}
    empty_store.suggestions.replace_open("lead", proposed, engine="test")
    [one] = empty_store.suggestions.open_of(source, reader_id="lead")
    assert empty_store.suggestions.waiting(reader_id="lead") == 1
    assert empty_store.suggestions.waiting(reader_id="priya") == 0
    [outcome] = empty_store.coding.apply(
        "priya", source, [an_operation("reject", suggestion_id=one.id)]
    )
    assert "hidden while you code" in outcome.found
    priya = empty_store.study.person("priya")
    with pytest.raises(DataRefused, match="coding a transcript blind"):
        back_up_study(empty_store, priya, tmp_path / "copy.sqlite")
    lead = empty_store.study.person("lead")
    back_up_study(empty_store, lead, tmp_path / "copy.sqlite")
