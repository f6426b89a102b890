"""Words of files and people are shown as text, whatever they hold."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import workbench
from workbench.widgets.untrusted import as_html, as_label

HOSTILE = [
    "![x](http://127.0.0.1:9/a.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    ":material/home: :red[blood] $x^2$ **bold** `code`",
    "line one\n\n# heading\n- list",
    "1. first",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_label_has_nothing_left_that_markdown_reads(words: str) -> None:
    label = as_label(words)
    bare = label.replace("\\\\", "")
    for mark in "[]()!*`<>$:#":
        at = bare.find(mark)
        while at != -1:
            assert at > 0
            assert bare[at - 1] == "\\", (mark, label)
            at = bare.find(mark, at + 1)
    assert "\n" not in label


def test_lists_show_names_as_they_are_and_only_labels_are_escaped() -> None:
    # Streamlit reads no Markdown in the entries of a list: an escaped C-12 or
    # 2024/117 would be shown there with its backslashes.
    escaped, lists = [], 0
    for path in sorted(Path(workbench.__file__).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            if getattr(call.func, "attr", "") not in ("selectbox", "multiselect"):
                continue
            lists += 1
            escaped += [
                f"{path.name}:{call.lineno}"
                for given in call.keywords
                if given.arg == "format_func" and "as_label" in ast.dump(given.value)
            ]
    assert lists > 10
    assert escaped == []


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_is_spelt_out_in_our_own_html(words: str) -> None:
    assert "<" not in as_html(words)
    assert '"' not in as_html('"quoted"')


def test_plain_words_stay_as_they_are() -> None:
    assert as_label("Zoë O’Neill 😀") == "Zoë O’Neill 😀"


def test_the_problem_box_shows_words_not_markup() -> None:
    script = """
from workbench import notices
from data.problems import DataProblem
notices.show_problems([DataProblem("<script>x</script>", "Row 2", "Mend it.")])
"""
    app = AppTest.from_string(script).run()
    assert not app.exception
    shown = "".join(str(one.proto) for one in app.main)
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown


def test_a_downloaded_list_of_problems_holds_no_formula() -> None:
    from data.problems import DataProblem
    from workbench.notices import _as_csv

    listed = _as_csv([DataProblem("found", "=HYPERLINK(1)", "do")]).decode("utf-8-sig")
    assert listed.splitlines()[1].startswith("'=HYPERLINK")
