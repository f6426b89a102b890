"""A study's themes read from its store: who says what, by wave and role."""

from debrief_study import a_study_to_debrief

from coding.codebook import Code
from coding.coded_segments import Segment
from coding.mentions import NO_WAVE
from coding.suggestions.suggestion import CodeSuggestion, Strength, SuggestionReason
from coding.themes import GroupCount, ThemeSummary
from workbench.actions.together import theme_reading
from workbench.actions.together.theme_reading import (
    group_in_words,
    most_people_first,
    quotation_of,
    read_themes,
    speaking_groups,
    summary_in_words,
    themes_as_list,
    themes_table,
)


def _named(summaries, name):
    return next(one for one in summaries if one.code.name == name)


def test_a_theme_counts_its_people_once_however_often_they_speak(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    theme = _named(read_themes(store).themes, "Continuity")
    # Kestrel twice in one interview, Wren in the group, Robin at the visit.
    assert (theme.people, theme.people_in_study, theme.mentions) == (3, 4, 4)
    assert [(c.group, c.people, c.people_in_group) for c in theme.by_wave] == [
        ("Wave 1", 2, 3),
        ("Wave 2", 0, 2),
        (NO_WAVE, 1, 1),
    ]


def test_themes_with_most_people_come_first_and_silent_ones_stay(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    names = [one.code.name for one in read_themes(store).themes]
    assert names == ["Continuity", "Being heard", "Paperwork"]


def test_one_eager_talker_does_not_put_a_theme_before_one_that_more_people_share():
    def summary(name, people, mentions):
        return ThemeSummary(Code(name, name), people, 9, mentions, 0, (), (), ())

    summaries = [summary("a", 1, 30), summary("b", 4, 5), summary("c", 4, 7)]
    ordered = most_people_first(summaries)
    assert [one.code.name for one in ordered] == ["c", "b", "a"]


def test_only_the_waves_asked_for_are_read(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    read = read_themes(store, ["Wave 2"])
    assert (read.sources, read.sources_coded, read.people) == (2, 1, 2)
    assert _named(read.themes, "Continuity").people == 0
    assert _named(read.themes, "Being heard").people == 1
    assert read.waves == ("Wave 2",)
    assert read_themes(store, [NO_WAVE]).people == 1


def test_suggestions_change_no_count(tmp_path):
    store, person = a_study_to_debrief(tmp_path)
    before = read_themes(store)
    paperwork = store.codebook.codebook().named("Paperwork")
    source = next(s for s in store.sources.summaries() if s.name == "Interview 3")
    turn = store.sources.read(source.id).transcript.turns[0]
    suggestion = CodeSuggestion(
        paperwork.id,
        1,
        Segment(turn.start, turn.end),
        1,
        Strength.VERY_LIKELY,
        0.9,
        SuggestionReason("It says so."),
    )
    store.suggestions.replace_open(
        person.id, {source.id: [suggestion]}, engine="by hand"
    )
    assert store.suggestions.waiting() == 1
    assert read_themes(store) == before


def test_codes_of_a_theme_are_listed_without_the_theme_itself(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    read = read_themes(store)
    continuity = _named(read.themes, "Continuity").code.id
    assert [c.code.name for c in read.codes_under(continuity)] == ["Same worker"]
    assert read.codes_under(_named(read.themes, "Paperwork").code.id) == ()


def test_what_lies_under_codes_out_of_use_is_said_and_not_counted(tmp_path):
    store, person = a_study_to_debrief(tmp_path)
    heard = store.codebook.codebook().named("Being heard")
    store.codebook.retire(person.id, heard.id, heard.version)
    read = read_themes(store)
    assert "Being heard" not in [one.code.name for one in read.themes]
    assert read.passages_aside == 4


def test_sources_nobody_coded_are_said_beside_the_counts(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    words = theme_reading.not_coded_in_words(read_themes(store))
    assert words.startswith(
        "1 of 5 interviews, group discussions and observations is not coded yet."
    )
    assert theme_reading.not_coded_in_words(read_themes(store, ["Wave 1"])) == ""


def test_a_number_of_people_never_stands_without_how_many_took_part(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    table = themes_table(read_themes(store).themes, "wave")
    assert table.headings == ("Theme", "All", "Wave 1", "Wave 2", "No wave")
    assert table.rows[0] == (
        "Continuity",
        "3 of 4 people, 4 mentions",
        "2 of 3 people, 3 mentions",
        "0 of 2 people, 0 mentions",
        "1 of 1 person, 1 mention",
    )
    by_role = themes_table(read_themes(store).themes, "role")
    assert by_role.headings[-1] == "Not named"
    assert by_role.rows[1][-1] == "1 mention by speakers not named"
    assert by_role.rows[0][-1] == "0 mentions by speakers not named"


def test_mentions_by_people_not_named_add_no_people(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    heard = _named(read_themes(store).themes, "Being heard")
    assert summary_in_words(heard) == (
        "2 of 4 people, in 4 mentions. 1 mention by speakers who are not named: they "
        "add no people."
    )


def test_who_does_not_speak_is_said_too():
    counts = [
        GroupCount("Parent", 1, 2, 1),
        GroupCount("Social worker", 3, 9, 4),
        GroupCount("Manager", 0, 2, 0),
        GroupCount("Not named", 0, 0, 3),
    ]
    assert speaking_groups(counts) == (
        "Social worker 3 of 9 people; Parent 1 of 2 people. Nobody of: Manager "
        "(2 people)."
    )


def test_a_wave_in_which_nobody_named_took_part_says_so():
    assert group_in_words(GroupCount("Wave 3", 0, 0, 0)) == "nobody named took part"


def test_a_quotation_says_whose_words_where_and_leads_back(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    quotations = _named(read_themes(store).themes, "Continuity").quotations
    shown = {q.words: quotation_of(q) for q in quotations}
    visit = shown["She is the only one who stayed with us"]
    assert visit.said_by == "Robin, Parent, no wave"
    assert visit.reference == "Visit 1, turn 1"
    text = store.sources.read(visit.source_id).transcript.text
    assert text[visit.start :].startswith("She is the only one who stayed")


def test_a_quotation_of_three_thousand_words_is_cut_and_says_so():
    shown = theme_reading.shortened("word " * 3000)
    assert shown.endswith("[2850 more words in the source]")
    assert len(shown.split()) == 150 + 6


def test_the_list_for_spreadsheets_has_a_count_a_row(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    table = themes_as_list(read_themes(store))
    assert ("theme", "Continuity", "wave", "Wave 1", "2", "3", "3") in table.rows
    assert ("code", "Same worker", "role", "Parent", "2", "2", "2") in table.rows
    # A theme without codes is listed once, as the theme.
    assert not [r for r in table.rows if r[:2] == ("code", "Paperwork")]
    assert [r for r in table.rows if r[:2] == ("theme", "Paperwork")]
