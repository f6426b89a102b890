"""A memo's words are formatted and stay words: nothing runs, nothing is fetched."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest

from data.exporters.report_document import Paragraph, Points
from data.storage.memos.memo_storage import LONGEST_TEXT
from workbench.actions.memos.safe_markdown import memo_as_html, memo_as_parts

_ALLOWED = {
    "div",
    "p",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
    "h4",
    "h5",
    "h6",
    "hr",
    "br",
}


class _Seen(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


_NASTY = (
    "<script>alert(1)</script>",
    "text <img src=x onerror=alert(1)> text",
    "![plan](http://example.org/a.png)",
    "[click](javascript:alert(1))",
    "[click](http://example.org)",
    "[click][r]\n\n[r]: http://example.org",
    "<http://example.org>",
    "http://example.org/page",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- hidden -->",
    "<style>body{display:none}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '```"><script>alert(1)</script>\ncode\n```',
    "**bold <svg onload=alert(1)>**",
    "|a|\n|-|\n|<b>|",
    "a \u202e txt.exe \u2066 b",
)


@pytest.mark.parametrize("text", _NASTY)
def test_nothing_but_formatting_comes_of_a_memo(text: str) -> None:
    seen = _Seen(memo_as_html(text))
    assert seen.tags <= _ALLOWED
    assert seen.attributes <= {"dir", "style", "class", "start"}
    assert "p" in seen.tags or "pre" in seen.tags


@pytest.mark.parametrize("text", _NASTY[:5])
def test_what_is_not_formatting_is_shown_as_typed(text: str) -> None:
    assert text in _Seen(memo_as_html(text)).text


def test_formatting_is_read() -> None:
    markup = memo_as_html(
        "# Why\n\n*Here* and **there**\n\n1. one\n   - inner\n\n> said"
    )
    for expected in (
        "<h4>Why</h4>",
        "<em>Here</em>",
        "<strong>there</strong>",
        "<ol>",
        "<ul>",
        "<blockquote>",
    ):
        assert expected in markup
    # The page has one main heading, and it is not a memo's.
    assert not re.search("<h[1-3]", markup)


def test_a_writing_direction_ends_with_the_memo() -> None:
    markup = memo_as_html("a \u202e b")
    assert "unicode-bidi:isolate" in markup
    assert markup.endswith("</div>")


def test_words_deep_in_nested_lists_are_not_lost() -> None:
    lists = "\n".join("  " * n + f"- point{n}" for n in range(140))
    assert len(lists) > 10_000
    shown = _Seen(memo_as_html(lists)).text
    told = memo_as_parts(lists)
    assert all(f"point{n}" in shown for n in range(140))
    assert told == [Paragraph(lists)]


@pytest.mark.parametrize("piece", ["- ", "> ", "[", "*a ", "_a_", "`", "*_", "&", "\\"])
def test_a_memo_made_to_be_slow_is_read_in_time(piece: str) -> None:
    text = (piece * LONGEST_TEXT)[:LONGEST_TEXT]
    begun = time.process_time()
    memo_as_html(text)
    # A reader that goes back over all it read would take minutes.
    assert time.process_time() - begun < 5


def test_a_report_has_the_words_without_their_marks() -> None:
    text = "# Why\n\nSo **this**\nand `that`:\n\n- one\n  - inner\n- two\n\nDone <b>."
    assert memo_as_parts(text) == [
        Paragraph("Why"),
        Paragraph("So this\nand that:"),
        Points(("one", "inner", "two")),
        Paragraph("Done <b>."),
    ]
