"""What a file really is: told by its content, never by its ending.

Size, password, kind and ending are checked here before anything is parsed. What lies
inside a Word or Excel file is the matter of :mod:`data.importers.office_files`.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection
from enum import StrEnum

from data.problems import DataProblem, DataRefused

# A zip lists what it holds at its end; no document has more than this to tell it by.
_NAMES_LOOKED_AT = 2_000

ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
)


class FileKind(StrEnum):
    """What a file turns out to be, in words that finish "the file is ..."."""

    TEXT = "plain text"
    WORKBOOK = "an Excel workbook (.xlsx)"
    WORD = "a Word document (.docx)"
    XML = "an XML file"
    WEB_PAGE = "a web page"
    PDF = "a PDF"
    RICH_TEXT = "a rich text document (.rtf)"
    OLD_OFFICE = "a file of an older Word or Excel (.doc or .xls)"
    OPEN_DOCUMENT = "an OpenDocument file (.odt or .ods)"
    PROJECT = "a REFI-QDA project (.qdpx)"
    ZIP = "a zip folder"
    BINARY = "neither text nor a document this program knows"


_ENDINGS = {
    ".csv": FileKind.TEXT,
    ".tsv": FileKind.TEXT,
    ".txt": FileKind.TEXT,
    ".xlsx": FileKind.WORKBOOK,
    ".docx": FileKind.WORD,
    ".pdf": FileKind.PDF,
    ".xml": FileKind.XML,
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF", FileKind.PDF),
    (b"{\\rtf", FileKind.RICH_TEXT),
    (b"\x89PNG", FileKind.BINARY),
    (b"\xff\xd8\xff", FileKind.BINARY),
    (b"GIF8", FileKind.BINARY),
    (b"SQLite format 3\x00", FileKind.BINARY),
    (b"\x1f\x8b", FileKind.BINARY),
    (b"7z\xbc\xaf\x27\x1c", FileKind.BINARY),
    (b"Rar!", FileKind.BINARY),
    (b"MZ\x90", FileKind.BINARY),
    # Recordings, which are easily chosen in place of their transcripts.
    (b"ID3\x03", FileKind.BINARY),
    (b"ID3\x04", FileKind.BINARY),
    (b"RIFF", FileKind.BINARY),
    (b"OggS", FileKind.BINARY),
    (b"\x00\x00\x00", FileKind.BINARY),
)

_DO_NEXT = {
    FileKind.XML: "XML files are not read; save the table as .csv or .xlsx.",
    FileKind.WEB_PAGE: "Open it in the program it came from and save it in one of the "
    "formats that are read.",
    FileKind.PDF: "A PDF is not read; use the document it was made from.",
    FileKind.RICH_TEXT: "Open it in Word and save it as .docx.",
    FileKind.OLD_OFFICE: "Open it in Word or Excel and save it as .docx or .xlsx.",
    FileKind.OPEN_DOCUMENT: "Open it and save it as .docx, .xlsx or .csv.",
    FileKind.PROJECT: "Export its transcripts as text or Word files and add those.",
    FileKind.ZIP: "Unpack it and choose the files inside.",
}


def check_file(
    file_name: str, content: bytes, expected: Collection[FileKind], max_bytes: int
) -> FileKind:
    """What the file is, one of ``expected``.

    Raises DataRefused for an empty file, one above ``max_bytes``, one protected with a
    password, one of another kind, and one whose ending says something else than its
    content. Members of a zip are not yet looked into: see
    :func:`data.importers.office_files.package_safety.check_package`.
    """
    if not content.strip():
        raise DataRefused([_empty(file_name)])
    if len(content) > max_bytes:
        raise DataRefused([_too_large(file_name, len(content), max_bytes)])
    if content.startswith(_OLE) and _is_encrypted(content):
        raise DataRefused([needs_password(file_name)])
    kind = kind_of(content)
    if kind not in expected:
        raise DataRefused([_wrong_kind(file_name, kind, expected)])
    said = _ending_kind(file_name)
    if said is not None and said is not kind:
        raise DataRefused([_mislabelled(file_name, kind)])
    return kind


def kind_of(content: bytes) -> FileKind:
    """What the bytes are, by their first marks and, for a zip, by its members.

    >>> kind_of(b"case_id,era").value, kind_of(b"%PDF-1.7").value
    ('plain text', 'a PDF')
    """
    if content.startswith(_OLE):
        return FileKind.OLD_OFFICE
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(content)
    for mark, kind in _SIGNATURES:
        if content.startswith(mark):
            return kind
    opening = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith((b"<!doctype html", b"<html")):
        return FileKind.WEB_PAGE
    if opening.startswith((b"<?xml", b"<!doctype", b"<message>")):
        return FileKind.XML
    return FileKind.TEXT


def _kind_of_zip(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist()[:_NAMES_LOOKED_AT])
    except ZIP_FAULTS:
        return FileKind.ZIP
    if "xl/workbook.xml" in names:
        return FileKind.WORKBOOK
    if "word/document.xml" in names:
        return FileKind.WORD
    if "mimetype" in names and "content.xml" in names:
        return FileKind.OPEN_DOCUMENT
    if any(name.endswith(".qde") for name in names):
        return FileKind.PROJECT
    return FileKind.ZIP


def _is_encrypted(content: bytes) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in content


def _ending_kind(file_name: str) -> FileKind | None:
    dot = file_name.rfind(".")
    return _ENDINGS.get(file_name[dot:].casefold()) if dot >= 0 else None


def in_megabytes(size: int) -> str:
    """A size in millions of bytes, in words."""
    return f"{size / 1_000_000:,.1f} MB"


def _empty(file_name: str) -> DataProblem:
    return DataProblem(
        "the file is empty", file_name, "Check that this is the file you meant."
    )


def _too_large(file_name: str, size: int, limit: int) -> DataProblem:
    return DataProblem(
        f"the file has {in_megabytes(size)} and at most {in_megabytes(limit)} are read",
        file_name,
        "Split it into smaller files, or take pictures out of it.",
    )


def needs_password(file_name: str) -> DataProblem:
    """The problem of a file that only a password opens."""
    return DataProblem(
        "the file is protected with a password",
        file_name,
        "Open it, save a copy without the password, and choose the copy.",
    )


def _wrong_kind(
    file_name: str, kind: FileKind, expected: Collection[FileKind]
) -> DataProblem:
    wanted = " or ".join(k.value for k in FileKind if k in expected)
    return DataProblem(
        f"the file is {kind.value}; what is read here is {wanted}",
        file_name,
        _DO_NEXT.get(kind, "Choose another file, or save this one in that format."),
    )


def _mislabelled(file_name: str, kind: FileKind) -> DataProblem:
    return DataProblem(
        f"the file is {kind.value}, though its name says otherwise",
        file_name,
        "Check that it is the file you meant and give its name the right ending.",
    )
