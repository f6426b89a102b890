"""How the cases were chosen, as reports print it: one paragraph and a table."""

from __future__ import annotations

from datetime import UTC, datetime

from case_desk import a_record
from debrief_study import a_study_to_debrief
from docx import Document

from data.exporters.report_document import Paragraph, ReportTable
from matching.sampling import Sampling
from workbench.actions.together import reports
from workbench.actions.together.sampling_report import sampling_section

HEADING = "How the cases were chosen"
FAIRLY = (
    " A case nobody recorded the choice of may have been picked by hand, and cases "
    "picked by hand cannot be compared fairly."
)


def test_every_record_stands_under_one_paragraph():
    second = a_record(
        "C2", drawn_on="", drawn_by="", drawn_from="", note="The only one left."
    )
    sampling = Sampling(("C1", "C2"), (a_record("C1", replaced="C9: gone"), second))
    section = sampling_section(sampling)
    assert (section.heading, section.level) == (HEADING, 1)
    paragraph, table = section.parts
    assert paragraph == Paragraph(
        "2 of 2 contemporary cases have a record; drawn on 4 June 2024 from 1 list by "
        "1 person; 1 stands in for cases passed over."
    )
    assert isinstance(table, ReportTable)
    assert table.rows == (
        (
            "C1",
            "by Kim on 4 June 2024",
            "46 referrals, Sallowby",
            "every 9th from a random start",
            "C9: gone",
        ),
        (
            "C2",
            "not recorded",
            "not recorded",
            "every 9th from a random start",
            "none. The only one left.",
        ),
    )


def test_cases_without_a_record_are_named_with_what_that_means():
    paragraph, _ = sampling_section(Sampling(("C1", "C2"), (a_record("C1"),))).parts
    assert paragraph.text.endswith(f" Without a record: C2.{FAIRLY}")


def test_study_without_records_says_so_and_has_no_table():
    (paragraph,) = sampling_section(Sampling(("C1", "C2"))).parts
    assert paragraph.text == (
        "None of the 2 contemporary cases has a record of how it was chosen." + FAIRLY
    )
    (paragraph,) = sampling_section(Sampling(())).parts
    assert paragraph.text == "No contemporary cases have been added."


def test_pairs_and_debrief_print_it_before_the_pairs_and_in_word(tmp_path):
    store, person = a_study_to_debrief(tmp_path)
    store.sampling.add(person.id, [a_record("C1", replaced="C9: file closed")])
    moment = datetime(2026, 3, 5, tzinfo=UTC)
    for made in (reports.pairs_document, reports.debrief_document):
        headings = [one.heading for one in made(store, "Ama", moment).sections]
        assert headings.index(HEADING) < headings.index("Pairs that shed light")
    for kind in ("pairs", "debrief"):
        path = reports.write_report(store, kind, tmp_path / f"{kind}.docx")
        document = Document(str(path))
        assert HEADING in [paragraph.text for paragraph in document.paragraphs]
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        assert "C9: file closed" in cells
        assert "every 9th from a random start" in cells
