"""Versions of the codebook: compared in words, taken away as a file."""

from __future__ import annotations

from coding.codebook_changes.comparing import Difference, compare_codebooks
from data.codebook_records import CodebookVersion
from data.exporters.report_document import ReportTable
from data.exporters.table_file import table_as_csv
from data.storage import StudyStore
from workbench.actions.codebook.codebooks import codebook_table
from workbench.wording import counted


def differences(
    store: StudyStore, older: CodebookVersion, newer: CodebookVersion | None
) -> list[Difference]:
    """What differs between a version and a later one, or the codebook as it is now.

    As anybody may read it, since it is offered as a file: without hidden examples.
    """
    hidden = store.codebook.hidden_examples(None)
    merged = store.codebook_versions.merged_since(older.history_number)
    after = newer.in_use if newer else store.codebook.codebook()
    return compare_codebooks(
        hidden.to_read_of(older.in_use), hidden.to_read_of(after), merged
    )


def differences_in_words(found: list[Difference]) -> str:
    """How much differs, in a sentence.

    >>> differences_in_words([Difference("1", "Power", "added")])
    '1 difference.'
    """
    return f"{counted(len(found), 'difference')}." if found else "Nothing differs."


def differences_as_csv(found: list[Difference]) -> bytes:
    """Every difference as a row: code, what, before, after, and the sentence."""
    rows = tuple(
        (one.name, one.what, one.before, one.after, one.in_words) for one in found
    )
    headings = ("code", "what", "before", "after", "in words")
    return table_as_csv(ReportTable("Differences", headings, rows))


def version_as_csv(store: StudyStore, version: CodebookVersion) -> bytes:
    """The codes in use in a version, as a table that can be brought in again."""
    return table_as_csv(codebook_table(store, version.in_use))
