"""The page Two coders: differences first, then figures, and who codes what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from interview_desk import a_source, code_words, with_people
from page_tests import everything_on, open_page, words_on
from two_coders import both_through, given_blind

from data.problems import DataRefused
from data.storage import StudyStore


def _page(store: StudyStore, person_id: str, **address: str):
    app = open_page("coders_page", store.database.file, person_id, **address)
    assert not app.exception
    for one in app.button:
        if one.key == "open others":
            one.click().run()
            assert not app.exception
    return app


def test_an_empty_study_says_what_will_be_here(empty_store) -> None:
    app = _page(empty_store, "lead")
    assert "blind or open" in words_on(app)
    assert [one.label for one in app.button] == ["Add transcripts"]


def test_differences_lead_as_two_readings_side_by_side(empty_store) -> None:
    source, _, _ = both_through(empty_store)
    app = _page(empty_store, "priya")
    words = words_on(app)
    assert "3 passages marked: 1 alike, 2 differently, 0 of these settled." in words
    assert "Different codes" in words
    assert "Same code, other edges" in words
    assert '<mark class="first">she asked</mark>' in words
    assert '<mark class="second">and she asked</mark>' in words
    primary = [one.label for one in app.button if one.proto.type == "primary"]
    assert primary == ["Take over the 1 passage marked alike"]
    assert source in app.query_params["source"]


def test_a_source_is_settled_from_the_first_press_to_the_last(empty_store) -> None:
    source, same, _ = both_through(empty_store)
    app = _page(empty_store, "priya")
    app.button(key="take over").click().run()
    for one in empty_store.settling.read(source).undecided:
        app.radio(key=f"settle {one.key}").set_value("tom").run()
        app.text_input(key=f"why {one.key}").set_value("Nearer the definition.")
        app.button(key=f"save {one.key}").click().run()
        assert not app.exception
    app.button(key="close").click().run()
    assert "Settled by Priya Wetherall" in words_on(app)
    agreed = empty_store.settling.read(source).agreed
    assert [one.code_id for one in agreed] == [same, same, same]
    assert {one.decided_by for one in empty_store.settling.history(source)} == {
        "Priya Wetherall"
    }


def test_the_list_in_view_stays_chosen_after_a_decision(empty_store) -> None:
    source, _, _ = both_through(empty_store)
    app = _page(empty_store, "priya")
    first, *left = empty_store.settling.read(source).undecided
    assert left
    app.radio(key=f"settle {first.key}").set_value("tom").run()
    app.text_input(key=f"why {first.key}").set_value("Nearer the definition.")
    app.button(key=f"save {first.key}").click().run()
    (which,) = [one for one in app.radio if one.label == "Passages"]
    assert which.value == "To settle"
    assert f"To settle ({len(left)})" in which.options


def test_a_decision_without_a_reason_is_refused_in_words(empty_store) -> None:
    source, _, _ = both_through(empty_store)
    app = _page(empty_store, "tom")
    codes = next(
        one
        for one in empty_store.settling.read(source).undecided
        if one.kind.value == "codes"
    )
    app.radio(key=f"settle {codes.key}").set_value("neither").run()
    app.button(key=f"save {codes.key}").click().run()
    assert "The reason is missing." in words_on(app)
    assert empty_store.settling.history(source) == []


def test_another_code_and_other_words_are_found_near_the_passage(empty_store) -> None:
    source, _, heard = both_through(empty_store)
    app = _page(empty_store, "tom")
    [codes] = [
        one
        for one in empty_store.settling.read(source).undecided
        if one.kind.value == "codes"
    ]
    app.radio(key=f"settle {codes.key}").set_value("other").run()
    app.selectbox(key=f"other code {codes.key}").set_value(heard)
    app.text_area(key=f"other words {codes.key}").set_value("nobody said this")
    app.text_input(key=f"why {codes.key}").set_value("Both too short.")
    app.button(key=f"save {codes.key}").click().run()
    assert "do not stand near this passage" in words_on(app)
    app.text_area(key=f"other words {codes.key}").set_value("every week, and she asked")
    app.button(key=f"save {codes.key}").click().run()
    [made] = empty_store.settling.read(source).agreed
    text = empty_store.sources.read(source).transcript.text
    assert made.segment.quotation(text) == "every week, and she asked"


def test_figures_come_with_a_sentence_and_how_they_are_worked_out(empty_store) -> None:
    both_through(empty_store)
    app = _page(empty_store, "di", view="agreement")
    words = words_on(app)
    assert "The two coders agreed on" in words
    assert "too few to say how far the figures would stray" in words
    assert "p_A p_B + (1 - p_A)(1 - p_B)" in words
    assert "Fewer than 5 sentences marked" in words
    app.radio(key="unit of agreement").set_value("character").run()
    assert "55 characters" in words_on(app)


def test_who_only_debriefs_reads_and_settles_nothing(empty_store) -> None:
    both_through(empty_store)
    app = _page(empty_store, "di")
    assert "Different codes" in words_on(app)
    assert [one.label for one in app.button] == []


def test_the_text_is_shown_with_both_coders_marks(empty_store) -> None:
    source, _, _ = both_through(empty_store)
    app = _page(empty_store, "priya")
    app.toggle(key=f"overlay {source}").set_value(True).run()
    words = words_on(app)
    assert '<mark class="both" title="' in words
    assert "Being heard: Priya Wetherall" in words


def test_a_blind_coder_learns_nothing_of_the_other_here(empty_store) -> None:
    source, same, _ = given_blind(empty_store)
    empty_store.coding.apply("priya", source, [code_words("she asked", same)])
    seen = everything_on(_page(empty_store, "tom"))
    assert "codings hidden from you" in seen
    assert "1 coding" not in seen
    assert "1 coding" in everything_on(_page(empty_store, "priya"))


def test_sources_are_given_finished_and_taken_up_again(empty_store) -> None:
    source, _, _ = given_blind(empty_store)
    app = _page(empty_store, "tom")
    own = next(a for a in empty_store.coders.assignments() if a.coder_id == "tom")
    app.button(key=f"finish {own.id}").click().run()
    assert "You are done with P07 wave 1." in words_on(app)
    app.text_input(key=f"why again {own.id}").set_value("Missed a page.")
    app.button(key=f"reopen {own.id}").click().run()
    assert empty_store.coders.coders()[source].waiting == ("priya", "tom")
    app.selectbox(key="coder given to").set_value("lead")
    app.multiselect(key="sources given").set_value([source])
    next(one for one in app.button if one.label == "Give").click().run()
    assert "Robin Field has 1 transcript more." in words_on(app)
    assert len(empty_store.coders.assignments()) == 3


def test_whoever_opens_the_differences_is_told_first_that_it_ends_a_blind_pass(
    empty_store,
) -> None:
    source, _, _ = both_through(empty_store)
    app = open_page("coders_page", empty_store.database.file, "lead")
    words = everything_on(app)
    assert "cannot be given to you to code blind" in words
    assert "she asked" not in words
    primary = [one.label for one in app.button if one.proto.type == "primary"]
    assert primary == ["Open what each marked"]
    app.button(key="stay blind").click().run()
    assert app.radio(key="coders view").value == "who"
    assert empty_store.others_read.may_still_read_blind("lead", source)
    app.radio(key="coders view").set_value("differences").run()
    app.button(key="open others").click().run()
    assert "she asked" in everything_on(app)
    with pytest.raises(DataRefused, match="would not be blind"):
        empty_store.coders.give("tom", [source], "lead", blind=True)
    again = open_page("coders_page", empty_store.database.file, "lead")
    assert "she asked" in everything_on(again)


def test_names_are_shown_as_they_are_and_run_nothing(empty_store) -> None:
    source, same, heard = both_through(empty_store)
    for code_id, name in ((same, "<img src=x onerror=alert(1)>"), (heard, "![a](x)")):
        code = empty_store.codebook.codebook().by_id()[code_id]
        empty_store.codebook.change("priya", replace(code, name=name))
    for view in ("differences", "agreement", "who"):
        app = _page(empty_store, "priya", view=view)
        assert "<img src=x" not in words_on(app)


def test_names_to_choose_from_stand_as_they_were_written(empty_store) -> None:
    with_people(empty_store).sources.save("priya", [a_source("P_07 [wave 1]")])
    app = _page(empty_store, "priya")
    assert app.multiselect(key="sources given").options == ["P_07 [wave 1]"]


def test_a_study_with_one_coder_shows_who_codes_what(
    empty_store, tmp_path: Path
) -> None:
    with_people(empty_store).sources.save("priya", [a_source()])
    words = words_on(_page(empty_store, "priya"))
    assert "No transcript is coded by two people" in words
    assert "Give transcripts to a coder" in words
