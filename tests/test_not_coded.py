"""What is coded, counted alike wherever it is told, and what each count leaves out."""

from __future__ import annotations

import html
import re

import pytest
from interview_desk import a_source, code_words
from page_tests import open_page, words_on
from two_coders import as_coded_blind, both_through, given_blind

from coding.transcripts import SourceKind
from data.storage import StudyStore
from workbench.actions.interviews.not_coded import Coded, SourcesLeft, sources_left

LEFT_OUT = "being coded blind, left out until its coders are done"


def test_what_is_coded_blind_is_not_called_not_coded() -> None:
    left = sources_left(
        [
            ("Ada", SourceKind.INTERVIEW, Coded.YES),
            ("Bo", SourceKind.INTERVIEW, Coded.NOT),
            ("Cy, notes", SourceKind.OBSERVATION, Coded.BLIND),
            ("Comment 1", SourceKind.SURVEY_COMMENT, Coded.BLIND),
            ("Comment 2", SourceKind.SURVEY_COMMENT, Coded.NOT),
        ]
    )
    assert left.in_words == (
        "1 of 3 interviews and observations and 1 of 2 survey comments are not coded "
        "yet. 1 of 3 interviews and observations and 1 of 2 survey comments are being "
        "coded blind, left out until their coders are done"
    )
    *_, blind = left.as_points()
    assert blind.endswith("left out until their coders are done: Cy, notes.")
    assert "Cy" not in "".join(left.as_points()[:-1])
    assert SourcesLeft(blind_comments=1)
    assert not SourcesLeft(spoken=3)


@pytest.fixture
def three(empty_store: StudyStore) -> StudyStore:
    """One source coded openly, one being coded blind with passages, one not begun."""
    _, same, _ = given_blind(empty_store)
    blind = empty_store.sources.summaries()[0].id
    empty_store.coding.apply("priya", blind, [code_words("she asked", same)])
    coded, _ = empty_store.sources.save(
        "priya",
        [
            a_source("Open", "Mum: The same worker came."),
            a_source("Not begun", "Dad: Nobody came."),
        ],
    )
    at = code_words("worker", same)
    words = "Mum: The same worker came."
    start = words.index("worker")
    placed = at.__class__(
        at.client,
        at.sequence,
        at.kind,
        segment_id=at.segment_id,
        code_id=same,
        start=start,
        end=start + 6,
    )
    empty_store.coding.apply("priya", coded, [placed])
    return empty_store


@pytest.mark.parametrize("person", ["lead", "priya", "tom", "di"])
def test_home_themes_debrief_and_transcripts_count_alike(
    three: StudyStore, person: str
) -> None:
    study = three.database.file or ""
    home, themes, debrief, transcripts = (
        html.unescape(words_on(open_page(f"{page}_page", study, person)))
        for page in ("home", "themes", "debrief", "transcripts")
    )
    assert "1 of 3 coded, 1 being coded blind and left out until its" in home
    assert "1 passage, " in home
    assert "; 1 being coded blind and left out" in home
    assert "3 sources, 1 of them coded." in themes
    assert "3 sources, 1 of them coded." in transcripts
    for page in (themes, transcripts, debrief):
        assert "1 of 3 interviews is not coded" in page
        assert f"1 of 3 interviews is {LEFT_OUT}" in page
    named = re.search(r"1 of 3 interviews not coded: ([^.]*)\.", debrief)
    assert named
    assert named[1] == "Not begun"
    assert f"{LEFT_OUT}: P07 wave 1." in debrief


def test_a_study_coded_blind_alone_says_so_where_themes_would_stand(
    empty_store: StudyStore,
) -> None:
    source, *_ = given_blind(empty_store)
    as_coded = empty_store.coders.coded_blind()
    assert as_coded == {source}
    words = words_on(open_page("themes_page", empty_store.database.file or "", "di"))
    assert f"is {LEFT_OUT}." in words


def test_the_debrief_names_the_sources_read_as_their_coders_settled_them(
    empty_store: StudyStore,
) -> None:
    source, *_ = both_through(empty_store)
    study = empty_store.database.file or ""
    assert "settled between them" not in words_on(open_page("debrief_page", study))
    from test_settling import _settle_all

    _settle_all(empty_store, source)
    empty_store.settling.close("priya", source)
    for page in ("debrief_page", "themes_page"):
        words = words_on(open_page(page, study))
        assert "what the coders settled between them is counted: P07 wave 1." in words
    agreed = len(empty_store.coding.settled())
    assert f"{agreed} passages, " in words_on(open_page("home_page", study))


def test_who_was_given_sources_reads_their_names_and_that_they_are_blind(
    empty_store: StudyStore,
) -> None:
    source, *_ = given_blind(empty_store)
    others = empty_store.sources.save(
        "priya",
        [a_source(f"A{n} interview", f"Mum: We met {n} times.") for n in range(4)],
    )
    empty_store.coders.give("lead", others, "priya", blind=False)
    study = empty_store.database.file or ""
    home = open_page("home_page", study, "priya")
    assert "5 waiting for you" in words_on(home)
    links = [one.proto.label for one in home.get("page_link")]
    assert links.count("A0 interview") == 1
    assert "and 2 more" in words_on(home)
    reading = words_on(open_page("code_page", study, "priya"))
    assert (
        "Given to you to code: A0 interview; A1 interview; A2 interview; and 2 more."
        in reading
    )
    tom = words_on(open_page("code_page", study, "tom"))
    assert "Given to you to code: P07 wave 1, blind." in tom
    assert "given to you" not in words_on(open_page("home_page", study, "di")).lower()
    empty_store.coders.finish("tom", source)
    assert "Given to you" not in words_on(open_page("code_page", study, "tom"))


def test_a_source_already_coded_is_told_blind_once_it_is_given_blind(
    three: StudyStore,
) -> None:
    coded = next(one for one in three.sources.summaries() if one.name == "Open")
    assert not coded.is_coded_blind
    as_coded_blind(three, coded.id)
    again = next(one for one in three.sources.summaries() if one.name == "Open")
    assert again.is_coded_blind
    counts = three.progress.counts()
    assert (counts.sources_coded, counts.sources_blind) == (0, 2)
