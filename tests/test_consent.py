"""What participants agreed to: recorded with its history, and kept to in quotations."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rights_desk import ADA_ALONE, ADA_AMONG, BO_AMONG, a_rights_desk, code
from rights_desk import GROUP as GROUP_TEXT

from coding.coded_segments import Segment
from coding.finding.code_relations import Relation
from coding.mentions import Mention, SpokenPart
from coding.quotations import spread_quotations
from coding.study import Participant, Person, Role
from coding.transcripts import Turn
from data.found_passages import PassageFilter, PassageQuery
from data.people_rights.consent import NOTHING_ASKED, Answer, Consent, Use
from data.problems import DataRefused
from workbench.actions.finding import finding_report
from workbench.actions.together import debrief, theme_reading


def _record(store, participant_id: str, who: str = "lead", seen: str = "", **answers):
    said = {**NOTHING_ASKED, **{Use(name): one for name, one in answers.items()}}
    return store.consent.record(who, Consent(participant_id, said), seen_id=seen)


def test_whoever_may_not_be_quoted_counts_and_is_quoted_nowhere(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    code(store, ids, "priya", "group", GROUP_TEXT, ADA_AMONG)
    before = theme_reading.read_themes(store)
    quoted = " ".join(q.words for one in before.codes for q in one.quotations)
    assert "quangle" in quoted
    _record(store, ids["ada"], quotation=Answer.NO)
    after = theme_reading.read_themes(store)
    quoted = " ".join(q.words for one in after.codes for q in one.quotations)
    assert quoted
    assert "quangle" not in quoted
    assert "wobbling" not in quoted
    assert BO_AMONG in quoted
    # She still counts among those who speak about it.
    assert [one.people for one in after.codes] == [one.people for one in before.codes]
    document = debrief.write_debrief(
        debrief.read_material(store),
        debrief.DebriefChoice(),
        made_by="Robin Field",
        made_at=store.audit.last_change(),
    )
    assert "quangle" not in repr(document)
    assert BO_AMONG[:20] in repr(document)


def test_found_passages_say_so_and_files_leave_the_words_out(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    _record(store, ids["ada"], quotation=Answer.NO)
    query = PassageQuery((ids["heard"],), Relation.ALONE, (), PassageFilter())
    found = store.finding.passages(query).passages
    passages = store.finding.quoted(found)
    told = {one.said_by: one.words for one in map(finding_report.quoted_as, passages)}
    assert any("(not to be quoted)" in whose for whose in told)
    at = store.audit.last_change()
    word = finding_report.quotations_as_word(
        store, found, "?", Relation.ALONE, "Robin", at
    )
    from io import BytesIO

    from docx import Document

    text = "\n".join(one.text for one in Document(BytesIO(word)).paragraphs)
    assert "quangle" not in text
    assert "[not to be quoted]" in text
    [ada] = [one for one in passages if ADA_ALONE in one.words]
    assert ADA_ALONE not in finding_report._row(ada)


def test_an_example_of_a_code_is_not_taken_from_them(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    _record(store, ids["ada"], quotation=Answer.NO)
    [marked] = [
        one for one in store.coding.segments(ids["alone"]) if one.coder_id == "priya"
    ]
    [heard] = store.codebook.codebook().codes
    with pytest.raises(DataRefused, match="may not be quoted"):
        store.code_changes.pick_example("priya", heard.id, heard.version, marked.id)


_PARTICIPANTS = [
    Participant("yes", "Yes", may_be_quoted=True),
    Participant("no", "No", may_be_quoted=False),
    None,
]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from([0, 1, 2]), st.integers(1, 130)), max_size=6
        ),
        max_size=4,
    ),
    st.integers(1, 4),
)
def test_no_choice_of_quotations_takes_one_of_them(themes, how_many):
    at = 0
    mentions = []
    for theme in themes:
        made = []
        for who, length in theme:
            at += 1000
            words = " ".join(["word"] * length)
            where = Segment(at, at + len(words))
            part = SpokenPart(
                "s", "S", "W", Turn(1, at, at + 999), where, words, _PARTICIPANTS[who]
            )
            made.append(Mention("s", "W", where, (part,)))
        mentions.append(made)
    chosen = spread_quotations(mentions, how_many)
    assert "No" not in {one.pseudonym for theme in chosen for one in theme}
    for theme, quoted in zip(themes, chosen, strict=True):
        allowed = sum(who != 1 for who, _ in theme)
        assert len(quoted) == min(how_many, allowed)


@pytest.mark.parametrize("role", list(Role))
def test_consent_is_recorded_by_leads_and_embedded_researchers(empty_store, role):
    store = empty_store
    ids = a_rights_desk(store)
    person = store.study.add_person("lead", Person("", f"A {role}", role))
    if role in (Role.STUDY_LEAD, Role.EMBEDDED_RESEARCHER):
        assert _record(store, ids["bo"], person.id, interview=Answer.YES)
    else:
        with pytest.raises(DataRefused, match="cannot record consent"):
            _record(store, ids["bo"], person.id, interview=Answer.YES)
    assert len(store.consent.standing()) == (
        role in (Role.STUDY_LEAD, Role.EMBEDDED_RESEARCHER)
    )


def test_bad_records_are_refused_in_words_and_nothing_is_kept(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    for consent, why in (
        (Consent(ids["ada"], given_on="31/12/2025"), "does not exist"),
        (Consent(ids["ada"], given_on="2999-01-01"), "ahead"),
        (Consent(ids["ada"], note="x" * 3_000), "longer"),
        (Consent("nobody"), "not in the study"),
    ):
        with pytest.raises(DataRefused, match=why):
            store.consent.record("lead", consent)
    assert store.consent.standing() == {}
    first = _record(store, ids["ada"], interview=Answer.YES)
    with pytest.raises(DataRefused, match="meanwhile"):
        _record(store, ids["ada"], interview=Answer.NO)
    assert _record(store, ids["ada"], seen=first.id, interview=Answer.NO)
    assert [one.id for one in store.consent.former(ids["ada"])] == [first.id]


def test_the_audit_line_tells_answers_and_never_the_note(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    store.consent.record("lead", Consent(ids["ada"], note="Her sister helped."))
    line = store.audit.lines()[0]
    assert line.action == "consent recorded"
    assert line.detail["quotation"] == "not asked"
    assert "sister" not in repr(line)
