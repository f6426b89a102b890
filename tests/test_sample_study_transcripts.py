"""The sample's sources as a sceptic reads them: voices, people, nothing copied."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from sample_files import SAMPLE, rows, runs, study, transcripts, turns
from scipy import stats
from sklearn.feature_extraction.text import CountVectorizer

from coding.study import Role
from coding.transcripts import SourceKind

_WAVES = {
    "Wave 1": ("2024-04-15", "2024-07-15"),
    "Wave 2": ("2025-01-15", "2025-04-15"),
    "Wave 3": ("2025-07-15", "2025-09-15"),
}
_ROLES = {
    *("Social worker", "Early help worker", "Front-door staff", "Health visitor"),
    *("Parent", "Team leader", "School partner", "Reviewing officer"),
    *("Police partner", "Service leader", "Family group conference coordinator"),
}
# What a cue word would suggest and a reader would not: left uncoded on purpose.
_NEAR_MISSES = {
    "wave_1_social_worker_denise.txt": (
        *("full circle of this building", "that circle at the bottom", "duty of care"),
        "we missed you at the circle",
    ),
    "family_interview_kirsty.txt": (
        *("me phone plan", "late for Lola", "gate duty", "Listen, I’ve got to"),
    ),
    "wave_1_service_leader_rosalind.txt": (
        *("my vision's been shot", "a plan of the second floor", "too late for the"),
    ),
    "wave_1_front_door_terri.txt": ("A ceiling panel's come down", "Handover's at one"),
    "wave_1_early_help_worker_comfort.txt": ("sewing circle",),
    "wave_2_group_ormwick.txt": ("turning circle", "her plans through for the loft"),
    "wave_2_social_worker_callum.txt": ("No plan for the weekend", "a door panel"),
    "wave_2_health_visitor_bev.txt": ("our own conference in November",),
    "wave_2_reviewing_officer_hilary.txt": ("I lost my voice on Thursday",),
    "family_interview_dom.txt": ("alongside the racking", "too late for the ten past"),
    "wave_3_social_worker_denise.txt": ("circle seats for a musical",),
    "wave_3_front_door_terri.txt": ("watch the step down",),
    "wave_3_school_partner_gaynor.txt": (
        "on dinner duty",
        "the closure for the boiler",
    ),
    "wave_3_observation_panel_copperhithe.txt": ("a solar panel", "Fire plan by the"),
}


def _sources() -> list[dict]:
    return [s for s in study()["source"] if s["kind"] != "survey_comment"]


def _file(source: dict) -> str:
    return Path(source["file"]).name


def test_thirteen_interviews_a_group_and_an_observation() -> None:
    assert Counter(s["kind"] for s in _sources()) == {
        SourceKind.INTERVIEW: 13,
        SourceKind.GROUP_DISCUSSION: 1,
        SourceKind.OBSERVATION: 1,
    }
    assert {_file(s) for s in _sources()} == set(transcripts())


def test_each_transcript_is_as_long_as_a_real_one_and_knows_who_speaks() -> None:
    texts = transcripts()
    for source in _sources():
        spoken = turns(texts[_file(source)])
        words = sum(len(said.split()) for _, said in spoken)
        assert 1_500 <= words <= 4_000, source["name"]
        assert {who for who, _ in spoken} == (set(source.get("speakers", {})) or {""})


def test_nobody_speaks_twice_running_and_the_clock_runs_on() -> None:
    for name, text in transcripts().items():
        who = [speaker for speaker, _ in turns(text)]
        if set(who) == {""}:
            continue
        assert all(a != b for a, b in zip(who, who[1:], strict=False)), name
        times = re.findall(r"^\[(\d\d:\d\d:\d\d)\]", text, flags=re.MULTILINE)
        assert len(times) >= 3, name
        assert times == sorted(times), name


def test_conversations_fall_on_weekdays_of_their_wave() -> None:
    for source in _sources():
        held = source["held"]
        assert held.weekday() < 5, source["name"]
        if wave := source.get("wave"):
            first, last = _WAVES[wave]
            assert first <= held.isoformat() <= last, source["name"]
            assert _file(source).startswith(wave.lower().replace(" ", "_") + "_")
        else:
            assert _file(source).startswith("family_"), source["name"]
    waves = Counter(s.get("wave", "") for s in _sources())
    assert waves == {"Wave 1": 4, "Wave 2": 5, "Wave 3": 4, "": 2}


def test_everyone_has_a_role_and_two_people_come_back() -> None:
    people = {one["pseudonym"]: one for one in study()["participant"]}
    assert len(people) == 15
    assert {one["role"] for one in people.values()} == _ROLES
    for one in people.values():
        known = "length_of_contact" if one["role"] == "Parent" else "years_in_service"
        assert one[known]
        assert one["locality"]
    heard = Counter(
        who
        for source in _sources()
        for who in set(source.get("speakers", {}).values()) - {"interviewer"}
    )
    assert set(heard) == set(people)
    assert {who for who, times in heard.items() if times == 2} == {"Denise", "Terri"}


def test_the_people_of_the_study_are_two_pairs_of_researchers_and_two_more() -> None:
    assert [(p["name"], p["role"]) for p in study()["person"]] == [
        ("Delroy Ashcombe", Role.PRACTITIONER_RESEARCHER),
        ("Marcia Thewlis", Role.PRACTITIONER_RESEARCHER),
        ("Priya Wetherall", Role.EMBEDDED_RESEARCHER),
        ("Idris Penhallow", Role.EMBEDDED_RESEARCHER),
        ("Fionnuala Stubbings", Role.DEBRIEF_TEAM),
        ("Gwen Akintola", Role.STUDY_LEAD),
    ]


def test_forty_comments_by_many_hands() -> None:
    comments = rows("survey_comments.csv")
    assert [c["id"] for c in comments] == [f"{n:02d}" for n in range(1, 41)]
    assert {c["wave"] for c in comments} == set(_WAVES)
    assert {c["role"] for c in comments} <= _ROLES
    assert len({c["role"] for c in comments}) >= 8
    words = [len(c["comment"].split()) for c in comments]
    assert min(words) < 10
    assert max(words) > 60


def test_no_two_transcripts_share_a_run_of_twelve_words() -> None:
    texts = transcripts()
    assert len(texts) == 15
    for (one, first), (other, second) in combinations(texts.items(), 2):
        assert not runs(first, 12) & runs(second, 12), (one, other)


def test_most_people_are_known_by_how_they_talk() -> None:
    """Half of what somebody says tells who says the other half (Burrows 2002, with
    the cosine); a guess would be right for one in eleven."""
    said: dict[str, list[str]] = {}
    for source in _sources():
        who = source.get("speakers", {})
        for speaker, words in turns(transcripts()[_file(source)]):
            if who.get(speaker, "interviewer") != "interviewer":
                said.setdefault(who[speaker], []).append(words)
    talkers = [n for n, own in said.items() if len(" ".join(own).split()) >= 1_200]
    assert len(talkers) == 11
    halves = [" ".join(said[n][0::2]) for n in talkers]
    halves += [" ".join(said[n][1::2]) for n in talkers]
    counter = CountVectorizer(max_features=600, token_pattern=r"[\w'’]+|[.,?!…—-]+")
    counts = counter.fit_transform(halves).toarray()
    profile = stats.zscore(counts / counts.sum(axis=1, keepdims=True), axis=0)
    profile /= np.linalg.norm(profile, axis=1, keepdims=True)
    likeness = profile[:11] @ profile[11:].T
    assert sum(likeness.argmax(axis=0) == np.arange(11)) >= 8


@pytest.mark.parametrize(
    ("name", "words"),
    [(name, words) for name, found in _NEAR_MISSES.items() for words in found],
)
def test_where_the_cue_is_and_the_code_is_not_nothing_is_coded(
    name: str, words: str
) -> None:
    assert words in transcripts()[name]
    coded = [c["quotation"] for c in rows("codings.csv") if c["source"] == name]
    assert not any(words in quotation for quotation in coded)


def test_recordings_have_what_recordings_have() -> None:
    texts = transcripts()
    denise = texts["wave_1_social_worker_denise.txt"]
    assert denise.count("\nDensie: ") == 1
    assert denise.startswith("[00:00:04] Interviewer: ...so it's running now")
    assert texts["wave_3_front_door_terri.txt"].split(": ", 1)[1].startswith("...")
    for name, text in texts.items():
        if "observation" not in name:
            assert "[inaudible " in text or "[laughs]" in text or "—" in text, name
    assert sum("[inaudible " in text for text in texts.values()) >= 8
    assert any("phone rings]" in text for text in texts.values())


def test_accents_apostrophes_and_emoji_survive() -> None:
    texts = transcripts()
    notes = (SAMPLE / "notes.csv").read_text(encoding="utf-8")
    for name in ("Zoë", "Paweł"):
        assert name in notes
    assert "O’Dowd" in notes
    issues = {row["presenting_issue"] for row in rows("cases.csv")}
    assert "Child's behaviour at home" in issues
    assert "Chloë" in texts["family_interview_kirsty.txt"]
    assert "🌟" in texts["family_interview_kirsty.txt"]
    assert "👨\u200d👦\u200d👦" in texts["wave_2_team_leader_yusuf.txt"]


# ---- Nothing real, nothing copied ----


def test_no_real_place_or_well_known_person_is_named() -> None:
    listed = (Path(__file__).parent / "real_names.txt").read_text(encoding="utf-8")
    names = [n for n in listed.splitlines() if n and not n.startswith("#")]
    assert len(names) > 250
    real = re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b")
    read = 0
    for path in sorted(SAMPLE.rglob("*")):
        published = path.name in ("indicators.csv", "survey_toplines.csv")
        if path.suffix not in {".txt", ".csv", ".toml"} or published:
            continue
        read += 1
        found = real.findall(path.read_text(encoding="utf-8"))
        assert not found, (path.name, sorted(set(found)))
    assert read > 20


@pytest.mark.shared_data
def test_no_words_of_the_published_evaluation_are_copied(shared_data: Path) -> None:
    published: set[tuple[str, ...]] = set()
    context = sorted((shared_data.parent / "context").glob("*.txt"))
    quoted = [shared_data / "report-quotes.csv"]
    for path in [*context, *quoted, shared_data / "service-user-comments.csv"]:
        published |= runs(path.read_text(encoding="utf-8"), 8)
    assert len(published) > 10_000
    ours = [p for p in SAMPLE.rglob("*") if p.suffix in {".txt", ".csv", ".toml"}]
    assert len(ours) > 20
    for path in ours:
        if path.name not in ("indicators.csv", "survey_toplines.csv"):
            copied = runs(path.read_text(encoding="utf-8"), 8) & published
            assert not copied, path.name
