"""The Word report, read back."""

import io
from datetime import UTC, datetime
from zipfile import ZipFile

from docx import Document

from data.exporters.debrief_report import report_as_word
from data.exporters.report_document import (
    Paragraph,
    Points,
    Quotation,
    ReportDocument,
    ReportTable,
    Section,
)

_TABLE = ReportTable(
    "People who took part, by role and wave",
    ("Role", "Wave 1", "Wave 2"),
    (("Parent", "3", "4"), ("Social worker", "5", "5")),
    number_columns=(1, 2),
)
_REPORT = ReportDocument(
    "Debrief",
    "Autumn review <b>of</b> early help",
    "Ada Lead",
    datetime(2026, 3, 5, 14, 2, tzinfo=UTC),
    (
        Section("The question", (Paragraph("Does it help & how?"), Points(("a", "b")))),
        Section("Who took part", (_TABLE,)),
        Section(
            "Same worker",
            (
                Quotation(
                    "She came every week\x0b, rain\x00 or not \U0001f327",
                    "Kestrel, parent, wave 1",
                    "Interview 03, turn 14",
                ),
            ),
            level=2,
        ),
    ),
)


def _read_back(report=_REPORT):
    return Document(io.BytesIO(report_as_word(report)))


def test_every_word_of_the_report_is_in_the_file():
    document = _read_back()
    paragraphs = "\n".join(p.text for p in document.paragraphs)
    cells = "\n".join(
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    )
    for words in (
        "Autumn review <b>of</b> early help",
        "Made on 5 March 2026, 14:02 by Ada Lead.",
        "Does it help & how?",
        "People who took part, by role and wave",
        "Kestrel, parent, wave 1",
        "Interview 03, turn 14",
    ):
        assert words in paragraphs
    assert "Social worker" in cells


def test_what_xml_cannot_hold_is_dropped_and_an_emoji_stays():
    text = "\n".join(p.text for p in _read_back().paragraphs)
    assert "“She came every week, rain or not \U0001f327”" in text


def test_headings_are_headings_of_their_level():
    styles = {p.text: p.style.name for p in _read_back().paragraphs}
    assert styles["Debrief"] == "Title"
    assert styles["The question"] == "Heading 1"
    assert styles["Same worker"] == "Heading 2"
    assert styles["a"] == "List Bullet"


def test_every_page_says_who_may_see_it():
    (section,) = _read_back().sections
    assert section.header.paragraphs[0].text.startswith("Internal: identifies people")
    assert not section.different_first_page_header_footer
    assert "NUMPAGES" in section.footer.paragraphs[0]._p.xml


def test_the_heading_row_of_a_table_repeats_and_is_described():
    (table,) = _read_back().tables
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert "w:tblHeader" not in table.rows[1]._tr.xml
    assert 'w:tblDescription w:val="People who took part' in table._tbl.xml


def test_the_file_names_its_title_and_british_english_and_no_program():
    document = _read_back()
    about = document.core_properties
    assert (about.title, about.language) == ("Debrief", "en-GB")
    assert about.author == "Ada Lead"
    assert about.comments == ""
    assert 'w:lang w:val="en-GB"' in document.styles.element.xml


def test_nothing_in_the_file_points_outside_it():
    with ZipFile(io.BytesIO(report_as_word(_REPORT))) as parts:
        for name in parts.namelist():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in parts.read(name)


def test_a_report_without_sections_is_still_a_file():
    empty = ReportDocument("Debrief", "S", "Ada", datetime(2026, 1, 1, tzinfo=UTC), ())
    assert [p.text for p in _read_back(empty).paragraphs][0] == "Debrief"
