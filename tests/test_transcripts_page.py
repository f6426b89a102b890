"""The transcripts page: an empty study teaches, files are shown before saving."""

from __future__ import annotations

from pathlib import Path

import pytest
from interview_desk import (
    PRIYA,
    WORDS,
    a_desk,
    a_source,
    an_operation,
    code_words,
    segment_of,
    with_people,
)
from page_tests import open_page, words_on
from streamlit.testing.v1 import AppTest

from coding.study import Participant
from data.storage import StudyStore
from workbench.actions.interviews import sources
from workbench.actions.interviews.sources import WhoWrote


def _page(store: StudyStore, person: str = "priya") -> AppTest:
    app = open_page("transcripts_page", store.database.file or "", person)
    assert not app.exception
    return app


def _labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def _adding(app: AppTest, what: str) -> AppTest:
    app.button(key=f"add {what}").click().run()
    assert not app.exception
    return app


def test_an_empty_study_says_what_will_be_here_and_how_to_begin(
    empty_store: StudyStore,
) -> None:
    app = _page(with_people(empty_store))
    assert "No transcripts yet" in words_on(app)
    assert _labels(app) == ["Add transcripts", "Add a table of comments"]


def test_who_may_not_add_transcripts_is_told_who_does(empty_store: StudyStore) -> None:
    app = _page(with_people(empty_store), "di")
    assert _labels(app) == []
    assert "An embedded researcher does" in words_on(app)


def test_the_list_says_what_each_transcript_holds(empty_store: StudyStore) -> None:
    source, same, _ = a_desk(empty_store)
    empty_store.coding.apply("priya", source, [code_words("same worker", same)])
    words = words_on(_page(empty_store))
    assert "P07 wave 1" in words
    assert "Wave 1" in words
    assert "Interview, 3 May 2025" in words
    assert "Amira" in words
    assert "1 passage<" in words
    assert "15 words" in words
    assert "1 source, 1 of them coded." in words


def test_the_list_says_how_many_comments_and_interviews_are_not_coded(
    empty_store: StudyStore,
) -> None:
    _, same, _ = a_desk(empty_store)
    table = b"id,comment\n1,The same worker came\n2,They listened\n3,Thank you\n"
    comments = sources.comment_sources(
        sources.read_comments("survey.csv", table, text_column="comment"), "survey.csv"
    )
    first, *_ = sources.import_sources(empty_store, PRIYA, comments)
    place = segment_of("same worker", empty_store.sources.read(first).transcript.text)
    coding = an_operation(
        "code",
        segment_id="passage",
        start=place.start,
        end=place.end,
        code_id=same,
    )
    empty_store.coding.apply("priya", first, [coding])
    words = words_on(_page(empty_store))
    assert words.index("3 comments<") < words.index("2 of 3 not coded<")
    assert words.index("2 of 3 not coded<") < words.index("1 passage<")
    assert "1 of 1 interview and 2 of 3 survey comments are not coded yet." in words


def test_names_that_look_like_markup_are_shown_as_they_are(
    empty_store: StudyStore,
) -> None:
    with_people(empty_store)
    name = "<script>alert(1)</script> ![x](http://x.test/a.png)"
    empty_store.sources.save("priya", [a_source(name)])
    # As someone who only reads: forms show names in boxes, which never read markup.
    words = words_on(_page(empty_store, "di"))
    assert "<script>alert(1)" not in words
    assert "![x](http" not in words


def test_a_file_is_shown_as_understood_and_saved_on_request(
    empty_store: StudyStore,
) -> None:
    app = _adding(_page(with_people(empty_store)), "transcripts")
    app.file_uploader[0].upload("P07 wave 2.txt", WORDS.encode(), "text/plain").run()
    assert not app.exception
    words = words_on(app)
    assert "2 turns, 2 speakers, 15 words" in words
    assert empty_store.sources.summaries() == []
    save = app.button(key="save sources")
    assert save.label == "Add 1 transcript"
    save.click().run()
    assert not app.exception
    (saved,) = empty_store.sources.summaries()
    # The wave was read from the file's name, the person from the label.
    assert (saved.name, saved.wave) == ("P07 wave 2", "Wave 2")
    assert saved.people == ("Mum, P07 wave 2",)
    assert "Saved. 1 source" in words_on(app)


def test_a_file_that_is_there_already_is_refused_before_saving(
    empty_store: StudyStore,
) -> None:
    a_desk(empty_store)
    app = _adding(_page(empty_store), "transcripts")
    app.file_uploader[0].upload("again.txt", WORDS.encode(), "text/plain").run()
    assert not app.exception
    assert "already holds this text" in words_on(app)
    assert _labels(app) == ["Cancel"]


def test_a_broken_file_is_told_and_the_other_can_still_be_added(
    empty_store: StudyStore,
) -> None:
    app = _adding(_page(with_people(empty_store)), "transcripts")
    app.file_uploader[0].set_value(
        [
            ("good.txt", WORDS.encode(), "text/plain"),
            ("empty.txt", b"", "text/plain"),
        ]
    ).run()
    assert not app.exception
    words = words_on(app)
    assert "empty.txt" in words
    assert "There is a problem" in words
    assert app.button(key="save sources").label == "Add 1 transcript"


@pytest.mark.shared_data
def test_a_table_of_comments_comes_in_through_the_page(
    empty_store: StudyStore, shared_data: Path
) -> None:
    app = _adding(_page(with_people(empty_store)), "comments")
    content = (shared_data / "report-quotes.csv").read_bytes()
    app.file_uploader[0].upload("report-quotes.csv", content, "text/csv").run()
    assert not app.exception
    assert "37 comments" in words_on(app)
    app.radio[0].set_value(WhoWrote.NOT_KNOWN).run()
    app.button(key="save sources").click().run()
    assert not app.exception
    assert len(empty_store.sources.summaries()) == 37


def test_a_table_whose_words_are_not_found_asks_for_the_column(
    empty_store: StudyStore,
) -> None:
    app = _adding(_page(with_people(empty_store)), "comments")
    table = b"id,said at the end\n1,Thank you\n2,They listened\n"
    app.file_uploader[0].upload("exit.csv", table, "text/csv").run()
    assert not app.exception
    assert "There is a problem" in words_on(app)
    app.text_input[0].input("said at the end").run()
    assert not app.exception
    app.radio[0].set_value(WhoWrote.EACH_ONE_PERSON).run()
    assert app.button(key="save sources").label == "Add 2 comments"


def test_comments_are_added_only_once_it_is_said_who_they_count_as(
    empty_store: StudyStore,
) -> None:
    app = _adding(_page(with_people(empty_store)), "comments")
    table = b"id,comment\n1,Thank you\n2,They listened\n"
    app.file_uploader[0].upload("exit.csv", table, "text/csv").run()
    assert app.radio[0].value is None
    assert "Say who the comments count as" in words_on(app)
    assert "Add 2 comments" not in _labels(app)
    app.radio[0].set_value(WhoWrote.NOT_KNOWN).run()
    assert "Say who the comments count as" not in words_on(app)
    app.button(key="save sources").click().run()
    assert not app.exception
    assert [one.people for one in empty_store.sources.summaries()] == [(), ()]


def test_a_column_of_participants_says_who_the_comments_count_as(
    empty_store: StudyStore,
) -> None:
    app = _adding(_page(with_people(empty_store)), "comments")
    table = b"id,comment,participant\n1,Thank you,Amira\n2,They listened,Amira\n"
    app.file_uploader[0].upload("exit.csv", table, "text/csv").run()
    assert app.radio[0].value == WhoWrote.NAMED_IN_COLUMN
    assert "Add 2 comments" in _labels(app)


def test_cancel_leaves_the_form_and_saves_nothing(empty_store: StudyStore) -> None:
    app = _adding(_page(with_people(empty_store)), "transcripts")
    app.button(key="leave import").click().run()
    assert not app.exception
    assert "No transcripts yet" in words_on(app)


def test_a_speaker_nobody_named_yet_is_named_by_hand(empty_store: StudyStore) -> None:
    with_people(empty_store)
    (source,) = empty_store.sources.save("priya", [a_source(mappings=())])
    empty_store.study.save_participants("priya", [Participant("", "Amira", "Parent")])
    app = _page(empty_store)
    assert "who is Mum?" in words_on(app)
    who = app.selectbox(key=f"who {source} 1 1")
    assert who.value == "not known yet"
    who.set_value("Amira").run()
    app.button(key="save who").click().run()
    assert not app.exception
    (summary,) = empty_store.sources.summaries()
    assert (summary.people, summary.unmapped) == (("Amira",), ())


def test_a_table_says_who_is_who(empty_store: StudyStore) -> None:
    with_people(empty_store)
    empty_store.sources.save("priya", [a_source(mappings=())])
    app = _page(empty_store)
    table = b"file,participant,role\nP07 wave 1.txt,Amira,Parent\n"
    app.file_uploader[0].upload("who.csv", table, "text/csv").run()
    assert not app.exception
    app.button(key="apply attributes").click().run()
    assert not app.exception
    assert "1 participant in 1 source" in words_on(app)
    assert empty_store.sources.summaries()[0].people == ("Amira",)
