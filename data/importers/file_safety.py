"""What a file really is, and whether it is safe to hand to a parser.

A file is told by its content, never by its ending. Word and Excel files are zips of
XML: they are measured and walked through here, member by member, before any library
unfolds them in memory. Nothing is ever unpacked to disk.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from data.problems import DataProblem, DataRefused

MAX_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 100_000_000
MAX_RATIO = 100
# Small members squeeze far better than a hundredfold in files that are quite in order.
RATIO_COUNTS_FROM_BYTES = 1_000_000
MAX_DEPTH = 200
_CHUNK_BYTES = 1 << 16
_ZIP_FAULTS = (
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
)

_DO_NEXT = {
    FileKind.XML: "XML files are not read; save the table as .csv or .xlsx.",
    FileKind.WEB_PAGE: "Open it in the program it came from and save it in one of the "
    "formats that are read.",
    FileKind.PDF: "A PDF is not read; use the document it was made from.",
    FileKind.RICH_TEXT: "Open it in Word and save it as .docx.",
    FileKind.OLD_OFFICE: "Open it in Word or Excel and save it as .docx or .xlsx.",
    FileKind.OPEN_DOCUMENT: "Open it and save it as .docx, .xlsx or .csv.",
    FileKind.PROJECT: "Open it as a project instead.",
    FileKind.ZIP: "Unpack it and choose the files inside.",
}


class MarkupWatch:
    """Follows a parse and stops it when elements lie too deep in each other."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        """One element opens."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise DataRefused([_too_deep(self.where)])

    def end(self, tag: str) -> None:  # noqa: ARG002
        """One element closes."""
        self.depth -= 1

    def close(self) -> None:
        """The parse is over."""


WatchFor = Callable[[str, str], MarkupWatch]
"""Given a member's name and the words for where it lies, whoever follows its parse."""


def check_file(
    file_name: str, content: bytes, expected: Collection[FileKind], max_bytes: int
) -> FileKind:
    """What the file is, one of ``expected``.

    Raises DataRefused for an empty file, one above ``max_bytes``, one protected with a
    password, one of another kind, and one whose ending says something else than its
    content. Members of a zip are not yet looked into: see :func:`check_package`.
    """
    if not content.strip():
        raise DataRefused([_empty(file_name)])
    if len(content) > max_bytes:
        raise DataRefused([_too_large(file_name, len(content), max_bytes)])
    if content.startswith(_OLE) and _is_encrypted(content):
        raise DataRefused([_needs_password(file_name)])
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


def check_package(
    file_name: str, content: bytes, watch_for: WatchFor | None = None
) -> None:
    """Nothing, where a Word or Excel file may be handed on to its library.

    Checks members (count, names, declared sizes, ratio, encryption, kind of packing),
    unpacks each in memory piece by piece and counts, and walks through every member
    declared as XML with DTDs and entities forbidden and depth limited. ``watch_for``
    lets a caller follow those parses. Raises DataRefused.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(file_name, archive.infolist())
            declared = _declared_as_xml(file_name, archive)
            left = MAX_UNPACKED_BYTES
            for info in archive.infolist():
                where = f"{file_name} ({info.filename})"
                watch: MarkupWatch | None = None
                if _is_xml(info.filename, declared):
                    make = watch_for or _plain_watch
                    watch = make(info.filename, where)
                left -= _walk(archive, info, watch, left)
    except _ZIP_FAULTS:
        raise DataRefused([_damaged(file_name)]) from None


def _plain_watch(member: str, where: str) -> MarkupWatch:  # noqa: ARG001
    return MarkupWatch(where)


def _kind_of_zip(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist()[: MAX_MEMBERS + 1])
    except _ZIP_FAULTS:
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


def _check_members(file_name: str, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise DataRefused([_too_many_members(file_name, len(members))])
    declared = sum(info.file_size for info in members)
    if declared > MAX_UNPACKED_BYTES:
        raise DataRefused([_unpacks_too_large(file_name, declared)])
    seen: set[str] = set()
    for info in members:
        name = info.orig_filename
        if info.flag_bits & 0x1:
            raise DataRefused([_needs_password(file_name)])
        if _is_unsafe_name(name) or stat.S_ISLNK(info.external_attr >> 16):
            raise DataRefused([_unsafe_member(file_name)])
        if name.casefold() in seen:
            raise DataRefused([_unsafe_member(file_name)])
        seen.add(name.casefold())
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DataRefused([_damaged(file_name)])
        if (
            info.file_size > RATIO_COUNTS_FROM_BYTES
            and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        ):
            raise DataRefused([_squeezed_too_far(file_name)])


def _is_unsafe_name(name: str) -> bool:
    return (
        name.startswith("/")
        or "\\" in name
        or "\x00" in name
        or ":" in name
        or ".." in name.split("/")
    )


class _DeclaredTypes(MarkupWatch):
    """Collects from [Content_Types].xml what each member is declared to be."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.xml_endings: set[str] = set()
        self.xml_parts: set[str] = set()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if attributes.get("ContentType", "").casefold().endswith("xml"):
            if tag.endswith("Default"):
                self.xml_endings.add("." + attributes.get("Extension", "").casefold())
            else:
                part = attributes.get("PartName", "").lstrip("/")
                self.xml_parts.add(part.casefold())


def _declared_as_xml(file_name: str, archive: zipfile.ZipFile) -> _DeclaredTypes:
    """Which members are XML: a list in the file says so, whatever their names are."""
    declared = _DeclaredTypes(f"{file_name} ([Content_Types].xml)")
    for info in archive.infolist():
        if info.filename == "[Content_Types].xml":
            _walk(archive, info, declared, MAX_UNPACKED_BYTES)
    return declared


def _is_xml(member: str, declared: _DeclaredTypes) -> bool:
    name = member.casefold()
    ending = name[name.rfind(".") :] if "." in name else ""
    return (
        ending in {".xml", ".rels"}
        or ending in declared.xml_endings
        or name in declared.xml_parts
    )


def _walk(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    watch: MarkupWatch | None,
    limit: int,
) -> int:
    """How many bytes the member unpacks to, counted, its markup followed by watch."""
    parser: Any = None
    if watch is not None:
        parser = DefusedXMLParser(target=watch, forbid_dtd=True)
    count = 0
    with archive.open(info) as member:
        while piece := member.read(_CHUNK_BYTES):
            count += len(piece)
            if count > limit:
                raise DataRefused([_unpacks_too_large(info.filename, count)])
            if parser is not None:
                _feed(parser, piece, watch)
    if parser is not None and count:
        _feed(parser, None, watch)
    return count


def _feed(parser: Any, piece: bytes | None, watch: MarkupWatch | None) -> None:
    where = watch.where if watch else ""
    try:
        if piece is None:
            parser.close()
        else:
            parser.feed(piece)
    except DefusedXmlException:
        raise DataRefused([_declares_entities(where)]) from None
    except (ParseError, LookupError):
        raise DataRefused([_damaged(where)]) from None


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"


def _empty(file_name: str) -> DataProblem:
    return DataProblem(
        "the file is empty", file_name, "Check that this is the file you meant."
    )


def _too_large(file_name: str, size: int, limit: int) -> DataProblem:
    return DataProblem(
        f"the file has {_megabytes(size)} and at most {_megabytes(limit)} are read",
        file_name,
        "Split it into smaller files, or take pictures out of it.",
    )


def _needs_password(file_name: str) -> DataProblem:
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


def _damaged(where: str) -> DataProblem:
    return DataProblem(
        "the file is damaged and cannot be read to its end",
        where,
        "Open it in the program it came from and save it again.",
    )


def _too_many_members(file_name: str, count: int) -> DataProblem:
    return DataProblem(
        f"the file is made of {count:,} parts and at most {MAX_MEMBERS:,} are read",
        file_name,
        "Save the text or table alone as a new file.",
    )


def _unpacks_too_large(where: str, size: int) -> DataProblem:
    return DataProblem(
        f"unpacked, the file has more than {_megabytes(MAX_UNPACKED_BYTES)} "
        f"({_megabytes(size)})",
        where,
        "Take pictures out of it or split it, and save it as a new file.",
    )


def _squeezed_too_far(file_name: str) -> DataProblem:
    return DataProblem(
        f"a part of the file unpacks to more than {MAX_RATIO} times its size, which "
        "documents do not do",
        file_name,
        "Ask where it came from. If it is in order, save it as .csv or .txt.",
    )


def _unsafe_member(file_name: str) -> DataProblem:
    return DataProblem(
        "the file has parts whose names point outside it or are there twice",
        file_name,
        "Ask where it came from; open it in its own program and save it anew.",
    )


def _declares_entities(where: str) -> DataProblem:
    return DataProblem(
        "the file declares entities of its own, which can hide other content",
        where,
        "Ask where it came from; open it in its own program and save it anew.",
    )


def _too_deep(where: str) -> DataProblem:
    return DataProblem(
        f"elements of the file lie more than {MAX_DEPTH} deep in each other",
        where,
        "Ask where it came from; open it in its own program and save it anew.",
    )
