"""The coding already done in the sample: exact words, honest disagreement, wide use."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from sample_files import SAMPLE, rows, study, transcripts, turns
from sklearn.metrics import cohen_kappa_score

_FIRST, _SECOND = "Priya Wetherall", "Idris Penhallow"
_TWICE_CODED = {
    "wave_1_social_worker_denise.txt",
    "wave_1_early_help_worker_comfort.txt",
    "wave_2_reviewing_officer_hilary.txt",
    "family_interview_kirsty.txt",
}
_WAITING = {"wave_2_team_leader_yusuf.txt", "wave_3_school_partner_gaynor.txt"}
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*[\"'”’)\]]*\s*")
_LEAST_OF_EACH = 5
"""A code needs so many coded sentences of each coder to have a figure."""


def _headings() -> set[str]:
    return {row["parent"] for row in rows("codebook.csv")} - {""}


def _codes() -> set[str]:
    return {row["name"] for row in rows("codebook.csv")} - _headings()


def _roles() -> dict[str, str]:
    return {one["pseudonym"]: one["role"] for one in study()["participant"]}


def _speaker_roles() -> dict[str, dict[str, str]]:
    """By file the role behind each speaker label; of an observation there is none."""
    roles = _roles()
    return {
        Path(source["file"]).name: {
            label: roles[who]
            for label, who in source.get("speakers", {}).items()
            if who != "interviewer"
        }
        for source in study()["source"]
    }


def test_the_codebook_has_five_headings_and_thirty_six_codes() -> None:
    assert len(_headings()) == 5
    assert len(_codes()) == 36
    for row in rows("codebook.csv"):
        if row["name"] in _codes():
            assert len(re.findall(r"\w[.!?](?:\s|$)", row["definition"])) == 2, row[
                "name"
            ]
            assert 3 <= len(row["cues"].split("|")) <= 8, row["name"]
            for field in ("include", "exclude", "examples", "near_miss"):
                assert row[field], (row["name"], field)


def test_every_quotation_stands_once_in_one_answer_under_a_code() -> None:
    texts = transcripts()
    comments = {row["comment"] for row in rows("survey_comments.csv")}
    coders = {p["name"] for p in study()["person"] if p["role"].startswith("embed")}
    codings = rows("codings.csv")
    assert len(codings) > 300
    for coding in codings:
        words = coding["quotation"]
        assert coding["code"] in _codes(), coding["code"]
        assert coding["coder"] in coders
        assert coding["occurrence"] == "1"
        if coding["source"] == "survey_comments.csv":
            assert sum(words in comment for comment in comments) == 1, words
            continue
        assert texts[coding["source"]].count(words) == 1, words
        answers = [
            said
            for speaker, said in turns(texts[coding["source"]])
            if speaker not in ("Interviewer", "Researcher", "Moderator")
        ]
        assert any(words in said for said in answers), words
    marked = [tuple(coding.values()) for coding in codings]
    assert len(set(marked)) == len(marked)


def test_four_are_coded_by_two_and_two_wait_uncoded() -> None:
    by_source: dict[str, set[str]] = defaultdict(set)
    for coding in rows("codings.csv"):
        by_source[coding["source"]].add(coding["coder"])
    twice = {source for source, coders in by_source.items() if len(coders) == 2}
    assert twice == _TWICE_CODED
    assert not _WAITING & set(by_source)
    suggested = {Path(s["file"]).name for s in study()["source"] if s.get("suggest")}
    assert suggested == _WAITING
    assert set(transcripts()) - set(by_source) == _WAITING


def test_passages_overlap_carry_two_codes_and_cross_sentences() -> None:
    text = transcripts()["wave_1_social_worker_denise.txt"]
    marked = [
        (text.index(c["quotation"]), c["quotation"], c["code"])
        for c in rows("codings.csv")
        if c["source"] == "wave_1_social_worker_denise.txt" and c["coder"] == _FIRST
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


def test_many_turns_are_left_uncoded() -> None:
    codings = rows("codings.csv")
    for name in set(transcripts()) - _WAITING:
        quotations = [c["quotation"] for c in codings if c["source"] == name]
        roles = _speaker_roles()[name]
        said = [w for who, w in turns(transcripts()[name]) if not roles or who in roles]
        untouched = [w for w in said if not any(q in w for q in quotations)]
        assert len(untouched) >= len(said) / 6, name


# ---- Wide use ----


def test_every_code_is_used_twice_and_in_two_roles_or_it_is_said_why_not() -> None:
    used: Counter[str] = Counter()
    roles: dict[str, set[str]] = defaultdict(set)
    of_file = _speaker_roles()
    texts = transcripts()
    comment_role = {row["comment"]: row["role"] for row in rows("survey_comments.csv")}
    for coding in rows("codings.csv"):
        code, words = coding["code"], coding["quotation"]
        used[code] += 1
        if coding["source"] == "survey_comments.csv":
            roles[code] |= {r for said, r in comment_role.items() if words in said}
            continue
        for speaker, said in turns(texts[coding["source"]]):
            if words in said:
                known = of_file[coding["source"]]
                roles[code].add(known[speaker] if speaker else "Observer")
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    for code in sorted(_codes()):
        is_wide = used[code] >= 2 and len(roles[code]) >= 2
        assert is_wide or f"**{code}** is seldom used" in readme, code


def test_themes_differ_by_wave_as_the_readme_says() -> None:
    wave = {Path(s["file"]).name: s.get("wave", "") for s in study()["source"]}
    spread: dict[str, Counter[str]] = defaultdict(Counter)
    for coding in rows("codings.csv"):
        if coding["coder"] == _FIRST and wave.get(coding["source"]):
            spread[coding["code"]][wave[coding["source"]]] += 1
    total: Counter[str] = sum(spread.values(), Counter())
    for code, foremost in {
        "Vision and leadership": "Wave 1",
        "Role clarity": "Wave 1",
        "Holding risk": "Wave 2",
        "Preparing families": "Wave 2",
        "Escalation and step-down": "Wave 3",
    }.items():
        shares = {name: spread[code][name] / total[name] for name in total}
        assert max(shares, key=lambda name: shares[name]) == foremost, (code, shares)


# ---- Two coders ----


def _sentences(text: str) -> list[tuple[int, int]]:
    """Each sentence of what participants say, by where it stands."""
    found, at = [], 0
    for paragraph in text.split("\n"):
        label, _, said = paragraph.partition(": ")
        if said and not label.endswith(("Interviewer", "Researcher")):
            begin = at + len(label) + 2
            for match in _SENTENCE.finditer(said):
                if match.group().strip():
                    found.append((begin + match.start(), begin + match.end()))
        at += len(paragraph) + 1
    return found


def _marks(coder: str, source: str) -> list[tuple[str, int, int]]:
    text = transcripts()[source]
    return [
        (c["code"], text.index(c["quotation"]), len(c["quotation"]))
        for c in rows("codings.csv")
        if c["coder"] == coder and c["source"] == source
    ]


def _units() -> dict[str, tuple[list[int], list[int]]]:
    """By code, for every sentence of the four, whether each coder has marked it."""
    units: dict[str, tuple[list[int], list[int]]] = {c: ([], []) for c in _codes()}
    for source in sorted(_TWICE_CODED):
        marks = [_marks(coder, source) for coder in (_FIRST, _SECOND)]
        for start, end in _sentences(transcripts()[source]):
            for code, sides in units.items():
                for side, marked in zip(sides, marks, strict=True):
                    side.append(
                        int(
                            any(
                                name == code and at < end - 1 and at + length > start
                                for name, at, length in marked
                            )
                        )
                    )
    return units


@pytest.fixture(scope="module")
def kappas() -> dict[str, float]:
    return {
        code: cohen_kappa_score(first, second)
        for code, (first, second) in _units().items()
        if min(sum(first), sum(second)) >= _LEAST_OF_EACH
    }


def test_two_coders_agree_as_two_careful_people_do(kappas: dict[str, float]) -> None:
    assert len(kappas) >= 12
    middle = sorted(kappas.values())[len(kappas) // 2]
    assert 0.5 <= middle <= 0.8
    for code, kappa in kappas.items():
        assert 0.4 <= kappa <= 0.9, (code, kappa)


def test_they_disagree_in_every_transcript_both_ways() -> None:
    for source in _TWICE_CODED:
        first, second = (set(_marks(c, source)) for c in (_FIRST, _SECOND))
        assert len(first - second) >= 3, source
        assert len(second - first) >= 3, source
