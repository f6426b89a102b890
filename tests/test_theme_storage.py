"""What is stored of a theme beside its codes, and themes read quickly from a study."""

from dataclasses import replace

import pytest
from debrief_study import a_study_to_debrief

from coding.study import Person, Role
from coding.theme_summaries.said import SourceState
from coding.theme_summaries.who_says import GroupedBy, Standing
from data.people_rights.withdrawal import Kind, Reason
from data.problems import DataRefused
from data.storage.evidence.evidence_records import EvidenceChange, Stance
from workbench.actions.themes.contrary import mark_contrary
from workbench.actions.themes.quoted_places import (
    chosen_for_range,
    next_in_place_of,
    read_quoted,
)
from workbench.actions.themes.said_themes import read_said_themes, themes_of_study
from workbench.actions.themes.saturation_reading import (
    cautions_in_words,
    read_saturation,
    result_in_words,
)
from workbench.actions.themes.summary_words import (
    change_in_words,
    lead_in_words,
    looked_for_in_words,
    notes_in_words,
)
from workbench.actions.themes.theme_summary import read_theme
from workbench.actions.together.theme_reading import read_themes


@pytest.fixture
def debriefed(tmp_path):
    store, person = a_study_to_debrief(tmp_path)
    yield store, person
    store.close()


def _read(store, name, **more):
    theme = store.codebook.codebook().named(name)
    return read_theme(store, read_said_themes(store), theme.id, **more)


def _alike(themes):
    """The counts alone: what is read quickly has no words, and localities besides."""

    def bare(one):
        return replace(one, passages=(), quotations=(), by_locality=())

    return replace(
        themes,
        themes=tuple(map(bare, themes.themes)),
        codes=tuple(map(bare, themes.codes)),
    )


def test_what_is_read_quickly_counts_as_a_reading_of_all_words(sample_study):
    slow = read_themes(sample_study, quotations=0)
    assert sum(one.mentions for one in slow.codes) > 100
    assert any(one.observed for one in slow.codes)
    assert slow.settled
    assert _alike(themes_of_study(read_said_themes(sample_study))) == _alike(slow)


def test_who_says_it_is_told_apart_from_who_is_not_known_or_took_no_part(debriefed):
    store, _ = debriefed
    read = _read(store, "Being heard")
    names = {one.id: one.pseudonym for one in read.people.values()}

    def of(group, standing):
        return sorted(names[one] for one in group.people[standing])

    first, second, none = read.groups[GroupedBy.WAVE]
    assert of(first, Standing.SAYS) == ["Heron", "Kestrel"]
    assert of(first, Standing.SILENT) == ["Wren"]
    assert of(first, Standing.NOT_HEARD) == ["Robin"]
    # Heron's interview of Wave 2 is not coded: that is no silence.
    assert of(second, Standing.NOT_CODED) == ["Heron"]
    assert (second.says, second.known) == (1, 1)
    assert of(none, Standing.SILENT) == ["Robin"]
    assert lead_in_words(read).startswith("2 of 4 people heard and coded say it")
    assert notes_in_words(read)[-1].startswith(
        "1 passage by speakers who are not named"
    )
    assert change_in_words(read.changes[1]) == (
        "Wave 2: persists. 1 of 1 person, after 2 of 3 people in Wave 1. Of 1 person "
        "heard in both waves 1 says it in both."
    )


def test_a_source_being_coded_blind_is_left_out_and_said(debriefed):
    store, person = debriefed
    store.study.add_person(person.id, Person("eve", "Eve", Role.EMBEDDED_RESEARCHER))
    source = next(s for s in store.sources.summaries() if s.name == "Interview 1")
    store.coders.give(person.id, [source.id], "eve", blind=True)
    said = store.themes.said()
    (blind,) = [one for one in said.sources if one.state is SourceState.BLIND]
    assert blind.name == "Interview 1"
    read = _read(store, "Being heard")
    first = read.groups[GroupedBy.WAVE][0]
    (left_out,) = first.people[Standing.BLIND]
    assert read.people[left_out].pseudonym == "Kestrel"
    assert "1 source being coded blind is left out: Interview 1." in notes_in_words(
        read
    )
    assert "Nobody asked" not in str(
        [q.quotation for q in chosen_for_range(store, read)]
    )


def test_a_contrary_case_needs_a_reason_and_tells_what_became_of_it(debriefed):
    store, person = debriefed
    read = _read(store, "Being heard")
    assert looked_for_in_words(read.contrary).startswith("Nobody has looked")
    quoted = read_quoted(store, read, read.places)
    one = next(q for q in quoted if q.quotation.words.startswith("Nobody asked me"))
    with pytest.raises(DataRefused, match="no reason"):
        mark_contrary(store, person.id, read.code.id, one.coded_id, "  ")
    mark_contrary(store, person.id, read.code.id, one.coded_id, "She was not asked.")
    with pytest.raises(DataRefused, match="marked already"):
        mark_contrary(store, person.id, read.code.id, one.coded_id, "Again.")
    (marked,) = _read(store, "Being heard", reader_id=person.id).contrary.marked
    assert (marked.stance, marked.note) == (Stance.AGAINST, "She was not asked.")
    other = store.codebook.codebook().named("Paperwork")
    store.codebook.retire(person.id, read.code.id, read.code.version)
    assert store.codebook.codebook().named("Being heard") is None
    assert other is not None
    found = store.evidence.of(marked.holder)
    assert found[0].change in (None, EvidenceChange.NO_LONGER_CODED)


def test_opposites_and_searches_are_kept_by_who_may_write_findings(debriefed):
    store, person = debriefed
    book = store.codebook.codebook()
    heard, worker = book.named("Being heard"), book.named("Same worker")
    with pytest.raises(DataRefused, match="own opposite"):
        store.themes.mark_opposites(person.id, heard.id, [heard.id])
    store.themes.mark_opposites(person.id, heard.id, [worker.id])
    read = _read(store, "Being heard")
    assert [code.name for code in read.contrary.opposites] == ["Same worker"]
    both = sorted(read.names(read.contrary.say_both))
    assert both == ["Kestrel"]
    store.themes.mark_opposites(person.id, heard.id, [])
    assert store.themes.opposites() == {}
    with pytest.raises(DataRefused, match="where you looked"):
        store.themes.record_search(person.id, heard.id, " ")
    made = store.themes.record_search(person.id, heard.id, "All turns of parents")
    (search,) = store.themes.searches()[heard.id]
    assert search.where_looked == "All turns of parents"
    assert "1 search recorded" in looked_for_in_words(
        _read(store, "Being heard").contrary
    )
    with pytest.raises(DataRefused, match="Somebody else"):
        store.themes.take_back_search("dee", made)
    store.themes.take_back_search(person.id, made)
    assert store.themes.searches() == {}
    store.study.add_person(
        person.id, Person("pat", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    for refused in (
        lambda: store.themes.mark_opposites("pat", heard.id, [worker.id]),
        lambda: store.themes.record_search("pat", heard.id, "Everything"),
        lambda: store.themes.take_back_search("pat", made),
    ):
        with pytest.raises(DataRefused):
            refused()
    lines = [line.action for line in store.audit.lines()]
    assert lines.count("opposites marked") == 2
    assert "contrary cases looked for" in lines
    assert "search taken back" in lines


def test_an_opposite_under_the_theme_is_read_as_it_stands(debriefed):
    store, person = debriefed
    book = store.codebook.codebook()
    top, under = book.named("Continuity"), book.named("Same worker")
    store.themes.mark_opposites(person.id, top.id, [under.id])
    read = _read(store, "Continuity")
    words = [q.quotation.words for q in read_quoted(store, read, read.contrary.places)]
    assert words == [
        "We keep a family with one worker where duty lets us",
        "The same worker came every week",
        "She is the only one who stayed with us",
    ]


def test_a_quotation_is_swapped_for_the_next_and_comes_round_again(debriefed):
    store, _ = debriefed
    read = _read(store, "Continuity")
    (first,) = chosen_for_range(store, read, how_many=1)
    now, aside, seen = [first.place.key], [], set()
    for _ in read.quotable():
        seen.add(now[0])
        now, aside = next_in_place_of(read, now, 0, aside)
    assert seen == {one.key for one in read.quotable()}
    assert now == [first.place.key] or len(seen) == len(read.quotable())


def test_saturation_of_few_interviews_says_that_it_cannot_tell(debriefed):
    store, _ = debriefed
    read = read_saturation(read_said_themes(store))
    assert [one.source.name for one in read.interviews] == [
        "Interview 1",
        "Interview 2",
    ]
    assert result_in_words(read) == (
        "2 interviews coded; it takes at least 6 to tell whether new codes still come."
    )
    cautions = cautions_in_words(read)
    assert cautions[0].startswith("No interview has a day")
    assert cautions[-1] == (
        "Left out: 1 interview not coded yet; 2 coded sources that are no interview."
    )


def test_somebody_withdrawn_is_in_no_count_and_no_quotation(debriefed):
    store, person = debriefed
    kestrel = next(p for p in store.study.participants() if p.pseudonym == "Kestrel")
    about = store.withdrawals.find(Kind.PARTICIPANT, kestrel.id)
    store.withdrawals.withdraw(person.id, about, Reason.PERSON_ASKED, "2026-01-15")
    read = _read(store, "Being heard")
    assert kestrel.id not in read.people
    assert "Kestrel" not in str(chosen_for_range(store, read))
    assert read.over_all.says == 1
