"""Whoever has read others' codings, on whichever page, is given no blind pass there."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from page_tests import open_page
from quoting_desk import QuotingDesk
from rights_desk import ADA_ALONE, ALONE, code
from two_coders import as_coded_blind

from coding.codebook import Code
from data.problems import DataRefused
from data.storage.coders.others_read import OTHERS_OPENED
from data.storage.framework.framework_records import CellPlace
from workbench.actions.framework.cell_reading import open_cell
from workbench.actions.framework.matrix_reading import read_matrix
from workbench.session import Place
from workbench.widgets.finding.table_download import every_coding


@pytest.fixture
def desk(empty_store) -> QuotingDesk:
    return QuotingDesk(empty_store)


def _draw(desk: QuotingDesk, page: str, who: str = "tom", **address: str):
    file = desk.store.database.file or ""
    app = open_page(f"{page}_page", file, who, **address)
    assert not app.exception
    return app


def _find(desk: QuotingDesk, who: str = "tom") -> None:
    asked = json.dumps({"first": [desk.ids["heard"]], "relation": "alone"})
    _draw(desk, "find", who, what="codes", find=asked)


def _codings(desk: QuotingDesk, who: str = "tom") -> None:
    heard = desk.ids["heard"]
    app = _draw(desk, "codebook", who, code=heard)
    app.session_state[f"codings of {heard}"] = True
    app.run()
    assert not app.exception


def _cell(desk: QuotingDesk) -> None:
    tom = desk.store.study.person("tom")
    read = read_matrix(desk.store, desk.matrix, tom)
    place = CellPlace(desk.matrix.id, desk.ids["ada"], desk.ids["heard"])
    assert open_cell(desk.store, read, place, tom)["quotations"]


def _finding(desk: QuotingDesk) -> None:
    (finding,) = desk.store.findings.all()
    _draw(desk, "findings", finding=finding.id)


def _outcome(desk: QuotingDesk) -> None:
    (outcome,) = desk.store.logic_model.outcomes()
    _draw(desk, "outcomes", outcome=outcome.id)


def _hypothesis(desk: QuotingDesk) -> None:
    (one,) = desk.store.hypotheses.hypotheses()
    _draw(desk, "hypotheses", hypothesis=one.id)


def _picker(desk: QuotingDesk) -> None:
    finding = desk.store.findings.all()[0]
    for one in desk.store.evidence.of(finding.holder):
        desk.store.evidence.unlink("lead", one.id)
    app = _draw(desk, "findings", finding=finding.id)
    assert _noted(desk) == set()
    (words,) = [one for one in app.text_input if one.label == "Words in the passage"]
    words.set_value("lantern").run()
    assert not app.exception


def _codings_file(desk: QuotingDesk) -> None:
    tom = desk.store.study.person("tom")
    assert every_coding(Place(desk.store, tom)).rows


ROUTES: dict[str, Callable[[QuotingDesk], None]] = {
    "Find": _find,
    "codings of a code": _codings,
    "cell of the matrix": _cell,
    "finding": _finding,
    "outcome": _outcome,
    "hypothesis": _hypothesis,
    "room": lambda desk: _draw(desk, "hypotheses", view="room"),
    "minutes": lambda desk: _draw(desk, "minutes", debrief=desk.debrief),
    "theme": lambda desk: _draw(desk, "theme", theme=desk.ids["heard"]),
    "debrief": lambda desk: _draw(desk, "debrief"),
    "memos": lambda desk: _draw(desk, "memos"),
    "evidence picker": _picker,
    "file of codings": _codings_file,
}


def _noted(desk: QuotingDesk, who: str = "tom") -> set[str]:
    every = [one.id for one in desk.store.sources.summaries()]
    may = desk.store.others_read.may_still_read_blind
    return {one for one in every if not may(who, one)}


def _lines(desk: QuotingDesk) -> int:
    return sum(one.action == OTHERS_OPENED for one in desk.store.audit.lines())


@pytest.mark.parametrize("route", ROUTES)
def test_reading_others_bars_from_a_blind_pass(desk, route) -> None:
    group = desk.ids["group"]
    assert _noted(desk) == set()
    ROUTES[route](desk)
    assert group in _noted(desk)
    with pytest.raises(DataRefused, match="would not be blind"):
        desk.store.coders.give("lead", [group], "tom", blind=True)
    # Kept once: drawn again, the page writes nothing.
    written = _lines(desk)
    if route != "evidence picker":
        ROUTES[route](desk)
    assert _lines(desk) == written == len(_noted(desk))


def test_what_a_code_means_is_read_without_its_codings(desk) -> None:
    _draw(desk, "codebook", code=desk.ids["heard"])
    for page in ("themes", "matrix", "findings", "coders", "transcripts"):
        _draw(desk, page)
    assert _noted(desk) == set()


def test_ones_own_codings_are_not_anothers(desk) -> None:
    store = desk.store
    mine = store.codebook.add("tom", Code("", "Mine")).id
    # Priya marked these words too, under another code.
    desk.ids["heard"] = mine
    code(store, desk.ids, "tom", "alone", ALONE, ADA_ALONE)
    for route in ("Find", "codings of a code"):
        ROUTES[route](desk)
    assert _noted(desk) == set()


def test_who_does_not_code_leaves_no_note(desk) -> None:
    _find(desk, "di")
    _codings(desk, "di")
    assert _lines(desk) == 0


def test_what_is_hidden_is_not_noted_as_read(desk) -> None:
    as_coded_blind(desk.store, desk.ids["group"])
    as_coded_blind(desk.store, desk.ids["alone"])
    for route in ("Find", "codings of a code", "finding", "theme"):
        ROUTES[route](desk)
    assert _noted(desk) == set()


def test_a_note_of_reading_is_no_change_of_the_study(desk) -> None:
    before = desk.store.audit.last_change()
    _find(desk)
    assert _lines(desk) == len(_noted(desk)) > 0
    assert desk.store.audit.last_change() == before
