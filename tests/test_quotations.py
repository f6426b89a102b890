"""Quotations spread over a whole document: people, roles, sources and waves."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from coding.coded_segments import Segment
from coding.mentions import OBSERVER, Mention, SpokenPart
from coding.quotations import spread_quotations
from coding.study import Participant
from coding.transcripts import Turn

WORDS = "they came when they said they would and that was new to us all"
FRAGMENT = "they came"


def said(
    person: str,
    *,
    role: str = "Social worker",
    source: str = "s1",
    wave: str = "First",
    at: int = 0,
    words: str = WORDS,
    speaker: str = "X",
    is_observed: bool = False,
) -> Mention:
    """One passage; nobody's where ``person`` is ''."""
    place = Segment(at, at + len(words))
    part = SpokenPart(
        source,
        source,
        wave,
        Turn(1, place.start, place.end, speaker),
        place,
        words,
        Participant(person, person, role=role) if person else None,
        is_observed,
    )
    return Mention(source, wave, place, (part,))


def names(chosen: list[tuple]) -> list[list[str]]:
    return [[one.pseudonym for one in quotations] for quotations in chosen]


def test_a_second_theme_quotes_whom_the_first_did_not() -> None:
    both = [said("Ann"), said("Bel", at=100), said("Cy", at=200), said("Di", at=300)]
    assert names(spread_quotations([both, both], 2)) == [["Ann", "Cy"], ["Bel", "Di"]]


def test_a_person_only_one_theme_can_quote_is_not_left_out_for_a_second_time() -> None:
    # Taken in turn, Ann would stand under both and Bel nowhere.
    chosen = spread_quotations(
        [[said("Ann"), said("Bel", at=100)], [said("Ann", at=200)]], 1
    )
    assert names(chosen) == [["Bel"], ["Ann"]]


def test_all_who_are_not_named_count_as_one_person() -> None:
    seen = {"is_observed": True, "speaker": "", "source": "visit", "wave": "Third"}
    theme = [said("", **seen), said("Ann", at=100)]
    other = [said("", at=300, **seen), said("", source="s9", speaker="Y"), said("Bel")]
    assert names(spread_quotations([theme, other], 1)) == [["Ann"], ["Bel"]]
    chosen = spread_quotations([[*theme, *other]], 9)
    assert names(chosen)[0] == ["Ann", OBSERVER, "Bel", "Not named", OBSERVER]


def test_the_role_in_which_most_people_speak_comes_first() -> None:
    theme = [
        said("Ann"),
        said("Ann", at=100),
        said("Ann", at=200),
        said("Kim", role="Parent", source="s2"),
        said("Lee", role="Parent", source="s3"),
    ]
    assert names(spread_quotations([theme], 3)) == [["Kim", "Ann", "Lee"]]
    # By one person each, mentions decide, then the name of the role.
    assert names(spread_quotations([theme[:4]], 2)) == [["Ann", "Kim"]]
    assert names(spread_quotations([[theme[0], theme[3]]], 2)) == [["Kim", "Ann"]]


def test_after_an_exchange_the_leading_role_still_comes_first() -> None:
    leading = [said("Kim", role="Parent"), said("Kim", role="Parent", at=50)]
    theme = [*leading, said("Ann", at=100), said("Bo", role="Teacher", at=150)]
    only = [said("Ann", at=300)]
    ((first, *_), _) = names(spread_quotations([theme, only], 2))
    assert first == "Kim"


def test_between_new_people_of_one_role_sources_then_waves_are_spread() -> None:
    theme = [
        said("Ann"),
        said("Bel", at=100),
        said("Cy", source="s2"),
        said("Di", source="s3", wave="Second"),
    ]
    assert names(spread_quotations([theme], 4)) == [["Ann", "Di", "Cy", "Bel"]]


def test_fragments_wait_even_where_somebody_new_says_them() -> None:
    theme = [said("Ann"), said("Ann", at=100), said("Bel", words=FRAGMENT, at=200)]
    assert names(spread_quotations([theme], 2)) == [["Ann", "Ann"]]


def test_the_same_passage_is_not_quoted_twice_where_there_is_another() -> None:
    first, second = said("Ann"), said("Ann", at=100)
    ((one,), (other,)) = spread_quotations([[first, second], [first, second]], 1)
    assert one.start != other.start


PASSAGES = st.lists(
    st.tuples(
        st.sampled_from(["", *"abcdefg"]),
        st.sampled_from(["s1", "s2", "s3"]),
        st.integers(0, 9),
    ),
    max_size=8,
    unique=True,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PASSAGES, min_size=1, max_size=5), st.integers(0, 4))
def test_nobody_is_quoted_twice_while_another_who_said_it_is_quoted_nowhere(
    drawn: list, how_many: int
) -> None:
    themes = [
        [said(person, source=source, at=at * 100) for person, source, at in theme]
        for theme in drawn
    ]
    chosen = spread_quotations(themes, how_many)
    assert chosen == spread_quotations(themes, how_many)
    quoted = Counter(name for theme in names(chosen) for name in theme)
    for theme, quotations in zip(themes, chosen, strict=True):
        assert len(quotations) == min(how_many, len(theme))
        heard = {part.pseudonym for mention in theme for part in mention.parts}
        unheard = heard - set(quoted)
        for one in quotations:
            assert quoted[one.pseudonym] == 1 or not unheard
