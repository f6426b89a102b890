"""Erasing leaves no word behind: not in tables, indexes, the file or its log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from case_desk import (
    a_study_judged_and_opened,
    a_study_with_matches,
    ids_of,
)
from rights_desk import (
    ADA_ALONE,
    ADA_AMONG,
    BO_AMONG,
    GROUP,
    a_rights_desk,
    about,
    code,
)
from two_coders import as_coded_blind

from coding.coded_segments import Segment
from coding.transcripts import text_hash
from data.people_rights.derived import register_derived
from data.people_rights.withdrawal import Reason
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind, NewEvidence
from data.storage.findings.finding_records import FindingWords
from data.storage.memos.memo_records import NewMemo, Thing
from data.storage.people_rights.quoted_words import swept_tables
from data.storage.people_rights.table_words import IN_WORDS
from data.storage.people_rights.what_goes import Goes, tables
from matching.judging.judgement import Suitability
from workbench.actions.rights.withdrawing import reports_in_words
from workbench.actions.together import pair_report, theme_reading
from workbench.actions.together.reports import note_report

PLANTED = ("quangle", "wobbling")


def _files(store: StudyStore) -> dict[str, bytes]:
    file = store.database.file
    assert file is not None
    beside = [file, Path(f"{file}-wal"), Path(f"{file}-shm")]
    return {one.name: one.read_bytes() for one in beside if one.exists()}


def _cells(store: StudyStore) -> list[tuple[str, str]]:
    """Every value of every table there is, the search index's own included."""
    with closing(sqlite3.connect(store.database.file)) as opened:
        names = [
            row[0]
            for row in opened.execute(
                "SELECT name FROM sqlite_master WHERE type='table'"
            )
        ]
        return [
            (
                name,
                value.decode("utf-8", "replace")
                if isinstance(value, bytes)
                else str(value),
            )
            for name in names
            for row in opened.execute(f'SELECT * FROM "{name}"')
            for value in row
        ]


def _as_text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)


def _where(store: StudyStore, *words: str) -> set[str]:
    """The tables and files in which any of the words still stand."""
    found = {
        name
        for name, value in _cells(store)
        if any(word in value.casefold() for word in words)
    }
    return found | {
        name
        for name, content in _files(store).items()
        if any(word.encode() in content.lower() for word in words)
    }


def _erase(store: StudyStore, kind: str, label: str, who: str = "lead"):
    return store.erasures.erase(
        who, about(kind, label, store), Reason.PERSON_ASKED, typed=label
    )


def _quoted_everywhere(store: StudyStore, ids: dict[str, str]) -> str:
    """Copies of Ada's words where people and programs put them; the id of a memo."""
    marked = next(
        one
        for one in store.coding.segments(ids["alone"], reader_id="priya")
        if one.coder_id == "priya"
    )
    [heard] = store.codebook.codebook().codes
    store.code_changes.pick_example("priya", heard.id, heard.version, marked.id)
    store.codebook_versions.keep("priya", "First round", "Before the second wave")
    store.codebook_decisions.decide(
        "priya", f"As in: {ADA_ALONE}", "It fits", [heard.id]
    )
    memo = store.memos.add(
        "priya",
        Thing("code", heard.id),
        NewMemo(
            f"Ada: {ADA_AMONG.upper()} and the quangle heron told my landlord about!",
        ),
    )
    store.memos.change("priya", memo, NewMemo(f"Compare {memo.text}"))
    store.memos.add("tom", Thing("coded segment", marked.id), NewMemo("A quangle."))
    return memo.id


def test_no_planted_word_is_left_anywhere_and_others_stay(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    _quoted_everywhere(store, ids)
    assert "source" in _where(store, *PLANTED)
    assert {"code", "codebook_version", "memo"} <= _where(store, *PLANTED)
    bo = {
        one.id: (one.segment, one.segment.quotation(GROUP))
        for one in store.coding.segments(ids["group"])
        if one.coder_id == "tom"
    }
    assert len(bo) == 2

    erased = _erase(store, "participant", "Ada")

    assert erased.is_overwritten
    assert _where(store, *PLANTED) == set()
    assert [one.pseudonym for one in store.study.participants()] == ["Bo"]
    kept = {one.id: one.segment for one in store.coding.segments(ids["group"])}
    assert kept == {one: where for one, (where, _) in bo.items()}
    text = store.sources.read(ids["group"]).transcript.text
    whole = [where for where, words in bo.values() if words == BO_AMONG]
    assert [one.quotation(text) for one in whole] == [BO_AMONG]
    assert "Ada" not in text
    assert store.erasures.past()[0].kind == "participant"
    # What is left is still a sound study, its search works, and its page counts.
    from data.backup import check_study

    assert check_study(store.database, where="here").sources == 1
    assert theme_reading.read_themes(store).people == 1


def test_a_withdrawn_person_is_erased_with_the_words_set_aside(empty_store):
    store = empty_store
    a_rights_desk(store)
    store.withdrawals.withdraw(
        "lead", about("participant", "Ada", store), Reason.PERSON_ASKED, "2026-01-15"
    )
    assert "withdrawn_words" in _where(store, *PLANTED)
    _erase(store, "participant", "Ada")
    assert _where(store, *PLANTED) == set()
    assert store.withdrawals.standing() == []


def test_words_of_an_earlier_text_go_too(empty_store):
    from interview_desk import a_transcript

    from coding.transcripts import SourceKind

    store = empty_store
    ids = a_rights_desk(store)
    source = store.sources.read(ids["group"])
    corrected = a_transcript(
        "Parents' group",
        GROUP.replace("wobbling", "swinging"),
        SourceKind.GROUP_DISCUSSION,
    )
    store.corrections.correct(
        "priya",
        source.id,
        corrected,
        "misheard",
        seen_sha256=source.transcript.sha256,
    )
    assert _where(store, "wobbling")
    _erase(store, "participant", "Ada")
    assert _where(store, "wobbling", "swinging") == set()
    [earlier] = store.corrections.earlier_texts(ids["group"])
    assert BO_AMONG in store.corrections.earlier_text(ids["group"], 1).text
    assert earlier.words > 0


def test_the_only_participant_gone_leaves_pages_that_still_work(empty_store):
    store = empty_store
    a_rights_desk(store)
    _erase(store, "participant", "Bo")
    _erase(store, "participant", "Ada")
    # Nobody but the interviewer is heard in the group any more.
    themes = theme_reading.read_themes(store)
    assert themes.people == 0
    assert [one.mentions for one in themes.codes] == [0]
    assert store.study.participants() == []


def test_the_listing_says_what_goes_and_what_it_cannot_reach(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    _quoted_everywhere(store, ids)
    told = store.erasures.listing("lead", about("participant", "Ada", store))
    counted = {one.what: one for one in told.touched}
    assert counted["turns among others' words"].count == 2
    assert counted["coded passages"].named == ("Priya Wetherall 2",)
    assert counted["source"].named == ("Ada at home",)
    assert counted["memo"].count == 1
    assert counted["code with examples or words"].becomes.startswith("cleared")
    assert told.overlapping == (
        "Parents' group: Being heard by Tom Ibbotson reaches into 1 turn of theirs",
    )
    assert any("reports" in one for one in told.stays)
    # Nothing was changed by looking.
    assert "source" in _where(store, *PLANTED)
    erased = _erase(store, "participant", "Ada")
    assert erased.counts["coded_segment"] == 2
    assert erased.counts["source"] == 1


def test_reports_made_and_what_rests_on_the_words_are_listed_first(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    _quoted_everywhere(store, ids)
    ada = about("participant", "Ada", store)
    marked = store.coding.segments(ids["alone"], reader_id="priya")[0]
    finding = store.findings.add("di", FindingWords("They were heard.", "Weak."))
    evidence = NewEvidence(EvidenceKind.CODED_SEGMENT, marked.id)
    store.evidence.link("di", finding.holder, [evidence])
    priya = next(one for one in store.study.people() if one.id == "priya")
    note_report(store, priya, "themes", ".docx")
    note_report(store, priya, "themes", ".docx")
    told = store.erasures.listing("lead", ada)
    leaving = store.erasures.touched_by_withdrawing("priya", ada)
    for reports in (told.reports, leaving.reports):
        (line,) = reports_in_words(reports)
        assert line.startswith("Themes as .docx: 2 times, last on ")
        assert line.endswith("by Priya Wetherall")
    counted = {one.what: one for one in leaving.touched}
    assert counted["coded passages"].count == 2
    assert counted["source"].becomes == "out of analysis, and kept"
    # Whose codings they are is for those who may erase.
    assert not counted["coded passages"].named
    for listed in (told.touched, leaving.touched):
        (links,) = [one for one in listed if one.what.startswith("link")]
        assert links.named == ("1 finding",)
    # Nothing was changed by looking.
    assert "source" in _where(store, *PLANTED)
    with pytest.raises(DataRefused, match="cannot"):
        store.erasures.touched_by_withdrawing("di", ada)


def test_codings_of_a_blind_pass_are_not_counted_for_who_codes_it(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    ada = about("participant", "Ada", store)
    before = store.erasures.touched_by_withdrawing("tom", ada).touched
    as_coded_blind(store, ids["alone"])
    as_coded_blind(store, ids["group"])
    after = store.erasures.touched_by_withdrawing("tom", ada).touched
    assert any(one.what.startswith("coded passage") for one in before)
    assert not any(one.what.startswith("coded passage") for one in after)


def test_only_a_lead_erases_and_types_the_name(empty_store):
    store = empty_store
    a_rights_desk(store)
    ada = about("participant", "Ada", store)
    for who in ("priya", "di"):
        with pytest.raises(DataRefused, match="cannot erase"):
            store.erasures.erase(who, ada, Reason.PERSON_ASKED, typed="Ada")
        with pytest.raises(DataRefused, match="cannot erase"):
            store.erasures.listing(who, ada)
    with pytest.raises(DataRefused, match="not the name"):
        store.erasures.erase("lead", ada, Reason.PERSON_ASKED, typed="ada")
    assert "source" in _where(store, *PLANTED)
    _erase(store, "participant", "Ada")
    with pytest.raises(DataRefused, match="no participant"):
        store.erasures.erase("lead", ada, Reason.PERSON_ASKED, typed="Ada")


def test_an_erasure_that_is_stopped_changes_nothing(empty_store):
    store = empty_store
    a_rights_desk(store)
    before = _cells(store)

    def stop(done: float, words: str) -> None:
        if done > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.erasures.erase(
            "lead",
            about("participant", "Ada", store),
            Reason.PERSON_ASKED,
            typed="Ada",
            tell=stop,
        )
    assert _cells(store) == before


def test_audit_lines_stay_in_a_row_and_tell_no_word_and_no_name(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    before = [(one.number, one.action, one.about_id) for one in store.audit.lines()]
    _erase(store, "participant", "Ada")
    after = [(one.number, one.action, one.about_id) for one in store.audit.lines()]
    assert after[1:] == before
    assert after[0][1:] == ("erased", ids["ada"])
    lines = " ".join(value for name, value in _cells(store) if name == "audit_line")
    assert "quangle" not in lines
    assert "Ada" not in lines
    kept = " ".join(value for name, value in _cells(store) if name == "erasure")
    assert ids["ada"] not in kept
    assert "Ada" not in kept


def test_undo_of_the_codebook_cannot_bring_an_example_back(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    _quoted_everywhere(store, ids)
    _erase(store, "participant", "Ada")
    for entry in store.code_changes.changes():
        try:
            store.code_changes.undo("priya", entry.number, reason="looking")
        except DataRefused:
            continue
    assert _where(store, *PLANTED) == set()


def test_a_form_open_elsewhere_cannot_save_the_words_again(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    first = _quoted_everywhere(store, ids)
    seen = store.memo_reading.one(first, reader_id="priya").memo
    _erase(store, "participant", "Ada")
    now = store.memo_reading.one(first, reader_id="priya").memo
    assert now.text == "Compare [withdrawn]: [withdrawn]. and [withdrawn]!"
    with pytest.raises(DataRefused, match="changed"):
        store.memos.change("priya", seen, NewMemo(seen.text))


def test_whoever_keeps_something_of_a_text_is_asked_to_let_go(empty_store):
    asked: list[set[str]] = []
    register_derived("a test's vectors", lambda hashes: asked.append(set(hashes)))
    store = empty_store
    ids = a_rights_desk(store)
    whole = store.sources.read(ids["alone"]).transcript.sha256
    _erase(store, "participant", "Ada")
    register_derived("a test's vectors", lambda hashes: None)
    assert whole in asked[0]
    assert text_hash(ADA_AMONG) in asked[0]


def test_the_words_leave_the_search_index_of_those_that_stay(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    code(store, ids, "priya", "group", GROUP, "the same worker came")
    _erase(store, "participant", "Ada")
    index = [value for name, value in _cells(store) if name.startswith("turn_search")]
    assert index
    assert not any("wobbl" in one.casefold() for one in index)


# Cases


def test_an_erased_case_takes_its_pair_along_and_leaves_a_number(tmp_path):
    store, lead = a_study_judged_and_opened(tmp_path)
    ids = ids_of(store)
    assert _where(store, "moved to an aunt")
    erased = _erase(store, "case", "H1", lead.id)
    assert erased.is_overwritten
    assert _where(store, "moved to an aunt") == set()
    left = " ".join(v for name, v in _cells(store) if name != "audit_line")
    assert ids["H1"] not in left
    assert store.erasures.past()[0].pairs == 1
    told = repr(pair_report.pair_sections(pair_report.read_judged_pairs(store)))
    assert "erased since they were judged: 1 pair on" in told
    assert "H1" not in told
    assert [one.historic_id for one in store.judgements.standing()] == [""]
    # C1 was opened with it: nobody judges it anew knowing how it went.
    queue = {one.reference: one for one in store.pairings.queue()}
    assert queue["C1"].candidates == 0
    assert not queue["C1"].waits
    store.close()


def test_a_case_with_an_open_judgement_is_judged_on_among_the_rest(tmp_path):
    store, lead, saved = a_study_with_matches(tmp_path)
    ids = ids_of(store)
    _erase(store, "case", "H1", lead.id)
    listed = store.pairings.candidates(saved.id, ids["C1"])
    assert [one.candidate.historic_id for one in listed] == ["H4", "H2"] or listed
    assert "H1" not in [one.candidate.historic_id for one in listed]
    store.judgements.save(
        lead.id,
        pairing_id=saved.id,
        contemporary_id=ids["C1"],
        historic_id=ids["H4"],
        suitability=Suitability.GOOD_MATCH,
        rationale="They share need and area.",
        seconds_taken=60,
    )
    assert [one.historic_id for one in store.judgements.standing()] == [ids["H4"]]
    store.close()


# New kinds of things


def test_every_table_answers_for_itself():
    """A new table either hangs on what is erased, is swept, or holds nobody's words."""
    hang_on = {"participant", "source", "case_file"}
    reached = set(hang_on)
    while True:
        more = {
            table.name
            for table in tables().values()
            for reference in table.foreign_keys
            if reference.column.table.name in reached
        } | reached
        if more == reached:
            break
        reached = more
    nobody = {
        *("person", "wave", "audit_line", "backup", "erasure", "case_field"),
        *("indicator_value", "survey_topline", "keeping_rule", "withdrawal"),
    }
    assert set(tables()) == reached | swept_tables() | nobody
    without_words = (reached | swept_tables()) - set(IN_WORDS)
    assert without_words <= {
        *("study", "operation", "reading_form", "judging_setting", "plan"),
        *("comparison_settings", "codes_told_apart", "sensitivity_run"),
    }


def test_what_hangs_on_a_source_is_found_by_its_reference(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    with store.database.reading() as session:
        goes = Goes(session)
        goes.add("source", [(ids["alone"],)])
        assert {"turn", "speaker", "coded_segment", "turn_words"} <= {
            name for name, keys in goes.removed.items() if keys
        }
        assert Segment(0, 1)
