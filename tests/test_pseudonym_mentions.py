"""Listed names are found in every form they are said in, and words are left alone."""

from __future__ import annotations

import pytest

from coding.pseudonyms.listed_mentions import NameList
from coding.pseudonyms.names import How, ListedName, NameKind
from coding.pseudonyms.ordinary_words import OrdinaryWords
from coding.pseudonyms.text_words import TextWords

_WORDS = "will may rose hope grace mark talker parked harder the a we centre school"
_DICTIONARY = frozenset(_WORDS.split())
PERSON = NameKind.PERSON


def _found(
    text: str, *names: ListedName, dictionary: frozenset[str] = _DICTIONARY
) -> list[tuple[str, tuple[str, ...]]]:
    words = TextWords(text)
    listed = NameList(names, OrdinaryWords(dictionary, [words]))
    return [(text[m.start : m.end], m.name_ids) for m in listed.mentions(words)]


def _ways(text: str, *names: ListedName) -> list[tuple[How, ...]]:
    words = TextWords(text)
    listed = NameList(names, OrdinaryWords(_DICTIONARY, [words]))
    return [one.how for one in listed.mentions(words)]


_ADUNNI = ListedName("a", PERSON, "Adunola Thornlee", "Wren Hallam", ("Addy",))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Then Adunola Thornlee rang.", "Adunola Thornlee"),
        ("then adunola rang.", "adunola"),
        ("It was ADUNOLA who rang.", "ADUNOLA"),
        ("I saw Adunola's coat.", "Adunola"),
        ("I saw Adunola’s coat.", "Adunola"),
        ("We went to the Thornlees on Sunday.", "Thornlee"),
        ("It was Mrs Thornlee again.", "Thornlee"),
        ("Then Adunlo rang, or Adunol.", "Adunol"),
        ("Then Adunoola rang.", "Adunoola"),
        ("Adunloa’s mum was there.", "Adunloa"),
        ("They call her Addy.", "Addy"),
        ("Adunola'd gone.", "Adunola"),
    ],
)
def test_a_name_is_found_in_the_form_it_is_said_in(said: str, found: str) -> None:
    assert (found, ("a",)) in _found(said, _ADUNNI)


def test_the_reviewer_reads_how_each_was_found() -> None:
    assert _ways("Adunola's coat, adunola thornlee, Addy", _ADUNNI) == [
        (How.PART, How.POSSESSIVE),
        (How.LOWER_CASE,),
        (How.NICKNAME,),
    ]


def test_a_nickname_that_nobody_listed_is_not_guessed() -> None:
    assert _found("They call her Nola.", _ADUNNI) == []


def test_two_letters_wrong_or_a_short_name_misspelt_is_no_mention() -> None:
    short = ListedName("k", PERSON, "Kemi", "Rowan")
    assert _found("Adnulo and Kami came.", _ADUNNI, short) == []


def test_a_short_name_may_be_misspelt_beside_its_family_name() -> None:
    short = ListedName("k", PERSON, "Kemi Thornlee", "Rowan Hallam")
    assert _found("Kemmi Thornlee came.", short) == [("Kemmi Thornlee", ("k",))]


def test_a_word_of_the_dictionary_is_no_misspelling() -> None:
    walker = ListedName("w", PERSON, "Talkar Parkeda", "Rowan Hallam")
    assert _found("He is a talker and parked there.", walker) == []


def test_names_inside_other_names_are_told_apart() -> None:
    names = [
        ListedName("1", PERSON, "Ann", "x"),
        ListedName("2", PERSON, "Annie", "x"),
        ListedName("3", PERSON, "Anna", "x"),
        ListedName("4", PERSON, "Annabel", "x"),
    ]
    assert _found("Ann met Annie, Anna, Annabel and an annual planner.", *names) == [
        ("Ann", ("1",)),
        ("Annie", ("2",)),
        ("Anna", ("3",)),
        ("Annabel", ("4",)),
    ]


def test_of_two_people_with_one_first_name_the_one_spoken_of_last_comes_first() -> None:
    names = [
        ListedName("1", PERSON, "Safiya Brackwell", "x"),
        ListedName("2", PERSON, "Safiya Dunmoor", "x"),
    ]
    said = "Safiya Dunmoor rang. Safiya was upset. Safiya Brackwell came; Safiya sat."
    assert _found(said, *names) == [
        ("Safiya Dunmoor", ("2",)),
        ("Safiya", ("2", "1")),
        ("Safiya Brackwell", ("1",)),
        ("Safiya", ("1", "2")),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "We will see, and I will. Will that do? It may. In May we may go.",
        "I hope so. Hope springs. They rose. Mark my words, mark them.",
        "By the grace of God. The rose is out. Since last May it may.",
    ],
)
def test_words_that_are_names_too_are_left_alone(said: str) -> None:
    names = [
        ListedName(word, PERSON, word, "x")
        for word in ("Will", "Grace", "May", "Rose", "Hope", "Mark")
    ]
    assert _found(said, *names) == []


def test_people_called_by_such_words_are_found() -> None:
    names = [
        ListedName(word, PERSON, word, "x")
        for word in ("Will", "Grace", "May", "Rose", "Hope", "Mark")
    ]
    said = (
        "And then Will came. I asked Grace and auntie May. Rose said no. Was it Hope's "
        "coat? Mark thinks so."
    )
    found = [name for name, _ in _found(said, *names)]
    assert found == ["Will", "Grace", "May", "Rose", "Hope", "Mark"]


def test_in_lower_case_such_words_need_somebody_named() -> None:
    will = ListedName("w", PERSON, "Will", "x")
    said = "my mate will rang and i will go and we will see if it was will's coat"
    assert len(_found(said, will)) == 2


def test_a_school_is_found_by_its_own_word_and_not_by_what_it_is() -> None:
    school = ListedName("s", NameKind.SERVICE, "Fernwick Children's Centre", "x")
    said = "At fernwick children’s centre. Fernwick's full. The children's centre shut."
    assert _found(said, school) == [
        ("fernwick children’s centre", ("s",)),
        ("Fernwick", ("s",)),
    ]


def test_a_name_over_two_lines_is_two_mentions() -> None:
    assert _found("So Adunola\nThornlee came", _ADUNNI) == [
        ("Adunola", ("a",)),
        ("Thornlee", ("a",)),
    ]


def test_accents_hyphens_and_apostrophes_do_not_hide_a_name() -> None:
    names = [
        ListedName("z", PERSON, "Zoë O'Fennel", "x"),
        ListedName("y", PERSON, "Ama-Lou Pye", "x"),
    ]
    said = "zoe said. Mr O’Fennel said. Ama Lou said."
    assert [name for name, _ in _found(said, *names)] == ["zoe", "O’Fennel", "Ama Lou"]


def test_a_number_is_found_however_it_is_spaced() -> None:
    phone = ListedName("p", NameKind.PHONE, "01632 960123", "[phone number 1]")
    born = ListedName("d", NameKind.BIRTH_DATE, "14/03/2012", "[date of birth 1]")
    said = "Ring 01632 960 123 or (01632) 960123. He was 14/03/2012 that day."
    assert [name for name, _ in _found(said, phone, born)] == [
        "01632 960 123",
        "(01632) 960123",
        "14/03/2012",
    ]


def test_a_place_a_person_left_out_is_no_mention() -> None:
    text = "Then Adunola rang, and Adunola rang again."
    words = TextWords(text)
    listed = NameList([_ADUNNI], OrdinaryWords(_DICTIONARY, [words]))
    left = listed.mentions(words, left_out=lambda start, end: start < 10)
    assert [one.start for one in left] == [23]


def test_no_names_and_no_words_give_nothing() -> None:
    assert _found("", _ADUNNI) == []
    assert _found("Nobody was here.") == []
