"""The sample's files hold together: dates, quotations, speakers, no copied words."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from coding.study import Role
from coding.transcripts import SourceKind

_SAMPLE = Path(__file__).parents[1] / "data" / "sample_study"
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
_TURN = re.compile(r"(?:\[\d\d:\d\d:\d\d\] )?(?P<speaker>\w+): (?P<words>.+)")


def _rows(name: str) -> list[dict[str, str]]:
    text = (_SAMPLE / name).read_text(encoding="utf-8")
    assert "\r" not in text
    return list(csv.DictReader(text.splitlines(), strict=True))


def _cases() -> dict[str, dict[str, str]]:
    return {row["case_id"]: row for row in _rows("cases.csv")}


def _transcripts() -> dict[str, str]:
    folder = _SAMPLE / "transcripts"
    found = {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*.txt")}
    assert len(found) == 3
    return found


def _study() -> dict[str, list[dict]]:
    return tomllib.loads((_SAMPLE / "study.toml").read_text(encoding="utf-8"))


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    plain = text.casefold().replace("'", "").replace("’", "")
    words = re.findall(r"\w+", plain)
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


# ---- Headings and references ----


@pytest.mark.parametrize(
    ("file", "headings"),
    [
        ("cases.csv", _CASE_HEADINGS),
        ("events.csv", "case_id,date,event,detail"),
        ("notes.csv", "case_id,date,text"),
        ("sampling.csv", "case_id,drawn_on,drawn_by,from,rule,replaced,note"),
        ("codings.csv", "source,coder,code,quotation,occurrence"),
        ("judgements.csv", "contemporary,historic,suitability,rationale,judge"),
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
    with (_SAMPLE / file).open(encoding="utf-8") as opened:
        assert opened.readline().rstrip("\n") == headings


def test_there_are_six_contemporary_and_forty_historic_cases_once_each() -> None:
    rows = _rows("cases.csv")
    assert Counter(r["era"] for r in rows) == {"contemporary": 6, "historic": 40}
    for name in ("case_id", "child_id"):
        assert len({r[name] for r in rows}) == 46


def test_references_keep_their_leading_zeros() -> None:
    for row in _rows("cases.csv"):
        assert re.fullmatch(r"00\d{4}", row["case_id"])
        assert re.fullmatch(r"0\d{6}", row["child_id"])


def test_half_of_the_children_are_in_need_through_abuse_or_neglect() -> None:
    needs = Counter(r["primary_need"] for r in _rows("cases.csv"))
    assert needs == {"N1": 23, "N4": 6, "N5": 6, "N2": 4, "N3": 3, "N6": 3, "N8": 1}


# ---- Dates ----


def test_dates_of_a_case_follow_each_other() -> None:
    for case in _cases().values():
        referred = date.fromisoformat(case["referral_date"])
        assert (referred >= _PRACTICE_START) == (case["era"] == "contemporary")
        if case["closed_date"]:
            assert date.fromisoformat(case["closed_date"]) > referred
        assert bool(case["closed_date"]) == bool(case["closure_reason"])


def test_events_lie_in_order_between_birth_and_closure() -> None:
    cases = _cases()
    events = _rows("events.csv")
    assert {e["case_id"] for e in events} == set(cases)
    for case_id, case in cases.items():
        own = [e for e in events if e["case_id"] == case_id]
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
    events = _rows("events.csv")
    assert {e["event"] for e in events} == _EVENTS
    for event in events:
        weekday = date.fromisoformat(event["date"]).weekday() < 5
        assert weekday or event["event"] in _ON_ANY_DAY, event


def test_only_the_first_note_of_a_case_was_known_at_referral() -> None:
    notes = _rows("notes.csv")
    for case_id, case in _cases().items():
        first, *later = [n["date"] for n in notes if n["case_id"] == case_id]
        assert first == case["referral_date"]
        assert all(day > first for day in later)
        assert [first, *later] == sorted([first, *later])


def test_likely_partners_have_longer_narratives() -> None:
    words: Counter[str] = Counter()
    for note in _rows("notes.csv"):
        words[note["case_id"]] += len(note["text"].split())
    assert all(40 <= count <= 250 for count in words.values())
    long = {case_id for case_id, count in words.items() if count >= 120}
    contemporary = {c for c, row in _cases().items() if row["era"] == "contemporary"}
    assert contemporary <= long
    assert len(long - contemporary) >= 8


# ---- How cases were chosen ----


def test_every_contemporary_case_has_one_record_of_choice_after_its_referral() -> None:
    cases = _cases()
    contemporary = [c for c, row in cases.items() if row["era"] == "contemporary"]
    records = _rows("sampling.csv")
    assert sorted(r["case_id"] for r in records) == sorted(contemporary)
    for record in records:
        drawn = date.fromisoformat(record["drawn_on"])
        assert drawn >= date.fromisoformat(cases[record["case_id"]]["referral_date"])
        assert drawn.weekday() < 5


def test_cases_were_drawn_by_people_of_the_study_from_lists_of_their_locality() -> None:
    cases = _cases()
    drew = {p["name"] for p in _study()["person"]}
    records = _rows("sampling.csv")
    for record in records:
        case = cases[record["case_id"]]
        month = date.fromisoformat(case["referral_date"])
        assert record["drawn_by"] in drew
        assert re.fullmatch(
            rf"\d+ referrals accepted in {month:%B %Y}, {case['locality']}",
            record["from"],
        )
        assert re.fullmatch(r"every \d+th from a random start", record["rule"])
        passed_over = set(re.findall(r"\b00\d{4}\b", record["replaced"]))
        assert bool(passed_over) == bool(record["replaced"])
        assert not passed_over & set(cases)
    assert any(record["replaced"] for record in records)


# ---- Transcripts, codings, judgements ----


@pytest.mark.parametrize(
    ("file", "least", "most"),
    [
        ("wave_1_social_worker_denise.txt", 1800, 2500),
        ("wave_2_team_leader_yusuf.txt", 2000, 3000),
        ("family_interview_kirsty.txt", 1500, 2200),
    ],
)
def test_every_turn_has_a_speaker_the_study_knows(
    file: str, least: int, most: int
) -> None:
    source = next(s for s in _study()["source"] if s["file"].endswith(file))
    turns = [_TURN.fullmatch(p) for p in _transcripts()[file].strip().split("\n\n")]
    spoken = [turn for turn in turns if turn]
    assert len(spoken) == len(turns)
    assert {t["speaker"] for t in spoken} == set(source["speakers"])
    assert least <= sum(len(t["words"].split()) for t in spoken) <= most


def test_the_study_names_people_waves_and_sources_that_exist() -> None:
    study = _study()
    assert [p["role"] for p in study["person"]] == [
        Role.PRACTITIONER_RESEARCHER,
        Role.EMBEDDED_RESEARCHER,
        Role.DEBRIEF_TEAM,
        Role.STUDY_LEAD,
    ]
    waves = {wave["name"] for wave in study["wave"]}
    pseudonyms = {p["pseudonym"] for p in study["participant"]}
    assert len(study["source"]) == 4
    for source in study["source"]:
        assert (_SAMPLE / source["file"]).is_file()
        assert SourceKind(source["kind"])
        assert source.get("wave", "Wave 1") in waves
        speakers = set(source.get("speakers", {}).values())
        assert speakers <= pseudonyms | {"interviewer"}
    comments = _rows("survey_comments.csv")
    assert len({c["id"] for c in comments}) == len(comments) == 12
    assert {c["wave"] for c in comments} <= waves


def test_no_two_transcripts_share_a_run_of_twelve_words() -> None:
    for one, other in combinations(_transcripts().values(), 2):
        assert not _runs(one, 12) & _runs(other, 12)


def test_every_quotation_stands_in_its_transcript_under_a_code_of_the_book() -> None:
    codes = {row["name"] for row in _rows("codebook.csv")}
    texts = _transcripts()
    codings = _rows("codings.csv")
    coders = {p["name"] for p in _study()["person"] if p["role"].startswith("embed")}
    for coding in codings:
        text = texts[coding["source"]]
        assert text.count(coding["quotation"]) >= int(coding["occurrence"]) == 1
        assert text.count(coding["quotation"]) == 1, coding["quotation"]
        assert coding["code"] in codes
        assert coding["coder"] in coders
    marked = [(c["source"], c["code"], c["quotation"]) for c in codings]
    assert len(set(marked)) == len(marked)
    per_source = Counter(c["source"] for c in codings)
    assert set(per_source) == {
        "wave_1_social_worker_denise.txt",
        "family_interview_kirsty.txt",
    }
    assert all(20 <= count <= 35 for count in per_source.values())


def test_passages_overlap_carry_two_codes_and_cross_sentences() -> None:
    text = _transcripts()["wave_1_social_worker_denise.txt"]
    marked = [
        (text.index(c["quotation"]), c["quotation"], c["code"])
        for c in _rows("codings.csv")
        if c["source"] == "wave_1_social_worker_denise.txt"
    ]
    pairs = [
        (one, other)
        for one, other in combinations(marked, 2)
        if one[0] < other[0] + len(other[1]) and other[0] < one[0] + len(one[1])
    ]
    assert len(pairs) >= 5
    assert any(one[1] == other[1] for one, other in pairs)
    crossing = "what comes in on your week stays with you. So I come off on the Friday"
    assert any(quotation.startswith(crossing) for _, quotation, _ in marked)


def test_near_misses_are_there_and_uncoded() -> None:
    texts = _transcripts()
    for source, words in [
        ("wave_1_social_worker_denise.txt", "full circle of this building"),
        ("wave_1_social_worker_denise.txt", "that circle at the bottom"),
        ("wave_1_social_worker_denise.txt", "duty of care"),
        ("wave_1_social_worker_denise.txt", "we missed you at the circle"),
        ("family_interview_kirsty.txt", "me phone plan"),
        ("family_interview_kirsty.txt", "late for Lola"),
        ("family_interview_kirsty.txt", "gate duty"),
        ("family_interview_kirsty.txt", "Listen, I’ve got to"),
    ]:
        assert words in texts[source]
        assert not any(words in c["quotation"] for c in _rows("codings.csv"))


def test_indicators_are_the_published_825_each_with_its_table() -> None:
    rows = _rows("indicators.csv")
    assert len(rows) == 825
    tables = Counter(row["source"] for row in rows)
    assert tables == {
        f"Stockport Family Evaluation, DfE 2017, table {n}": 75 for n in range(5, 16)
    }


# ---- Letters ----


def test_accents_apostrophes_and_emoji_survive() -> None:
    notes = (_SAMPLE / "notes.csv").read_text(encoding="utf-8")
    texts = _transcripts()
    for name in ("Zoë", "Paweł"):
        assert name in notes
    assert "O’Dowd" in notes
    assert "Child's behaviour at home" in {
        row["presenting_issue"] for row in _rows("cases.csv")
    }
    assert "Chloë" in texts["family_interview_kirsty.txt"]
    assert "🌟" in texts["family_interview_kirsty.txt"]
    assert "👨\u200d👦\u200d👦" in texts["wave_2_team_leader_yusuf.txt"]
    assert texts["wave_1_social_worker_denise.txt"].count("\nDensie: ") == 1
    assert all("[inaudible " in text for text in texts.values())


# ---- Nothing copied ----


@pytest.mark.shared_data
def test_no_words_of_the_published_evaluation_are_copied(shared_data: Path) -> None:
    published: set[tuple[str, ...]] = set()
    context = sorted((shared_data.parent / "context").glob("*.txt"))
    quoted = [shared_data / "report-quotes.csv"]
    for path in [*context, *quoted, shared_data / "service-user-comments.csv"]:
        published |= _runs(path.read_text(encoding="utf-8"), 8)
    assert len(published) > 10_000
    ours = [p for p in _SAMPLE.rglob("*") if p.suffix in {".txt", ".csv", ".toml"}]
    for path in ours:
        # These two carry published facts, and name indicators and questions as printed.
        if path.name not in {"indicators.csv", "survey_toplines.csv"}:
            copied = _runs(path.read_text(encoding="utf-8"), 8) & published
            assert not copied, path.name
