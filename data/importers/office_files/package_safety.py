"""Whether a Word or Excel file is safe to hand to the library that reads it.

Both are zips of XML. They are measured and walked through member by member before any
library unfolds them in memory; nothing is ever unpacked to disk.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from data.importers.file_safety import ZIP_FAULTS, in_megabytes, needs_password
from data.problems import DataProblem, DataRefused

MAX_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 100_000_000
MAX_RATIO = 100
# Small members squeeze far better than a hundredfold in files that are quite in order.
RATIO_COUNTS_FROM_BYTES = 1_000_000
MAX_DEPTH = 200
_CHUNK_BYTES = 1 << 16


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
    except ZIP_FAULTS:
        raise DataRefused([_damaged(file_name)]) from None


def _plain_watch(member: str, where: str) -> MarkupWatch:  # noqa: ARG001
    return MarkupWatch(where)


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
            raise DataRefused([needs_password(file_name)])
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
        f"unpacked, the file has more than {in_megabytes(MAX_UNPACKED_BYTES)} "
        f"({in_megabytes(size)})",
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
