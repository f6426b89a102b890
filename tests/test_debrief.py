"""The debrief as one value: everything asked for is in it, and nothing of later."""

from dataclasses import replace
from datetime import UTC, datetime

from debrief_study import a_study_to_debrief, a_transcript

from coding.transcripts import SourceKind, Speaker
from data.exporters.report_document import Points, Quotation, ReportTable
from data.sources import NewSource
from workbench.actions.together.debrief import (
    DebriefChoice,
    read_material,
    themes_taken_in,
    write_debrief,
)

_AT = datetime(2026, 3, 5, 14, 2, tzinfo=UTC)


def _debrief(store, choice=None):
    choice = choice or DebriefChoice()
    material = read_material(store, choice.waves)
    return write_debrief(material, choice, made_by="Dee", made_at=_AT)


def _section(report, heading):
    return next(one for one in report.sections if one.heading == heading)


def _tables(section):
    return [part for part in section.parts if isinstance(part, ReportTable)]


def test_a_debrief_runs_from_the_question_to_what_is_unsure(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    report = _debrief(store)
    assert [one.heading for one in report.sections if one.level == 1] == [
        "The question",
        "Who took part",
        "What we found",
        "How the cases were chosen",
        "Pairs that shed light",
        "What the indicators show",
        "What we are unsure of",
        "How to read this",
    ]
    assert report.mark == "Internal: identifies people"
    assert "Does working with families change what they meet?" in list(report.words())
    assert "The new practice began on 1 July 2014." in list(report.words())


def test_who_took_part_counts_a_person_of_two_waves_once_in_all(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    section = _section(_debrief(store), "Who took part")
    (table,) = _tables(section)
    assert table.headings == ("Role", "Wave 1", "Wave 2", "No wave", "All")
    assert table.rows == (
        ("Parent", "1", "1", "1", "2"),
        ("Social worker", "2", "1", "0", "2"),
    )
    assert section.parts[0].text.startswith("4 people took part in 5 sources:")
    assert section.parts[-1].text.startswith("1 speaker not yet named")


def test_a_speaker_on_the_list_who_never_speaks_is_not_missed(tmp_path):
    store, person = a_study_to_debrief(tmp_path)
    transcript = a_transcript("Interview 4", SourceKind.INTERVIEW, (("I", "Hello?"),))
    silent = replace(transcript, speakers=(*transcript.speakers, Speaker("Silent")))
    store.sources.save(person.id, [NewSource(silent, wave="Wave 2")])
    section = _section(_debrief(store), "Who took part")
    assert section.parts[-1].text.startswith("1 speaker not yet named")


def test_themes_nobody_speaks_about_are_left_out_and_named_as_unsure(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    report = _debrief(store)
    headings = [one.heading for one in report.sections]
    assert "Continuity" in headings
    assert "Paperwork" not in headings
    (points,) = _section(report, "What we are unsure of").parts
    assert isinstance(points, Points)
    assert points.points == (
        "1 of 5 interviews, group discussions and observations not coded: Interview 3.",
        "Themes nobody is coded under: Paperwork.",
    )


def test_an_interview_nobody_coded_is_named_however_many_comments_there_are(tmp_path):
    store, person = a_study_to_debrief(tmp_path)
    names = [f"comment {number:02}" for number in range(1, 31)]
    later = [f"Yusuf, wave {number}" for number in range(1, 15)]
    kinds = dict.fromkeys(names, SourceKind.SURVEY_COMMENT)
    kinds |= dict.fromkeys(later, SourceKind.INTERVIEW)
    store.sources.save(
        person.id,
        [
            NewSource(a_transcript(name, kind, (("", f"Nobody asked {name}."),)))
            for name, kind in kinds.items()
        ],
    )
    (points,) = _section(_debrief(store), "What we are unsure of").parts
    interviews, comments, *_ = points.points
    for name in (*later, "Interview 3"):
        assert name in interviews.split(": ")[1].rstrip(".").split("; ")
    assert not any(name in interviews for name in names)
    assert comments == f"{len(names)} of {len(names)} survey comments not coded."


def test_a_choice_takes_in_what_was_chosen_and_nothing_else(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    heard = store.codebook.codebook().named("Being heard").id
    choice = DebriefChoice(("Wave 2",), (heard,), ("Re-referrals",))
    report = _debrief(store, choice)
    headings = [one.heading for one in report.sections]
    assert "Being heard" in headings
    assert "Continuity" not in headings
    assert "Re-referrals" in headings
    assert "Referrals" not in headings
    assert [q.words for q in report.quotations()] == ["They read my words back to me"]
    assert "Waves taken in: Wave 2." in list(report.words())


def test_choosing_no_theme_is_not_the_same_as_not_choosing(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    material = read_material(store)
    assert themes_taken_in(material, DebriefChoice(themes=())) == []
    assert len(themes_taken_in(material, DebriefChoice())) == 2


def test_a_judged_pair_stands_with_its_reason_its_judge_and_the_day(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    report = _debrief(store)
    (judged,) = _tables(_section(report, "Pairs that shed light"))
    day = store.judgements.standing()[0].judged_at
    assert judged.rows == (
        (
            "C1",
            "H1",
            "Good match",
            "They share need, area and age, but H1 had no school report.",
            f"by Ama on {day.day} {day:%B %Y}",
        ),
    )
    (without,) = _tables(_section(report, "No suitable match"))
    assert without.rows[0][:3] == (
        "C2",
        "No suitable match",
        "Both listed cases are much younger.",
    )
    (unpaired,) = _tables(_section(report, "No partner under the plan"))
    assert unpaired.rows[0][0] == "C3"
    assert unpaired.rows[0][1]


def test_how_far_judging_is_stands_above_the_pairs(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    section = _section(_debrief(store), "Pairs that shed light")
    assert section.parts[0].text == (
        "Contemporary cases: 2 of 3 judged, 0 waiting, 1 without candidate. Of those "
        "judged, 1 has a historic case to compare and 1 has none."
    )


def test_nothing_that_came_after_the_referral_is_in_the_debrief(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    words = " ".join(_debrief(store).words())
    assert "C1" in words
    for later in ("RC7", "2024-11-22", "Family group conference", "Attendance", "RC4"):
        assert later not in words


def test_every_quotation_leads_back_to_its_words(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    quotations = list(_debrief(store).quotations())
    assert len(quotations) == 6
    for one in quotations:
        assert isinstance(one, Quotation)
        text = store.sources.read(one.source_id).transcript.text
        assert text[one.start :].startswith(one.words)


def test_an_indicator_is_told_with_gaps_small_numbers_and_source(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    section = _section(_debrief(store), "Referrals")
    (table,) = _tables(section)
    assert table.headings == (
        "Area",
        "2014/15 Q1",
        "2014/15 Q3",
        "Lowest",
        "Highest",
        "Gaps",
        "Below 10",
    )
    assert table.rows == (
        ("North", "40", "31", "31", "40", "1 quarter", "none"),
        ("South", "7", "9", "7", "12", "none", "2 of 3 quarters"),
    )
    assert section.parts[-1].text == "Source: Table 11."


def test_an_empty_study_says_what_is_missing_in_every_section(empty_store):
    report = _debrief(empty_store)
    words = list(report.words())
    for missing in (
        "No interviews have been added.",
        "Nothing is coded.",
        "No contemporary cases have been added.",
        "No cases have been paired.",
        "No indicators have been added.",
    ):
        assert missing in words


def test_the_same_choice_gives_the_same_words(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    assert _debrief(store) == _debrief(store)


def test_a_case_that_cannot_be_told_is_named_as_unsure(tmp_path):
    store, person = a_study_to_debrief(tmp_path)
    saved = next(
        one
        for one in store.judgements.standing()
        if one.judgement.contemporary_id == "C2"
    )
    store.judgements.take_back(person.id, saved.id, "Looked again")
    (points,) = _section(_debrief(store), "What we are unsure of").parts
    assert "1 case not judged yet: C2." in points.points


def test_the_sample_debrief_quotes_as_many_people_as_it_has_quotations(sample_study):
    report = _debrief(sample_study)
    quotations = list(report.quotations())
    people = {one.said_by.rpartition(", ")[0] for one in quotations}
    assert len(people) == len(quotations) > 12
    assert len({one.source_id for one in quotations}) > len(quotations) / 2
    (first, *_) = _quotations(_section(report, "What families lived through"))
    assert ", Parent, " in first.said_by


def test_leaving_themes_out_chooses_the_quotations_of_the_others_anew(sample_study):
    last = read_material(sample_study).themes.themes[-1].code
    among_all = _quotations(_section(_debrief(sample_study), last.name))
    choice = DebriefChoice(themes=(last.id,))
    alone = _quotations(_section(_debrief(sample_study, choice), last.name))
    # Who was kept for other themes is free once these are left out.
    assert alone != among_all


def _quotations(section):
    return [part for part in section.parts if isinstance(part, Quotation)]
