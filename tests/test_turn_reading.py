"""Turns and speakers, as transcribers really write them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.speaker_labels import interviewer_labels, similar_labels
from coding.transcripts import normalise_text
from coding.turn_reading import read_turns, unread_labels


def said(text):
    """(speaker, words) of each turn, after checking what holds for every reading."""
    turns, speakers = read_turns(text)
    assert_sound(text, turns, speakers)
    return [(t.speaker, text[t.start : t.end]) for t in turns]


def times(text):
    return [turn.time for turn in read_turns(text)[0]]


def assert_sound(text, turns, speakers):
    assert [t.number for t in turns] == list(range(1, len(turns) + 1))
    reached = 0
    for turn in turns:
        assert reached <= turn.start < turn.end <= len(text)
        words = text[turn.start : turn.end]
        assert words == words.strip()
        reached = turn.end
    labels = [s.label for s in speakers]
    assert labels == list(dict.fromkeys(t.speaker for t in turns if t.speaker))


def test_labels_with_a_colon_open_turns_of_several_paragraphs():
    text = "INT: How was it?\nP07: Good.\n\nReally good.\nINT: Why?"
    assert said(text) == [
        ("INT", "How was it?"),
        ("P07", "Good.\n\nReally good."),
        ("INT", "Why?"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[00:14:05] Sarah: Hello.\n[00:14:09] Tom: Yes.",
        "Sarah [00:14:05]: Hello.\nTom [00:14:09]: Yes.",
        "Sarah [00:14:05] Hello.\nTom [00:14:09] Yes.",
        "Sarah [00:14:05]\nHello.\n\nTom [00:14:09]\nYes.",
        "Sarah: [00:14:05] Hello.\nTom: [00:14:09] Yes.",
        "(00:14:05) Sarah: Hello.\n(00:14:09) Tom: Yes.",
        "00:14:05 Sarah: Hello.\n00:14:09 Tom: Yes.",
        "[00:14:05]\nSarah: Hello.\n[00:14:09]\nTom: Yes.",
        "[00:14:05] Sarah:\nHello.\n[00:14:09] Tom:\nYes.",
    ],
)
def test_times_before_and_behind_labels_are_read_and_are_not_words(text):
    assert said(text) == [("Sarah", "Hello."), ("Tom", "Yes.")]
    assert times(text) == ["00:14:05", "00:14:09"]


def test_labels_with_a_wave_are_labels():
    text = "P07 wave 2: Hello.\nResearcher: Yes."
    assert said(text) == [("P07 wave 2", "Hello."), ("Researcher", "Yes.")]


@pytest.mark.parametrize(
    "text",
    [
        "Interviewer\nHow?\n\nParent\nFine.\nReally.\n\nInterviewer\nOk then.\n",
        "Interviewer\tHow?\nParent\tFine.\nReally.\nInterviewer\tOk then.",
        "Interviewer:\nHow?\nParent:\nFine.\nReally.\nInterviewer:\nOk then.",
        "Interviewer:How?\nParent:Fine.\nReally.\nInterviewer:Ok then.",
        "INTERVIEWER: How?\nParent: Fine.\nReally.\nInterviewer: Ok then.",
        "Interviewer  0:05\nHow?\nParent  0:09\nFine.\nReally.\nInterviewer 1:15\n"
        "Ok then.",
    ],
)
def test_labels_alone_in_a_column_or_without_a_space_are_labels(text):
    assert [(s.casefold(), words) for s, words in said(text)] == [
        ("interviewer", "How?"),
        ("parent", "Fine.\nReally."),
        ("interviewer", "Ok then."),
    ]


def test_names_that_come_back_are_speakers_and_times_between_lines_too():
    text = (
        "0:00:05.120 --> 0:00:09.000\nMary Smith\nHello.\n\n"
        "0:00:10.120 --> 0:00:12.000\nJohn Doe\nHi.\n\n"
        "0:00:12.500 --> 0:00:19.000\nMary Smith\nBye.\n"
    )
    assert said(text) == [
        ("Mary Smith", "Hello."),
        ("John Doe", "Hi."),
        ("Mary Smith", "Bye."),
    ]
    assert times(text) == ["0:00:05.120", "0:00:10.120", "0:00:12.500"]


@pytest.mark.parametrize(
    "line",
    [
        "Well: I thought so",
        "NB: the tape stops here",
        "10:30 was when he came",
        "It was at 10:30: late",
        "However: we tried",
        "http://example.org is it",
        "Training: we had none",
        "the thing is: nobody asked",
        "Date: 12 March",
        "What we call circle time, as you know: sitting down together with everyone",
        "I",
        "Yes",
    ],
)
def test_what_opens_a_sentence_is_not_a_speaker(line):
    text = f"Interviewer: And then?\nP07: So.\n{line}\nInterviewer: Thank you."
    assert said(text) == [
        ("Interviewer", "And then?"),
        ("P07", f"So.\n{line}"),
        ("Interviewer", "Thank you."),
    ]


def test_a_name_that_speaks_once_is_a_speaker_where_names_are_labels():
    text = "Tom: Hi.\nAnn: Hello.\nTom: And?\nMargaret: Late, sorry.\nAnn: Fine."
    assert ("Margaret", "Late, sorry.") in said(text)


def test_a_speaker_who_talks_once_in_a_group_has_their_own_turn():
    text = (
        "Facilitator: Who was asked?\nParent A: I was.\nParent B: Me too.\n"
        "{}: Nobody asked me anything.\nFacilitator: Thank you.\nParent A: Bye."
    )
    for once in ("Grandad", "Bob", "Mrs Khan"):
        assert said(text.format(once))[3] == (once, "Nobody asked me anything.")


def test_two_lines_are_two_speakers_though_one_is_a_name():
    assert said("Interviewer: How was it?\nBob: Fine.") == [
        ("Interviewer", "How was it?"),
        ("Bob", "Fine."),
    ]


def test_a_third_voice_is_heard_once_in_a_long_talk_of_two():
    text = "INT: Why?\nP07: Because.\n" * 6 + "Bob: Tea?\nP07: Please."
    assert said(text)[-2:] == [("Bob", "Tea?"), ("P07", "Please.")]


@pytest.mark.parametrize("line", ["Well: I thought", "10:30 we left", "NB: off tape"])
def test_in_a_group_what_opens_a_sentence_is_still_not_a_speaker(line):
    text = f"Facilitator: Yes?\nParent A: One.\nParent B: Two.\n{line}"
    assert said(text)[-1] == ("Parent B", f"Two.\n{line}")
    assert unread_labels(text) == ()


def test_a_name_read_as_words_is_told_with_the_lines_it_opens():
    text = "INT: a\nP07: b\nBob: c\nINT: d\nSo I said: no\nNB: e\nMay I: f"
    assert said(text)[1] == ("P07", "b\nBob: c")
    assert unread_labels(text) == (("Bob", 1), ("May I", 1))
    assert unread_labels("Training: none.\nand more\nand more") == ()


def test_without_labels_each_paragraph_is_a_turn():
    assert said("One.\nTwo.\n\nThree 😀.") == [
        ("", "One.\nTwo."),
        ("", "Three 😀."),
    ]
    assert said("One.\nTwo.") == [("", "One."), ("", "Two.")]
    long = "word " * 30
    assert len(said(f"{long}\n{long}\n\n{long}")) == 3


def test_short_answers_are_not_speakers():
    text = "Yes\nNo\nAbsolutely\nAbsolutely\nHome\nGreat\nHome\n"
    assert {speaker for speaker, _ in said(text)} == {""}


def test_no_word_is_lost_where_an_answer_is_a_label_too():
    text = "Interviewer: Who decided?\nParent: We did.\nParent\nInterviewer: Right."
    assert said(text)[1] == ("Parent", "We did.\nParent")


def test_a_time_within_somebodys_words_opens_a_further_turn_of_theirs():
    text = "P07: One.\n[00:15:00]\nTwo.\n[00:20:00] Three."
    assert said(text) == [("P07", "One."), ("P07", "Two."), ("P07", "Three.")]
    assert times(text) == ["", "00:15:00", "00:20:00"]


def test_the_time_of_an_empty_turn_does_not_pass_to_the_next_speaker():
    text = "Sarah [00:01:00]:\nTom: Hello.\nSarah: Yes.\nTom: Bye."
    assert times(text) == ["", "", ""]


def test_what_stands_before_the_first_label_has_no_speaker():
    text = "Interview 7\nDate: 3 May\n\nINT: Hello.\nP07: Hi."
    assert said(text)[0] == ("", "Interview 7\nDate: 3 May")
    assert said(text)[1:] == [("INT", "Hello."), ("P07", "Hi.")]


@pytest.mark.parametrize("text", ["", "\n \n", "Interviewer:", "INT:\nP07:\n"])
def test_nothing_said_is_no_turn(text):
    assert read_turns(text) == ((), ())


def test_letter_case_and_a_final_point_make_no_other_speaker():
    assert {s for s, _ in said("INT.: a\nInt: b\nint: c\nP07: d")} == {"INT.", "P07"}


def test_a_misspelt_label_is_read_and_offered_but_not_merged():
    turns, speakers = read_turns("Denise: a\nInterviewer: b\nDensie: c\nDenise: d")
    labels = [s.label for s in speakers]
    assert labels == ["Denise", "Interviewer", "Densie"]
    (near,) = similar_labels(labels)
    assert (near.label, near.other) == ("Denise", "Densie")
    assert near.likeness > 80


def test_a_misspelt_role_that_stands_once_is_a_label():
    text = "Interviewer: a\nP07: b\nInterveiwer: c\nP07: d\nmore of d\nand more"
    assert said(text)[2] == ("Interveiwer", "c")


def test_numbered_speakers_are_never_near_misses():
    assert not similar_labels(
        ["P07", "P08", "Speaker 1", "Speaker 2", "Parent A", "Parent B", "INT", "IN"]
    )


@pytest.mark.parametrize(
    ("labels", "asking"),
    [
        (["Interviewer", "P07"], {"Interviewer"}),
        (["INT", "R"], {"INT"}),
        (["I", "R"], {"I"}),
        (["R", "P07"], {"R"}),
        (["Researcher 2", "Mary"], {"Researcher 2"}),
        (["Interviewer (JS)", "Mary"], {"Interviewer (JS)"}),
        (["R"], set()),
        (["Mary", "Tom"], set()),
    ],
)
def test_who_asks_is_guessed_from_the_labels(labels, asking):
    assert interviewer_labels(labels) == asking


WORDS = st.text(
    st.sampled_from("abc déñ😀👩‍👩‍👧 .,?!'’-\u00a0"), min_size=1, max_size=60
).filter(lambda words: words.strip())
LABELS = st.sampled_from(
    ["Interviewer", "P07", "P08 wave 2", "Team manager", "Mary Ann"]
)


@given(st.lists(st.tuples(LABELS, WORDS), min_size=1, max_size=30))
def test_a_labelled_dialogue_comes_back_word_for_word(dialogue):
    # Mary Ann is a name, so she is known by speaking more than once.
    dialogue = [*dialogue, ("Mary Ann", "yes"), ("Mary Ann", "no")]
    text = normalise_text("\r\n".join(f"{who}: {words}" for who, words in dialogue))
    assert said(text) == [
        (who, normalise_text(words).strip()) for who, words in dialogue
    ]


@given(st.text(st.sampled_from("Ia: \n\t.[]0:12P😀éé"), max_size=200))
def test_any_text_at_all_is_read_soundly(raw):
    text = normalise_text(raw)
    assert_sound(text, *read_turns(text))


@given(st.lists(WORDS, max_size=20, unique_by=lambda words: words.lower().strip()))
def test_without_labels_every_word_is_in_a_turn(paragraphs):
    # A line that comes twice by itself may be who speaks.
    text = normalise_text("\n".join(p.lower() for p in paragraphs))
    read = " ".join(words for _, words in said(text))
    assert read.split() == text.split()


def test_sixty_thousand_words_are_read_quickly():
    text = "\n".join(
        f"{'INT' if i % 2 else 'P07'}: " + "word and more " * 10 for i in range(2_000)
    )
    assert len(text.split()) >= 60_000
    before = time.process_time()
    turns, _ = read_turns(text)
    assert time.process_time() - before < 10, "many times what is expected"
    assert len(turns) == 2_000
