"""Aims, who was reached, waves' dates, spellings and topic guides, as plain values."""

from __future__ import annotations

import pytest

from coding.problems import CodingRefused
from coding.study import Participant
from coding.study_design.aims import Aim, AimRow, Group, read_aims
from coding.study_design.reached import Heard, Standing, count_reached
from coding.study_design.spellings import AlikeNames, alike_names
from coding.study_design.topic_guides import (
    Question,
    compare_questions,
    questions_as_text,
    read_questions,
)

WAVES = ("Wave 1", "Wave 2", "Wave 3")
PEOPLE = (
    Participant("ada", "Ada", "Social worker", "North", "Hill"),
    Participant("bo", "Bo", "Social worker", "", "Hill"),
    Participant("cy", "Cy", "Parent", "", ""),
    Participant("di", "Di", "Team leader", "South", "Dale"),
    Participant("ed", "Ed", "Social worker", "North", "Hill"),
)
HEARD = (
    Heard("s1", "Wave 1", frozenset({"ada"})),
    Heard("s2", "Wave 2", frozenset({"ada", "bo"})),
    Heard("s3", "", frozenset({"cy"})),
    Heard("s4", "Wave 2", frozenset({"di"})),
    Heard("s6", "Wave 1", frozenset({"ada", "bo", "ed"}), is_interview=False),
    Heard("s5", "Wave 2", frozenset({"gone"})),
)


def _aim(wave: str, role: str, people: int, team: str = "", more: int | None = None):
    return Aim(Group(wave, role, team), people, more)


def test_people_are_counted_once_in_all_and_once_in_each_wave() -> None:
    read = count_reached([], PEOPLE, HEARD, WAVES)
    assert read.everybody == ("ada", "bo", "cy", "di")
    assert [(w.wave, w.people, w.sources, w.interviews) for w in read.waves] == [
        ("Wave 1", ("ada",), 2, 1),
        ("Wave 2", ("ada", "bo", "di"), 3, 2),
        ("Wave 3", (), 0, 0),
        ("No wave", ("cy",), 1, 1),
    ]
    assert {g.standing for g in read.groups} == {Standing.NOT_AIMED}
    # A comment is no interview: who left no more is told apart.
    assert read.elsewhere == ("ed",)


def test_each_standing_is_told_apart() -> None:
    aims = [
        _aim("Wave 1", "Social worker", 1),
        _aim("Wave 2", "Social worker", 1),
        _aim("Wave 2", "Social worker", 3, team="North"),
        _aim("Wave 3", "Parent", 2),
        _aim("", "Parent", 1, more=2),
        _aim("", "Social worker", 2, more=2),
    ]
    read = count_reached(aims, PEOPLE, HEARD, WAVES)
    assert [(one.standing, one.people) for one in read.groups] == [
        (Standing.AS_AIMED, ("ada",)),
        (Standing.MORE, ("ada", "bo")),
        (Standing.SHORT, ("ada",)),
        (Standing.NOBODY, ()),
        (Standing.FEWER_INTERVIEWS, ("cy",)),
        (Standing.AS_AIMED, ("ada", "bo")),
        (Standing.NOT_AIMED, ("di",)),
    ]
    short = read.groups[2]
    assert (short.short_of_people, short.perhaps) == (2, ("bo",))
    assert read.groups[0].elsewhere == ("bo", "ed")
    assert read.groups[-1].group == Group("Wave 2", "Team leader", "South")
    # Who is aimed for within a wider group is added once.
    assert [(w.aimed, w.lacking, w.not_aimed) for w in read.waves] == [
        (1, 0, 0),
        (1, 0, 1),
        (2, 2, 0),
        (None, 0, 0),
    ]
    assert Group("Wave 2", "Social worker", "North") in read.within
    assert read.in_several == ()


def test_somebody_in_two_groups_that_cross_is_named() -> None:
    aims = [_aim("Wave 1", "Social worker", 1), _aim("Wave 1", "", 1, team="North")]
    assert count_reached(aims, PEOPLE, HEARD, WAVES).in_several == ("ada",)


def test_every_problem_of_the_aims_is_named_at_once() -> None:
    def row(number: int, people: str, **more: str) -> AimRow:
        said = {"wave": "wave 1", "role": f"Role {number}", **more}
        return AimRow(f"Row {number}", people=people, **said)

    rows = [
        row(1, "-2"),
        row(2, "twenty"),
        row(3, "40%"),
        row(4, ""),
        row(5, "2.5", interviews="some"),
        row(6, "3", wave="Wave 9"),
        row(7, "3", role="Role 8"),
        row(8, "4"),
        AimRow("Row 9"),
        row(10, "200000"),
        row(11, "0"),
    ]
    with pytest.raises(CodingRefused) as refused:
        read_aims(rows, WAVES)
    assert [(p.where, p.found) for p in refused.value.problems] == [
        ("Row 1, people", "it is below zero"),
        ("Row 2, people", "it is in words, and a number is needed"),
        ("Row 3, people", "it is a share, and people are counted"),
        ("Row 4, people", "there is no number"),
        ("Row 5, people", "it is not a whole number"),
        ("Row 5, interviews", "it is in words, and a number is needed"),
        ("Row 6, wave", "the study has no wave called Wave 9"),
        ("Row 8", "Role 8, Wave 1 stands in Row 7 already"),
        ("Row 10, people", "more than 100,000 cannot be aimed for"),
    ]
    (good,) = read_aims([row(1, "6.0", interviews="1,200", wave="")], WAVES)
    assert good == Aim(Group("", "Role 1"), 6, 1200)


def test_spellings_are_offered_and_numbers_keep_names_apart() -> None:
    found = alike_names(["Social worker", "social-worker", "Socail worker", "Parent"])
    assert found[0] == AlikeNames("Social worker", "social-worker", only_form=True)
    assert {(one.first, one.second) for one in found[1:]} == {
        ("Socail worker", "Social worker"),
        ("Socail worker", "social-worker"),
    }
    assert not alike_names([f"Locality team {n}" for n in range(80)])


GUIDE = """About you
1. How long have you worked here?
   - In this team
   b) Before
Working together
2) What is it like to sit together?
• Good days"""


def test_a_guide_is_read_with_prompts_and_headings_and_reads_back() -> None:
    read = read_questions(GUIDE)
    assert read == [
        Question(
            "How long have you worked here?", ("In this team", "Before"), "About you"
        ),
        Question(
            "What is it like to sit together?", ("Good days",), "Working together"
        ),
    ]
    assert read_questions(questions_as_text(read)) == read
    plain = read_questions("How long?\n\tHere?\nYou:\nWhat <b>now</b>?")
    assert plain == [
        Question("How long?", ("Here?",)),
        Question("What <b>now</b>?", (), "You:"),
    ]
    long = read_questions("\n".join(f"Question number {n}?" for n in range(200)))
    assert read_questions(questions_as_text(long)) == long
    assert len(long) == 200


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("  \n", "there is no question in it"),
        ("- Before", "a prompt stands before any question"),
        ("1. One\nThe end", "no question stands under the last heading"),
        ("x" * 2001, "it has 2,001 characters"),
        ("\n".join("abc" for _ in range(1001)), "there are 1,001 questions"),
    ],
)
def test_a_guide_that_cannot_be_read_says_why(text: str, found: str) -> None:
    with pytest.raises(CodingRefused) as refused:
        read_questions(text)
    assert found in refused.value.problems[0].found


def test_two_versions_are_compared_question_by_question() -> None:
    before = [Question(w) for w in ("One thing?", "How is the new team?", "Gone now")]
    before += [Question("Last?", ("a",)), Question("Very last?")]
    after = [
        Question("Very last?"),
        Question("One thing?"),
        Question("How is the new locality team?"),
        Question("Last?", ("a", "b")),
        Question("Whom would you ask about money?"),
    ]
    found = compare_questions(before, after)
    assert found.reworded == ((before[1], after[2]),)
    assert (found.added, found.removed) == ((after[4],), (before[2],))
    assert found.prompts == ((before[3], after[3]),)
    assert found.moved == ((after[0], 5, 1),)
    assert compare_questions(before, before).is_none
