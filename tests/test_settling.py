"""Settling differences: a layer of its own, attributed, and nothing else changed."""

from __future__ import annotations

import pytest
from interview_desk import code_words, segment_of
from two_coders import both_through

from coding.agreement.differences import DifferenceKind
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.coders.coder_records import Decision
from workbench.actions.together.theme_reading import read_themes, settled_in_words


@pytest.fixture
def through(empty_store: StudyStore):
    source, same, heard = both_through(empty_store)
    return empty_store, source, same, heard


def _one(store: StudyStore, source: str, kind: DifferenceKind):
    return next(d for d in store.settling.read(source).differing if d.kind is kind)


def _agreed(store: StudyStore, source: str) -> list[tuple[str, int, int]]:
    return [
        (one.code_id, one.segment.start, one.segment.end)
        for one in store.settling.read(source).agreed
    ]


def _settle_all(store: StudyStore, source: str) -> None:
    store.settling.take_over_alike("priya", source)
    for one in store.settling.read(source).undecided:
        store.settling.decide(
            "tom",
            source,
            one.key,
            Decision.READING,
            reading_of="priya",
            rationale="Nearer to the definition.",
        )


def test_readings_are_listed_alike_and_different(through) -> None:
    store, source, _, _ = through
    settling = store.settling.read(source)
    assert len(settling.alike) == 1
    kinds = {one.kind for one in settling.differing}
    assert kinds == {DifferenceKind.EDGES, DifferenceKind.CODES}


def test_what_both_marked_is_taken_over_in_one_press(through) -> None:
    store, source, same, _ = through
    assert store.settling.take_over_alike("tom", source) == 1
    where = segment_of("came every week")
    assert _agreed(store, source) == [(same, where.start, where.end)]
    assert store.settling.take_over_alike("tom", source) == 0


def test_each_decision_makes_what_it_says(through) -> None:
    store, source, same, heard = through
    codes = _one(store, source, DifferenceKind.CODES)
    edges = _one(store, source, DifferenceKind.EDGES)

    def decided(one, decision, **more):
        store.settling.decide(
            "priya", source, one.key, decision, rationale="Talked it over.", **more
        )
        made = _agreed(store, source)
        standing = store.settling.read(source).decisions[one.key]
        store.settling.take_back("tom", source, standing.id)
        return made

    asked, and_asked = segment_of("she asked"), segment_of("and she asked")
    priyas = (heard, asked.start, asked.end)
    toms = (same, and_asked.start, and_asked.end)
    assert decided(codes, Decision.READING, reading_of="priya") == [priyas]
    assert decided(codes, Decision.READING, reading_of="tom") == [toms]
    assert decided(codes, Decision.BOTH) == [toms, priyas]
    assert decided(codes, Decision.NEITHER) == []
    other = (heard, and_asked.start, and_asked.end)
    assert decided(codes, Decision.OTHER, marks=[other]) == [other]
    widest = segment_of("The same worker")
    assert decided(edges, Decision.BOTH) == [(same, widest.start, widest.end)]
    assert _agreed(store, source) == []


def test_a_decision_keeps_who_why_and_what_was_read_and_undo_keeps_it(through) -> None:
    store, source, _, heard = through
    one = _one(store, source, DifferenceKind.CODES)
    store.settling.decide(
        "tom",
        source,
        one.key,
        Decision.READING,
        reading_of="priya",
        rationale="She is asked, not visited.",
    )
    [made] = store.settling.history(source)
    assert (made.decided_by, made.reading_of) == ("Tom Ibbotson", "priya")
    assert made.rationale == "She is asked, not visited."
    assert ("priya", heard) in {(seen.coder_id, seen.code_id) for seen in made.seen}
    store.settling.take_back("priya", source, made.id)
    [kept] = store.settling.history(source)
    assert kept.taken_back_by == "Priya Wetherall"
    assert _agreed(store, source) == []
    assert one.key in {d.key for d in store.settling.read(source).undecided}


def test_the_coders_own_codings_stay_as_they_were(through) -> None:
    store, source, _, _ = through
    before = store.coding.segments(source)
    assert len(before) == 6
    _settle_all(store, source)
    store.settling.close("priya", source)
    assert store.coding.segments(source) == before
    [summary] = store.sources.summaries(reader_id="lead")
    assert summary.coded_passages == 6
    assert sum(store.coding.passage_counts(reader_id="lead").values()) == 6


def test_what_is_missing_or_gone_is_refused(through) -> None:
    store, source, same, _ = through
    one = _one(store, source, DifferenceKind.CODES)
    with pytest.raises(DataRefused, match="reason is missing"):
        store.settling.decide("tom", source, one.key, Decision.NEITHER)
    with pytest.raises(DataRefused, match="code and its words"):
        store.settling.decide(
            "tom", source, one.key, Decision.OTHER, rationale="Neither fits."
        )
    with pytest.raises(DataRefused, match="no spoken words"):
        store.settling.decide(
            "tom",
            source,
            one.key,
            Decision.OTHER,
            marks=[(same, 0, 4)],
            rationale="Neither fits.",
        )
    with pytest.raises(DataRefused, match="have changed"):
        store.settling.decide("tom", source, "another", Decision.NEITHER)
    with pytest.raises(DataRefused, match="cannot code"):
        store.settling.take_over_alike("di", source)
    store.settling.decide("tom", source, one.key, Decision.NEITHER, rationale="No.")
    with pytest.raises(DataRefused, match="Tom Ibbotson has decided"):
        store.settling.decide("priya", source, one.key, Decision.BOTH, rationale="Yes.")


def test_edges_alone_need_no_reason(through) -> None:
    store, source, _, _ = through
    one = _one(store, source, DifferenceKind.EDGES)
    store.settling.decide("tom", source, one.key, Decision.BOTH)
    assert one.key in store.settling.read(source).decisions


def test_a_decision_on_readings_that_changed_is_shown_and_keeps_it_open(
    through,
) -> None:
    store, source, same, _ = through
    _settle_all(store, source)
    store.coders.reopen("priya", source, "Overlooked one.")
    store.coding.apply("priya", source, [code_words("worker came", same)])
    store.coders.finish("priya", source)
    settling = store.settling.read(source)
    assert len(settling.outdated) == 2
    with pytest.raises(DataRefused, match="Not everything is settled"):
        store.settling.close("priya", source)


def test_closed_a_source_is_told_by_what_was_agreed(through) -> None:
    store, source, same, _ = through
    own = store.coding.settled()
    assert len(own) == 6
    _settle_all(store, source)
    assert store.coding.settled() == own
    store.settling.close("priya", source)
    assert len(store.coding.settled()) == 3
    themes = read_themes(store)
    assert "In 1 source what the coders settled" in settled_in_words(themes)
    mentions = {one.code.id: one.mentions for one in themes.codes}
    assert mentions[same] == 2
    assert store.settling.settled_sources() == {source}
    counts = store.progress.counts()
    assert (counts.sources_compared, counts.sources_settled) == (1, 1)
    with pytest.raises(DataRefused, match="closed"):
        store.coding.apply("tom", source, [code_words("every week", same)])
    with pytest.raises(DataRefused, match="closed"):
        store.settling.take_over_alike("tom", source)
    with pytest.raises(DataRefused, match="reason is missing"):
        store.settling.reopen("tom", source, "")
    store.settling.reopen("tom", source, "A code was split.")
    assert store.coding.settled() == own


def test_audit_lines_hold_no_words(through) -> None:
    store, source, _, _ = through
    _settle_all(store, source)
    lines = [one for one in store.audit.lines() if "decided" in one.action]
    assert lines
    assert not any("Nearer" in str(one.detail) for one in lines)


def test_a_settled_source_is_given_to_nobody(through) -> None:
    store, source, _, _ = through
    _settle_all(store, source)
    store.settling.close("priya", source)
    with pytest.raises(DataRefused, match="settled"):
        store.coders.give("lead", [source], "lead", blind=True)
