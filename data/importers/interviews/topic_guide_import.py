"""A topic guide from a Word or text file, as the text its questions are read from."""

from __future__ import annotations

import io
from typing import Any

import docx

from data.importers.file_safety import FileKind, check_file
from data.importers.text_encoding import decode_text

MAX_GUIDE_BYTES = 10_000_000


def read_guide_text(file_name: str, content: bytes) -> str:
    """The text of a .docx or .txt file, one line a paragraph.

    In a Word file numbers and bullets of lists are not part of the text: items of a
    numbered list get a number here, and items below them or of a bulleted list a dash,
    so that questions and prompts stay apart. Raises DataRefused for other files.
    """
    kind = check_file(
        file_name, content, {FileKind.TEXT, FileKind.WORD}, MAX_GUIDE_BYTES
    )
    if kind is FileKind.TEXT:
        return decode_text(file_name, content).text
    from data.importers.office_files.word_document import read_document_text

    text, _ = read_document_text(file_name, content)
    marks = _marks(content)
    lines = text.split("\n")
    if len(lines) != len(marks):
        # Tables and tracked changes shift the paragraphs; the text alone is sure.
        return text
    number, marked = 0, []
    for line, mark in zip(lines, marks, strict=True):
        number += mark == "1"
        begins = {"1": f"{number}. ", "-": "- ", "": ""}[mark]
        marked.append(f"{begins}{line}" if line.strip() else line)
    return "\n".join(marked)


def _marks(content: bytes) -> list[str]:
    """For each paragraph "1" in a numbered list, "-" in a bulleted or lower one."""
    marks = []
    for paragraph in docx.Document(io.BytesIO(content)).paragraphs:
        style = paragraph.style.name if paragraph.style is not None else ""
        properties = paragraph._p.pPr
        # python-docx gives the elements of a list no types of their own.
        listed: Any = properties.numPr if properties is not None else None
        level = listed.ilvl.val if listed is not None and listed.ilvl is not None else 0
        if (style or "").startswith("List Bullet") or level:
            marks.append("-")
        elif listed is not None or (style or "").startswith("List Number"):
            marks.append("1")
        else:
            marks.append("")
    return marks
