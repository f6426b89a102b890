"""Turning the bytes of a text file into text, and saying which way they were read.

Councils send UTF-8 with and without a byte-order mark, UTF-16 from older exports and
Windows-1252 from Excel. The first three announce themselves; the last is what remains,
so it is always said aloud.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from data.problems import DataProblem, DataRefused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_WINDOWS = ("cp1252", "Windows-1252")
_SAMPLE_BYTES = 4_000


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file, the encoding it was read in, and what to check."""

    text: str
    encoding: str
    warnings: tuple[DataProblem, ...] = ()


def decode_text(file_name: str, content: bytes) -> DecodedText:
    """The text of a file with LF line ends.

    Tries the byte-order mark, UTF-16 without one, UTF-8, then Windows-1252, which is
    said in a warning. Raises DataRefused where the bytes are no text: a NUL, or bytes
    that none of these encodings knows.
    """
    text, name = _decoded(file_name, content)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise DataRefused([_holds_nul(file_name, line)])
    warnings = (_read_as_windows(file_name),) if name == _WINDOWS[1] else ()
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return DecodedText(text, name, warnings)


def _decoded(file_name: str, content: bytes) -> tuple[str, str]:
    tried = _announced(content)
    codecs_to_try = (tried,) if tried else (("utf-8", "UTF-8"), _WINDOWS)
    for codec, name in codecs_to_try:
        try:
            return content.decode(codec), name
        except UnicodeDecodeError as fault:
            line = content.count(b"\n", 0, fault.start) + 1
    raise DataRefused([_unreadable(file_name, line)])


def _announced(content: bytes) -> tuple[str, str] | None:
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            return codec, name
    sample = content[:_SAMPLE_BYTES]
    # UTF-16 without a mark: English text has a NUL in nearly every second byte.
    if len(sample) >= 4 and sample.count(0) > len(sample) // 3:
        low_first = sample[1::2].count(0) > sample[::2].count(0)
        return ("utf-16-le" if low_first else "utf-16-be"), "UTF-16"
    return None


def _unreadable(file_name: str, line: int) -> DataProblem:
    return DataProblem(
        "the text is neither UTF-8 nor Windows-1252, so its letters cannot be read",
        f"{file_name}, line {line}",
        "Open it in the program it came from and save it as UTF-8.",
    )


def _holds_nul(file_name: str, line: int) -> DataProblem:
    return DataProblem(
        "the file holds characters that no text has (NUL), so it is damaged or is not "
        "a text file",
        f"{file_name}, line {line}",
        "Open it in the program it came from and save it again as UTF-8.",
    )


def _read_as_windows(file_name: str) -> DataProblem:
    return DataProblem(
        "the file is not in UTF-8 and was read as Windows-1252 (Western European)",
        file_name,
        "Check that accented letters, quotation marks and pound signs read right.",
    )
