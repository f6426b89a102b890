"""Outcomes: a model typed by people, and statements that answer for their evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from debrief_study import INDICATORS
from debrief_table import NELL
from interview_desk import WORDS, a_desk, a_source, an_operation, code_words
from survey_figures import STAFF

from coding.study import Participant
from data.problems import DataRefused
from data.sources import SpeakerMapping
from data.storage import StudyStore
from data.storage.evidence.evidence_records import (
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
    Stance,
)
from data.storage.findings.finding_records import FindingWords
from data.storage.outcomes.logic_model_records import Part, PartKind, PartWords
from data.storage.outcomes.statement_records import (
    LONGEST_STATEMENT,
    Level,
    OutcomeRead,
    StatementWords,
    Strand,
    reference_of,
)

HOPED = PartWords(PartKind.SHORT, "Families meet fewer workers", direction="Fewer.")
ALL_TOLD = StatementWords(
    Level.LIMITED, "One parent says so.", "One interview alone.", "Nothing else read."
)


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    return (empty_store, *a_desk(empty_store))


def _code(store: StudyStore, source: str, code: str, words: str) -> str:
    operation = code_words(words, code)
    store.coding.apply("priya", source, [operation])
    return operation.segment_id


def _read(store: StudyStore, part: Part) -> OutcomeRead:
    read = store.outcomes.read(part.id, reader_id="di")
    assert read is not None
    return read


def _link(store, part, thing, stance=Stance.SUPPORTS, kind=EvidenceKind.CODED_SEGMENT):
    store.evidence.link("di", part.holder, [NewEvidence(kind, thing, stance)])


def _write(store: StudyStore, part: Part, words: StatementWords = ALL_TOLD) -> None:
    store.outcomes.write("di", _read(store, part), words)


def _stops(store: StudyStore, part: Part) -> list[str]:
    return [one.found for one in _read(store, part).stops]


def _with_passage(desk) -> tuple[StudyStore, Part, str]:
    store, source, same, _ = desk
    part = store.logic_model.add("di", HOPED)
    segment = _code(store, source, same, "The same worker came every week")
    _link(store, part, segment)
    return store, part, segment


# The logic model


def test_parts_stand_in_the_order_of_the_model_and_outcomes_are_numbered(desk) -> None:
    store = desk[0]
    for kind, name in (
        (PartKind.LONG, "Fewer children in care"),
        (PartKind.INPUT, "Money"),
        (PartKind.SHORT, "Fewer workers"),
        (PartKind.SHORT, "Told once"),
    ):
        store.logic_model.add("di", PartWords(kind, name, counts_for="Something"))
    parts = store.logic_model.parts()
    assert [(one.label, one.words.name) for one in parts] == [
        ("", "Money"),
        ("O2", "Fewer workers"),
        ("O3", "Told once"),
        ("O1", "Fewer children in care"),
    ]
    # What counts as evidence is an outcome's alone.
    assert [one.words.counts_for for one in parts][:2] == ["", "Something"]
    store.logic_model.move("di", parts[2].id, up=True)
    assert [one.label for one in store.logic_model.outcomes()] == ["O3", "O2", "O1"]
    store.logic_model.move("di", parts[2].id, up=True)
    assert [one.label for one in store.logic_model.outcomes()] == ["O3", "O2", "O1"]


def test_a_part_keeps_how_it_was_worded_and_nobody_overwrites_another(desk) -> None:
    store = desk[0]
    part = store.logic_model.add("di", HOPED)
    other = replace(HOPED, name="Families meet one worker")
    store.logic_model.change("priya", part, other)
    with pytest.raises(DataRefused, match="Someone else changed this"):
        store.logic_model.change("di", part, replace(HOPED, description="Mine."))
    (before,) = store.logic_model.earlier(part.id)
    assert (before.words.name, before.worded_by) == (HOPED.name, "Di Marsh")
    (now,) = store.logic_model.outcomes()
    assert (now.words.name, now.changed_by) == (other.name, "Priya Wetherall")


def test_what_cannot_be_a_part_is_refused_in_words(desk) -> None:
    store = desk[0]
    store.study.add_person("lead", NELL)
    part = store.logic_model.add("di", HOPED)
    for words, said in (
        (PartWords(PartKind.INPUT, "  "), "It is empty"),
        (PartWords(PartKind.INPUT, "n" * 301), "301 characters; 300 can be kept"),
        (replace(HOPED, name="FAMILIES meet  fewer workers"), "of that name already"),
    ):
        with pytest.raises(DataRefused, match=said):
            store.logic_model.add("di", words)
    with pytest.raises(DataRefused, match="An outcome stays an outcome"):
        store.logic_model.change("di", part, PartWords(PartKind.INPUT, "Money"))
    with pytest.raises(DataRefused, match="cannot write what the study found"):
        store.logic_model.add("nell", PartWords(PartKind.INPUT, "Money"))
    assert len(store.logic_model.parts()) == 1


def test_a_retired_outcome_keeps_its_evidence_and_comes_back_with_it(desk) -> None:
    store, part, _ = _with_passage(desk)
    _write(store, part)
    store.logic_model.retire("di", part)
    assert store.outcomes.read_all() == []
    read = _read(store, part)
    assert read.part.is_retired
    assert len(read.evidence) == 1
    with pytest.raises(DataRefused, match="no longer in the logic model"):
        store.outcomes.write("di", read, ALL_TOLD)
    (retired,) = store.logic_model.parts(retired=True)
    store.logic_model.retire("di", retired, away=False)
    (back,) = store.outcomes.read_all()
    assert back.statement.words.statement == ALL_TOLD.statement


# Evidence of every strand


def test_a_theme_tells_who_does_not_speak_of_it_and_of_whom_that_is_not_known(
    desk,
) -> None:
    store, source, same, heard = desk
    unlike = SpeakerMapping("Mum", participant=Participant("", "Beth", "Parent"))
    later = SpeakerMapping("Mum", participant=Participant("", "Cara", "Parent"))
    silent, _ = store.sources.save(
        "priya",
        [
            a_source("P08", f"{WORDS} Also.", mappings=(unlike,)),
            a_source("P09", f"{WORDS} Too.", mappings=(later,)),
        ],
    )
    _code(store, source, same, "same worker")
    # Beth is coded, under another code; nothing that Cara said is coded yet.
    _code(store, silent, heard, "she asked")
    part = store.logic_model.add("di", HOPED)
    _link(store, part, same, Stance.CONTEXT, EvidenceKind.THEME)
    (linked,) = _read(store, part).evidence
    assert linked.now.words == (
        "1 of 3 people; Wave 1: 1 of 3 speak about it, 1 do not, 1 not known yet"
    )


def test_every_strand_can_be_linked_and_says_how_it_stands_now(desk) -> None:
    store, part, _ = _with_passage(desk)
    store.indicators.save("di", INDICATORS)
    store.toplines.save("di", STAFF)
    finding = store.findings.add("di", FindingWords("Fewer workers."))
    hypothesis = store.hypotheses.put_up("di", "One worker is enough", "Two said so.")
    ids = store.evidence.indicator_ids()
    survey = next(iter(store.evidence.survey_ids().values()))
    north = ids[("Referrals", "2014/15 Q1", "North")]
    for kind, thing in (
        (EvidenceKind.THEME, desk[2]),
        (EvidenceKind.INDICATOR_AREA, north),
        (EvidenceKind.SURVEY, survey),
        (EvidenceKind.HYPOTHESIS, hypothesis.id),
        (EvidenceKind.FINDING, finding.id),
    ):
        _link(store, part, thing, Stance.CONTEXT, kind)
    read = _read(store, part)
    assert read.missing() == [Strand.MATRIX, Strand.PAIRS, Strand.DOCUMENTS]
    words = {one.kind: one.now.words for one in read.evidence}
    assert words[EvidenceKind.THEME] == (
        "1 of 1 people; Wave 1: 1 of 1 speak about it, 0 do not"
    )
    assert words[EvidenceKind.INDICATOR_AREA] == (
        "40 in 2014/15 Q1, 31 in 2014/15 Q3; lowest 31, highest 40"
    )
    # Each of them tells what became of it since.
    store.findings.change("di", finding, FindingWords("Far fewer workers."))
    store.indicators.save("di", [replace(INDICATORS[2], value=20.0)])
    store.coding.apply(
        "priya",
        desk[1],
        [an_operation("recode", segment_id=_segment_of(read), code_id=desk[3])],
    )
    changed = {one.kind for one in _read(store, part).evidence if not one.stands}
    assert changed == {
        EvidenceKind.FINDING,
        EvidenceKind.INDICATOR_AREA,
        EvidenceKind.THEME,
        EvidenceKind.CODED_SEGMENT,
    }


def _segment_of(read: OutcomeRead) -> str:
    return next(
        one.thing_id for one in read.evidence if one.kind is EvidenceKind.CODED_SEGMENT
    )


def test_only_an_outcome_has_mixed_evidence_or_context(desk) -> None:
    store, _, segment = _with_passage(desk)
    finding = store.findings.add("di", FindingWords("Fewer workers."))
    for stance in (Stance.MIXED, Stance.CONTEXT):
        new = NewEvidence(EvidenceKind.CODED_SEGMENT, segment, stance)
        holder = Holder(HolderKind.FINDING, finding.id)
        with pytest.raises(DataRefused, match="Only an outcome"):
            store.evidence.link("di", holder, [new])
        assert store.evidence.of(holder) == []


# Statements


def test_everything_that_is_missing_is_named_at_once(desk) -> None:
    store, part, _ = _with_passage(desk)
    with pytest.raises(DataRefused) as refused:
        store.outcomes.make_final("di", _read(store, part))
    assert [one.where for one in refused.value.problems] == [
        "Level",
        "Statement",
        "What is missing",
        "Limitations",
    ]
    said = " ".join(one.found for one in refused.value.problems)
    assert "No evidence from: Themes matrix, Judged pairs, Indicators" in said
    assert (
        "one strand: Themes and quotations; one wave: Wave 1; one role: Parent" in said
    )


def test_gaps_and_one_sidedness_have_to_be_told_again_when_they_grow(desk) -> None:
    store, part, _ = _with_passage(desk)
    store.toplines.save("di", STAFF)
    survey = next(iter(store.evidence.survey_ids().values()))
    _link(store, part, survey, kind=EvidenceKind.SURVEY)
    _write(store, part)
    assert _stops(store, part) == []
    link = next(e for e in _read(store, part).evidence if e.kind is EvidenceKind.SURVEY)
    store.evidence.unlink("di", link.id)
    assert _stops(store, part) == [
        "No evidence from: Surveys.",
        "The evidence is from one strand: Themes and quotations; one wave: Wave 1; "
        "one role: Parent.",
    ]
    _write(store, part)
    assert _stops(store, part) == []


@pytest.mark.parametrize(
    ("level", "stance", "found"),
    [
        (Level.STRONG, Stance.SUPPORTS, "It says strong, and rests on one strand"),
        (Level.NONE_YET, Stance.SUPPORTS, "It says none yet, and evidence is linked"),
        (
            Level.MIXED,
            Stance.SUPPORTS,
            "It says mixed, and nothing linked speaks",
        ),
        (Level.MODERATE, Stance.AGAINST, "all evidence linked speaks against it"),
        (Level.LIMITED, Stance.CONTEXT, "It says limited, and no evidence is linked"),
    ],
)
def test_a_level_that_the_evidence_does_not_bear_is_stopped(
    desk, level, stance, found
) -> None:
    store, source, same, _ = desk
    part = store.logic_model.add("di", HOPED)
    segment = _code(store, source, same, "The same worker came every week")
    _link(store, part, segment, stance)
    _write(store, part, replace(ALL_TOLD, level=level))
    assert any(found in one for one in _stops(store, part))


def test_an_outcome_without_evidence_can_say_none_yet_and_nothing_else(desk) -> None:
    store = desk[0]
    part = store.logic_model.add("di", HOPED)
    _write(store, part)
    assert _stops(store, part) == ["It says limited, and no evidence is linked."]
    _write(store, part, replace(ALL_TOLD, level=Level.NONE_YET))
    store.outcomes.make_final("di", _read(store, part))
    assert _read(store, part).stands


def test_what_speaks_against_it_is_answered_or_cited(desk) -> None:
    store, part, _ = _with_passage(desk)
    asked = _code(store, desk[1], desk[3], "she asked")
    _link(store, part, asked, Stance.AGAINST)
    _write(store, part)
    (against,) = _read(store, part).not_mentioned()
    cites = reference_of(against)
    assert _stops(store, part) == [f"{cites} speaks against it and is not mentioned."]
    # Cited in whatever letters.
    cited = replace(ALL_TOLD, statement=f"One says so, another not ({cites.lower()}).")
    _write(store, part, cited)
    assert _stops(store, part) == []
    _write(store, part)
    assert len(_stops(store, part)) == 1
    with pytest.raises(DataRefused, match="It is empty"):
        store.outcomes.answer("di", part.id, against, "  ")
    store.outcomes.answer("di", part.id, against, "She asked once, at the end.")
    assert _stops(store, part) == []
    store.outcomes.make_final("di", _read(store, part))
    # Taken away and linked anew, it is another piece, and the old answer is none.
    store.evidence.unlink("di", against.id)
    _link(store, part, asked, Stance.AGAINST)
    assert any("not mentioned" in one for one in _stops(store, part))


@pytest.mark.parametrize("stance", [Stance.AGAINST, Stance.MIXED])
def test_counter_evidence_linked_later_makes_a_final_statement_looked_at_again(
    desk, stance
) -> None:
    store, part, _ = _with_passage(desk)
    _write(store, part)
    store.outcomes.make_final("di", _read(store, part))
    assert not _read(store, part).looks_again
    _link(store, part, _code(store, desk[1], desk[3], "she asked"), stance)
    read = _read(store, part)
    assert read.looks_again
    assert len(read.stops) == 2
    with pytest.raises(DataRefused, match="A final statement is not changed"):
        store.outcomes.write("di", read, ALL_TOLD)
    store.outcomes.back_to_draft("di", read)
    store.outcomes.answer("di", part.id, read.not_mentioned()[0], "Once.")
    store.outcomes.make_final("di", _read(store, part))
    assert _read(store, part).stands


def test_evidence_that_changed_is_to_be_read_again(desk) -> None:
    store, part, segment = _with_passage(desk)
    _write(store, part)
    store.outcomes.make_final("di", _read(store, part))
    operation = an_operation("recode", segment_id=segment, code_id=desk[3])
    store.coding.apply("priya", desk[1], [operation])
    assert ["recoded" in one for one in _stops(store, part)] == [True]
    (link,) = _read(store, part).evidence
    store.evidence.accept_change("di", link.id)
    assert _stops(store, part) == []


def test_what_a_statement_said_is_kept_and_nobody_overwrites_another(desk) -> None:
    store, part, _ = _with_passage(desk)
    mine = _read(store, part)
    store.outcomes.write("priya", _read(store, part), ALL_TOLD)
    with pytest.raises(DataRefused, match="Someone else changed this"):
        store.outcomes.write("di", mine, replace(ALL_TOLD, statement="Mine."))
    stale = _read(store, part)
    _write(store, part, replace(ALL_TOLD, statement="Two parents say so."))
    with pytest.raises(DataRefused, match="Someone else changed this"):
        store.outcomes.make_final("priya", stale)
    (before,) = store.outcomes.earlier(part.id)
    assert (before.words.statement, before.worded_by) == (
        ALL_TOLD.statement,
        "Priya Wetherall",
    )


def test_a_statement_of_twenty_thousand_characters_is_refused_whole(desk) -> None:
    store, part, _ = _with_passage(desk)
    with pytest.raises(DataRefused, match="20,000 characters; 10,000 can be kept"):
        _write(store, part, replace(ALL_TOLD, statement="a" * 20_000))
    assert _read(store, part).statement.version == 0
    _write(store, part, replace(ALL_TOLD, statement="a" * LONGEST_STATEMENT))
    assert len(_read(store, part).statement.words.statement) == LONGEST_STATEMENT


def test_the_audit_trail_holds_ids_and_counts_and_nobodys_words(desk) -> None:
    store, part, _ = _with_passage(desk)
    _write(store, part)
    lines = [one for one in store.audit.lines() if one.action.startswith("outcome")]
    assert [one.action for one in lines] == ["outcome statement written"]
    told = repr(store.audit.lines())
    assert HOPED.name not in told
    assert ALL_TOLD.statement not in told
