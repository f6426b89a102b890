"""Every number of the findings report is in its book, and leads back to rows."""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import openpyxl
import pytest
from debrief_study import a_study_to_debrief
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from release_study import DEE, a_final_finding, a_study_to_release, the_report
from sqlmodel import select

from coding.study_design.aims import Aim, Group
from data.exporters.report_document import ReportTable
from data.rights import Right
from data.storage.findings.finding_records import FindingWords
from data.tables import PairingRow
from workbench.actions.findings.findings_report import (
    FindingsReport,
)
from workbench.actions.findings.printed_numbers import MOST_ROWS, capped
from workbench.actions.findings.rows.rest_of_numbers import (
    NOT_COUNTED_HERE,
    THROUGHOUT,
)
from workbench.actions.findings.rows.written_rows import NOT_COUNTED

# Written apart from the report's own: any run of digits, with what belongs to it.
_DIGITS = re.compile(r"(?<![\w.])\d+(?:,\d\d\d)*(?:\.\d+)?%?(?!\w)")


def _digits(text: str) -> list[str]:
    """The numerals of a text, alike whether a spreadsheet holds them as numbers."""
    return [
        one if one[0] == "0" and one[1:2].isdigit() else _as_number(one)
        for one in _DIGITS.findall(text)
    ]


def _as_number(numeral: str) -> str:
    share = "%" if numeral.endswith("%") else ""
    return f"{float(numeral.rstrip('%').replace(',', '')):g}{share}"


def _texts_of_word(content: bytes) -> Iterator[tuple[str, str]]:
    """Each text of the Word file's body with the heading it stands under."""
    document = Document(io.BytesIO(content))
    heading = ""
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield from ((heading, cell.text) for cell in row.cells)
        elif isinstance(block, Paragraph):
            # The list of contents, a line a heading, is made of links.
            if block.style.name.startswith("Heading"):
                heading = block.text
            if not block.hyperlinks:
                yield heading, block.text


def _in_book(report: FindingsReport) -> dict[str, Counter[str]]:
    """How often each numeral has an id, by the heading it stands under."""
    book = openpyxl.load_workbook(io.BytesIO(report.as_file(".xlsx")))
    under = {}
    for section in report.document.sections:
        under[section.heading] = section.heading
        for part in section.parts:
            if caption := getattr(part, "caption", ""):
                under[caption] = section.heading
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for _, where, _, printed in book["Numbers"].iter_rows(min_row=3, values_only=True):
        place = where
        while place not in under and ": " in place:
            place = place.rpartition(": ")[0]
        found[under.get(place, where)].update(_digits(str(printed)))
    return found


def test_every_numeral_printed_in_the_sample_has_an_id(sample_study) -> None:
    assert _checked(the_report(sample_study)) > 300


def test_every_numeral_of_findings_and_quotations_has_an_id(empty_store) -> None:
    a_study_to_release(empty_store)
    a_final_finding(
        empty_store,
        ("s10-1",),
        against=("s31-1",),
        statement="Trust grew in 27 weeks, by 1,200 visits or 12.5% of 36.",
    )
    assert _checked(the_report(empty_store)) > 50


def _checked(report: FindingsReport) -> int:
    """How many different numerals stand under headings, none without an id there."""
    found = _in_book(report)
    # A name, a date or a place in a list has one id wherever it stands.
    names = found[THROUGHOUT] + found["About this file"]
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    for heading, text in _texts_of_word(report.as_file(".docx")):
        printed[heading].update(_digits(text))
    missing = {
        (heading, numeral): count - found[heading][numeral]
        for heading, numerals in printed.items()
        for numeral, count in numerals.items()
        if count > found[heading][numeral] and numeral not in names
    }
    assert not missing
    return sum(map(len, printed.values()))


def test_every_number_of_the_book_has_a_row(sample_study) -> None:
    report = the_report(sample_study)
    book = openpyxl.load_workbook(io.BytesIO(report.as_file(".xlsx")))
    ids = [row[0] for row in book["Numbers"].iter_rows(min_row=3, values_only=True)]
    leads = {
        row[0] for row in book["Counted from"].iter_rows(min_row=3, values_only=True)
    }
    assert len(ids) > 900
    assert [one for one in ids if one not in leads] == []
    without = [n for n in report.numbers if not n.rows and n.printed != "0"]
    assert not without


def test_what_nobody_counted_and_nobody_wrote_is_two_fixed_sentences(
    sample_study,
) -> None:
    left = {
        row
        for number in the_report(sample_study).numbers
        for row in number.rows
        if row.startswith(NOT_COUNTED_HERE)
    }
    assert len(left) == 2
    assert any("GRADE-CERQual" in one for one in left)
    assert any("SHA-256" in one for one in left)


def test_what_a_person_wrote_leads_to_who_wrote_it_and_its_evidence(
    empty_store,
) -> None:
    a_study_to_release(empty_store)
    # 27 people speak about Trust, and a person happens to write 27 too.
    a_final_finding(
        empty_store,
        ("s10-1",),
        statement="Trust grew in 27 weeks for 3 in 4 of those we met.",
    )
    report = the_report(empty_store)
    written = [n for n in report.numbers if n.printed in ("27", "3", "4")]
    in_finding = [n for n in written if n.where.startswith("Finding 1")]
    assert Counter(n.printed for n in in_finding if n.key is None) == Counter(
        # Once in the heading and once in the statement.
        {"27": 2, "3": 2, "4": 2}
    )
    (counted,) = [n for n in in_finding if n.key is not None]
    assert len(counted.rows) == 27
    for one in in_finding:
        if one.key is None:
            assert one.rows[0].startswith(f"{NOT_COUNTED}: finding")
            assert ", by Dee on " in one.rows[0]
            assert "version " in one.rows[0]
            assert one.rows[1].endswith("Interview 05 Wave 1, turn 2")


def test_the_same_words_lead_to_the_same_person_wherever_they_stand(
    empty_store,
) -> None:
    a_study_to_release(empty_store)
    one = empty_store.findings.add(DEE, FindingWords("They met 12 times."))
    report = the_report(empty_store)
    places = {n.where for n in report.numbers if "They met 12 times" in n.what}
    assert {"What was found", f"Finding 1: {one.words.statement}"} <= places


def _rows_of(report: FindingsReport, where: str) -> tuple[str, tuple[str, ...]]:
    (one,) = [n for n in report.numbers if n.where == where]
    return one.printed, one.rows


def test_what_each_rule_left_leads_to_the_cases_left(sample_study) -> None:
    report = the_report(sample_study)
    (table,) = [
        part
        for section in report.document.sections
        for part in section.parts
        if isinstance(part, ReportTable) and part.caption.startswith("What each rule")
    ]
    assert len(table.rows) == 8
    for row in table.rows:
        where = f"{table.caption}: {row[0]}"
        for heading in ("Contemporary", "Historic"):
            printed, rows = _rows_of(report, f"{where}, {heading}")
            assert len(set(rows)) == int(printed)
        printed, rows = _rows_of(report, f"{where}, Possible pairs")
        pairs = sum(int(re.search(r"(\d+) historic case", one)[1]) for one in rows)
        assert f"{pairs:,}" == printed


def test_months_of_referral_lead_to_the_cases_referred_then(sample_study) -> None:
    report = the_report(sample_study)
    months = [n for n in report.numbers if n.where.startswith("Cases by month of ref")]
    assert len(months) > 100
    for one in months:
        assert len(one.rows) == int(one.printed)


def test_balance_leads_to_the_values_of_cases_and_pairs(sample_study) -> None:
    report = the_report(sample_study)
    caption = "Standardised mean differences and variance ratios"
    _, before = _rows_of(report, f"{caption}: Age at referral, Before")
    _, after = _rows_of(report, f"{caption}: Age at referral, After")
    assert len(before) == 1 + 14 + 158
    assert len(after) == 1 + 13 + 13

    def mean(rows: tuple[str, ...], era: str) -> float:
        values = [float(o.rpartition(": ")[2]) for o in rows if o.startswith(era)]
        return sum(values) / len(values)

    ages = [
        float(one.rpartition(": ")[2])
        for one in before
        if one.startswith("Contemporary")
    ]
    middle = sum(ages) / len(ages)
    spread = (sum((a - middle) ** 2 for a in ages) / (len(ages) - 1)) ** 0.5
    for column, rows in (("Before", before), ("After", after)):
        others = [float(o.rpartition(": ")[2]) for o in rows if "istoric case" in o]
        apart = (mean(rows, "Contemporary") - sum(others) / len(others)) / spread
        printed, _ = _rows_of(report, f"{caption}: Age at referral, {column}")
        assert printed.replace("−", "-") == f"{apart:.2f}"


def test_no_row_tells_a_partner_that_somebody_still_has_to_judge(
    sample_study,
) -> None:
    report = the_report(sample_study)
    judged = {
        one.judgement.contemporary_id for one in sample_study.judgements.standing()
    }
    pairing = sample_study.pairings.latest()
    pairs = sample_study.pairings.pairs(pairing.id)
    open_pairs = [one for one in pairs if one.contemporary_id not in judged]
    assert len(open_pairs) >= 5
    partners = {one.historic_id for one in open_pairs} - {
        one.historic_id for one in pairs if one.contemporary_id in judged
    }
    of_pairs = [
        row
        for number in report.numbers
        for row in number.rows
        if number.where.endswith((", After", ", By chance", "of them used"))
        or "pair" in number.what.lower()
        and not number.where.startswith("What each rule")
        and not number.what.endswith(("Before", "Contemporary"))
    ]
    assert any("nobody judged yet" in row for row in of_pairs)
    for case in partners:
        assert not [row for row in of_pairs if f"Historic case {case}" in row]
    for pair in open_pairs:
        both = {pair.contemporary_id, pair.historic_id}
        rows = [r for n in report.numbers for r in n.rows]
        told = [r for r in rows if all(one in r for one in both)]
        # Among all that a rule left nothing tells which of them was chosen.
        assert all(" historic cases: " in r or " historic case: " in r for r in told)


def test_aims_lead_to_the_version_that_set_them_and_reached_to_people(
    empty_store,
) -> None:
    a_study_to_release(empty_store)
    empty_store.design.aims.set(DEE, [Aim(Group("Wave 1", "Parent"), 20, 18)], seen=0)
    report = the_report(empty_store)
    place = "People interviewed of those aimed for, by role and wave: Parent, Wave 1"
    aimed, reached = [
        [n for n in report.numbers if n.where == place and (n.key is None) is is_aim]
        for is_aim in (True, False)
    ]
    (aim,), (people,) = aimed, reached
    assert aim.printed == "20"
    assert aim.rows[0].startswith("Aims, version 1, set by Dee on ")
    assert aim.rows[0].endswith("Parent, Wave 1: 20 people, 18 interviews")
    assert len(people.rows) == int(people.printed) > 0
    held = [n for n in report.numbers if n.where.endswith("Wave 1, Interviews held")]
    assert all(len(n.rows) == int(n.printed) for n in held)


def test_cases_that_changed_since_are_said_to_have_and_not_listed(tmp_path) -> None:
    store, person = a_study_to_debrief(tmp_path)
    report = the_report(store)
    steps = [n for n in report.numbers if n.where.startswith("What each rule left")]
    assert steps
    assert all(n.rows or n.printed == "0" for n in steps)
    with store.database.writing(person.id, Right.MANAGE_STUDY) as writing:
        row = writing.session.exec(select(PairingRow)).one()
        counts = {**row.account["counts"], "historic": 99}
        row.account = {**row.account, "counts": counts}
        writing.session.add(row)
        writing.record("made", "study")
    changed = the_report(store)
    rows = [
        row
        for n in changed.numbers
        if n.where == n.what and n.where.startswith("What each rule left")
        for row in n.rows
    ]
    assert rows
    assert all(one.endswith("the cases have changed since") for one in rows)
    store.close()


@pytest.mark.parametrize("more", [0, 7])
def test_more_rows_than_are_listed_are_counted(more: int) -> None:
    rows = capped([f"Case {n}" for n in range(MOST_ROWS + more)])
    if more:
        assert rows[-1] == f"7 more of {MOST_ROWS + 7:,}: not listed one by one"
    assert len(rows) == MOST_ROWS + bool(more)
