"""Names leave the study whole, marks stay on their words, and the key leads back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from interview_desk import a_transcript
from pseudonym_desk import (
    NAMED,
    NAMES,
    ORDINARY,
    REAL,
    a_named_desk,
    a_named_source,
    change_role,
    place_of,
    with_names,
)

from coding.pseudonyms.names import ListedName, NameKind
from coding.study import Role
from data.backup import back_up
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.debriefs.debrief_records import (
    Attender,
    DebriefForm,
    Meeting,
    NewAction,
)
from data.storage.findings.finding_records import FindingWords
from data.storage.memos.memo_records import MemoQuery
from data.storage.pseudonyms.wording import told_as, wording_columns
from workbench.actions.memos.memo_report import memos_document, memos_table

AFTER = (
    "Interviewer: Who came to the house?\n"
    "\n"
    "Wren: Mr Hallam came every week. Then sorrel’s mum rang from Saltmere.\n"
    "\n"
    "Interviewer: And Wren was there?"
)


def _text(store: StudyStore, source: str) -> str:
    read = store.sources.read(source)
    assert read is not None
    return read.transcript.text


def _codings(store: StudyStore, source: str) -> dict[str, str]:
    text = _text(store, source)
    return {
        one.coder_id: one.segment.quotation(text)
        for one in store.coding.segments(source)
    }


def _where_names_stand(*paths: Path) -> set[str]:
    found = set()
    for path in paths:
        content = path.read_bytes()
        for encoding in ("utf-8", "utf-16-le"):
            for name in REAL:
                for written in (name, name.capitalize(), name.upper()):
                    if written.encode(encoding) in content:
                        found.add(f"{name} in {path.name}")
    return found


def _files(store: StudyStore) -> list[Path]:
    file = store.database.file
    assert file is not None
    ends = ("", "-wal", "-shm")
    return [p for end in ends if (p := Path(f"{file}{end}")).exists()]


def test_every_mention_is_replaced_and_marks_stay_on_their_words(
    empty_store: StudyStore,
) -> None:
    desk = a_named_desk(empty_store)
    with_names(empty_store)
    assert _codings(empty_store, desk.source)["priya"] == "Mr Thornlee came"
    done = empty_store.pseudonyms.replace("priya", ORDINARY)
    assert (done.sources, done.mentions) == (1, 5)
    assert _text(empty_store, desk.source) == AFTER
    assert _codings(empty_store, desk.source) == {
        "priya": "Mr Hallam came",
        "tom": "rang from Saltmere",
    }
    assert desk.coding in {one.id for one in empty_store.coding.segments(desk.source)}
    read = empty_store.sources.read(desk.source)
    assert read is not None
    assert [t.speaker for t in read.transcript.turns] == [
        "Interviewer",
        "Wren",
        "Interviewer",
    ]
    assert [read.transcript.text[t.start : t.end] for t in read.transcript.turns] == [
        "Who came to the house?",
        "Mr Hallam came every week. Then sorrel’s mum rang from Saltmere.",
        "And Wren was there?",
    ]
    (waiting,) = empty_store.suggestions.open_of(desk.source)
    segment = waiting.suggestion.segment
    assert segment.quotation(AFTER) == "Then sorrel’s mum"
    assert waiting.suggestion.reason.cue_segments == (segment,)
    assert "sorrel" in waiting.suggestion.reason.sentence


def test_names_leave_every_other_place_with_it(empty_store: StudyStore) -> None:
    desk = a_named_desk(empty_store)
    with_names(empty_store)
    empty_store.pseudonyms.replace("priya", ORDINARY)
    read = empty_store.sources.read(desk.source)
    assert read is not None
    assert read.transcript.name == "Wren wave 1"
    assert read.file_name == "Wren wave 1 in Saltmere.txt"
    (person,) = empty_store.study.participants()
    assert (person.pseudonym, person.team) == ("Wren T", "Saltmere team")
    assert person.attributes == {"child": "Sorrel"}
    (code,) = empty_store.codebook.codebook().codes
    assert (code.definition, code.cues) == ("As Hallam was", ("mr hallam",))
    assert code.examples == ("Sorrel’s mum rang",)
    (memo,), _ = empty_store.memo_reading.find(MemoQuery(), reader_id="priya")
    assert (memo.memo.title, memo.memo.text) == ("On Wren", "Wren cried here.")


def test_no_file_but_the_key_holds_a_name_afterwards(
    empty_store: StudyStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk = a_named_desk(empty_store)
    with_names(empty_store)
    # The search would find something, were it there.
    assert _where_names_stand(*_files(empty_store))
    with caplog.at_level("DEBUG"):
        done = empty_store.pseudonyms.replace("priya", ORDINARY)
        empty_store.pseudonyms.finish("priya")
    assert done.is_emptied
    copy = tmp_path / "copy.backup"
    back_up(empty_store.database, copy)
    assert _where_names_stand(*_files(empty_store), copy) == set()
    assert not [one for one in REAL if one in caplog.text.lower()]
    document = memos_document(empty_store, "Priya", datetime(2025, 5, 3, tzinfo=UTC))
    report = f"{memos_table(empty_store)} {document}".lower()
    assert "wren" in report
    assert not [one for one in REAL if one in report]
    key = empty_store.pseudonym_key.status("priya").path
    assert _where_names_stand(key)
    assert desk.source


def test_words_are_found_by_pseudonym_and_no_longer_by_name(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    empty_store.pseudonyms.replace("priya", ORDINARY)
    with empty_store.database.reading() as session:
        from sqlmodel import select

        from data.tables import TurnWordsRow

        words = " ".join(session.exec(select(TurnWordsRow.words)))
    assert "hallam" in words
    assert not [one for one in REAL if one in words]


def test_earlier_texts_of_a_correction_lose_their_names_and_keep_their_marks(
    empty_store: StudyStore,
) -> None:
    desk = a_named_desk(empty_store)
    read = empty_store.sources.read(desk.source)
    assert read is not None
    corrected = NAMED.replace("Mr Thornlee came every week. ", "")
    empty_store.corrections.correct(
        "priya",
        desk.source,
        a_transcript(words=corrected),
        "Thornlee never came",
        seen_sha256=read.transcript.sha256,
    )
    (before,) = empty_store.corrections.unplaced("priya")
    assert before.quotation == "Mr Thornlee came"
    with_names(empty_store)
    empty_store.pseudonyms.replace("priya", ORDINARY)
    (after,) = empty_store.corrections.unplaced("priya")
    assert after.quotation == "Mr Hallam came"
    (earlier,) = empty_store.corrections.earlier_texts(desk.source)
    assert earlier.reason == "Hallam never came"
    assert _where_names_stand(*_files(empty_store)) == set()
    empty_store.pseudonyms.undo("priya")
    assert empty_store.corrections.earlier_text(desk.source, 1).text == NAMED
    (again,) = empty_store.corrections.unplaced("priya")
    assert again.quotation == "Mr Thornlee came"


def test_undo_puts_everything_back_exactly(empty_store: StudyStore) -> None:
    desk = a_named_desk(empty_store)
    with_names(empty_store)
    before = (
        empty_store.sources.read(desk.source).transcript,
        empty_store.study.participants(),
        empty_store.codebook.codebook().codes[0].examples,
        _codings(empty_store, desk.source),
        empty_store.suggestions.open_of(desk.source)[0].suggestion.segment,
    )
    empty_store.pseudonyms.replace("priya", ORDINARY)
    done = empty_store.pseudonyms.undo("priya")
    assert done.not_undone == 0
    after = (
        empty_store.sources.read(desk.source).transcript,
        empty_store.study.participants(),
        empty_store.codebook.codebook().codes[0].examples,
        _codings(empty_store, desk.source),
        empty_store.suggestions.open_of(desk.source)[0].suggestion.segment,
    )
    assert after == before
    with pytest.raises(DataRefused, match="finished, or nothing"):
        empty_store.pseudonyms.undo("priya")


def test_what_somebody_changed_since_is_not_overwritten_by_undo(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    empty_store.pseudonyms.replace("priya", ORDINARY)
    (code,) = empty_store.codebook.codebook().codes
    from dataclasses import replace

    empty_store.codebook.change("priya", replace(code, definition="Other words"))
    done = empty_store.pseudonyms.undo("priya")
    assert done.not_undone == 1
    assert empty_store.codebook.codebook().codes[0].definition == "Other words"


def test_after_finishing_the_key_leads_back_letter_by_letter(
    empty_store: StudyStore,
) -> None:
    desk = a_named_desk(empty_store)
    with_names(empty_store)
    empty_store.pseudonyms.replace("priya", ORDINARY)
    empty_store.pseudonyms.finish("priya")
    kept = empty_store.pseudonym_key.opened("priya")
    assert not kept.kept
    assert not kept.can_be_undone
    empty_store.pseudonyms.put_back("priya", ORDINARY)
    # One was misspelt, one in lower case: exactly as they stood.
    assert _text(empty_store, desk.source) == NAMED
    assert _codings(empty_store, desk.source)["priya"] == "Mr Thornlee came"
    assert empty_store.sources.read(desk.source).transcript.name == "Adunola wave 1"


def test_names_come_back_by_the_list_where_the_text_was_corrected_since(
    empty_store: StudyStore,
) -> None:
    desk = a_named_desk(empty_store)
    with_names(empty_store)
    empty_store.pseudonyms.replace("priya", ORDINARY)
    read = empty_store.sources.read(desk.source)
    corrected = AFTER.replace("every week", "each week")
    empty_store.corrections.correct(
        "priya",
        desk.source,
        a_transcript(words=corrected),
        "Misheard",
        seen_sha256=read.transcript.sha256,
    )
    empty_store.pseudonyms.finish("priya")
    empty_store.pseudonyms.put_back("priya", ORDINARY)
    assert "Mr Thornlee came each week. Then kezvara’s mum" in _text(
        empty_store, desk.source
    )


def test_a_second_round_leads_back_to_the_first_names(empty_store: StudyStore) -> None:
    desk = a_named_desk(empty_store)
    with_names(empty_store, NAMES[0])
    empty_store.pseudonyms.replace("priya", ORDINARY)
    empty_store.pseudonyms.finish("priya")
    with_names(empty_store)
    empty_store.pseudonyms.replace("priya", ORDINARY)
    assert _text(empty_store, desk.source) == AFTER
    empty_store.pseudonyms.undo("priya")
    assert "kezvara" in _text(empty_store, desk.source)
    assert "Hallam" in _text(empty_store, desk.source)
    empty_store.pseudonyms.replace("priya", ORDINARY)
    empty_store.pseudonyms.put_back("priya", ORDINARY)
    assert _text(empty_store, desk.source) == NAMED


def test_cancelled_or_failed_nothing_is_changed(
    empty_store: StudyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = a_named_desk(empty_store)
    with_names(empty_store)
    before = empty_store.pseudonym_key.opened("priya")

    def cancel(done: float, words: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        empty_store.pseudonyms.replace("priya", ORDINARY, cancel)
    assert _text(empty_store, desk.source) == NAMED
    assert empty_store.pseudonym_key.opened("priya") == before


def test_a_place_left_out_stays(empty_store: StudyStore) -> None:
    desk = a_named_desk(empty_store)
    with_names(empty_store)
    sha256 = empty_store.sources.read(desk.source).transcript.sha256
    where = place_of("Adunloa")

    def leave_out(key):
        from dataclasses import replace

        place = (desk.source, sha256, where.start, where.end)
        return replace(key, left_out=(place,))

    empty_store.pseudonym_key.change("priya", "left out", leave_out)
    empty_store.pseudonyms.replace("priya", ORDINARY)
    assert "And Adunloa was there" in _text(empty_store, desk.source)


def test_the_reviewer_is_told_where_else_names_stand(empty_store: StudyStore) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    file = empty_store.database.file
    copy = file.with_name(f"{file.stem}-before-upgrade-from-0001.sqlite")
    copy.write_bytes(b"")
    preview = empty_store.pseudonyms.preview("priya", ORDINARY)
    assert preview.mentions == (("Adunola wave 1", 5),)
    told = {one.where: one.values for one in preview.wording}
    assert told["memos"] == 2
    assert told["codebook"] >= 3
    assert told["participants"] == 2
    assert told["attributes of participants"] == 1
    assert told["reasons of suggestions"] == 1
    assert preview.copies == (copy.name,)


def test_a_colour_or_setting_called_like_a_person_stays(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    (code,) = empty_store.codebook.codebook().codes
    with_names(
        empty_store,
        *NAMES,
        ListedName("n4", NameKind.PERSON, code.colour, "Quill"),
    )
    empty_store.pseudonyms.replace("priya", ORDINARY)
    assert empty_store.codebook.codebook().codes[0].colour == code.colour


def test_new_sources_are_checked_and_saved_under_pseudonyms(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    new = a_named_source("Kezvara wave 2", NAMED.replace("the house", "your house"))
    assert empty_store.pseudonyms.mentions_in_new("priya", [new], ORDINARY) == [5]
    changed = empty_store.pseudonyms.with_pseudonyms("priya", [new], ORDINARY)
    (source,) = empty_store.sources.save("priya", changed)
    read = empty_store.sources.read(source)
    assert read.transcript.name == "Sorrel wave 2"
    said = f"{read.transcript} {read.file_name}".lower()
    assert not [one for one in REAL if one in said]
    empty_store.pseudonyms.put_back("priya", ORDINARY)
    assert _text(empty_store, source) == new.transcript.text


def test_new_sources_cannot_be_checked_by_who_may_not_or_with_a_sealed_key(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    new = a_named_source("Two")
    check = empty_store.pseudonyms.mentions_in_new
    change_role(empty_store, "tom", Role.DEBRIEF_TEAM)
    assert check("tom", [new], ORDINARY) is None
    empty_store.pseudonym_key.set_passphrase("priya", "four words in a row")
    empty_store.pseudonym_key.close("priya")
    assert check("priya", [new], ORDINARY) is None
    empty_store.pseudonym_key.open("priya", "four words in a row")
    assert check("priya", [new], ORDINARY) == [5]


def test_with_nothing_listed_nothing_is_replaced(empty_store: StudyStore) -> None:
    a_named_desk(empty_store)
    empty_store.pseudonym_key.open("priya")
    with pytest.raises(DataRefused, match="No listed name"):
        empty_store.pseudonyms.replace("priya", ORDINARY)


def test_what_the_team_wrote_loses_names_and_who_met_keeps_theirs(
    empty_store: StudyStore,
) -> None:
    store = empty_store
    a_named_desk(store)
    with_names(store)
    (wave,) = store.study.waves()
    guest = Attender("Ms Thornlee", "Team manager")
    debrief = store.debriefs.begin(
        "di",
        Meeting(DebriefForm.DEBRIEF, "2025-06-02", (wave.id,), ("di",), (guest,)),
    )
    store.debriefs.actions.add(
        "di", debrief, NewAction("Ring Kezvara", owner="Ms Thornlee")
    )
    finding = store.findings.add("di", FindingWords("Adunola felt heard.", "Weak."))
    preview = store.pseudonyms.preview("priya", ORDINARY)
    told = {one.where: one.values for one in preview.wording}
    assert told["minutes of debriefs"] == 1
    assert told["findings and their earlier words"] == 1
    store.pseudonyms.replace("priya", ORDINARY)
    met = store.debriefs.debrief(debrief)
    assert met is not None
    assert "Ms Thornlee" in {one.name for one in met.attended}
    (action,) = met.actions
    assert (action.what, action.owner) == ("Ring Sorrel", "Ms Thornlee")
    (found,) = store.findings.all()
    assert found.id == finding.id
    assert found.words.statement == "Wren felt heard."


def test_every_table_that_is_looked_through_has_a_place_in_words() -> None:
    tables = [table.name for table, _ in wording_columns()]
    assert "finding" in tables
    assert all(told_as(table) for table in tables)
