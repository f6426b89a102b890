"""Analysis templates in the store: versions, records, what may be read and kept."""

from __future__ import annotations

import pytest
from interview_desk import WORDS, a_source, an_operation
from template_desk import PASSAGE, TRUST, TemplateDesk
from two_coders import as_coded_blind

from coding.analysis_templates.comparing import ChangeKind, changes_between
from coding.analysis_templates.completeness import AnswerState
from coding.analysis_templates.drafting import DraftLine
from coding.analysis_templates.questions import AnswerKind, Question
from coding.study import Person, Role
from coding.withdrawing.withdrawn_words import TakenBack
from data.people_rights.withdrawal import Kind, Reason
from data.problems import DataRefused
from data.rights import Right
from data.storage.analysis_templates.template_records import AnswerWords, RecordPlace
from data.storage.evidence.evidence_records import (
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
)
from data.storage.people_rights.quoted_words import clear_quotations
from data.storage.people_rights.what_goes import Goes
from workbench.actions.evidence.worked_out import worked_out_things


@pytest.fixture
def desk(empty_store) -> TemplateDesk:
    return TemplateDesk(empty_store)


def _found(refused) -> str:
    return " ".join(one.found for one in refused.value.problems)


def test_a_question_keeps_its_identity_and_answers_stay(desk) -> None:
    desk.write("It grew.")
    desk.write("", question=desk.worker, choice="Yes")
    first = desk.template.newest
    second = desk.reworded().newest
    assert (first.number, second.number) == (1, 2)
    kinds = [one.kind for one in changes_between(first.questions, second.questions)]
    assert kinds == [ChangeKind.ADDED, ChangeKind.REWORDED, ChangeKind.RETIRED]
    # The record stays where it is until somebody moves it.
    assert desk.record().number == 1
    moved = desk.store.analysis_records.move("di", desk.record(), desk.template)
    assert moved.number == 2
    answer = moved.answer(desk.trust)
    assert (answer.words.text, answer.asked_in) == ("It grew.", 1)
    assert moved.answer(desk.worker).words.choice == "Yes"
    assert moved.completeness(second).in_words == "1 of 2 answered, 1 empty"
    # Nobody answers what is no longer asked.
    with pytest.raises(DataRefused, match="does not ask"):
        desk.write("", question=desk.worker, choice="No")
    held = desk.store.analysis_records.still_holds("di", answer, desk.place)
    assert held.asked_in == 2
    # One version is worked on at a time, and published ones stay as they are.
    with pytest.raises(DataRefused, match="No question was changed"):
        desk.store.analysis_templates.publish("di", desk.template)
    assert desk.template.numbered(1) == first


def test_a_bad_template_is_refused_with_everything_that_is_wrong(desk) -> None:
    templates = desk.store.analysis_templates
    with pytest.raises(DataRefused) as refused:
        templates.add("di", "Empty", [])
    assert "no question" in _found(refused)
    bad = [
        Question("", "q" * 3_000),
        Question("", " "),
        Question("", "Which?", kind=AnswerKind.SCALE, choices=("One",)),
    ]
    with pytest.raises(DataRefused) as refused:
        templates.add("di", "Bad", bad)
    assert [one.where for one in refused.value.problems] == [
        "Question 1",
        "Question 2",
        "Question 3",
    ]
    assert "3,000 characters; 200 are the most" in _found(refused)
    with pytest.raises(DataRefused, match="Another template"):
        templates.add("di", "interview", [TRUST])
    assert len(templates.templates()) == 1
    # Whoever saw an older state of it changes nothing.
    seen = desk.template
    desk.reworded()
    with pytest.raises(DataRefused, match="Someone else"):
        templates.change("priya", seen, "Interview", [TRUST])
    templates.put_away("di", desk.template)
    assert (templates.templates(), len(templates.templates(put_away=True))) == ([], 1)


def test_a_change_that_is_not_published_can_be_dropped(desk) -> None:
    templates = desk.store.analysis_templates
    changed = templates.change("di", desk.template, "Interview", [TRUST])
    assert changed.unpublished is not None
    assert changed.newest == desk.template.newest
    dropped = templates.drop_changes("di", changed)
    assert dropped.unpublished is None
    made = templates.add("di", "Another", [TRUST])
    with pytest.raises(DataRefused, match="published yet"):
        desk.store.analysis_records.record(RecordPlace(made.id, desk.source))


def test_two_people_never_overwrite_each_other(desk) -> None:
    first = desk.write("Hers.", who="priya")
    with pytest.raises(DataRefused, match="Someone else"):
        desk.write("His.", seen=0)
    second = desk.write("His, after hers.", seen=first.version)
    (earlier,) = desk.store.analysis_records.earlier(second.id, reader_id="di")
    assert (earlier.words.text, earlier.written_by) == ("Hers.", "Priya Wetherall")
    back = desk.store.analysis_records.put_back("di", second, 1, desk.place)
    assert (back.words.text, back.version) == ("Hers.", 3)
    said = desk.store.analysis_records.earlier(second.id, reader_id="di")
    assert [one.words.text for one in said] == ["His, after hers.", "Hers."]
    empty = desk.store.analysis_records.put_back("di", back, 0, desk.place)
    assert empty.state is AnswerState.EMPTY


def test_an_answer_that_does_not_fit_is_refused(desk) -> None:
    with pytest.raises(DataRefused, match="longer than 10,000"):
        desk.write("x" * 10_001)
    for wrong, why in (
        ({"choice": "Perhaps"}, "not one of those"),
        ({"is_not_applicable": True}, "why the question does not apply"),
    ):
        with pytest.raises(DataRefused, match=why):
            desk.write("", question=desk.worker, **wrong)
    with pytest.raises(DataRefused, match="none of the answers is chosen"):
        desk.write("She came.", question=desk.worker)
    assert desk.record().id == ""
    done = desk.write(
        "", question=desk.worker, is_not_applicable=True, reason="Not a parent."
    )
    assert done.state is AnswerState.NOT_APPLICABLE
    assert done.words.in_words == "Does not apply: Not a parent."
    nora = Person("nora", "Nora", Role.PRACTITIONER_RESEARCHER)
    desk.store.study.add_person("lead", nora)
    with pytest.raises(DataRefused, match="cannot write what the study found"):
        desk.write("Mine.", who="nora", seen=0)


def test_a_draft_is_no_answer_and_stands_in_nobodys_way(desk) -> None:
    records = desk.store.analysis_records
    lines = [DraftLine(desk.coded, "Its code is named by the question")]
    assert records.draft("priya", desk.place, {desk.trust: lines}) == 1
    answer = desk.record().answer(desk.trust)
    assert (answer.state, answer.version) == (AnswerState.DRAFTED, 0)
    state = {EvidenceKind.TEMPLATE_ANSWER: answer.id}
    holder = Holder(HolderKind.FINDING, "f")
    with pytest.raises(DataRefused, match="cannot be evidence"):
        desk.store.evidence.link(
            "di", holder, [NewEvidence(kind, one) for kind, one in state.items()]
        )
    written = records.write(
        "di",
        desk.place,
        desk.trust,
        AnswerWords("Rewritten."),
        seen_version=0,
        quotations=[desk.coded],
    )
    assert (written.state, written.draft) == (AnswerState.WRITTEN, ())
    (one,) = desk.store.evidence.of(written.holder, reader_id="di")
    assert (one.thing_id, one.now.words) == (desk.coded, PASSAGE)
    # What a person wrote is not drafted over.
    assert records.draft("di", desk.place, {desk.trust: lines}) == 0
    desk.store.evidence.link(
        "di", holder, [NewEvidence(EvidenceKind.TEMPLATE_ANSWER, written.id)]
    )
    (rests,) = desk.store.evidence.of(holder, reader_id="di")
    assert rests.now.name == "P07 wave 1, What did that do for trust?"
    di = desk.store.study.person("di")
    (offered,) = worked_out_things(desk.store, di, EvidenceKind.TEMPLATE_ANSWER)
    assert (offered.thing_id, offered.words) == (written.id, "Rewritten.")
    desk.write("Worded anew.")
    (rests,) = desk.store.evidence.of(holder, reader_id="di")
    assert "its words were changed" in rests.warning


def test_what_becomes_of_a_quotation_is_told_at_the_answer(desk) -> None:
    records = desk.store.analysis_records
    holder = records.link("di", desk.place, desk.trust, [desk.coded])
    recode = an_operation("recode", segment_id=desk.coded, code_id=desk.heard)
    desk.store.coding.apply("priya", desk.source, [recode])
    (one,) = desk.store.evidence.of(holder, reader_id="di")
    assert "was Same worker, is Being heard now" in one.warning
    # A record rests on its own interview alone.
    (other,) = desk.store.sources.save(
        "priya", [a_source("P08 wave 1", WORDS + " Twice.")]
    )
    with pytest.raises(DataRefused, match="own interview"):
        records.link(
            "di", RecordPlace(desk.template.id, other), desk.trust, [desk.coded]
        )


def test_a_blind_coder_reads_no_word_of_the_record(desk) -> None:
    records = desk.store.analysis_records
    answer = desk.write("Unmistakable.", who="lead")
    desk.write("Unmistakable, later.", who="lead")
    as_coded_blind(desk.store, desk.source)
    for reader in ("priya", "tom", None):
        hidden = desk.record(reader)
        assert (hidden.is_hidden, hidden.answers) == (True, {})
        assert records.records(desk.template.id, reader_id=reader)[
            desk.source
        ].is_hidden
        assert records.earlier(answer.id, reader_id=reader) == []
        assert records.passages(desk.source, reader_id=reader) == []
    assert desk.record("lead").answer(desk.trust).words.text.startswith("Unmist")
    assert records.passages(desk.source, reader_id="lead") == []
    with pytest.raises(DataRefused, match="You code this transcript blind"):
        desk.write("Mine.", who="tom", seen=2)
    for act in (
        lambda: records.link("lead", desk.place, desk.trust, [desk.coded]),
        lambda: records.draft("lead", desk.place, {desk.trust: []}),
    ):
        with pytest.raises(DataRefused, match="being coded blind"):
            act()


def test_a_withdrawn_source_takes_its_record_out_and_brings_it_back(desk) -> None:
    answer = desk.write("It grew.")
    holder = Holder(HolderKind.FINDING, "f")
    desk.store.evidence.link(
        "di", holder, [NewEvidence(EvidenceKind.TEMPLATE_ANSWER, answer.id)]
    )
    withdrawals = desk.store.withdrawals
    about = withdrawals.find(Kind.SOURCE, desk.source)
    withdrawals.withdraw("priya", about, Reason.PERSON_ASKED, "2025-06-01")
    assert desk.store.analysis_records.records(desk.template.id) == {}
    with pytest.raises(DataRefused, match="withdrawn"):
        desk.write("More.", seen=1)
    (one,) = desk.store.evidence.of(holder, reader_id="di")
    assert ("withdrawn" in one.warning, one.now.words) == (True, "")


def test_an_audit_line_holds_no_word_of_an_answer(desk) -> None:
    desk.write("Unmistakable words.")
    lines = desk.store.audit.lines()
    assert any(one.action == "answer written" for one in lines)
    assert "Unmistakable" not in " ".join(map(str, lines))


def test_an_erased_source_takes_its_record_and_its_words_elsewhere_along(desk) -> None:
    store = desk.store
    desk.write(f"“{PASSAGE}” (Amira)")
    desk.write("Changed since.")
    (other,) = store.sources.save("priya", [a_source("P08", WORDS + " Twice.")])
    place = RecordPlace(desk.template.id, other)
    store.analysis_records.write(
        "di", place, desk.trust, AnswerWords(f"As in P07: “{PASSAGE}”."), seen_version=0
    )
    with store.database.reading() as session:
        goes = Goes(session)
        goes.add("source", [(desk.source,)])
        for table in ("analysis_record", "analysis_answer", "analysis_words"):
            assert len(goes.removed[table]) == 1, table
    taken = TakenBack([PASSAGE])
    with store.database.writing("lead", Right.ERASE) as writing:
        found = clear_quotations(
            writing.session,
            taken,
            Goes(writing.session),
            keep=False,
            tell=lambda _done, _words: None,
        )
        writing.record("cleared")
    assert found["analysis_answer"] == 1
    left = store.analysis_records.record(place, reader_id="di").answer(desk.trust)
    assert PASSAGE not in left.words.text
    # Whoever has the answer open has to open it again.
    assert left.version == 2
