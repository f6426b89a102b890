"""Nothing of how others coded is anywhere before a blind coder: every page, every file.

The words were planted before the interview was given blind: in the codings, in what
rests on them, and in what people wrote of them. What the interview itself says stands
on the pages where it is read, and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from interview_desk import a_source
from page_tests import everything_on, open_page
from quoting_desk import ADAS, ANSWERED, IN_CELLS, OVER_ALL, THOUGHT, QuotingDesk

from data.storage.framework.framework_records import WHOLE, CellPlace
from workbench.actions.framework.cell_reading import open_cell
from workbench.actions.framework.matrix_reading import read_matrix

LIKE_IT = "Interviewer: And then?\n\nMum: A heron told our landlord of my bicycle."
# Of Ada's words alone, which Priya marked; what asks for passages like it is not.
ALONE = "yellow bicycle twice"
WRITTEN = (IN_CELLS, OVER_ALL, ANSWERED, THOUGHT)
# Here the interview is read: turn by turn, or turns drawn by chance to read next.
WITH_THE_INTERVIEW = ("code", "templates", "suggestions next")


@pytest.fixture
def desk(empty_store) -> QuotingDesk:
    made = QuotingDesk(empty_store)
    (made.ids["like it"],) = empty_store.sources.save(
        "priya", [a_source("Elsewhere", LIKE_IT, mappings=())]
    )
    return made


def _blind(desk: QuotingDesk) -> None:
    sources = [desk.ids["group"], desk.ids["alone"]]
    desk.store.coders.give("lead", sources, "tom", blind=True)


def _addresses(desk: QuotingDesk) -> dict[str, dict[str, str]]:
    """Each page with where on it the planted words stand for whoever may read them."""
    store, heard, source = desk.store, desk.ids["heard"], desk.ids["group"]
    (finding,) = store.findings.all()
    (hypothesis,) = store.hypotheses.hypotheses()
    (outcome,) = store.logic_model.outcomes()
    asked = json.dumps({"first": [heard], "relation": "alone"})
    return {
        **dict.fromkeys(
            (
                *("home", "transcripts", "coders", "memos", "matrix", "themes"),
                *("saturation", "trust", "indicators", "debrief", "people", "study"),
                *("releases", "design", "findings", "outcomes"),
            ),
            {},
        ),
        "code": {"source": source},
        "codebook": {"code": heard},
        "codebook history": {"part": "history"},
        "codebook versions": {"part": "versions"},
        "find": {"what": "codes", "find": asked},
        "templates": {"source": source, "template": desk.template.id},
        "theme": {"theme": heard},
        "suggestions": {"view": "review"},
        "suggestions like a code": {"view": "alike", "code": heard},
        "suggestions like it": {
            "view": "alike",
            "source": desk.ids["like it"],
            "at": str(LIKE_IT.index("A heron")),
            "to": str(len(LIKE_IT)),
        },
        "suggestions next": {"view": "next"},
        "hypotheses": {"hypothesis": hypothesis.id},
        "hypotheses room": {"view": "room"},
        "minutes": {"debrief": desk.debrief},
        "findings one": {"finding": finding.id},
        "outcomes one": {"outcome": outcome.id},
    }


def _pages(desk: QuotingDesk, reader: str) -> Iterator[tuple[str, str]]:
    file = desk.store.database.file or ""
    for name, address in _addresses(desk).items():
        app = open_page(f"{name.split()[0]}_page", file, reader, **address)
        if name == "codebook":
            app.session_state[f"codings of {desk.ids['heard']}"] = True
            app.run()
        assert not app.exception, name
        yield name, everything_on(app)
    yield "opened cells", json.dumps(_cells(desk, reader), ensure_ascii=False)


def _cells(desk: QuotingDesk, reader: str) -> list[dict]:
    """Every cell of the matrix as it is opened beside the grid."""
    person = desk.store.study.person(reader)
    read = read_matrix(desk.store, desk.matrix, person)
    rows = [*(row.key for row in read.rows), WHOLE]
    columns = [*(column.code_id for column in read.columns), WHOLE]
    return [
        open_cell(desk.store, read, CellPlace(desk.matrix.id, row, column), person)
        for row in rows
        for column in columns
    ]


def _told(name: str, words: str) -> list[str]:
    """What is told there of others' work."""
    planted = WRITTEN if name in WITH_THE_INTERVIEW else (ADAS, ALONE, *WRITTEN)
    return [one for one in planted if one in words]


def test_no_page_tells_a_blind_coder_how_others_coded(desk) -> None:
    _blind(desk)
    pages = dict(_pages(desk, "tom"))
    assert {name: _told(name, words) for name, words in pages.items()} == {
        name: [] for name in pages
    }
    # Who does not code it reads all of it, so that each page would show what leaks.
    others = {name: _told(name, words) for name, words in _pages(desk, "lead")}
    for name in (
        *("codebook", "codebook history", "find", "memos", "hypotheses"),
        *("hypotheses room", "minutes", "findings one", "outcomes one"),
        "opened cells",
    ):
        assert others[name], name
    assert ALONE in others["suggestions like it"]
    assert {IN_CELLS, OVER_ALL} <= set(others["matrix"])
    assert {IN_CELLS, OVER_ALL, ADAS} <= set(others["opened cells"])


def test_a_blind_coder_reads_it_once_all_are_done(desk) -> None:
    _blind(desk)
    for source in ("group", "alone"):
        desk.store.coders.finish("tom", desk.ids[source])
    told = {one for name, words in _pages(desk, "tom") for one in _told(name, words)}
    assert told == {ADAS, ALONE, *WRITTEN}


def test_no_file_tells_a_blind_coder_how_others_coded(desk) -> None:
    before = desk.every_file("priya")
    assert sum(bool(_told(name, words)) for name, words in before.items()) > 20
    _blind(desk)
    files = desk.every_file("tom")
    in_context = "lantern in context.csv"
    assert len(files) > 20
    assert {
        name: _told(name, words) for name, words in files.items() if name != in_context
    } == {name: [] for name in files if name != in_context}
