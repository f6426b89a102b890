"""Sources from files: a transcript from .txt or .docx, survey comments from a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from coding.speaker_labels import similar_labels
from coding.transcripts import SourceKind, Speaker, Transcript, Turn, normalise_text
from coding.turn_reading import read_turns, unread_labels
from data.importers.column_mapping import field_name_for, heading_key
from data.importers.file_safety import FileKind, check_file
from data.importers.text_encoding import decode_text
from data.importers.text_table import TextTable, base_name, read_text_table
from data.problems import DataProblem, DataRefused

MAX_TEXT_BYTES = 20_000_000
MAX_DOCUMENT_BYTES = 50_000_000
MAX_CHARACTERS = 5_000_000
LIKENESS_TO_PROPOSE = 80.0
# Longer ones are more likely words somebody said, which no message repeats.
LONGEST_NAME = 3

_TEXT_HEADINGS = (
    "comment",
    "comments",
    "text",
    "quote",
    "quotation",
    "response",
    "answer",
    "verbatim",
    "free text",
)
_ID_HEADINGS = (
    "id",
    "comment id",
    "quote id",
    "response id",
    "respondent id",
    "number",
)
_ATTRIBUTE_NAMES: Mapping[str, str] = {
    "role": "role",
    "speakerrole": "role",
    "respondentrole": "role",
    "jobrole": "role",
    "wave": "wave",
    "round": "wave",
    "team": "team",
    "locality": "locality",
    "area": "locality",
    "participant": "participant",
    "pseudonym": "participant",
}


@dataclass(frozen=True, slots=True)
class ReadTranscript(Transcript):
    """A transcript as read from a file, with what to check about the reading."""

    warnings: tuple[DataProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentSource:
    """One survey comment or quotation as a source, and what its row says of it.

    ``attributes`` holds the other columns as text, the usual ones (role, wave, team,
    locality, participant) under those names; gaps are left out. ``row`` is the row of
    the table.
    """

    transcript: Transcript
    row: int
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CommentTable:
    """The comments of one table in its order, and what to check."""

    sources: tuple[CommentSource, ...]
    warnings: tuple[DataProblem, ...] = ()


def read_transcript(
    file_name: str, content: bytes, *, kind: SourceKind = SourceKind.INTERVIEW
) -> ReadTranscript:
    """The transcript of a .txt or .docx file, named after the file.

    Text is normalised once; turns and speakers are read from it. Raises DataRefused
    for a file that is empty, too large, protected, damaged, or of another kind.
    """
    found = check_file(
        file_name, content, {FileKind.TEXT, FileKind.WORD}, MAX_DOCUMENT_BYTES
    )
    warnings: tuple[DataProblem, ...]
    if found is FileKind.WORD:
        from data.importers.office_files.word_document import read_document_text

        raw, warnings = read_document_text(file_name, content)
    else:
        check_file(file_name, content, {FileKind.TEXT}, MAX_TEXT_BYTES)
        decoded = decode_text(file_name, content)
        if file_name.casefold().endswith((".csv", ".tsv")):
            raise DataRefused([_is_a_table(file_name)])
        raw, warnings = decoded.text, decoded.warnings
    text = normalise_text(raw)
    if not text.strip():
        raise DataRefused([_no_text(file_name)])
    if len(text) > MAX_CHARACTERS:
        raise DataRefused([_too_long(file_name, len(text))])
    turns, speakers = read_turns(text)
    if not turns:
        raise DataRefused([_no_words(file_name)])
    checks = (
        *warnings,
        *_speaker_checks(file_name, turns, speakers),
        *_labels_not_read(file_name, text),
    )
    return ReadTranscript(
        source_name(file_name), kind, text, turns, speakers, warnings=checks
    )


def source_name(file_name: str) -> str:
    """The file's name without folders and ending.

    >>> source_name("interviews/P07 wave 2.docx")
    'P07 wave 2'
    """
    name = base_name(file_name)
    stem, dot, _ = name.rpartition(".")
    return stem if dot and stem else name


def read_comment_table(
    file_name: str,
    content: bytes,
    *,
    kind: SourceKind = SourceKind.SURVEY_COMMENT,
    text_column: str | None = None,
    id_column: str | None = None,
    sheet: str | None = None,
) -> CommentTable:
    """Each filled comment or quotation of a .csv or .xlsx table as a source.

    A source is named after the file and its id, or its row where there is no id. Which
    columns hold words and ids is seen from their headings (comment, text, quote ...;
    id ...) unless named; two that could be are refused. Blank comments are no sources
    and are said. Raises DataRefused, with every row whose id stands twice.
    """
    table = read_text_table(file_name, content, sheet=sheet)
    words = _text_column(table, text_column)
    ids = _id_column(table, id_column)
    names = _attribute_names(table, {words, ids})
    sources = []
    blank = []
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        text = normalise_text(row[words]).strip()
        if not text:
            blank.append(number)
            continue
        label = row[ids].strip() if ids is not None else ""
        name = f"{source_name(file_name)} {label or f'row {number}'}"
        attributes = {
            names[i]: cell.strip()
            for i, cell in enumerate(row)
            if i in names and cell.strip()
        }
        turn = Turn(1, 0, len(text))
        sources.append(
            CommentSource(Transcript(name, kind, text, (turn,)), number, attributes)
        )
    problems = _ids_twice(table, ids, sources)
    if not sources:
        problems.append(_no_comments(table))
    if problems:
        raise DataRefused(problems)
    checks = [_blank_comments(table, blank)] if blank else []
    return CommentTable(tuple(sources), (*table.warnings, *checks))


def _speaker_checks(
    file_name: str, turns: Sequence[Turn], speakers: Sequence[Speaker]
) -> list[DataProblem]:
    if not speakers:
        return [_no_speakers(file_name)]
    checks = [
        DataProblem(
            f"the labels {near.label} and {near.other} may be one speaker",
            file_name,
            "Correct the spelling in the file, or map both to one participant.",
        )
        for near in similar_labels(speaker.label for speaker in speakers)
    ]
    if all(speaker.is_interviewer for speaker in speakers):
        checks.append(_nobody_answers(file_name))
    unnamed = sum(1 for turn in turns if not turn.speaker)
    if unnamed:
        checks.append(_unnamed_turns(file_name, unnamed))
    return checks


def _labels_not_read(file_name: str, text: str) -> list[DataProblem]:
    """A check for each label read as words, as far as it is short enough for a name."""
    short = [one for one in unread_labels(text) if len(one[0].split()) <= LONGEST_NAME]
    return [
        DataProblem(
            f"“{label}:” opens {count} line{'' if count == 1 else 's'} and was read as "
            "words",
            file_name,
            "If it is a speaker, give every turn in the file its speaker's label and "
            "add the file again.",
        )
        for label, count in short
    ]


def _text_column(table: TextTable, asked: str | None) -> int:
    """The position of the column that holds the words."""
    if asked is not None:
        return _named_column(table, asked)
    found = _columns_called(table, _TEXT_HEADINGS)
    if len(found) == 1:
        return found[0]
    if found:
        raise DataRefused([_several(table, [table.headings[i] for i in found])])
    raise DataRefused([_none_found(table)])


def _id_column(table: TextTable, asked: str | None) -> int | None:
    """The position of the column of ids, or nothing; *id* itself goes first."""
    if asked is not None:
        return _named_column(table, asked)
    found = _columns_called(table, ["id"]) or _columns_called(table, _ID_HEADINGS)
    return found[0] if len(found) == 1 else None


def _named_column(table: TextTable, asked: str) -> int:
    keys = [heading_key(heading) for heading in table.headings]
    if heading_key(asked) not in keys:
        raise DataRefused([_no_such_column(table, asked)])
    return keys.index(heading_key(asked))


def _columns_called(table: TextTable, names: Sequence[str]) -> list[int]:
    keys = {heading_key(name) for name in names}
    return [i for i, h in enumerate(table.headings) if heading_key(h) in keys]


def _attribute_names(table: TextTable, taken: set[int | None]) -> dict[int, str]:
    """The attribute name of each other column; a usual one goes to the first."""
    names: dict[int, str] = {}
    for position, heading in enumerate(table.headings):
        if position in taken:
            continue
        usual = _ATTRIBUTE_NAMES.get(heading_key(heading), "")
        own = field_name_for(heading)
        names[position] = usual if usual and usual not in names.values() else own
    return names


def _ids_twice(
    table: TextTable, ids: int | None, sources: Sequence[CommentSource]
) -> list[DataProblem]:
    rows: dict[str, list[int]] = {}
    for source in sources:
        rows.setdefault(source.transcript.name, []).append(source.row)
    heading = table.headings[ids] if ids is not None else ""
    return [
        DataProblem(
            f"rows {' and '.join(map(str, numbers))} have the same id",
            table.where(numbers[0], heading),
            "Give each comment an id of its own, or take the column of ids out.",
        )
        for numbers in rows.values()
        if len(numbers) > 1
    ]


def _is_a_table(file_name: str) -> DataProblem:
    return DataProblem(
        "the file is a table; what is read here is a transcript (.docx or .txt)",
        file_name,
        "Add it as a table of comments, or save the transcript as .txt.",
    )


def _no_such_column(table: TextTable, asked: str) -> DataProblem:
    return DataProblem(
        f"there is no column {asked}; there are {', '.join(table.headings)}",
        table.where(),
        "Name one of these columns.",
    )


def _several(table: TextTable, headings: Sequence[str]) -> DataProblem:
    return DataProblem(
        f"columns {' and '.join(headings)} could both hold the words",
        table.where(),
        "Say which one to read.",
    )


def _none_found(table: TextTable) -> DataProblem:
    likely = [
        heading
        for heading in table.headings
        if process.extractOne(
            heading.casefold(),
            _TEXT_HEADINGS,
            scorer=fuzz.partial_ratio,
            score_cutoff=LIKENESS_TO_PROPOSE,
        )
    ]
    perhaps = f" Perhaps it is {' or '.join(likely)}." if likely else ""
    return DataProblem(
        f"no column is seen to hold the words; there are {', '.join(table.headings)}",
        table.where(),
        "Say which column holds them, or call it comment." + perhaps,
    )


def _no_comments(table: TextTable) -> DataProblem:
    return DataProblem(
        "no row holds a comment",
        table.where(),
        "Check that this is the file you meant.",
    )


def _blank_comments(table: TextTable, rows: Sequence[int]) -> DataProblem:
    shown = ", ".join(map(str, rows[:10])) + (", ..." if rows[10:] else "")
    return DataProblem(
        "blank comments were passed over",
        table.where() + (", row " if len(rows) == 1 else ", rows ") + shown,
        "Nothing need be done if they were left blank.",
    )


def _no_text(file_name: str) -> DataProblem:
    return DataProblem(
        "the file holds no text",
        file_name,
        "Check that this is the file you meant; a scanned page has no text to read.",
    )


def _no_words(file_name: str) -> DataProblem:
    return DataProblem(
        "the file holds speaker labels but no spoken words",
        file_name,
        "Check that the transcript was saved completely.",
    )


def _too_long(file_name: str, characters: int) -> DataProblem:
    return DataProblem(
        f"the text has {characters:,} characters and at most {MAX_CHARACTERS:,} are "
        "read",
        file_name,
        "Split it into several files, one an interview.",
    )


def _no_speakers(file_name: str) -> DataProblem:
    return DataProblem(
        "no speaker labels were found; each paragraph is a turn without a speaker",
        file_name,
        "If there are speakers, write their labels with a colon, such as P07: ...",
    )


def _nobody_answers(file_name: str) -> DataProblem:
    return DataProblem(
        "nobody but the interviewer speaks, so that nobody's words would be counted",
        file_name,
        "If somebody answers, their label was not understood. Begin each of their "
        "turns with plain letters and a colon, such as P07: ...",
    )


def _unnamed_turns(file_name: str, count: int) -> DataProblem:
    stands = "1 turn stands" if count == 1 else f"{count} turns stand"
    return DataProblem(
        f"{stands} before the first speaker label",
        file_name,
        "Nothing need be done if that is the heading of the transcript.",
    )
