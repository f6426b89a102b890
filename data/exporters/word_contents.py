"""The contents of a Word file: a field that Word keeps, filled with a static list.

Word builds the list anew, with page numbers, when someone updates the field; every
other reader shows the list as it was written. Each line leads to its heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from data.exporters.word_parts import plain

_INSTRUCTION = ' TOC \\o "1-2" \\h \\z \\u '
_INDENT = 0.6  # centimetres for each level


def add_contents(document: Any, headings: Sequence[tuple[str, int]]) -> None:
    """A heading and the list of headings, each with its level; nothing for none."""
    if not headings:
        return
    title = document.add_paragraph()
    title.add_run("Contents").bold = True
    for number, (text, level) in enumerate(headings, start=1):
        line = document.add_paragraph()
        line.paragraph_format.left_indent = Cm(_INDENT * (level - 1))
        line.paragraph_format.space_after = 0
        if number == 1:
            _add_mark(line, "begin")
            _add_instruction(line)
            _add_mark(line, "separate")
        _add_link(line, plain(text), number)
        if number == len(headings):
            _add_mark(line, "end")
    document.add_paragraph()


def mark_heading(paragraph: Any, number: int) -> None:
    """Give a heading the name by which the list leads to it."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _name(number))
    # A bookmark stands after the paragraph's properties and around its words.
    first = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(first, start)
    paragraph._p.append(end)


def _name(number: int) -> str:
    return f"_Toc{number:06d}"


def _add_link(paragraph: Any, text: str, number: int) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _name(number))
    link.set(qn("w:history"), "1")
    run = paragraph.add_run(text)
    link.append(run._r)
    paragraph._p.append(link)


def _add_mark(paragraph: Any, kind: str) -> None:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(element)


def _add_instruction(paragraph: Any) -> None:
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = _INSTRUCTION
    paragraph.add_run()._r.append(element)
