"""The page that finds passages: words, codes, tables, quotations."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from debrief_study import a_study_to_debrief, add_interviews
from page_tests import everything_on, open_page

from coding.codebook import Code
from coding.coded_segments import CodedSegment, Segment
from coding.finding.code_relations import Relation
from data.tables import now


@pytest.fixture
def study(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    yield store, tmp_path / "study.sqlite"
    store.close()


def _code(store, name: str) -> str:
    return store.codebook.codebook().named(name).id


def _asking(store, first, relation="alone", second=(), **narrowed) -> str:
    return json.dumps(
        {
            "first": [_code(store, one) for one in first],
            "relation": relation,
            "second": [_code(store, one) for one in second],
            "narrowed": narrowed,
        }
    )


def _labels(page) -> list[str]:
    return [one.label for one in page.button]


def _drawn(page) -> str:
    """Everything on the page, our own markup as it was written."""
    return everything_on(page).replace('\\"', '"')


def _markup(page) -> str:
    """Our own markup alone, not yet read by a browser."""
    return "\n".join(one.proto.body for one in page.get("html"))


def _address(page, part: str) -> str:
    said = page.query_params[part]
    return said if isinstance(said, str) else said[0]


def _press_find(page) -> None:
    next(one for one in page.button if one.label == "Find").click().run()


def test_an_empty_study_is_told_what_will_be_here(empty_store, tmp_path) -> None:
    page = open_page("find_page", tmp_path / "study.sqlite")
    assert not page.exception
    assert "Nothing to find yet. Once transcripts are added" in everything_on(page)
    assert _labels(page) == ["Add transcripts"]


def test_without_a_codebook_words_are_found_and_codes_lead_there(
    empty_store, tmp_path
) -> None:
    add_interviews(empty_store, "lead")
    path = tmp_path / "study.sqlite"
    page = open_page("find_page", path, q="listened")
    assert "1 turn by 0 people in 1 source with listened." in everything_on(page)
    for what in ("codes", "together", "groups"):
        page = open_page("find_page", path, what=what)
        assert not page.exception
        assert "No codes yet." in everything_on(page)
        assert _labels(page) == ["Codebook"]


def test_words_stand_in_the_middle_with_the_way_to_their_place(study) -> None:
    page = open_page("find_page", study[1], "dee", what="words")
    page.text_input[0].input('"asked me" or "asked if"')
    _press_find(page)
    assert not page.exception
    words = _drawn(page)
    assert "2 turns by 1 person in 2 sources" in words
    assert "<b>asked me</b><span>\xa0what I wanted, not once.</span>" in words
    assert "Kestrel, Parent" in words
    assert r"Interview 1\, turn 3\, Wave 1" in words or "Interview 1, turn 3" in words
    store = study[0]
    (turn,) = [one.id for one in store.sources.summaries() if one.name == "Interview 1"]
    text = store.sources.read(turn).transcript.text
    assert f"at={text.index('asked me')}" in words
    assert _address(page, "q") == '"asked me" or "asked if"'


@pytest.mark.parametrize(
    "typed",
    [
        "worker " * 2_000,
        "?!,;",
        '"open',
        "NEAR(worker, 5)",
        "<img src=x onerror=alert(1)>",
        "\u202eworker\u202c",
        "👩‍👩‍👧",
        "*",
        "col:worker ^ + -",
    ],
)
def test_whatever_is_typed_is_answered_in_words(study, typed) -> None:
    page = open_page("find_page", study[1], "dee", what="words", q=typed)
    assert not page.exception
    drawn = _drawn(page)
    is_refused = "<h2>There is a problem</h2>" in drawn
    assert is_refused or "No turn has" in drawn or " turns by " in drawn
    assert "<img" not in _markup(page)
    page = open_page("find_page", study[1], "dee", what="quotation")
    page.text_area[0].input(typed)
    _press_find(page)
    assert not page.exception
    assert "<img" not in _markup(page)


def test_a_question_by_codes_is_said_back_with_its_answer(study) -> None:
    store, path = study
    ask = _asking(store, ["Being heard"], roles=["Parent"], waves=["Wave 1"])
    page = open_page("find_page", path, "dee", what="codes", find=ask)
    assert not page.exception
    words = _drawn(page)
    assert "Passages coded Being heard, Wave 1, Parent: 1 passage by 1 person." in words
    assert "Nobody asked me what I wanted, not once." in words
    assert "They read my words back to me" not in words
    assert "Kestrel, Parent, Wave 1" in words
    assert "coded by" in words


def test_choosing_on_the_page_changes_the_answer_and_the_address(study) -> None:
    store, path = study
    page = open_page("find_page", path, "dee", what="codes")
    assert "Choose at least one code" in everything_on(page)
    told = page.selectbox[0].proto.help
    assert all(one.returned in told for one in Relation)
    page.multiselect[0].set_value([_code(store, "Being heard")]).run()
    assert "Passages coded Being heard: 4 passages by 2 people" in everything_on(page)
    page.selectbox[0].set_value("or").run()
    assert "Choose the other codes" in everything_on(page)
    page.multiselect[1].set_value([_code(store, "Same worker")]).run()
    assert "Being heard or Same worker: 7 passages" in everything_on(page)
    kept = _address(page, "find")
    again = open_page("find_page", path, "dee", what="codes", find=kept)
    assert "Being heard or Same worker: 7 passages" in everything_on(again)


def test_a_heading_takes_in_the_codes_under_it_unless_told_not_to(study) -> None:
    store, path = study
    ask = _asking(store, ["Continuity"])
    page = open_page("find_page", path, "dee", what="codes", find=ask)
    assert "Continuity (with the codes under it): 4 passages" in everything_on(page)
    page.checkbox[0].uncheck().run()
    assert "Passages coded Continuity: 1 passage by 1 person." in everything_on(page)


@pytest.mark.parametrize(
    "address", ["{", "[]", '"x"', '{"first":"<b>"}', '{"first":["gone"]}', "null"]
)
def test_an_address_that_says_nothing_sensible_asks_anew(study, address) -> None:
    for what in ("codes", "together", "groups"):
        page = open_page(
            "find_page", study[1], "dee", what=what, find=address, table=address
        )
        assert not page.exception
        assert [one.label for one in page.multiselect if one.label.startswith("Codes")]


def test_numbers_of_a_table_lead_to_the_words_they_count(study) -> None:
    store, path = study
    page = open_page("find_page", path, "dee", what="groups")
    page.selectbox[0].set_value("role").run()
    assert not page.exception
    cells = {
        one.proto.label.replace("\\", ""): one.proto.query_string
        for one in page.get("page_link")
    }
    # Both workers and both parents speak of one worker who stays, or of being heard.
    assert "1 person, 2 passages" in cells
    for label, address in cells.items():
        answer = _drawn(open_page("find_page", path, "dee", **_asked_by(address)))
        people, passages = label.split(", ")
        said = f": {passages} by {people.replace('nobody', '0 people')}"
        assert said in answer, (label, address)


def _pairs_linked(page) -> list[str]:
    links = [one.proto.query_string for one in page.get("page_link")]
    return [one for one in links if "%22and%22" in one]


def _asked_by(link: str) -> dict[str, str]:
    return {name: value[0] for name, value in parse_qs(link).items()}


def test_codes_together_count_words_under_both(study) -> None:
    store, path = study
    lead = store.study.people()[0].id
    source = next(
        one.id for one in store.sources.summaries() if one.name == "Interview 1"
    )
    text = store.sources.read(source).transcript.text
    start = text.index("same worker came")
    store.coding.add_all(
        lead,
        [
            CodedSegment(
                "11111111-1111-4111-8111-111111111111",
                source,
                _code(store, "Being heard"),
                Segment(start, start + 16),
                lead,
                now(),
            )
        ],
    )
    page = open_page("find_page", path, "dee", what="together")
    assert not page.exception
    # Continuity holds Same worker, so that each two of the three share words.
    assert len(_pairs_linked(page)) == 3
    page.checkbox[0].uncheck().run()
    (both,) = _pairs_linked(page)
    answer = _drawn(open_page("find_page", path, "dee", **_asked_by(both)))
    assert "Words coded both" in answer
    assert "1 passage by 1 person" in answer
    assert "“same worker came”" in answer


def test_a_pasted_quotation_leads_to_its_place_with_differences_marked(study) -> None:
    page = open_page("find_page", study[1], "dee", what="quotation")
    page.text_area[0].input("“the same worker came each week [...] our names”")
    _press_find(page)
    assert not page.exception
    words = _drawn(page)
    assert "7 of 8 words stand there" in words
    assert '<del title="only in what was pasted">each</del>' in words
    assert '<ins title="only in the source">every</ins>' in words
    page.text_area[0].input("quarterly figures rose in the borough")
    _press_find(page)
    assert "Nothing near these words" in everything_on(page)


def test_names_of_codes_and_words_of_files_stay_text(study) -> None:
    store, path = study
    lead = store.study.people()[0].id
    bad = store.codebook.add(lead, Code("", "<script>1</script> ![x](http://y)"))
    ask = json.dumps({"first": [bad.id]})
    page = open_page("find_page", path, "dee", what="codes", find=ask)
    drawn = _markup(page)
    assert "&lt;script&gt;1" in drawn
    assert "<script>" not in drawn
    assert not [one for one in page.markdown if "<script>" in one.value]
