"""Charts of cited figures in the findings report: pictures that words stand for."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from lxml import html
from PIL import Image
from release_study import (
    DEE,
    LEAD,
    a_study_to_release,
    the_report,
    the_shareable_report,
)
from sqlmodel import select
from survey_figures import a_topline

from data.disclosure.rules import NHS
from data.exporters.bar_chart import Bar, bar_chart
from data.exporters.quarter_chart import QuarterValue, Span, quarter_chart
from data.exporters.report_document import Picture, Section, words_of
from data.figures.indicators import IndicatorValue
from data.figures.survey_toplines import SurveyTopline
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind, NewEvidence
from data.storage.findings.finding_records import FindingWords
from data.tables import IndicatorValueRow, SurveyToplineRow
from workbench.actions.findings.findings_report import (
    FindingsReport,
)

QUARTERS = (("2014/15 Q1", 40), ("2014/15 Q2", None), ("2014/15 Q3", 3))
ANSWERS = (a_topline("Yes", 24, 40), a_topline("No", 36, 60))


def _cited(
    store: StudyStore, kind: EvidenceKind, answers: tuple[SurveyTopline, ...] = ANSWERS
) -> None:
    """A final finding that cites a figure, and another that cites it again."""
    a_study_to_release(store)
    started = replace(store.study.read(), practice_start="2014-07-15")
    store.study.change(LEAD, started)
    store.indicators.save(
        LEAD,
        [
            IndicatorValue("Referrals", quarter, "North", value, "count", "Table 11")
            for quarter, value in QUARTERS
        ],
    )
    store.toplines.save(LEAD, answers)
    is_survey = kind is EvidenceKind.SURVEY
    table = SurveyToplineRow if is_survey else IndicatorValueRow
    with store.database.reading() as session:
        cited = session.exec(select(table)).first().id
    for statement in ("Trust is early.", "Trust lasts."):
        one = store.findings.add(DEE, FindingWords(statement, "Moderate."))
        store.evidence.link(DEE, one.holder, [NewEvidence(kind, cited)])
        store.findings.make_final(DEE, one)


def _finding(report: FindingsReport, number: int) -> Section:
    (found,) = [
        one
        for one in report.document.sections
        if one.heading.startswith(f"Finding {number}:")
    ]
    return found


def _pictures(section: Section) -> list[Picture]:
    return [one for one in section.parts if isinstance(one, Picture)]


def _said(section: Section) -> str:
    return "\n".join(words for part in section.parts for words in words_of(part))


def test_a_cited_indicator_is_drawn_once_with_its_gap_and_start(empty_store) -> None:
    _cited(empty_store, EvidenceKind.INDICATOR)
    report = the_report(empty_store)
    (picture,) = _pictures(_finding(report, 1))
    assert picture.caption == "Figure 2. Referrals, North"
    assert picture.alternative == (
        "Line over quarters, no trend drawn. Referrals, North: 2014/15 Q1 40; "
        "2014/15 Q2 no value; 2014/15 Q3 3. The new practice began: 2014/15 Q2."
    )
    assert not _pictures(_finding(report, 2))
    assert "See Figure 2." in _said(_finding(report, 2))
    said = _said(_finding(report, 1))
    assert "too few neighbouring quarters have values" in said
    assert "In 1 of 2 quarters it is below 10: a small number" in said
    assert "Source: Table 11." in said


def test_every_number_of_a_chart_leads_to_its_row(empty_store) -> None:
    _cited(empty_store, EvidenceKind.INDICATOR)
    found = {
        n.where.rpartition(": ")[2]: (n.printed, n.rows)
        for n in the_report(empty_store).numbers
        if n.where.startswith("Figure 2.")
    }
    assert found == {
        "2014/15 Q1": ("40", ("Referrals, North, 2014/15 Q1: 40 count (Table 11)",)),
        "2014/15 Q3": ("3", ("Referrals, North, 2014/15 Q3: 3 count (Table 11)",)),
    }


def test_a_cited_survey_answer_stands_with_the_others_of_its_wave(empty_store) -> None:
    _cited(empty_store, EvidenceKind.SURVEY)
    (picture,) = _pictures(_finding(the_report(empty_store), 1))
    assert picture.caption == "Figure 2. Staff survey, Wave 1: I have time"
    assert "Yes 24 of 60 people, 40%; No 36 of 60 people, 60%." in picture.alternative


def test_both_files_hold_the_pictures_with_words_for_them(sample_study) -> None:
    report = the_report(sample_study)
    pictures = [p for one in report.document.sections for p in _pictures(one)]
    assert len(pictures) == 5
    word = Document(io.BytesIO(report.as_file(".docx")))
    described = [s._inline.docPr.get("descr") for s in word.inline_shapes]
    page = html.fromstring(report.as_file(".html").decode("utf-8"))
    told = [one.alternative for one in pictures]
    assert described == page.xpath("//img/@alt") == told
    assert sum("no trend drawn" in one for one in told) == 2
    assert sum("Staff survey, Wave" in one for one in told) == 2


def test_small_numbers_of_a_chart_are_hidden_in_what_leaves(empty_store) -> None:
    _cited(empty_store, EvidenceKind.INDICATOR)
    report = the_shareable_report(empty_store)
    (picture,) = _pictures(_finding(report, 1))
    assert "2014/15 Q1 40; 2014/15 Q2 no value; 2014/15 Q3 [c]." in picture.alternative
    said = _said(_finding(report, 1))
    assert "2 quarters" not in said
    assert not any(one.rows for one in report.numbers)
    empty_store.disclosure_rule.set_rule(LEAD, NHS, "The trust's rule.", seen=0)
    (picture,) = _pictures(_finding(the_shareable_report(empty_store), 1))
    assert f"2014/15 Q3 {NHS.hidden_as}." in picture.alternative


def test_a_survey_with_a_small_answer_is_not_drawn_in_what_leaves(empty_store) -> None:
    few = (a_topline("Yes", 57, 95), a_topline("No", 3, 5))
    _cited(empty_store, EvidenceKind.SURVEY, few)
    assert _pictures(_finding(the_report(empty_store), 1))
    section = _finding(the_shareable_report(empty_store), 1)
    assert not _pictures(section)
    assert "Not drawn: so few people gave one of the answers" in _said(section)


def test_a_survey_whose_answers_are_many_is_drawn_in_what_leaves(empty_store) -> None:
    _cited(empty_store, EvidenceKind.SURVEY)
    assert _pictures(_finding(the_shareable_report(empty_store), 1))


def _inked(png: bytes) -> tuple[int, int]:
    """The width of a picture, and the last column that is not paper."""
    picture = Image.open(io.BytesIO(png)).convert("L")
    columns = picture.point(lambda shade: 255 if shade < 250 else 0).getbbox()
    assert columns is not None
    return picture.width, columns[2]


@pytest.mark.parametrize("words", ["9", "1,048 of 2,112 people in all waves, 49.6%"])
def test_the_words_beside_the_longest_bar_stay_in_the_picture(words: str) -> None:
    width, last = _inked(bar_chart([Bar("Yes", 9, words), Bar("No", 3, "3")]))
    assert last < width - 10


def test_a_gap_breaks_the_line_and_a_wave_stands_above_it() -> None:
    values = [QuarterValue(f"2014/15 Q{n}", 20.0, "20") for n in (1, 2, 3, 4)]
    gap = [values[0], QuarterValue("2014/15 Q2", None, "no value"), *values[2:]]

    def line(png: bytes) -> int:
        picture = Image.open(io.BytesIO(png)).convert("RGB")
        row = [picture.getpixel((x, 190)) for x in range(picture.width)]
        return sum(one == (11, 93, 102) for one in row)

    whole, broken = quarter_chart(values), quarter_chart(gap)
    assert line(whole) > 1_000
    assert line(broken) < line(whole) / 2
    span = Span("Wave 1", "2014/15 Q2", "2014/15 Q3")
    assert quarter_chart(values, [span]) != whole
    with pytest.raises(ValueError, match="has quarters"):
        quarter_chart([])
