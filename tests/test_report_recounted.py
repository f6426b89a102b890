"""Numbers of the sample's report, each worked out again from the tables themselves."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from nltk.metrics.agreement import AnnotationTask

from coding.agreement.sentences import sentences_in
from data.storage import StudyStore
from workbench.actions.findings.findings_report import (
    FindingsReport,
    write_findings_report,
)
from workbench.actions.findings.report_material import made_now, read_material


@pytest.fixture
def raw(sample_study: StudyStore) -> Iterator[sqlite3.Connection]:
    """The study's own file, read past everything the report goes through."""
    connection = sqlite3.connect(sample_study.database.file)
    yield connection
    connection.close()


@pytest.fixture
def report(sample_study: StudyStore) -> FindingsReport:
    material = read_material(sample_study)
    return write_findings_report(material, made_by="Dee", made_at=made_now())


def _printed(report: FindingsReport, where: str, what: str = "") -> str:
    found = [n for n in report.numbers if n.where == where and n.what.startswith(what)]
    assert found, where
    assert len({one.printed for one in found}) == 1, found
    return found[0].printed


def _count(raw: sqlite3.Connection, query: str, *given: str) -> int:
    (found,) = raw.execute(query, given).fetchone()
    return int(found)


METHOD = "How it was found out"


def test_sources_of_all_and_of_a_wave(report, raw) -> None:
    everything = _count(raw, "SELECT COUNT(*) FROM source")
    assert everything == 55
    assert [n.printed for n in report.numbers if n.what == "Sources"] == ["55"]
    second = _count(
        raw,
        "SELECT COUNT(*) FROM source s JOIN wave w ON w.id = s.wave_id "
        "WHERE w.name = 'Wave 2'",
    )
    assert _printed(report, METHOD, "Sources, Wave 2") == str(second)


def test_people_reached_in_interviews_of_a_role_and_wave(report, raw) -> None:
    reached = _count(
        raw,
        """SELECT COUNT(DISTINCT p.id) FROM participant p
           JOIN speaker s ON s.participant_id = p.id
           JOIN turn t ON t.source_id = s.source_id AND t.speaker = s.label
           JOIN source o ON o.id = s.source_id JOIN wave w ON w.id = o.wave_id
           WHERE p.role = 'Social worker' AND w.name = 'Wave 1'
           AND o.kind IN ('interview', 'group_discussion')""",
    )
    assert reached > 0
    place = "Aimed for and reached. People come before interviews."
    (text,) = [
        row
        for section in report.document.sections
        for part in section.parts
        if getattr(part, "caption", "") == place
        for row in part.rows
        if row[:4] == ("Wave 1", "Social worker", "", "")
    ]
    assert text[5] == str(reached)
    (aims,) = raw.execute(
        "SELECT aims FROM aims_version ORDER BY number DESC LIMIT 1"
    ).fetchone()
    query = "SELECT id FROM wave WHERE name = 'Wave 1'"
    (wave,) = raw.execute(query).fetchone()
    aimed = [
        one["people"]
        for one in json.loads(aims)
        if one["role"] == "Social worker"
        and one["wave"] == wave
        and not one["team"]
        and not one["locality"]
    ]
    assert [text[4]] == [str(one) for one in aimed]


def test_agreement_of_two_coders_by_nltk(report, raw) -> None:
    """Every sentence of a person under every code that either used."""
    marked: dict[str, list[tuple[str, str, int, int]]] = {}
    for source, *passage in raw.execute(
        'SELECT source_id, coder_id, code_id, start, "end" FROM coded_segment '
        "WHERE layer = ''"
    ):
        marked.setdefault(source, []).append(tuple(passage))
    both = {
        source: passages
        for source, passages in marked.items()
        if len({coder for coder, *_ in passages}) == 2
    }
    assert len(both) == 4
    coders = {coder for passages in both.values() for coder, *_ in passages}
    used = {code for passages in both.values() for _, code, _, _ in passages}
    assert len(coders) == 2
    triples, sentences = [], 0
    for source, passages in both.items():
        said = _sentences(raw, source)
        sentences += len(said)
        triples += [
            (
                coder,
                (source, code, start),
                str(
                    any(
                        (who, what) == (coder, code) and begins < end and ends > start
                        for who, what, begins, ends in passages
                    )
                ),
            )
            for code in used
            for start, end in said
            for coder in coders
        ]
    task = AnnotationTask(triples)
    caption = "Agreement of Idris Penhallow and Priya Wetherall, by sentence"
    for figure, value in (
        ("Cohen's kappa", task.kappa()),
        ("Krippendorff's alpha", task.alpha()),
    ):
        place = f"{caption}: {figure}, All codes pooled"
        assert _printed(report, place) == f"{value:.2f}"
    share = _printed(report, f"{caption}: Agreed, share of decisions, All codes pooled")
    assert abs(float(share.rstrip("%")) - 100 * task.avg_Ao()) < 0.06
    compared = f"{caption}: Sentences compared, All codes pooled"
    assert _printed(report, compared).replace(",", "") == str(sentences)


def _sentences(raw: sqlite3.Connection, source: str) -> list[tuple[int, int]]:
    """What people other than interviewers say in a source, sentence by sentence."""
    query = "SELECT text FROM source WHERE id = ?"
    (text,) = raw.execute(query, (source,)).fetchone()
    turns = raw.execute(
        'SELECT t.start, t."end" FROM turn t JOIN speaker s ON '
        "s.source_id = t.source_id AND s.label = t.speaker "
        "WHERE t.source_id = ? AND NOT s.is_interviewer",
        (source,),
    )
    return [one for start, end in turns for one in sentences_in(text, start, end)]


def _facts(raw: sqlite3.Connection, era: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for case, name, value in raw.execute(
        "SELECT c.reference, f.field_name, f.value FROM case_file c "
        "JOIN case_fact f ON f.case_id = c.id WHERE c.era = ?",
        (era,),
    ):
        found.setdefault(case, {})[name] = value
    return found


def test_pairs_left_by_the_same_need_and_by_days_of_follow_up(report, raw) -> None:
    later, earlier = _facts(raw, "contemporary"), _facts(raw, "historic")
    needs = [
        (one, other)
        for one in later
        for other in earlier
        if later[one]["primary_need"] == earlier[other]["primary_need"]
    ]
    caption = "What each rule left, in order"
    place = f"{caption}: have the same primary need"
    assert _printed(report, f"{place}, Possible pairs") == f"{len(needs):,}"
    historic = len({other for _, other in needs})
    assert _printed(report, f"{place}, Historic") == str(historic)

    def day(case: dict[str, str]) -> date:
        return date.fromisoformat(case["referral_date"])

    start = date(2024, 4, 15)
    left = [
        (one, other)
        for one, other in needs
        if 1 <= (day(later[one]) - day(earlier[other])).days <= 548
        and later[one]["family_id"] != earlier[other]["family_id"]
        and later[one]["child_id"] != earlier[other]["child_id"]
        and day(later[one]) >= start > day(earlier[other])
        and day(earlier[other]) + timedelta(days=180) <= start
    ]
    (place,) = {
        n.where.rpartition(", ")[0]
        for n in report.numbers
        if n.where.startswith(f"{caption}: ") and "180 days of follow-up" in n.where
    }
    assert _printed(report, f"{place}, Possible pairs") == f"{len(left):,}"


def test_pairs_and_their_total_distance(report, raw) -> None:
    pairs, total = raw.execute("SELECT COUNT(*), SUM(distance) FROM pair").fetchone()
    place = "Appendix B: how cases were matched"
    assert _printed(report, place, "Pairs served") == str(pairs)
    assert _printed(report, place, "Total distance") == f"{total:.3f}"


def test_cases_of_a_month_of_referral(report, raw) -> None:
    dates = [c["referral_date"][:7] for c in _facts(raw, "historic").values()]
    month = max(set(dates), key=dates.count)
    said = f"{date.fromisoformat(month + '-01'):%B %Y}"
    place = f"Cases by month of referral: {said}, Historic"
    assert _printed(report, place) == str(dates.count(month))


def test_every_quarter_of_an_indicator(report, raw) -> None:
    name, area = (
        "Percentage of re-referrals to Children's Social Care",
        "Stockport Total",
    )
    values = raw.execute(
        "SELECT quarter, value FROM indicator_value WHERE indicator = ? AND area = ?",
        (name, area),
    ).fetchall()
    assert len(values) > 10
    for quarter, value in values:
        printed = _printed(report, f"Figure 4. {name}, {area}: {quarter}")
        assert float(printed.rstrip("%")) == value


def test_every_answer_to_a_statement_of_a_survey(report, raw) -> None:
    statement = "I feel there is a lot of cross team support in my organisation"
    answers = raw.execute(
        "SELECT answer, count, percent, base FROM survey_topline "
        "WHERE survey = 'Staff survey' AND wave = 'Wave 2' AND statement = ?",
        (statement,),
    ).fetchall()
    assert len(answers) == 6
    for answer, count, percent, base in answers:
        place = f"Figure 3. Staff survey, Wave 2: {statement}: {answer}"
        assert _printed(report, place) == f"{count} of {base} people, {percent:g}%"


def test_records_of_the_template_that_are_complete(report, raw, sample_study) -> None:
    (template,) = sample_study.analysis_templates.templates()
    spoken = _count(raw, "SELECT COUNT(*) FROM source WHERE kind <> 'survey_comment'")
    words = "\n".join(report.document.words())
    assert f" of {spoken} records complete" in words
    assert f"{template.name}, version 1" in words
