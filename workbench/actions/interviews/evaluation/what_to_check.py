"""What makes figures on a coded table say little, said before anybody trusts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from coding.codebook import Codebook
from coding.codebook_changes.likeness import codes_alike
from coding.suggestions.evaluation.draws import most_coded
from coding.word_roots import FUNCTION_WORDS
from data.importers.interviews.coded_table_import import CodedTable
from data.problems import DataProblem

_FEW_WORDS = 2000
# English speech is half grammar words; another language shares a few by chance.
_LEAST_GRAMMAR = 0.2
_NAMED_AT_MOST = 5


def what_to_check(
    file: str,
    codebook_file: str,
    table: CodedTable,
    book: Codebook,
    coded_transcripts: Sequence[int],
) -> tuple[DataProblem, ...]:
    """Everything odd about a coded table and its codebook; the work goes on with it."""
    return (
        *_labels(file, table, book),
        *_words(file, table),
        *_transcripts(file, table, coded_transcripts),
        *_codes(file, codebook_file, table, book),
    )


def _labels(file: str, table: CodedTable, book: Codebook) -> Iterator[DataProblem]:
    known = {code.name for code in book.codes}
    unknown = Counter(
        label for row in table.rows for label in row.labels if label not in known
    )
    if unknown:
        rows = sum(1 for row in table.rows if set(row.labels) & set(unknown))
        yield DataProblem(
            f"{_listed(unknown)} in {_counted(rows, 'row')} not in the codebook",
            f"{file}, column labels",
            "These labels were left out. Add the codes, or spell the labels as the "
            "codebook does, letter case too.",
        )
    if not any(set(row.labels) & known for row in table.rows):
        yield DataProblem(
            "no row has a label of the codebook",
            f"{file}, column labels",
            "Nothing could be right or wrong: figures are 0. Check that this is the "
            "table you meant.",
        )


def _words(file: str, table: CodedTable) -> Iterator[DataProblem]:
    said = [word for row in table.rows for word in row.text.casefold().split()]
    if len(said) < _FEW_WORDS:
        yield DataProblem(
            f"there are {_counted(len(said), 'word')} in all",
            f"{file}, column text",
            "So little text teaches next to nothing; take the figures as a trial of "
            "the file, not of suggestions.",
        )
    grammar = sum(word.strip(".,;:!?…'\"()") in FUNCTION_WORDS for word in said)
    if len(said) > _NAMED_AT_MOST and grammar < _LEAST_GRAMMAR * len(said):
        yield DataProblem(
            f"only {round(100 * grammar / len(said))} of 100 words are English grammar "
            "words",
            f"{file}, column text",
            "The text may be in another language. It was read as English: expect less "
            "of cues and vectors than in English.",
        )


def _transcripts(
    file: str, table: CodedTable, coded_transcripts: Sequence[int]
) -> Iterator[DataProblem]:
    sources = [row.doc_id for row in table.rows]
    if len(set(sources)) == 1:
        yield DataProblem(
            "there is one transcript",
            f"{file}, column doc_id",
            "Three tenths of it, in one piece, were kept out in each draw. Figures are "
            "kinder than on a transcript not seen before.",
        )
    most = most_coded(sources)
    beyond = sorted({n for n in coded_transcripts if n > most})
    if beyond:
        yield DataProblem(
            f"with three tenths kept out at most {_counted(most, 'transcript')} can be "
            "coded",
            f"{file}, column doc_id",
            f"Left out: {', '.join(map(str, beyond))} coded.",
        )


def _codes(
    file: str, codebook_file: str, table: CodedTable, book: Codebook
) -> Iterator[DataProblem]:
    bare = [code.name for code in book.codes if not code.definition]
    if bare:
        all_of = "no code has" if len(bare) == len(book.codes) else "without"
        named = "" if len(bare) == len(book.codes) else f": {_listed(bare)}"
        yield DataProblem(
            f"{all_of} a definition{named}",
            f"{codebook_file}, column definition",
            "Before anything is coded such a code is found by its name and cues alone.",
        )
    turns = Counter(label for row in table.rows for label in row.labels)
    spread = Counter(
        label
        for label, _ in {(x, row.doc_id) for row in table.rows for x in row.labels}
    )
    single = [c.name for c in book.codes if turns[c.name] == 1]
    local = [c.name for c in book.codes if turns[c.name] > 1 and spread[c.name] == 1]
    if single:
        yield DataProblem(
            f"{_listed(single)}: used once",
            f"{file}, column labels",
            "A code used once is either learned or judged, never both.",
        )
    if local and len({row.doc_id for row in table.rows}) > 1:
        yield DataProblem(
            f"{_listed(local)}: used in one transcript",
            f"{file}, column labels",
            "What is learned of such a code cannot be judged on another transcript.",
        )
    for pair in codes_alike(book.codes):
        yield DataProblem(
            f"two codes may mean one thing: {pair.in_words}",
            codebook_file,
            "If they do, merge them: each turn would otherwise be right for one and "
            "wrong for the other.",
        )


def _listed(names: Sequence[str] | Counter[str]) -> str:
    shown = sorted(names)[:_NAMED_AT_MOST]
    more = len(names) - len(shown)
    listed = ", ".join(f"“{name}”" for name in shown)
    return f"{listed} and {more} more" if more else listed


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number:,} {name}s"
