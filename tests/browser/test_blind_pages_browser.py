"""The codings of a code in a browser: shown when opened, noted then, hidden blind."""

from __future__ import annotations

from pathlib import Path

import pytest
from interview_desk import a_desk, a_source, code_words

APP = Path(__file__).parents[2] / "workbench" / "served.py"
PASSAGE = "The same worker came every week"
LIKE_IT = "Interviewer: And?\n\nMum: The same worker came to us each week at home."


@pytest.fixture
def study(empty_store, environment):
    store = empty_store
    source, same, _ = a_desk(store)
    coded = code_words(PASSAGE, same)
    store.coding.apply("priya", source, [coded])
    code = store.codebook.codebook().by_id()[same]
    store.code_changes.pick_example("priya", same, code.version, coded.segment_id)
    store.sources.save("priya", [a_source("P08 wave 1", LIKE_IT, mappings=())])
    return store, source, same, environment


def _open(serve, open_page, environment, address: str):
    page = open_page(f"{serve(APP, environment=environment).url}{address}")
    page.get_by_role("button", name="Tom Ibbotson").click()
    return page


def test_codings_come_when_they_are_opened_and_are_noted_as_read(
    study, serve, open_page
) -> None:
    store, source, same, environment = study
    page = _open(serve, open_page, environment, f"codebook?code={same}")
    page.get_by_role("heading", name="Same worker").wait_for()
    coded_by = page.get_by_text("coded by Priya Wetherall")
    assert coded_by.count() == 0
    assert store.others_read.may_still_read_blind("tom", source)
    page.get_by_text("Its codings (1)").click()
    coded_by.wait_for()
    assert not store.others_read.may_still_read_blind("tom", source)


def test_a_blind_coder_is_told_what_is_hidden_and_left_out(
    study, serve, open_page
) -> None:
    store, source, same, environment = study
    store.coders.give("lead", [source], "tom", blind=True)
    page = _open(serve, open_page, environment, f"codebook?code={same}")
    page.get_by_text("1 example is hidden until all who code").wait_for()
    assert page.get_by_text(PASSAGE).count() == 0
    page.get_by_role("link", name="More like this").click()
    page.get_by_text("Left out: 1 transcript that you code blind.").wait_for()
    page.get_by_role("link", name="P08 wave 1: turn 2").wait_for()
    assert page.get_by_text(PASSAGE).count() == 0
