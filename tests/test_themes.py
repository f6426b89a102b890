"""Themes for the debrief: people before mentions, by wave and role, in their words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from coding.codebook import Code, Codebook
from coding.coded_segments import CodedSegment, Segment
from coding.mentions import NOT_NAMED, OBSERVER
from coding.study import Participant
from coding.themes import (
    GroupCount,
    ThemeSummary,
    summarise_codes,
    summarise_themes,
)
from coding.transcripts import SourceKind, Speaker, Transcript, Turn

HEARD = Code(id="heard", name="Being heard", position=0)
LISTENED = Code(id="listened", name="Listened to", parent_id="heard", position=1)
LATE = Code(id="late", name="Help too late", position=2)
BOOK = Codebook((HEARD, LISTENED, LATE))

PEOPLE = (
    Participant("p1", "Kirsty", role="Parent", locality="Sallowby"),
    Participant("p2", "Denise", role="Social worker", locality="Sallowby"),
    Participant("p3", "Yusuf", role="Social worker", locality="Harrow End"),
    Participant("p4", "Ama"),
    Participant("p5", "Never interviewed", role="Teacher"),
)
LABELS = {
    "K": Speaker("K", participant_id="p1"),
    "D": Speaker("D", participant_id="p2"),
    "Y": Speaker("Y", participant_id="p3"),
    "A": Speaker("A", participant_id="p4"),
    "I": Speaker("I", is_interviewer=True),
}


@dataclass(frozen=True)
class ASource:
    """A source as a study keeps it."""

    id: str
    transcript: Transcript
    wave: str = ""


def a_source(source_id: str, wave: str, *turns: tuple[str, str]) -> ASource:
    """Turns drawn as (label, words); labels on no list stay unmapped."""
    text, made = "", []
    for number, (label, words) in enumerate(turns, start=1):
        text += f"{label}: "
        made.append(Turn(number, len(text), len(text) + len(words), label))
        text += f"{words}\n"
    used = {label for label, _ in turns}
    speakers = tuple(speaker for label, speaker in LABELS.items() if label in used)
    name = f"Source {source_id}"
    return ASource(
        source_id,
        Transcript(name, SourceKind.GROUP_DISCUSSION, text, tuple(made), speakers),
        wave,
    )


def coded(source: ASource, words: str, code: str, coder: str = "c1") -> CodedSegment:
    start = source.transcript.text.index(words)
    segment = Segment(start, start + len(words))
    made = f"{source.id}-{start}-{len(words)}-{code}-{coder}"
    return CodedSegment(made, source.id, code, segment, coder, datetime(2024, 5, 1))


def heard(
    sources: list[ASource], segments: list[CodedSegment], **wanted: int
) -> ThemeSummary:
    themes = summarise_themes(
        BOOK, sources, segments, PEOPLE, waves=("First", "Second"), **wanted
    )
    assert [theme.code.id for theme in themes] == ["heard", "late"]
    return themes[0]


FIRST = a_source(
    "s1",
    "First",
    ("I", "Did anyone listen to you?"),
    ("K", "She put her pen down and let me finish. Nobody had before."),
    ("D", "We try to hear them out."),
)
SECOND = a_source("s2", "Second", ("D", "I read it first now."), ("Y", "We all do."))
NO_WAVE = a_source("s3", "", ("A", "They heard me."), ("X", "They never heard me."))


def test_people_are_counted_once_and_their_mentions_each_time() -> None:
    theme = heard(
        [FIRST, SECOND],
        [
            coded(FIRST, "She put her pen down", "heard"),
            coded(FIRST, "Nobody had before", "heard"),
            coded(SECOND, "I read it first now", "heard"),
        ],
    )
    assert (theme.people, theme.people_in_study, theme.mentions) == (2, 3, 3)
    assert theme.not_named == 0
    assert theme.by_wave == (
        GroupCount("First", people=1, people_in_group=2, mentions=2),
        GroupCount("Second", people=1, people_in_group=2, mentions=1),
    )
    assert theme.by_role == (
        GroupCount("Parent", people=1, people_in_group=1, mentions=2),
        GroupCount("Social worker", people=1, people_in_group=2, mentions=1),
    )


def test_a_theme_gathers_the_codes_under_it_and_a_code_stands_alone() -> None:
    segments = [coded(FIRST, "She put her pen down", "listened")]
    assert heard([FIRST], segments).mentions == 1
    by_code = summarise_codes(BOOK, [FIRST], segments, PEOPLE)
    assert [(c.code.id, c.mentions) for c in by_code] == [
        ("heard", 0),
        ("listened", 1),
        ("late", 0),
    ]


def test_two_coders_and_two_codes_on_the_same_words_make_one_mention() -> None:
    theme = heard(
        [FIRST],
        [
            coded(FIRST, "She put her pen down", "heard"),
            coded(FIRST, "her pen down and let me finish", "heard", coder="c2"),
            coded(FIRST, "let me finish", "listened"),
        ],
    )
    assert (theme.people, theme.mentions) == (1, 1)
    assert [q.words for q in theme.quotations] == [
        "She put her pen down and let me finish"
    ]


def test_a_passage_of_two_speakers_counts_for_both_and_never_for_the_interviewer() -> (
    None
):
    text = FIRST.transcript.text
    whole = Segment(0, len(text))
    everything = CodedSegment("x", "s1", "heard", whole, "c1", datetime(2024, 5, 1))
    theme = heard([FIRST], [everything])
    assert (theme.people, theme.mentions) == (2, 1)
    assert [count.mentions for count in theme.by_role] == [1, 1]
    assert {q.pseudonym for q in theme.quotations} == {"Kirsty", "Denise"}
    assert not any("Did anyone" in q.words for q in theme.quotations)


def test_what_only_an_interviewer_says_is_no_mention() -> None:
    theme = heard([FIRST], [coded(FIRST, "Did anyone listen", "heard")])
    assert (theme.people, theme.mentions, theme.quotations) == (0, 0, ())


def test_a_label_or_an_unknown_source_is_no_mention() -> None:
    elsewhere = a_source("s9", "First", ("K", "She listened."))
    theme = heard(
        [FIRST], [coded(FIRST, "K: ", "heard"), coded(elsewhere, "She", "heard")]
    )
    assert theme.mentions == 0


def test_an_unmapped_speaker_is_not_named_and_adds_no_person() -> None:
    theme = heard(
        [NO_WAVE],
        [
            coded(NO_WAVE, "They heard me", "heard"),
            coded(NO_WAVE, "They never heard me", "heard"),
        ],
    )
    assert (theme.people, theme.people_in_study) == (1, 1)
    assert (theme.mentions, theme.not_named) == (2, 1)
    assert theme.by_role == (
        GroupCount("No role", people=1, people_in_group=1, mentions=1),
        GroupCount("Not named", people=0, people_in_group=0, mentions=1),
    )
    unnamed = theme.quotations[1]
    assert (unnamed.pseudonym, unnamed.role, unnamed.locality) == (
        "Not named",
        "Not named",
        "",
    )


def test_what_an_observer_notes_is_told_apart_from_speakers_not_named() -> None:
    visit = a_source("s7", "First", ("", "They sat down."), ("X", "We all did."))
    seen = replace(visit.transcript, kind=SourceKind.OBSERVATION)
    visit = replace(visit, transcript=seen)
    theme = heard(
        [visit],
        [coded(visit, "They sat down", "heard"), coded(visit, "We all did", "heard")],
    )
    assert (theme.people, theme.mentions) == (0, 2)
    assert (theme.observed, theme.not_named) == (1, 1)
    assert [(count.group, count.mentions) for count in theme.by_role] == [
        (OBSERVER, 1),
        (NOT_NAMED, 1),
    ]
    assert {quotation.role for quotation in theme.quotations} == {OBSERVER, NOT_NAMED}


def test_waves_come_in_the_order_given_and_no_wave_last() -> None:
    later = a_source("s4", "Winter", ("K", "She listened."))
    theme = heard([NO_WAVE, later, SECOND], [])
    assert [count.group for count in theme.by_wave] == [
        "First",
        "Second",
        "Winter",
        "No wave",
    ]
    assert [count.people_in_group for count in theme.by_wave] == [0, 2, 1, 1]


def test_a_theme_without_codings_is_there_with_noughts() -> None:
    late = summarise_themes(BOOK, [FIRST], [], PEOPLE)[1]
    assert (late.code, late.people, late.mentions, late.quotations) == (LATE, 0, 0, ())
    assert late.by_wave == (GroupCount("First", 0, 2, 0),)


def test_a_study_without_sources_has_no_people() -> None:
    theme = heard([], [])
    assert (theme.people_in_study, theme.by_role) == (0, ())
    assert [count.group for count in theme.by_wave] == ["First", "Second"]


def test_a_quotation_says_who_where_and_when() -> None:
    segments = [coded(FIRST, " her pen down and let me finish. ", "heard")]
    (quotation,) = heard([FIRST], segments).quotations
    assert quotation.words == "her pen down and let me finish."
    assert (quotation.pseudonym, quotation.role) == ("Kirsty", "Parent")
    assert (quotation.locality, quotation.wave) == ("Sallowby", "First")
    assert (quotation.source_id, quotation.source_name) == ("s1", "Source s1")
    assert quotation.turn_number == 2
    text = FIRST.transcript.text
    assert text[quotation.start : quotation.end] == quotation.words


SENTENCE = "I was heard by her and that is what I remember of it all, {}."


def test_new_people_come_before_second_quotations_and_new_roles_before_old() -> None:
    talker = a_source(
        "s1",
        "First",
        ("D", SENTENCE.format("one")),
        ("D", SENTENCE.format("two")),
        ("Y", SENTENCE.format("three")),
        ("K", SENTENCE.format("four")),
    )
    segments = [
        coded(talker, SENTENCE.format(number), "heard")
        for number in ("one", "two", "three", "four")
    ]
    picked = heard([talker], segments, quotations=3).quotations
    assert [q.pseudonym for q in picked] == ["Denise", "Kirsty", "Yusuf"]
    assert [
        q.pseudonym for q in heard([talker], segments, quotations=9).quotations
    ] == [
        "Denise",
        "Kirsty",
        "Yusuf",
        "Denise",
    ]
    assert heard([talker], segments, quotations=0).quotations == ()


def test_between_people_of_one_role_a_new_wave_comes_first() -> None:
    early = a_source("s1", "First", ("D", SENTENCE.format("one")))
    again = a_source("s2", "First", ("A", SENTENCE.format("two")))
    later = a_source("s3", "Second", ("X", SENTENCE.format("three")))
    same_role = a_source("s4", "First", ("Y", SENTENCE.format("four")))
    second = a_source("s5", "Second", ("Y", SENTENCE.format("five")))
    segments = [
        coded(early, "I was heard by her and that is", "heard"),
        coded(same_role, "I was heard by her and that is", "heard"),
        coded(second, "I was heard by her and that is", "heard"),
    ]
    theme = heard([early, again, later, same_role, second], segments, quotations=2)
    assert [(q.pseudonym, q.wave) for q in theme.quotations] == [
        ("Denise", "First"),
        ("Yusuf", "Second"),
    ]


def test_a_readable_quotation_is_preferred_to_a_fragment_or_a_page() -> None:
    page = "We were heard and heard again. " * 30
    source = a_source(
        "s1",
        "First",
        ("K", f"Heard. {page}"),
        ("D", SENTENCE.format("then")),
    )
    segments = [
        coded(source, "Heard.", "heard"),
        coded(source, page.strip(), "heard"),
        coded(source, SENTENCE.format("then"), "heard"),
        coded(source, "We", "late"),
    ]
    picked = heard([source], segments, quotations=3).quotations
    assert picked[0].pseudonym == "Denise"
    assert {q.pseudonym for q in picked[1:]} == {"Kirsty"}


def test_a_fragment_of_someone_new_waits_behind_a_second_good_quotation() -> None:
    source = a_source(
        "s1",
        "First",
        ("K", "Heard."),
        ("D", SENTENCE.format("one")),
        ("D", SENTENCE.format("two")),
    )
    segments = [
        coded(source, words, "heard")
        for words in ("Heard.", SENTENCE.format("one"), SENTENCE.format("two"))
    ]
    picked = heard([source], segments).quotations
    assert [q.pseudonym for q in picked] == ["Denise", "Denise", "Kirsty"]


def test_between_equals_twelve_to_sixty_words_are_preferred() -> None:
    source = a_source(
        "s1", "First", ("K", "She did hear me out. " + SENTENCE.format("so"))
    )
    segments = [
        coded(source, "She did hear me out.", "heard"),
        coded(source, SENTENCE.format("so"), "heard"),
    ]
    (first, _) = heard([source], segments).quotations
    assert first.words == SENTENCE.format("so")


CUTS = st.tuples(
    st.integers(0, 2), st.integers(0, 140), st.integers(1, 60), st.sampled_from("ab")
)


@settings(max_examples=80, deadline=None)
@given(st.lists(CUTS, max_size=12), st.randoms())
def test_counts_hold_together_whatever_is_coded(cuts, random) -> None:
    sources = [FIRST, SECOND, NO_WAVE]
    segments = [
        CodedSegment(
            f"{number}",
            sources[which].id,
            "heard",
            Segment(start, start + length),
            coder,
            datetime(2024, 5, 1),
        )
        for number, (which, start, length, coder) in enumerate(cuts)
    ]
    theme = heard(sources, segments)
    assert sum(count.mentions for count in theme.by_wave) == theme.mentions
    assert theme.people <= theme.people_in_study == 4
    assert theme.people <= sum(count.people for count in theme.by_role) <= 4
    for count in (*theme.by_wave, *theme.by_role):
        assert count.people <= count.people_in_group
    assert (theme.mentions == 0) == (theme.quotations == ())
    texts = {source.id: source.transcript.text for source in sources}
    for quotation in theme.quotations:
        assert texts[quotation.source_id][quotation.start : quotation.end] == (
            quotation.words
        )
    shuffled = list(segments)
    random.shuffle(shuffled)
    assert heard(sources, shuffled) == theme
