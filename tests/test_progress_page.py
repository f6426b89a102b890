"""The page on comparing progress: what is read, masked, judged apart and settled."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from case_desk import a_study
from page_tests import open_page, words_on
from progress_desk import a_judged_pair
from test_outcomes_hidden import everything_on

from data.case_progress import ComparisonSettings
from matching.progress.verdicts import ProgressArea, ProgressVerdict

ALL = "CNHN?CNH"


@pytest.fixture
def pair(tmp_path):
    made = a_judged_pair(tmp_path)
    yield made
    made.store.close()


def open_progress(pair, person=None, **address):
    app = open_page("progress_page", pair.path, (person or pair.lead).id, **address)
    assert not app.exception
    return app


def press(app, label):
    (button,) = [one for one in app.button if one.label == label]
    button.click().run()
    assert not app.exception
    return app


def box(app, label, kind):
    named = (label, f"**{label}**")
    (found,) = [one for one in getattr(app, kind) if one.label in named]
    return found


def test_study_without_pairs_says_what_will_be_here_and_where_to_begin(tmp_path):
    store, person = a_study(tmp_path)
    app = open_page("progress_page", tmp_path / "study.sqlite", person.id)
    assert not app.exception
    assert "First a pair must be judged." in words_on(app)
    assert "Judge pairs" in [one.label for one in app.button]
    store.close()


def test_pair_whose_files_are_shut_shows_nothing_of_later(tmp_path):
    shut = a_judged_pair(tmp_path, opened=False)
    text = everything_on(open_progress(shut))
    assert "Nobody has opened the files of this pair." in text
    for later in ("ninety-four", "Nan offered", "another town", "Plan for neglect"):
        assert later not in text
    assert shut.store.judgements.standing()[0].opened_at is None
    shut.store.close()


def test_both_files_stand_side_by_side_with_milestones_and_notes(pair):
    words = words_on(open_progress(pair))
    for expected in (
        "Contemporary C1",
        "Historic H1",
        "Days from referral to each step",
        "ninety-four",
        "Moved to an aunt in another town.",
        "Nan offered",
        "a finder, not a judgement",
        "Show which case is contemporary while progress is judged: yes.",
    ):
        assert expected in words
    # 14 May to 2 September 2024: 111 days; 79 weekdays less two bank holidays.
    assert re.search(r"day 111 .*\(77 working days\)", words)


def test_pair_stands_in_the_address(pair):
    app = open_progress(pair)
    (saved,) = pair.store.judgements.standing()
    assert app.query_params["pair"] == saved.id


def choose(app, area, verdict, reason):
    box(app, area.in_words, "radio").set_value(verdict)
    name = f"Why, {area.in_words[:1].lower()}{area.in_words[1:]}"
    box(app, name, "text_area").set_value(reason)


def times(app, words):
    """In how many pieces of the page words stand."""
    return sum(words in one.proto.body for one in app.get("html")) or sum(
        words in one.value for one in app.markdown
    )


def test_nothing_is_chosen_beforehand_and_an_empty_form_is_refused(pair):
    app = open_progress(pair)
    radios = [one for one in app.radio if one.key.startswith("verdict")]
    assert len(radios) == 8
    assert {one.value for one in radios} == {None}
    press(app, "Save and go on later")
    assert "No area has been judged yet." in words_on(app)
    assert pair.store.verdicts.pairs(pair.lead.id) == []


def test_area_the_records_end_before_is_not_asked_and_the_page_says_why(tmp_path):
    short = a_judged_pair(tmp_path, read_to="")
    app = open_progress(short)
    asked = [one.label for one in app.radio if one.key.startswith("verdict")]
    assert len(asked) == 7
    assert "**Situation at 12 months**" not in asked
    words = words_on(app)
    assert "Not asked: Situation at 12 months." in words
    # C1: 14 May to 22 November 2024, H1: 10 May to 19 December 2023.
    assert (
        "the records end before day 365: those of Contemporary C1 192 days after it "
        "and those of Historic H1 223 days after it."
    ) in words
    short.say(short.lead, "CNHN?CN")
    short.say(short.second, "CNHN?CH")
    app = open_progress(short)
    assert "You differ on 1 area." in words_on(app)
    told = '<td><span class="quiet">Not asked: the records end before</span></td>'
    assert told * 2 in words_on(app)
    short.store.close()


def test_masked_pair_does_not_tell_whose_records_end_first(tmp_path):
    short = a_judged_pair(tmp_path, read_to="2025-04-30")
    mask(short)
    # C1 is followed for 351 days by then, H1 for more than twelve months.
    words = words_on(open_progress(short, short.third))
    assert "one or both cases end before day 365" in words
    assert "those of" not in words
    short.store.close()


def test_silence_after_the_last_record_is_said_once(pair):
    app = open_progress(pair)
    said = (
        "Last recorded after referral: Contemporary C1 on day 192 and Historic H1 on "
        "day 223. After its last record all that is known of a case is that nothing "
        "more was recorded by the day the records were read; this concerns the "
        "situation at 12 months."
    )
    assert times(app, said) == 1
    mask(pair)
    app = open_progress(pair, pair.third)
    assert times(app, "Both files fall silent early.") == 1


def test_study_that_does_not_say_when_records_were_read_is_asked_above_all(tmp_path):
    silent = a_judged_pair(tmp_path, read_to="")
    label = "Case files were taken from the records on"
    app = open_progress(silent, silent.researcher)
    assert times(app, "to its last record") == 0
    (asked,) = [one.value for one in app.warning]
    assert "followed to its last record only" in asked
    press(app, "Save this day")
    assert "No day is chosen." in words_on(app)
    day = next(one for one in app.date_input if one.key.startswith("ask read to"))
    assert day.label == label
    day.set_value(date(2025, 6, 30))
    press(app, "Save this day")
    assert silent.store.comparison.settings().records_read_to == "2025-06-30"
    assert "followed to its last record only" not in words_on(app)
    silent.store.close()


def test_who_may_not_say_when_records_were_read_is_told_who_may(tmp_path):
    silent = a_judged_pair(tmp_path, read_to="")
    app = open_progress(silent, silent.second)
    assert "It is said by: study lead, embedded researcher." in words_on(app)
    assert "Save this day" not in [one.label for one in app.button]
    silent.store.close()


def test_verdict_without_reason_is_refused_and_what_was_typed_is_kept(pair):
    app = open_progress(pair)
    choose(app, ProgressArea.FAMILY, ProgressVerdict.CONTEMPORARY, "A conference.")
    box(app, "Assessment", "radio").set_value(ProgressVerdict.HISTORIC)
    press(app, "Save and go on later")
    assert "A verdict is kept together with its reason" in words_on(app)
    assert box(app, "Why, involving the family", "text_area").value == "A conference."
    assert pair.store.verdicts.pairs(pair.lead.id) == []


def test_verdicts_are_saved_and_gone_on_with_later(pair):
    app = open_progress(pair)
    choose(app, ProgressArea.FAMILY, ProgressVerdict.CONTEMPORARY, "A conference.")
    press(app, "Save and go on later")
    assert "Saved: 1 of 8 areas judged." in words_on(app)
    again = open_progress(pair)
    assert box(again, "Involving the family", "radio").value == "contemporary"
    press(again, "I am through with this pair")
    assert "7 of 8 areas are not judged" in words_on(again)


def test_judge_who_is_through_sees_own_words_and_not_the_others(pair):
    pair.say(pair.lead, ALL)
    pair.say(pair.second, "HHHHH", finish=False)
    words = words_on(open_progress(pair))
    assert "You are through and your verdicts stand." in words
    assert "Seen in the notes: N." in words
    text = everything_on(open_progress(pair, pair.second))
    # The second has said nothing but H, and reads nothing else.
    assert "Seen in the notes: H." in text
    for letter in "CN?":
        assert f"Seen in the notes: {letter}." not in text
    others = everything_on(open_progress(pair, pair.third))
    assert "Two others judge this pair." in others
    assert "Seen in the notes" not in others


def test_both_through_are_read_side_by_side_and_settled(pair):
    pair.say(pair.lead, ALL)
    pair.say(pair.second, "HNHN?CNH")
    app = open_progress(pair, pair.second)
    words = words_on(app)
    assert "You differ on 1 area." in words
    assert "Seen in the notes: C." in words
    choose(app, ProgressArea.FRONT_DOOR, ProgressVerdict.NO_DIFFERENCE, "Same day.")
    press(app, "Save what you settled")
    (result,) = pair.store.verdicts.results()
    assert result.verdicts.reconciled == {
        ProgressArea.FRONT_DOOR: ProgressVerdict.NO_DIFFERENCE
    }
    assert "Settled together" in words_on(open_progress(pair, pair.third))


def test_reading_is_saved_with_the_note_it_rests_on(pair):
    app = open_progress(pair)
    question = "Which partner agencies took part, and what did they do?"
    box(app, question, "text_area").set_value("School rang daily.")
    note = pair.store.readings.notes(pair.lead.id, *pair.ids)[pair.contemporary_id][0]
    cited = [o for o in app.multiselect if " partners " in (o.key or "")]
    cited[0].set_value([note.id])
    press(app, "Save this reading")
    (read,) = pair.store.readings.readings(pair.lead.id, *pair.ids)
    assert read.answers["partners"].answer == "School rang daily."
    assert read.answers["partners"].note_ids == (note.id,)
    assert "1 of 11 questions answered." in words_on(app)


def mask(pair, **changes):
    settings = replace(pair.store.comparison.settings(), is_era_shown=False, **changes)
    pair.store.comparison.save_settings(pair.researcher.id, settings)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_masked_pair_shows_neither_era_nor_date_nor_reference(pair, seed):
    mask(pair, seed=seed)
    app = open_progress(pair, pair.third)
    app.toggle(key="progress timeline as table").set_value(True).run()
    text = everything_on(app)
    assert "Case A" in text
    assert "ninety-four" in text
    # What is said of the setting itself names the era, and nothing else may.
    for said in (
        "Show which case is contemporary while progress is judged",
        "without the words contemporary and historic",
    ):
        text = text.replace(said, "")
    names = ("C1", "H1", "Contemporary", "Historic", "2024", "2023", "May")
    assert [name for name in names if re.search(rf"\b{name}\b", text)] == []


def test_masked_pair_does_not_tell_which_case_was_followed_for_longer(pair):
    # H1 was referred on 10 May 2023, 782 days before 30 June 2025.
    assert "Historic H1 for 782 days" in words_on(open_progress(pair, pair.third))
    mask(pair)
    words = words_on(open_progress(pair, pair.third))
    assert "Followed from referral" not in words
    # C1 was referred on 14 May 2024: 412 days before 30 June 2025.
    assert "Both are followed for 412 days" in words


def test_order_of_a_masked_pair_follows_the_seed(pair):
    first = set()
    for seed in range(1, 7):
        settings = pair.store.comparison.settings()
        changed = ComparisonSettings(False, seed, version=settings.version)
        pair.store.comparison.save_settings(pair.researcher.id, changed)
        words = words_on(open_progress(pair, pair.third))
        first.add(words.index("School is worried") < words.index("A neighbour rang"))
    assert first == {True, False}


def test_verdict_on_a_masked_pair_is_kept_for_the_right_case(pair):
    mask(pair)
    app = open_progress(pair)
    radio = box(app, "Assessment", "radio")
    words = words_on(app)
    a_is_now = words.index("School is worried") < words.index("A neighbour rang")
    expected = "contemporary" if a_is_now else "historic"
    assert radio.options[0] == "Case A more effective"
    radio.set_value(ProgressVerdict(expected))
    box(app, "Why, assessment", "text_area").set_value("Quicker.")
    press(app, "Save and go on later")
    (own,) = pair.store.verdicts.pair(pair.lead.id, *pair.ids).places
    assert own.verdicts[ProgressArea.ASSESSMENT].said.verdict == expected


def test_over_all_pairs_tells_counts_in_words_with_the_settings(pair):
    pair.say(pair.lead, ALL)
    assert "left out whole" in words_on(open_progress(pair, view="all"))
    pair.say(pair.second, "HNHN?CNH")
    words = words_on(open_progress(pair, view="all"))
    for expected in (
        "Assessment: in 0 of 1 pair both judges saw the contemporary case progress "
        "more effectively; in 1 no real difference.",
        "Front door and allocation: in 0 of 1 pair both judges saw the contemporary "
        "case progress more effectively; in 1 they differed.",
        "Settings: the era of a case is shown while progress is judged",
        "2 were given with the era shown and 0 with it masked",
        "1 pair: counts only.",
    ):
        assert expected in words
    said = words[words.index("<h2>How pairs progressed") :].partition("</section>")[0]
    assert "They differed" in said
    offered = [one.label for one in open_progress(pair, view="all").download_button]
    assert offered == ["Download Word", "Download every verdict as a table"]
    assert "%" not in said
    assert "per cent" not in said


def test_embedded_researcher_changes_settings_and_the_form(pair):
    app = open_progress(pair, pair.researcher)
    app.toggle(key="show era 1").set_value(False)
    app.number_input(key="limit 2 1").set_value(35)
    press(app, "Save how progress is compared")
    saved = pair.store.comparison.settings()
    assert (saved.is_era_shown, saved.limits.assessment) == (False, 35)
    press(app, "Save as a new version")
    assert "Nothing in the form is different." in words_on(app)


def test_practitioner_reads_the_settings_and_cannot_change_them(pair):
    app = open_progress(pair, pair.second)
    assert app.toggle(key="show era 1").disabled
    assert "Save as a new version" not in [one.label for one in app.button]


def test_era_is_shown_once_two_people_are_through_and_the_page_says_why(pair):
    mask(pair)
    assert "no. Dates are days from referral here" in words_on(open_progress(pair))
    pair.say(pair.lead, ALL)
    pair.say(pair.second, ALL)
    words = words_on(open_progress(pair))
    assert "no. It is shown here because two people are through." in words
    assert "Contemporary C1" in words
    assert "so everyone of the study reads this" in words
