"""A memo's words as markup or as parts of a report: formatted, and nothing more.

Emphasis, headings, lists and quotations are read. HTML, links and images are shown as
they were typed, so that nothing runs, nothing is fetched and nobody is led elsewhere.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from data.exporters.report_document import Paragraph, Part, Points

# Our own headings come first; a memo's own stand below the third.
_HEADINGS_BELOW = 3
_LOWEST = 6
_SHOWN_AS_TYPED = (
    "autolink",
    "html_block",
    "html_inline",
    "image",
    "link",
    "reference",
)
_READER = MarkdownIt("commonmark", {"html": False}).disable(list(_SHOWN_AS_TYPED))
# A writing direction that the words switch on must end with the memo.
_APART = '<div dir="auto" style="unicode-bidi:isolate;overflow-wrap:anywhere">{}</div>'


def memo_as_html(text: str) -> str:
    """The words as markup that is safe to draw, every one of them escaped.

    >>> "<strong>yes</strong>" in memo_as_html("**yes**")
    True
    >>> "&lt;b&gt;no&lt;/b&gt;" in memo_as_html("<b>no</b>")
    True
    """
    tokens = _READER.parse(text)
    if _is_too_deep(tokens):
        plain = html.escape(text, quote=True)
        return _APART.format(f'<div style="white-space:pre-wrap">{plain}</div>')
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            level = min(int(token.tag[1:]) + _HEADINGS_BELOW, _LOWEST)
            token.tag = f"h{level}"
    return _APART.format(_READER.renderer.render(tokens, _READER.options, {}))


def memo_as_parts(text: str) -> list[Part]:
    """The words as paragraphs and points of a report, without their marks.

    >>> memo_as_parts("So *this*:\\n\\n- one\\n- two")
    [Paragraph(text='So this:', is_note=False), Points(points=('one', 'two'))]
    """
    tokens = _READER.parse(text)
    if _is_too_deep(tokens):
        return [Paragraph(text)]
    parts: list[Part] = []
    points: list[str] = []
    for words, is_point in _blocks(tokens):
        if is_point:
            points.append(words)
            continue
        if points:
            parts.append(Points(tuple(points)))
            points = []
        parts.append(Paragraph(words))
    return [*parts, Points(tuple(points))] if points else parts


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    """The words of each block, and whether they are a point of a list."""
    lists = 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
        elif token.type == "inline":
            yield "".join(map(_words, token.children or ())), lists > 0
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n"), lists > 0


def _words(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _is_too_deep(tokens: Sequence[Token]) -> bool:
    # The reader drops what lies deeper than it goes, and words must not be lost.
    deepest = max((token.level for token in tokens), default=0)
    return deepest >= int(_READER.options["maxNesting"]) - 1
