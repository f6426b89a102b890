"""Who says a theme, between waves, together, for range, until nothing new is met."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from coding.mentions import NO_WAVE
from coding.study import Participant
from coding.theme_summaries.codes_met import met_by_source
from coding.theme_summaries.contrary_cases import unlike_their_role
from coding.theme_summaries.counting import mentions_of_themes
from coding.theme_summaries.quotation_range import (
    QuotablePlace,
    choose_for_range,
    swapped,
)
from coding.theme_summaries.said import (
    NOT_NAMED_ONE,
    HeardSource,
    Marks,
    SaidInStudy,
    SourceState,
    SpokenTurns,
    numbers,
)
from coding.theme_summaries.said_together import said_together, shared_places
from coding.theme_summaries.saturation import interviews_in_order, saturation
from coding.theme_summaries.wave_changes import WaveState, wave_changes
from coding.theme_summaries.who_says import GroupedBy, Standing, WhoSays

ROLES = ("Parent", "Social worker", "")
WAVES = ("Wave 1", "Wave 2", "Wave 3", NO_WAVE)
STATES = (SourceState.CODED, SourceState.CODED, SourceState.NOT_CODED)


def a_study(
    sources: Sequence[HeardSource],
    people: Sequence[Participant],
    turns: Sequence[tuple[int, int, int, int]],
    marks: Sequence[tuple[str, int, int, int]],
    waves: Sequence[str] = WAVES,
) -> SaidInStudy:
    """A study of turns (source, start, end, person) and marks (code, source, ...)."""
    codes = tuple(dict.fromkeys(code for code, *_ in marks))
    columns = [numbers([one[at] for one in sorted(turns)]) for at in range(4)]
    return SaidInStudy(
        tuple(sources),
        tuple(people),
        tuple(waves),
        codes,
        Marks(
            numbers([codes.index(code) for code, *_ in marks]),
            *(numbers([one[at] for one in marks]) for at in (1, 2, 3)),
        ),
        SpokenTurns(*columns),
    )


def drawn(seed: int) -> SaidInStudy:
    """A study drawn by chance: turns with gaps between them, marks anywhere."""
    draw = random.Random(seed)
    people = [
        Participant(f"p{n}", f"Person {n}", draw.choice(ROLES), "", draw.choice("NS"))
        for n in range(draw.randint(1, 6))
    ]
    sources, turns, marks = [], [], []
    for number in range(draw.randint(1, 6)):
        state = draw.choice(STATES)
        at, heard = 0, set()
        for _ in range(draw.randint(0, 6)):
            start = at + draw.randint(0, 5)
            at = start + draw.randint(1, 12)
            person = draw.randrange(NOT_NAMED_ONE, len(people))
            if draw.random() < 0.7:
                turns.append((number, start, at, person))
                heard |= {people[person].id} if person >= 0 else set()
        if state is SourceState.CODED:
            for _ in range(draw.randint(0, 8)):
                start = draw.randint(0, at)
                end = start + draw.randint(1, 9)
                marks.append((draw.choice("abcd"), number, start, end))
        wave = draw.choice(WAVES)
        sources.append(
            HeardSource(str(number), str(number), wave, "", state, tuple(sorted(heard)))
        )
    return a_study(sources, people, turns, marks)


def said_slowly(said: SaidInStudy, codes: set[str]) -> list[tuple]:
    """Mentions one by one: source, start, end and the set of who speaks."""
    marks = said.marks
    found = []
    for source in range(len(said.sources)):
        ranges = sorted(
            (int(s), int(e))
            for c, at, s, e in zip(
                marks.code, marks.source, marks.start, marks.end, strict=True
            )
            if at == source and said.codes[c] in codes
        )
        joined: list[list[int]] = []
        for start, end in ranges:
            if joined and start < joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], end)
            else:
                joined.append([start, end])
        for start, end in joined:
            who = [
                int(p)
                for at, s, e, p in zip(*_turns(said), strict=True)
                if at == source and s < end and start < e
            ]
            if who:
                found.append((source, start, end, set(who)))
    return found


def _turns(said: SaidInStudy) -> tuple:
    turns = said.turns
    return turns.source, turns.start, turns.end, turns.person


@pytest.mark.parametrize("seed", range(60))
def test_columns_count_what_a_slow_reading_counts(seed: int) -> None:
    said = drawn(seed)
    # One code lies in two themes, as under a heading and by itself.
    themes = [{"a", "b"}, {"c"}, {"b"}, {"never used"}]
    mentions = mentions_of_themes(said, themes)
    who = WhoSays(said, mentions)
    for at, codes in enumerate(themes):
        slow = said_slowly(said, codes)
        fast = []
        for one in mentions.of_theme(at):
            parts = mentions.part_person[mentions.part_mention == one]
            place = (mentions.source[one], mentions.start[one], mentions.end[one])
            fast.append((*map(int, place), set(parts.tolist())))
        assert fast == slow
        _same_groups(said, who, at, slow)


def _same_groups(said: SaidInStudy, who: WhoSays, at: int, slow: list) -> None:
    by_wave = {one.group: one for one in who.by(at, GroupedBy.WAVE)}
    for wave in said.waves:
        of_wave = [one for one in slow if said.sources[one[0]].wave == wave]
        assert by_wave[wave].mentions == len(of_wave)
        for number, person in enumerate(said.people):
            theirs = [
                one.state
                for one in said.sources
                if person.id in one.people and one.wave == wave
            ]
            if any(number in who_speaks for *_, who_speaks in of_wave):
                expected = Standing.SAYS
            elif not theirs:
                expected = Standing.NOT_HEARD
            elif SourceState.NOT_CODED in theirs:
                expected = Standing.NOT_CODED
            else:
                expected = Standing.SILENT
            assert person.id in by_wave[wave].people[expected]
    for one in who.by(at, GroupedBy.ROLE):
        members = {
            n
            for n, person in enumerate(said.people)
            if (person.role or "No role") == one.group
        }
        assert one.mentions == sum(bool(members & speak) for *_, speak in slow)
        says = {n for *_, speak in slow for n in speak if n in members}
        assert one.says == len(says)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_said_together_is_what_a_slow_reading_finds(seed: int) -> None:
    said = drawn(seed)
    themes = [{"a", "b"}, {"c", "d"}]
    mentions = mentions_of_themes(said, themes)
    first, second = (said_slowly(said, codes) for codes in themes)
    overlaps = {
        (a[0], max(a[1], b[1]), min(a[2], b[2]))
        for a in first
        for b in second
        if a[0] == b[0] and a[1] < b[2] and b[1] < a[2]
    }
    shared = shared_places(said, mentions, 0, 1)
    fast = set(
        zip(
            shared.source.tolist(),
            shared.start.tolist(),
            shared.end.tolist(),
            strict=True,
        )
    )
    assert fast == overlaps
    turns = [
        {
            at
            for at, (source, start, end, _) in enumerate(
                zip(*_turns(said), strict=True)
            )
            if any(m[0] == source and m[1] < end and start < m[2] for m in slow)
        }
        for slow in (first, second)
    ]
    found = said_together(said, mentions, 0)
    people = [
        {p for *_, who in slow for p in who if p >= 0} for slow in (first, second)
    ]
    sources = [{m[0] for m in slow} for slow in (first, second)]
    if not (people[0] & people[1] or sources[0] & sources[1]):
        assert found == ()
        return
    (one,) = found
    assert one.turns.both == len(turns[0] & turns[1])
    assert (one.turns.first, one.turns.second) == tuple(map(len, turns))
    assert one.sources.both == len(sources[0] & sources[1])
    assert set(one.people) == {said.people[p].id for p in people[0] & people[1]}


def _says(*waves: str) -> tuple[np.ndarray, np.ndarray]:
    """By wave a letter a person: x says it, . was heard and does not, space neither."""
    says = np.array([[one == "x" for one in wave] for wave in waves])
    known = np.array([[one in "x." for one in wave] for wave in waves])
    return says, known


def _states(*waves: str) -> list[WaveState]:
    names = [f"Wave {n}" for n, _ in enumerate(waves, start=1)]
    return [one.state for one in wave_changes(names, *_says(*waves))]


def test_a_change_is_called_one_only_where_numbers_bear_it() -> None:
    # 6 of 10 is above the 3 in 10 that ten silent people leave room for.
    assert _states("." * 10, "xxxxxx....") == [WaveState.FIRST_SILENT, WaveState.NEW]
    assert _states("...", "xx.") == [WaveState.FIRST_SILENT, WaveState.FIRST_HEARD]
    assert _states("xxxxxx....", "." * 10)[1] is WaveState.FADED
    assert _states("x..", "...")[1] is WaveState.NOT_HEARD_NOW
    # One person is never a change, however many were silent.
    assert _states("." * 40, "x" + " " * 39)[1] is WaveState.FIRST_HEARD
    assert _states("xx" + "." * 20, "x" * 22)[1] is WaveState.MORE
    assert _states("x" * 22, "xx" + "." * 20)[1] is WaveState.FEWER
    assert _states("x..", "xx.")[1] is WaveState.PERSISTS


def test_a_wave_without_anybody_is_passed_over_and_no_wave_has_no_place() -> None:
    waves = ("Wave 1", "Wave 2", "Wave 3", NO_WAVE)
    found = wave_changes(waves, *_says("xx..", "    ", "xx..", "xxxx"))
    assert [one.wave for one in found] == ["Wave 1", "Wave 2", "Wave 3"]
    assert found[1].state is WaveState.NOBODY_KNOWN
    assert (found[2].before, found[2].state) == ("Wave 1", WaveState.PERSISTS)
    # What was said before the silence comes back; it is not new.
    assert _states("xx..", "....", "xx..")[2] is WaveState.BACK


def test_people_heard_in_both_waves_are_told_apart_from_others() -> None:
    (_, second) = wave_changes(("1", "2"), *_says("xx..  ", ".xx. x"))
    same = second.same
    assert (same.both, same.only_now, same.only_before, same.neither) == (1, 1, 1, 1)
    assert (second.known, second.other_people) == (5, 1)


def _places(*told: tuple[str, str, str, str, int]) -> list[QuotablePlace]:
    return [
        QuotablePlace("s" + person + wave, n * 1000, n * 1000 + 6 * words, *rest)
        for n, (person, wave, role, locality, words) in enumerate(told)
        for rest in [(person, wave, role, locality)]
    ]


def test_quotations_range_over_people_before_anybody_comes_twice() -> None:
    places = _places(
        ("amira", "Wave 1", "Parent", "North", 20),
        ("amira", "Wave 2", "Parent", "North", 20),
        ("bev", "Wave 1", "Parent", "North", 20),
        ("callum", "Wave 2", "Worker", "South", 3000),
        ("", "Wave 3", "Not named", "No locality", 20),
    )
    chosen = choose_for_range(places, 5)
    # Bev reads well; of equals the first; pages come after what can be read through.
    assert [one.place.person_id for one in chosen[:3]] == ["amira", "bev", "callum"]
    assert {one.place.person_id for one in chosen[:4]} == {"amira", "bev", "callum", ""}
    assert "the first of Wave 1" in chosen[0].because
    assert "the first from South" in chosen[2].because
    assert "long, cut here" in chosen[2].because
    assert chosen[4].because[0].startswith("everybody else")
    assert chosen == choose_for_range(places, 5)


def test_another_quotation_takes_the_place_of_one_until_none_is_left() -> None:
    places = _places(*[(p, "Wave 1", "Parent", "North", 20) for p in "abc"])
    now = [one.place.key for one in choose_for_range(places, 2)]
    new = swapped(places, now, 0, [])
    assert new == places[2].key
    assert swapped(places, [new, now[1]], 0, [now[0]]) is None


@pytest.mark.parametrize("seed", range(20))
def test_leaving_out_places_that_are_alike_changes_no_choice(seed: int) -> None:
    draw = random.Random(seed)
    told = [
        (draw.choice("abc"), draw.choice("12"), draw.choice("xy"), draw.choice("NS"), n)
        for n in draw.choices((2, 20, 100, 400), k=30)
    ]
    # Role and locality are a person's own.
    own: dict[str, tuple[str, str]] = {}
    told = [(p, w, *own.setdefault(p, (r, loc)), n) for p, w, r, loc, n in told]
    places = _places(*told)
    chosen = [one.place for one in choose_for_range(places, 6)]
    slow: list[QuotablePlace] = []
    for _ in range(6):
        fixed = [one.key for one in slow]
        trials = [
            choose_for_range([*slow, one], len(slow) + 1, kept=fixed)[-1]
            for one in places
            if one not in slow
        ]
        best = choose_for_range(
            [*slow, *(one.place for one in trials)], len(slow) + 1, kept=fixed
        )[-1]
        slow.append(best.place)
    assert chosen == slow


def _talks(*days: str, state: SourceState = SourceState.CODED) -> list[HeardSource]:
    return [HeardSource(str(n), f"I{n}", "W", day, state) for n, day in enumerate(days)]


def test_saturation_follows_the_days_and_says_where_they_are_shared() -> None:
    talks = _talks("2024-02-01", "", "2024-01-01", "2024-02-01")
    codes = {"0": ("a",), "1": ("d",), "2": ("b",), "3": ("a",)}
    order = interviews_in_order(talks, codes)
    assert [one.source.id for one in order] == ["2", "0", "3", "1"]
    assert [one.new for one in order] == [("b",), ("a",), (), ("d",)]
    assert [one.is_tied for one in order] == [False, True, True, False]
    backwards = interviews_in_order(talks, codes, ties_backwards=True)
    assert [one.source.id for one in backwards] == ["2", "3", "0", "1"]


def test_codes_new_in_an_interview_stand_in_the_order_of_the_codebook() -> None:
    people = [Participant("p", "P", "Parent")]
    talk = _talks("2024-01-01", "2024-01-02")
    # The first talk has the codebook's last code first, the second all of them.
    marks = [("z", 0, 5, 7), ("m", 0, 0, 3)] + [
        (code, 1, 4 * at, 4 * at + 3) for at, code in enumerate("kamz")
    ]
    said = a_study(talk, people, [(0, 0, 9, 0), (1, 0, 19, 0)], marks, ("Wave 1",))
    codebook = ("z", "k", "m", "a")
    mentions = mentions_of_themes(said, [{code} for code in codebook])
    order = interviews_in_order(talk, met_by_source(said, mentions, codebook))
    assert [one.new for one in order] == [("z", "m"), ("k", "a")]


def test_saturation_is_reached_before_the_run_that_shows_it() -> None:
    met = saturation([10, 4, 4, 2, 0, 2, 1, 0, 0], threshold=0.05)
    # Runs 5-6, 6-7, 7-8: 2, 3 and 1 new of 20.
    assert [(one.first, one.new) for one in met.runs[:3]] == [(5, 2), (6, 3), (7, 1)]
    assert (met.reached, met.written) == (6, "6+2")
    assert saturation([10, 4, 4, 2, 0, 2, 1, 0, 0], threshold=0.0).reached == 7
    assert saturation([3, 3, 3, 3, 3, 3]).reached is None
    assert saturation([], run=3).is_too_short
    assert saturation([0, 0, 0, 0, 0, 2]).reached is None


def test_only_people_unlike_most_of_their_role_are_named() -> None:
    people = [Participant(f"p{n}", f"P{n}", "Parent") for n in range(5)]
    heard = HeardSource("s", "S", "Wave 1", people=tuple(one.id for one in people))
    turns = [(0, 10 * n, 10 * n + 9, n) for n in range(5)]
    marks = [("a", 0, 10 * n, 10 * n + 3) for n in range(4)] + [("b", 0, 0, 3)]
    said = a_study([heard], people, turns, marks, ("Wave 1",))
    who = WhoSays(said, mentions_of_themes(said, [{"a"}, {"b"}]))
    (silent,) = unlike_their_role(who.by(0, GroupedBy.ROLE))
    assert (silent.people, silent.they_say_it, silent.says) == (("p4",), False, 4)
    (saying,) = unlike_their_role(who.by(1, GroupedBy.ROLE))
    assert (saying.people, saying.they_say_it) == (("p0",), True)
    assert met_by_source(said, who.mentions, ("z", "y")) == {"s": ["z", "y"]}


def test_an_empty_study_counts_nothing() -> None:
    said = a_study([], [], [], [], ())
    mentions = mentions_of_themes(said, [{"a"}])
    assert mentions.counted().tolist() == [0]
    who = WhoSays(said, mentions)
    assert who.over_all(0).known == 0
    assert said_together(said, mentions, 0) == ()
    assert wave_changes((), *who.known(0)) == ()
    assert choose_for_range([], 4) == ()
