"""Reports as files: pairs, themes, matrices, debrief, codebook, memos, findings,
answers in analysis templates, summaries of themes.

The ending of the file's name says what it becomes. Every report names whom it was made
by and that it identifies people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from coding.codebook import Code
from coding.study import Person
from coding.themes import QUOTATIONS_PER_THEME, with_quotations_spread
from data.exporters.debrief_html import report_as_html
from data.exporters.debrief_report import report_as_word
from data.exporters.pairing_tables import account_json
from data.exporters.report_document import (
    Paragraph,
    Part,
    ReportDocument,
    ReportTable,
    Section,
)
from data.exporters.table_file import table_as_csv, table_as_xlsx
from data.problems import DataProblem, DataRefused
from data.rights import Right
from data.storage import StudyStore
from data.storage.people_rights.touched import REPORT_MADE
from workbench.actions.account.pairing_report import (
    pairing_values,
    read_pairing_report,
)
from workbench.actions.account.pairing_sections import pairing_sections
from workbench.actions.cases.within_cases import kept_comparisons
from workbench.actions.codebook.codebook_report import past_sections, past_tables
from workbench.actions.codebook.codebooks import codebook_table
from workbench.actions.findings.findings_report import (
    findings_book,
    findings_document,
)
from workbench.actions.framework.matrix_report import (
    matrix_word_file,
    matrix_workbook,
)
from workbench.actions.memos.memo_report import memos_document, memos_table
from workbench.actions.templates.answers_report import (
    answers_word_file,
    answers_workbook,
)
from workbench.actions.themes.summary_report import (
    summaries_book,
    summaries_document,
)
from workbench.actions.together import (
    debrief,
    pair_report,
    progress_report,
    theme_reading,
)
from workbench.actions.together.debrief import DebriefChoice
from workbench.actions.together.sampling_report import sampling_section
from workbench.actions.together.within_case_report import within_case_sections

KINDS = (
    *("pairs", "progress", "themes", "matrix", "debrief", "codebook", "memos"),
    *("findings", "templates", "summaries"),
)


@dataclass(frozen=True, slots=True)
class _Maker:
    """How a kind of report is made: a document, and table or values where it can; or
    files of its own, by their endings.

    A table that ``is_read_in_again`` begins at the top of its sheet.
    """

    document: Callable[[StudyStore, str, datetime], ReportDocument] | None
    table: Callable[[StudyStore], ReportTable] | None = None
    more_tables: Callable[[StudyStore], Sequence[tuple[str, ReportTable]]] | None = None
    values: Callable[[StudyStore, str, datetime], dict[str, Any]] | None = None
    book: Callable[[StudyStore, str, datetime], bytes] | None = None
    files: Mapping[str, Callable[[StudyStore, str, datetime], bytes]] | None = None
    is_read_in_again: bool = False

    @property
    def endings(self) -> tuple[str, ...]:
        if self.files:
            return tuple(self.files)
        tables: tuple[str, ...] = (".xlsx", ".csv") if self.table else ()
        tables = (".xlsx",) if self.book else tables
        return (".docx", ".html", *tables, *((".json",) if self.values else ()))


def write_report(
    store: StudyStore,
    kind: str,
    path: str | Path,
    *,
    person: Person | None = None,
    made_at: datetime | None = None,
) -> Path:
    """The path of the report written there, by the ending of its name.

    The debrief takes in what its page does at first. Raises DataRefused for a kind or
    an ending that does not exist, and where the file cannot be written; nothing is
    then left behind.
    """
    path = Path(path)
    maker = _maker_of(kind)
    ending = path.suffix.casefold()
    if ending not in maker.endings:
        _refuse_ending(kind, path, maker)
    moment = made_at or datetime.now().astimezone()
    content = _content(store, maker, ending, person.name if person else "", moment)
    _write(path, content)
    if person:
        note_report(store, person, kind, ending)
    return path


def report_content(
    store: StudyStore, kind: str, ending: str, *, person: Person
) -> bytes:
    """A report as the content of a file, with an audit line that it was taken away."""
    moment = datetime.now().astimezone()
    content = _content(store, _maker_of(kind), ending, person.name, moment)
    note_report(store, person, kind, ending)
    return content


def note_report(store: StudyStore, person: Person, kind: str, ending: str) -> None:
    """Leave an audit line that a person took a report away."""
    with store.database.writing(person.id, Right.MAKE_REPORTS) as writing:
        writing.record(REPORT_MADE, "report", kind, ending=ending)


def pairs_document(
    store: StudyStore, made_by: str, made_at: datetime
) -> ReportDocument:
    """How the cases were chosen and paired, what was judged, how pairs progressed; and
    apart from all pairs, the cases compared with themselves."""
    pairs = pair_report.read_judged_pairs(store)
    chosen = sampling_section(store.sampling.sampling())
    overall = progress_report.read_progress(store)
    return ReportDocument(
        "Judged pairs",
        store.study.read().name,
        made_by,
        made_at,
        (
            chosen,
            *pair_report.pair_sections(pairs),
            *progress_report.progress_sections(overall),
            *pairing_sections(read_pairing_report(store)),
            *_within_cases(store),
        ),
    )


def progress_document(
    store: StudyStore, made_by: str, made_at: datetime
) -> ReportDocument:
    """How pairs progressed: counts, agreement, settings, every reason; and apart from
    all pairs, the cases compared with themselves."""
    overall = progress_report.read_progress(store)
    nothing = Section(
        progress_report.HEADING,
        (Paragraph("Nobody has begun to compare how a pair progressed."),),
    )
    return ReportDocument(
        "Progress over all pairs",
        store.study.read().name,
        made_by,
        made_at,
        (
            *(progress_report.progress_sections(overall) or (nothing,)),
            *_within_cases(store),
        ),
    )


def _within_cases(store: StudyStore) -> list[Section]:
    start = store.study.read().practice_start
    return within_case_sections(kept_comparisons(store), start)


def themes_document(
    store: StudyStore, made_by: str, made_at: datetime
) -> ReportDocument:
    """Every theme by wave and role, then one by one with quotations."""
    read = theme_reading.read_themes(store, quotations=0)
    spoken = [one for one in read.themes if one.mentions]
    lead = Paragraph(
        "Counts are of people first: how many of those who took part speak about a "
        "theme. Only what people coded is counted."
    )
    tables = (theme_reading.themes_table(read.themes, "wave"),) if read.themes else ()
    return ReportDocument(
        "Themes",
        store.study.read().name,
        made_by,
        made_at,
        (
            Section("Themes by wave", (lead, *tables)),
            *(
                debrief.theme_section(read, one)
                for one in with_quotations_spread(spoken, QUOTATIONS_PER_THEME)
            ),
        ),
    )


def debrief_document(
    store: StudyStore, made_by: str, made_at: datetime
) -> ReportDocument:
    """The debrief as its page shows it at first."""
    material = debrief.read_material(store)
    return debrief.write_debrief(
        material, DebriefChoice(), made_by=made_by, made_at=made_at
    )


def codebook_document(
    store: StudyStore, made_by: str, made_at: datetime
) -> ReportDocument:
    """Every code with its definition, when to use it and when not; then what was
    decided, which versions were kept, and every change. Examples that not everybody
    may read now are left out."""
    hidden = store.codebook.hidden_examples(None)
    book = hidden.to_read_of(store.codebook.codebook())
    sections = tuple(
        Section(code.name, tuple(_code_parts(code)), level=1 if depth == 0 else 2)
        for depth, code in book.in_tree_order()
    )
    return ReportDocument(
        "Codebook",
        store.study.read().name,
        made_by,
        made_at,
        (*sections, *past_sections(store)),
    )


def _code_parts(code: Code) -> list[Part]:
    said = (
        ("", code.definition),
        ("Use when: ", code.use_when),
        ("Do not use when: ", code.do_not_use_when),
        ("Cues: ", ", ".join(code.cues)),
        ("Example: ", " / ".join(code.examples)),
        ("Near miss: ", code.near_miss),
    )
    return [Paragraph(f"{name}{words}") for name, words in said if words]


def _pairs_table(store: StudyStore) -> ReportTable:
    return pair_report.all_cases_table(pair_report.read_judged_pairs(store))


def _progress_table(store: StudyStore) -> ReportTable:
    return progress_report.verdicts_table(store.verdicts.results())


def _themes_table(store: StudyStore) -> ReportTable:
    return theme_reading.themes_as_list(theme_reading.read_themes(store))


def _codebook_table(store: StudyStore) -> ReportTable:
    return codebook_table(store, store.codebook.codebook())


_MAKERS = {
    "pairs": _Maker(pairs_document, _pairs_table, values=pairing_values),
    "progress": _Maker(progress_document, _progress_table),
    "themes": _Maker(themes_document, _themes_table),
    "matrix": _Maker(None, files={".xlsx": matrix_workbook, ".docx": matrix_word_file}),
    "debrief": _Maker(debrief_document),
    "codebook": _Maker(
        codebook_document, _codebook_table, past_tables, is_read_in_again=True
    ),
    "memos": _Maker(memos_document, memos_table),
    "templates": _Maker(
        None, files={".xlsx": answers_workbook, ".docx": answers_word_file}
    ),
    "findings": _Maker(findings_document, book=findings_book),
    "summaries": _Maker(summaries_document, book=summaries_book),
}


def _content(
    store: StudyStore, maker: _Maker, ending: str, made_by: str, made_at: datetime
) -> bytes:
    if maker.files:
        return maker.files[ending](store, made_by, made_at)
    assert maker.document is not None, "a report without files of its own has one"
    if ending == ".docx":
        return report_as_word(maker.document(store, made_by, made_at))
    if ending == ".html":
        return report_as_html(maker.document(store, made_by, made_at)).encode("utf-8")
    if ending == ".json" and maker.values is not None:
        return account_json(maker.values(store, made_by, made_at))
    if ending == ".xlsx" and maker.book is not None:
        return maker.book(store, made_by, made_at)
    if maker.table is None:
        raise AssertionError("an ending was let through that this kind does not have")
    table = maker.table(store)
    if ending == ".csv":
        return table_as_csv(table)
    more = maker.more_tables(store) if maker.more_tables else ()
    return table_as_xlsx(table, "Report", more, mark_above=not maker.is_read_in_again)


def _write(path: Path, content: bytes) -> None:
    # Written beside and then moved, so that a full disk leaves no half report.
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise DataRefused(
            [
                DataProblem(
                    "The report cannot be written there.",
                    str(path),
                    "Check that the folder exists and that the file is not open in "
                    "another program. Nothing was written.",
                )
            ]
        ) from fault


def _maker_of(kind: str) -> _Maker:
    if kind not in _MAKERS:
        raise DataRefused(
            [
                DataProblem(
                    f"There is no report of the kind {kind}.",
                    "Kind of report",
                    f"Choose one of {', '.join(KINDS)}. Nothing was written.",
                )
            ]
        )
    return _MAKERS[kind]


def _refuse_ending(kind: str, path: Path, maker: _Maker) -> None:
    *some, last = maker.endings
    asked = path.suffix or "a name without ending"
    raise DataRefused(
        [
            DataProblem(
                f"A report of {kind} cannot be written as {asked}.",
                path.name,
                f"End the name in {', '.join(some)} or {last}. Nothing was written.",
            )
        ]
    )
