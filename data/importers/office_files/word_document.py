"""The text of a .docx document, paragraph by paragraph, as a reader sees it.

Text that was inserted with changes tracked is part of the text and text deleted with
them is not; python-docx by itself loses the first. Rows of tables are read in order.
What lies outside the running text (notes, comments, boxes, headers) is left out and
said.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx

from data.importers.office_files.package_safety import check_package
from data.problems import DataProblem, DataRefused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

# What stands for a character, and what is passed over with everything inside.
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_LEFT_OUT = {
    f"{_W}del": "deleted",
    f"{_W}moveFrom": "moved",
    f"{_W}txbxContent": "box",
    f"{_W}pPr": "",
    f"{_W}rPr": "",
    f"{_W}instrText": "",
    f"{_W}delText": "",
    _FALLBACK: "",
}
_NOTED = {
    f"{_W}ins": "inserted",
    f"{_W}commentReference": "comment",
    f"{_W}footnoteReference": "footnote",
    f"{_W}endnoteReference": "footnote",
}


@dataclass(slots=True)
class _Document:
    """Paragraphs as they are gathered, and how often something was met."""

    lines: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    joins_next: bool = False


def read_document_text(
    file_name: str, content: bytes
) -> tuple[str, tuple[DataProblem, ...]]:
    """The text of a Word document with LF line ends, and what to check.

    One line a paragraph. The cells of a table row that hold one paragraph each are one
    line with tabs between them; longer cells follow one another. Raises DataRefused
    where the document is not safe to read or is damaged.
    """
    check_package(file_name, content)
    try:
        body = docx.Document(io.BytesIO(content)).element.body
    except DataRefused:
        raise
    except Exception:
        # python-docx answers a damaged document with whatever fault it runs into.
        raise DataRefused([_not_a_document(file_name)]) from None
    document = _Document()
    if body is not None:
        _read_blocks(document, body)
    return "\n".join(document.lines), tuple(_warnings(file_name, document.met))


def _read_blocks(document: _Document, parent: Any) -> None:
    for child in parent:
        if child.tag == f"{_W}p":
            _add_paragraph(document, child)
        elif child.tag == f"{_W}tbl":
            document.met["table"] += 1
            _read_table(document, child)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"}:
            _read_blocks(document, child)
        elif child.tag in {f"{_W}ins", f"{_W}moveTo"}:
            document.met["inserted"] += 1
            _read_blocks(document, child)


def _add_paragraph(document: _Document, paragraph: Any) -> None:
    text = "".join(_pieces(document, paragraph))
    if document.joins_next and document.lines:
        document.lines[-1] += text
    else:
        document.lines.append(text)
    # A deleted paragraph mark means that the next paragraph goes on in this one.
    mark = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del")
    document.joins_next = mark is not None


def _pieces(document: _Document, parent: Any) -> Iterator[str]:
    for child in parent:
        tag = child.tag
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag]
        elif tag in _LEFT_OUT:
            if _LEFT_OUT[tag]:
                document.met[_LEFT_OUT[tag]] += 1
        elif tag == f"{_W}r" and _is_hidden(child):
            document.met["hidden"] += 1
        else:
            if tag in _NOTED:
                document.met[_NOTED[tag]] += 1
            yield from _pieces(document, child)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "true") not in {"0", "false"}


def _read_table(document: _Document, table: Any) -> None:
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl"), None) is not table:
            continue
        if row.find(f"{_W}trPr/{_W}del") is not None:
            document.met["deleted"] += 1
            continue
        cells = []
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr"), None) is not row:
                continue
            inner = _Document(met=document.met)
            _read_blocks(inner, cell)
            cells.append([line for line in inner.lines if line.strip()])
        _add_row(document, [lines for lines in cells if lines])


def _add_row(document: _Document, cells: list[list[str]]) -> None:
    document.joins_next = False
    if not cells:
        return
    if all(len(lines) == 1 for lines in cells[:-1]):
        # Label and time stand before the words, whose paragraphs follow one another.
        first = [lines[0] for lines in cells]
        document.lines += ["\t".join(first), *cells[-1][1:]]
    else:
        document.lines += [line for lines in cells for line in lines]


def _warnings(file_name: str, met: Counter[str]) -> Iterator[DataProblem]:
    told = (
        (
            ("inserted", "deleted", "moved"),
            "the document has tracked changes: what was inserted was read, what was "
            "deleted was not",
            "Accept or reject the changes in Word first if that is not what you want.",
        ),
        (("hidden",), "hidden text was left out", _ONLY_IF_NEEDED),
        (("comment",), "comments in the margin were left out", _ONLY_IF_NEEDED),
        (("footnote",), "footnotes and endnotes were left out", _ONLY_IF_NEEDED),
        (("box",), "text in boxes was left out", _ONLY_IF_NEEDED),
        (
            ("table",),
            "the document has tables; their rows were read as lines, cell after cell",
            "Check that speakers and words stand together.",
        ),
    )
    for names, found, do_next in told:
        if any(met[name] for name in names):
            yield DataProblem(found, file_name, do_next)


_ONLY_IF_NEEDED = "Move it into the text in Word if it belongs to the transcript."


def _not_a_document(file_name: str) -> DataProblem:
    return DataProblem(
        "the document cannot be opened; it is damaged or not a .docx file",
        file_name,
        "Open it in Word and save it again as .docx, or save it as .txt.",
    )
