"""The group interview quoted wherever a study can quote, and every file that does."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

from debrief_table import NELL, begun, now_read
from rights_desk import ADA_AMONG, BO_AMONG, GROUP, a_rights_desk, code

from coding.analysis_templates.questions import Question
from coding.finding.code_relations import Relation
from coding.finding.keyword_in_context import LineOrder
from data.exporters.debrief_html import report_as_html
from data.exporters.debrief_report import report_as_word
from data.exporters.table_file import table_as_csv
from data.found_passages import PassageFilter, PassageQuery
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.analysis_templates.template_records import AnswerWords, RecordPlace
from data.storage.evidence.evidence_records import (
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
)
from data.storage.findings.finding_records import FindingWords
from data.storage.framework.framework_records import WHOLE, CellPlace, MatrixShape
from data.storage.memos.memo_records import NewMemo, Thing
from data.storage.outcomes.logic_model_records import PartKind, PartWords
from workbench.actions.coders.agreement import pairs_of_coders, read_agreement
from workbench.actions.coders.agreement_report import agreement_file
from workbench.actions.debriefs.minutes_report import minutes_document
from workbench.actions.finding.codings_list import codings_table
from workbench.actions.finding.context_table import context_table
from workbench.actions.finding.finding_report import (
    quotations_as_word,
    quotations_as_xlsx,
)
from workbench.actions.templates.answers_report import record_content
from workbench.actions.themes.contrary import mark_contrary
from workbench.actions.themes.said_themes import read_said_themes
from workbench.actions.themes.summary_report import theme_document
from workbench.actions.themes.theme_summary import read_theme
from workbench.actions.together.reports import KINDS, report_content

MADE = datetime(2025, 6, 10, 9, 30, tzinfo=UTC)
ADAS = "wobbling"
BOS = "the same worker came every single week"
# Begins with who asks and runs on into Ada's words.
ACROSS = f"both?\n\nAda: {ADA_AMONG[:30]}"
# What people wrote of it; each tells how it was coded.
IN_CELLS, OVER_ALL = "Frabjous in a cell.", "Galumphing over all."
ANSWERED, THOUGHT = "Mimsy, as an answer.", "Borogoves, as a thought."
# What tells of pairs has no word of an interview in it.
QUOTING = tuple(one for one in KINDS if one not in ("pairs", "progress"))


class QuotingDesk:
    """Ada's and Bo's words, quoted as evidence of everything that rests on some."""

    def __init__(self, store: StudyStore) -> None:
        self.store = store
        self.ids = ids = a_rights_desk(store)
        store.study.add_person("lead", NELL)
        self.quoted = [
            code(store, ids, "priya", "group", GROUP, words)
            for words in (ADA_AMONG, BO_AMONG, ACROSS)
        ]
        self.as_evidence = [
            NewEvidence(EvidenceKind.CODED_SEGMENT, one) for one in self.quoted
        ]
        self._picked_examples()
        self._found()
        self._met()
        self._summarised()
        self._recorded()
        self._written_on()

    def _picked_examples(self) -> None:
        for one in self.quoted[:2]:
            heard = self.store.codebook.codebook().by_id()[self.ids["heard"]]
            self.store.code_changes.pick_example("priya", heard.id, heard.version, one)
        self.store.codebook_versions.keep("priya", "First", "To look back at.")

    def _found(self) -> None:
        finding = self.store.findings.add("lead", FindingWords("They were heard."))
        self.store.evidence.link("lead", finding.holder, self.as_evidence)
        words = PartWords(PartKind.SHORT, "Families are heard")
        part = self.store.logic_model.add("di", words)
        self.store.evidence.link("di", part.holder, self.as_evidence)

    def _met(self) -> None:
        self.debrief = begun(self.store)
        one = self.store.hypotheses.put_up(
            "di", "They stay.", "Said.", debrief_id=self.debrief
        )
        holder = Holder(HolderKind.HYPOTHESIS, one.id)
        self.store.evidence.link("di", holder, self.as_evidence)

    def _summarised(self) -> None:
        heard = self.ids["heard"]
        shape = MatrixShape("By person", column_ids=(heard,))
        self.matrix = matrix = self.store.framework.add("di", shape)
        for row in self.store.framework.rows(shape):
            place = CellPlace(matrix.id, row.key, heard)
            self.store.framework.write("di", place, IN_CELLS, seen_version=0)
            self.store.framework.link("di", place, self.quoted)
        # Over the whole column and the whole matrix, resting on nothing.
        for column in (heard, WHOLE):
            place = CellPlace(matrix.id, WHOLE, column)
            self.store.framework.write("di", place, OVER_ALL, seen_version=0)
        for one in self.quoted:
            mark_contrary(self.store, "di", heard, one, "It says the opposite.")

    def _recorded(self) -> None:
        templates = self.store.analysis_templates
        made = templates.add("di", "Interview", [Question("", "Who was heard?")])
        self.template = templates.publish("di", made, "First.")
        assert self.template.newest is not None
        (asked,) = self.template.newest.questions
        place = RecordPlace(self.template.id, self.ids["group"])
        records = self.store.analysis_records
        records.write("di", place, asked.id, AnswerWords(ANSWERED), seen_version=0)
        records.link("di", place, asked.id, self.quoted)

    def _written_on(self) -> None:
        for one in self.quoted:
            about = Thing("coded segment", one)
            self.store.memos.add("priya", about, NewMemo(THOUGHT))

    def both_through(self) -> None:
        """Says that both coders are done, so that their codings are compared."""
        for coder in ("priya", "tom"):
            self.store.coders.give("lead", [self.ids["group"]], coder, blind=False)
            self.store.coders.finish(coder, self.ids["group"])

    def every_file(self, reader: str = "lead") -> dict[str, str]:
        """Each file that quotes, made by a person, by its name: every word in it."""
        return {name: words_of(content) for name, content in self._files(reader)}

    def _files(self, reader: str) -> Iterator[tuple[str, bytes]]:
        store = self.store
        lead = store.study.person(reader)
        assert lead is not None
        for kind in QUOTING:
            for ending in _ENDINGS.get(kind, (".docx", ".html")):
                name = f"{kind}{ending}"
                yield name, report_content(store, kind, ending, person=lead)
        minutes = minutes_document(store, now_read(store, self.debrief), "Di", MADE)
        yield "minutes.docx", report_as_word(minutes)
        yield "minutes.html", report_as_html(minutes).encode("utf-8")
        for pair in pairs_of_coders(store):
            found = read_agreement(store, pair)
            yield "agreement.docx", agreement_file(store, lead, found, ".docx")
        theme = read_theme(store, read_said_themes(store), self.ids["heard"])
        assert theme is not None
        yield "theme.docx", report_as_word(theme_document(store, theme, "Di", MADE))
        # Refused while the interview is being coded blind.
        with suppress(DataRefused):
            record = record_content(store, lead, self.template, self.ids["group"])
            yield "record.docx", record
        query = PassageQuery((self.ids["heard"],), Relation.ALONE, (), PassageFilter())
        passages = store.finding.passages(query, reader_id=reader).passages
        more = (store, passages, "?", Relation.ALONE, "Di", MADE)
        yield "found.docx", quotations_as_word(*more)
        yield "found.xlsx", quotations_as_xlsx(*more)
        yield "codings.csv", table_as_csv(codings_table(store, reader))
        for word in ("lantern", "worker"):
            lines = context_table(store, word, 8, LineOrder.SOURCE)
            yield f"{word} in context.csv", table_as_csv(lines)


_ENDINGS = {
    "themes": (".docx", ".html", ".csv", ".xlsx"),
    "matrix": (".docx", ".xlsx"),
    "codebook": (".docx", ".html", ".csv", ".xlsx"),
    "memos": (".docx", ".html", ".csv", ".xlsx"),
    "findings": (".docx", ".html", ".xlsx"),
    "templates": (".docx", ".xlsx"),
    "summaries": (".docx", ".html", ".xlsx"),
}


def words_of(content: bytes) -> str:
    """Every word of a file: of a Word file or workbook those of all its parts."""
    if content[:2] != b"PK":
        return html.unescape(content.decode("utf-8"))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        inside = [
            parts.read(one).decode("utf-8")
            for one in parts.namelist()
            if one.endswith(".xml")
        ]
    return html.unescape(re.sub(r"<[^>]+>", "", "\n".join(inside)))
