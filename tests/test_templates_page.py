"""The page of interview records: what is read on it, and what is stored from it."""

from __future__ import annotations

import pytest
from interview_desk import an_operation
from page_tests import everything_on, open_page, words_on
from template_desk import PASSAGE, TemplateDesk
from two_coders import as_coded_blind

from coding.analysis_templates.drafting import DraftLine
from coding.analysis_templates.questions import AnswerKind
from coding.study import Person, Role
from workbench.actions.templates import reader_content
from workbench.actions.templates.completeness_reading import read_study
from workbench.actions.templates.record_reading import read_record
from workbench.widgets.templates import record_reader
from workbench.widgets.templates.completeness_table import cell_picked


@pytest.fixture
def desk(empty_store) -> TemplateDesk:
    return TemplateDesk(empty_store)


def _page(store, person="di", **address):
    page = open_page("templates_page", store.database.file, person, **address)
    assert not page.exception
    return page


def _record(desk, person="di", **address):
    return _page(desk.store, person, source=desk.source, **address)


def _starting(page, start, kind="button"):
    return next(one for one in getattr(page, kind) if str(one.key).startswith(start))


def _labelled(page, label):
    return next(one for one in page.button if one.label == label)


def test_a_template_is_made_and_published_on_an_empty_study(empty_store) -> None:
    page = _page(empty_store, "lead")
    assert "No template yet" in words_on(page)
    page.button(key="new template").click().run()
    page.button(key="save questions new").click().run()
    assert "It has no words" in words_on(page)
    page.text_input(key="heading new new question 1").set_value("q" * 3_000).run()
    page.button(key="save questions new").click().run()
    assert "3,000 characters; 200 are the most" in words_on(page)
    page.text_input(key="heading new new question 1").set_value("How often?").run()
    page.selectbox(key="kind new new question 1").set_value(AnswerKind.SCALE).run()
    page.text_area(key="choices new new question 1").set_value("Never\nAlways").run()
    page.button(key="add question new").click().run()
    page.text_input(key="heading new new question 2").set_value("By whom?").run()
    page.button(key="move up new new question 2").click().run()
    page.button(key="save questions new").click().run()
    (made,) = empty_store.analysis_templates.templates()
    asked = made.unpublished.questions
    assert [one.heading for one in asked] == ["By whom?", "How often?"]
    assert asked[1].choices == ("Never", "Always")
    page.button(key="publish template").click().run()
    assert "Version 1 is published" in words_on(page)
    # The study has no interview yet: what will be here is said.
    assert "No interview yet" in words_on(page)


def test_questions_are_changed_and_what_that_changes_is_said(desk) -> None:
    page = _page(desk.store)
    page.button(key="change template").click().run()
    of = f"{desk.template.id} {desk.template.version}"
    page.text_input(key=f"heading {of} {desk.trust}").set_value("Whose trust?").run()
    page.button(key=f"take out {of} {desk.worker}").click().run()
    page.button(key=f"save questions {of}").click().run()
    shown = words_on(page)
    assert "Reworded: was “What did that do for trust?”" in shown
    assert "Retired: “Was there one worker?”" in shown
    page.button(key="publish template").click().run()
    (template,) = desk.store.analysis_templates.templates()
    assert [one.id for one in template.newest.questions] == [desk.trust]


def test_an_answer_is_written_undone_and_put_back(desk) -> None:
    page = _record(desk, question=desk.trust)
    _starting(page, "answer typed", "text_area").set_value("<b>It grew.</b>").run()
    assert "words not saved" in words_on(page)
    # What is typed outlives closing the question.
    page.button(key=f"close {desk.trust}").click().run()
    page.button(key=f"open {desk.trust}").click().run()
    assert _starting(page, "answer typed", "text_area").value == "<b>It grew.</b>"
    _labelled(page, "Save answer").click().run()
    assert "Saved." in words_on(page)
    assert desk.record().answer(desk.trust).words.text == "<b>It grew.</b>"
    page = _record(desk, question="none")
    assert "&lt;b&gt;It grew." in words_on(page)
    page = _record(desk, question=desk.trust)
    _starting(page, "answer typed", "text_area").set_value("It shrank.").run()
    _labelled(page, "Save answer").click().run()
    _labelled(page, "Undo").click().run()
    assert desk.record().answer(desk.trust).words.text == "<b>It grew.</b>"
    assert "Earlier words (2)" in words_on(page)


def test_the_question_answered_stays_open_where_the_address_names_none(desk) -> None:
    desk.write("", question=desk.worker, choice="Yes")
    page = _record(desk)
    _starting(page, "answer typed", "text_area").set_value("It grew.").run()
    _labelled(page, "Save answer").click().run()
    # The last one without an answer: saved, nothing else would be open.
    assert desk.record().completeness(desk.template.newest).is_complete
    assert "Saved." in words_on(page)
    _labelled(page, "Undo").click().run()
    assert desk.record().answer(desk.trust).words.is_empty


def test_one_of_a_list_needs_a_choice_and_may_not_apply(desk) -> None:
    page = _record(desk, question=desk.worker)
    _starting(page, "answer typed", "text_area").set_value("She came.").run()
    _labelled(page, "Save answer").click().run()
    assert "none of the answers is chosen" in words_on(page)
    _starting(page, "choice typed", "radio").set_value("Yes").run()
    _labelled(page, "Save answer").click().run()
    assert desk.record().answer(desk.worker).words.in_words == "Yes. She came."
    page = _record(desk, question=desk.trust)
    _labelled(page, "Save that it does not apply").click().run()
    assert "why the question does not apply" in words_on(page)
    _starting(page, "reason", "text_input").set_value("Not a parent.").run()
    _labelled(page, "Save that it does not apply").click().run()
    assert "Does not apply" in words_on(_record(desk, question="none"))
    assert desk.record().completeness(desk.template.newest).is_complete


def test_two_people_at_one_answer_see_each_other(desk) -> None:
    page = _record(desk, question=desk.trust)
    _starting(page, "answer typed", "text_area").set_value("His.").run()
    desk.write("Hers.", who="priya", seen=0)
    _labelled(page, "Save answer").click().run()
    shown = words_on(page)
    assert "Someone else changed this" in shown or "wrote here while" in shown
    page.run()
    assert "Priya Wetherall wrote here while you were typing" in words_on(page)
    assert desk.record().answer(desk.trust).words.text == "Hers."
    _labelled(page, "Go on with mine").click().run()
    _labelled(page, "Save answer").click().run()
    answer = desk.record().answer(desk.trust)
    assert answer.words.text == "His."
    (earlier,) = desk.store.analysis_records.earlier(answer.id, reader_id="di")
    assert earlier.words.text == "Hers."


def test_a_draft_is_shown_as_one_until_it_is_confirmed(desk) -> None:
    lines = [DraftLine(desk.coded, "Its code is named by the question")]
    desk.store.analysis_records.draft("di", desk.place, {desk.trust: lines})
    page = _record(desk, question=desk.trust)
    shown = words_on(page)
    assert "Draft, not confirmed" in shown
    assert f"“{PASSAGE}”" in shown
    assert "Amira, turn 2, under Same worker" in shown
    assert _starting(page, "answer typed", "text_area").value == ""
    _labelled(page, "Confirm as the answer").click().run()
    answer = desk.record().answer(desk.trust)
    assert answer.words.text == f"“{PASSAGE}” (Amira, turn 2)"
    (one,) = desk.store.evidence.of(answer.holder, reader_id="di")
    assert one.thing_id == desk.coded
    assert "Draft, not confirmed" not in words_on(page)


def test_an_interview_with_nothing_coded_says_so(desk) -> None:
    gone = an_operation("uncode", segment_id=desk.coded)
    desk.store.coding.apply("priya", desk.source, [gone])
    page = _record(desk)
    page.button(key="draft record").click().run()
    assert "Nothing is coded in this interview yet" in words_on(page)


def test_a_click_on_a_passage_links_it_once(desk, monkeypatch) -> None:
    kept: dict[str, object] = {}
    fake = type("Session", (), {})
    monkeypatch.setattr(
        fake, "recall", staticmethod(lambda k, d=None: kept.get(k, d)), raising=False
    )
    monkeypatch.setattr(fake, "remember", staticmethod(kept.__setitem__), raising=False)
    monkeypatch.setattr(record_reader, "session", fake)
    di = desk.store.study.person("di")
    place = type("P", (), {"store": desk.store, "person": di})
    click = {"n": 1, "question": desk.trust, "passage": desk.coded, "linked": True}
    wrong = {**click, "n": 2, "passage": "no such"}
    asked = {"client": "b", "changes": [wrong, click, {"n": "x"}]}
    monkeypatch.setattr(
        record_reader.st, "session_state", {"record-reader": {"asked": asked}}
    )
    read = lambda: read_record(desk.store, desk.template, desk.source, di)  # noqa: E731
    assert record_reader.carry_out_clicks(place, read())
    ((number, words),) = kept["record clicks refused"]
    assert (number, "cannot be evidence" in words) == (2, True)
    assert [one.thing_id for one in read().evidence_of(desk.trust)] == [desk.coded]
    # The same message again does nothing again.
    lines = len(desk.store.audit.lines())
    assert not record_reader.carry_out_clicks(place, read())
    assert len(desk.store.audit.lines()) == lines
    asked["changes"] = [{**click, "n": 3, "linked": False}]
    assert record_reader.carry_out_clicks(place, read())
    assert read().evidence_of(desk.trust) == ()


def test_the_transcript_is_cut_where_passages_begin_and_end(desk) -> None:
    from workbench.actions.interviews.coding_desk import turns_of

    source = desk.store.sources.read(desk.source)
    passages = desk.store.analysis_records.passages(desk.source, reader_id="di")
    content = reader_content.reader_content(turns_of(source), passages)
    first, second = content["turns"]
    assert first[:3] == [1, "Interviewer", True]
    # The emoji before the passage is seven code points, and one letter to a reader.
    assert second[3] == [["👩‍👩‍👧‍👦 ", []], [PASSAGE, [0]], [", and she asked.", []]]
    assert content["passages"] == [[desk.coded, "Same worker", 2, True]]


def test_the_table_shows_who_is_where_and_leads_to_a_question(desk) -> None:
    desk.write("It grew.")
    desk.store.analysis_records.link("di", desk.place, desk.trust, [desk.coded])
    recode = an_operation("recode", segment_id=desk.coded, code_id=desk.heard)
    desk.store.coding.apply("priya", desk.source, [recode])
    study = read_study(desk.store, desk.template, desk.store.study.person("di"))
    (row,) = study.rows
    assert (row.wave, row.roles) == ("Wave 1", ("Parent",))
    assert row.cell(desk.worker) == "□ Empty"
    assert row.cell(desk.trust) == "▲ Evidence changed"
    assert study.in_words == "0 of 1 record complete, 1 begun."
    assert study.next_to_do() == (row, desk.worker)
    ids = [desk.worker, desk.trust]
    for cell, question in (("2. What did", desk.trust), ("Interview", "")):
        picked = {"selection": {"cells": [(0, cell)]}}
        assert cell_picked(picked, [row], ids) == (desk.source, question)
    assert cell_picked({"selection": {"cells": []}}, [row], ids) is None
    assert "Evidence changed" in everything_on(_page(desk.store))


def test_the_page_of_a_blind_coder_holds_no_word_of_the_record(desk) -> None:
    desk.write("Unmistakable sentence.")
    desk.write("Unmistakable, and later.")
    as_coded_blind(desk.store, desk.source)
    for who in ("tom", "priya"):
        row = read_study(desk.store, desk.template, desk.store.study.person(who)).rows[
            0
        ]
        assert (row.in_words, row.is_hidden) == ("Being coded blind", True)
        for page in (_page(desk.store, who), _record(desk, who)):
            assert "Unmistakable" not in everything_on(page)
    seen = everything_on(_record(desk, "lead", question=desk.trust))
    assert "Unmistakable" in seen
    # What was coded is shown to nobody meanwhile.
    assert "Same worker" not in seen


def test_who_cannot_write_reads(desk) -> None:
    desk.write("It grew.")
    nora = Person("nora", "Nora", Role.PRACTITIONER_RESEARCHER)
    desk.store.study.add_person("lead", nora)
    page = _record(desk, "nora")
    assert "You can read here and not write" in words_on(page)
    assert "It grew." in words_on(page)
    assert "Save answer" not in [one.label for one in page.button]


def test_a_record_is_moved_deliberately_and_says_what_that_changes(desk) -> None:
    desk.write("It grew.")
    desk.write("", question=desk.worker, choice="Yes")
    desk.reworded()
    page = _record(desk)
    shown = words_on(page)
    assert "Its answer stays, marked as given to the earlier wording." in shown
    assert "Its answer stays with the record, under “No longer asked”." in shown
    page.button(key="move record").click().run()
    assert desk.record().number == 2
    page = _record(desk, question=desk.trust)
    shown = words_on(page)
    assert "Answered under version 1" in shown
    assert "No longer asked (1)" in shown
    _labelled(page, "It answers the new wording too").click().run()
    assert desk.record().answer(desk.trust).asked_in == 2


def test_the_address_of_an_answer_leads_to_it(desk) -> None:
    answer = desk.write("It grew.")
    page = _page(desk.store, answer=answer.id)
    assert page.query_params["source"] == desk.source
    assert page.query_params["question"] == desk.trust
    gone = _page(desk.store, source="no such source")
    assert "it is gone or withdrawn" in words_on(gone)
