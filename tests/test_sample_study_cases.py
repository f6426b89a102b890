"""The sample's cases hold together: references, shares, dates, working days, notes."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from sample_files import SAMPLE, cases, rows, runs

_CASE_HEADINGS = (
    "case_id,child_id,family_id,era,referral_date,date_of_birth,sex,ethnicity,"
    "disability,locality,primary_need,presenting_issue,secondary_issue,"
    "referral_source,assessment_factors,previous_referrals,household,closed_date,"
    "closure_reason"
)
_EVENTS = {
    *("Contact", "Referral", "Duty visit", "Assessment start", "Assessment end"),
    *("Early help assessment", "Team around the child", "Family group conference"),
    *("Strategy discussion", "Section 47", "Section 47 end", "Initial conference"),
    *("Plan start", "Plan review", "Step up", "Step down", "Missing episode"),
    *("Team around the school", "Closure", "Re-referral"),
}
_ON_ANY_DAY = {"Contact", "Missing episode", "Step up"}
_PRACTICE_START = date(2024, 4, 15)
# England and Wales; the days on which no meeting can be held.
_BANK_HOLIDAYS = {
    *("2022-08-29", "2022-09-19", "2022-12-26", "2022-12-27", "2023-01-02"),
    *("2023-04-07", "2023-04-10", "2023-05-01", "2023-05-08", "2023-05-29"),
    *("2023-08-28", "2023-12-25", "2023-12-26", "2024-01-01", "2024-03-29"),
    *("2024-04-01", "2024-05-06", "2024-05-27", "2024-08-26", "2024-12-25"),
    *("2024-12-26", "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05"),
    *("2025-05-26", "2025-08-25"),
}
_LIMITS = {"Assessment end": 45, "Initial conference": 15}


def _by_case(name: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows(name):
        found.setdefault(row["case_id"], []).append(row)
    return found


# ---- Headings and references ----


@pytest.mark.parametrize(
    ("file", "headings"),
    [
        ("cases.csv", _CASE_HEADINGS),
        ("events.csv", "case_id,date,event,detail"),
        ("notes.csv", "case_id,date,text"),
        ("sampling.csv", "case_id,drawn_on,drawn_by,from,rule,replaced,note"),
        ("codings.csv", "source,coder,code,quotation,occurrence"),
        (
            "agreed.csv",
            "source,coder,code,begins,decision,reading_of,rationale,decided_by",
        ),
        (
            "judgements.csv",
            "contemporary,historic,suitability,rationale,judge,part,verdicts",
        ),
        ("survey_comments.csv", "id,wave,role,comment"),
        ("indicators.csv", "indicator,quarter,area,value,unit,source"),
        (
            "survey_toplines.csv",
            "survey,wave,fieldwork,question,topic,statement,answer,count,percent,base,"
            "note,source",
        ),
    ],
)
def test_each_table_has_its_headings(file: str, headings: str) -> None:
    with (SAMPLE / file).open(encoding="utf-8") as opened:
        assert opened.readline().rstrip("\n") == headings


def test_there_are_fourteen_contemporary_and_many_historic_cases_once_each() -> None:
    listed = rows("cases.csv")
    eras = Counter(r["era"] for r in listed)
    assert eras["contemporary"] == 14
    assert eras["historic"] >= 150
    for name in ("case_id", "child_id"):
        assert len({r[name] for r in listed}) == len(listed)


def test_references_keep_their_leading_zeros() -> None:
    for row in rows("cases.csv"):
        assert re.fullmatch(r"00\d{4}", row["case_id"])
        assert re.fullmatch(r"0\d{6}", row["child_id"])


def test_needs_come_in_the_usual_shares() -> None:
    needs = Counter(r["primary_need"] for r in rows("cases.csv"))
    total = sum(needs.values())
    assert 0.45 <= needs["N1"] / total <= 0.6
    assert all(needs[code] >= 3 for code in ("N2", "N3", "N4", "N5", "N6", "N8"))
    assert set(needs) <= {f"N{n}" for n in range(1, 10)}


def test_codes_of_both_layouts_are_there_each_in_its_time() -> None:
    """One code for physical abuse at first (18A), then two by who does it."""
    older, newer = [], []
    for case in cases().values():
        factors = set(case["assessment_factors"].split("|"))
        if "18A" in factors:
            older.append(case["referral_date"])
        if factors & {"18B", "18C"}:
            newer.append(case["referral_date"])
    assert len(older) >= 3
    assert len(newer) >= 10
    assert max(older) < "2023-04-15"


# ---- Dates ----


def test_dates_of_a_case_follow_each_other() -> None:
    for case in cases().values():
        referred = date.fromisoformat(case["referral_date"])
        assert (referred >= _PRACTICE_START) == (case["era"] == "contemporary")
        if case["closed_date"]:
            assert date.fromisoformat(case["closed_date"]) > referred
        assert bool(case["closed_date"]) == bool(case["closure_reason"])


def test_events_lie_in_order_between_birth_and_closure() -> None:
    events = _by_case("events.csv")
    assert set(events) == set(cases())
    for case_id, case in cases().items():
        own = events[case_id]
        days = [e["date"] for e in own]
        assert days == sorted(days), case_id
        born = case["date_of_birth"]
        assert born > case["referral_date"] or days[0] >= born, case_id
        for event in own:
            after = bool(case["closed_date"]) and event["date"] > case["closed_date"]
            assert after == (event["event"] == "Re-referral"), event
        named = {e["event"]: e["date"] for e in own}
        assert named["Referral"] == case["referral_date"]
        assert named.get("Closure", "") == case["closed_date"]


def test_events_have_known_names_and_meetings_fall_on_weekdays() -> None:
    events = rows("events.csv")
    assert {e["event"] for e in events} == _EVENTS
    for event in events:
        is_working_day = (
            date.fromisoformat(event["date"]).weekday() < 5
            and event["date"] not in _BANK_HOLIDAYS
        )
        assert is_working_day or event["event"] in _ON_ANY_DAY, event


def test_only_the_first_note_of_a_case_was_known_at_referral() -> None:
    notes = _by_case("notes.csv")
    for case_id, case in cases().items():
        first, *later = [n["date"] for n in notes[case_id]]
        assert first == case["referral_date"]
        assert all(day > first for day in later)
        assert [first, *later] == sorted([first, *later])


def test_likely_partners_have_longer_narratives() -> None:
    words = {
        case_id: sum(len(note["text"].split()) for note in notes)
        for case_id, notes in _by_case("notes.csv").items()
    }
    assert all(40 <= count <= 400 for count in words.values())
    long = {case_id for case_id, count in words.items() if count >= 120}
    contemporary = {c for c, row in cases().items() if row["era"] == "contemporary"}
    assert contemporary <= long
    assert len(long - contemporary) >= 40


def test_no_two_notes_are_cut_from_one_cloth() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for note in rows("notes.csv"):
        for run in runs(note["text"], 9):
            assert seen.setdefault(run, note["case_id"]) == note["case_id"], run


def test_every_contemporary_case_says_how_it_was_chosen() -> None:
    records = {row["case_id"]: row for row in rows("sampling.csv")}
    contemporary = {c for c, row in cases().items() if row["era"] == "contemporary"}
    assert set(records) == contemporary
    assert len(rows("sampling.csv")) == len(records)
    for case_id, record in records.items():
        assert record["drawn_on"] >= cases()[case_id]["referral_date"]
        assert record["drawn_by"] in ("Delroy Ashcombe", "Gwen Akintola")
        assert record["rule"]
        assert case_id not in record["replaced"]
        passed_over = set(re.findall(r"\b00\d{4}\b", record["replaced"]))
        assert bool(passed_over) == bool(record["replaced"])
        assert not passed_over & set(cases())
        assert record["from"].endswith(cases()[case_id]["locality"])
    assert any(record["replaced"] for record in records.values())


def test_working_days_are_counted_right() -> None:
    """From the referral, or for a conference from the strategy discussion before it."""
    checked = 0
    events = _by_case("events.csv")
    for case_id, case in cases().items():
        own = events[case_id]
        for event in own:
            said = re.search(r"Working day (\d+)(?:, (\d+) over)?", event["detail"])
            if not said:
                continue
            since = case["referral_date"]
            if event["event"] == "Initial conference":
                since = max(
                    e["date"]
                    for e in own
                    if e["event"] == "Strategy discussion"
                    and e["date"] <= event["date"]
                )
            days = _working_days(since, event["date"])
            assert int(said[1]) == days, event
            assert int(said[2] or 0) == max(0, days - _LIMITS[event["event"]]), event
            checked += 1
    assert checked > 60


def _working_days(start: str, end: str) -> int:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(
        day.weekday() < 5 and day.isoformat() not in _BANK_HOLIDAYS for day in days
    )


def test_indicators_are_the_published_825_each_with_its_table() -> None:
    listed = rows("indicators.csv")
    assert len(listed) == 825
    tables = Counter(row["source"] for row in listed)
    assert tables == {
        f"Stockport Family Evaluation, DfE 2017, table {n}": 75 for n in range(5, 16)
    }
