"""Words are looked through before they leave, and a person decides on what is found."""

from __future__ import annotations

import pytest
from debrief_study import a_transcript
from release_study import (
    DEE,
    LEAD,
    PRIYA,
    TRUST,
    a_final_finding,
    a_study_to_release,
    person_at,
)

from coding.language import no_names_reader
from coding.pseudonyms.names import ListedName, NameKind
from coding.pseudonyms.names_in_words import possible_names, without_names
from coding.study import Participant
from coding.transcripts import SourceKind
from data.coding_records import CodingOperation, OperationKind
from data.people_rights.consent import Answer, Consent, Use
from data.problems import DataRefused
from data.pseudonyms.key import KeyName
from data.rights import Right
from data.sources import NewSource, SpeakerMapping
from data.storage import StudyStore
from data.storage.findings.finding_records import FindingWords
from data.storage.releases.release_records import WordChoice
from workbench.actions.findings.printed_words import QUOTATION, STATEMENT
from workbench.actions.releases.attributions import SOMEBODY, attribution_of
from workbench.actions.releases.preparing import (
    Prepared,
    ask_for_release,
    names_looked_for,
    prepare,
    why_nobody_can_release,
    write_shareable,
)
from workbench.actions.releases.screening import Piece


@pytest.fixture
def study(empty_store: StudyStore) -> StudyStore:
    a_study_to_release(empty_store)
    return empty_store


def _quotation(prepared: Prepared) -> Piece:
    (one,) = [one for one in prepared.pieces if one.id[0] == QUOTATION]
    return one


def _said(study: StudyStore, words: str, who: Participant) -> None:
    """A finding that stands, resting on these words of somebody."""
    transcript = a_transcript("Said", SourceKind.INTERVIEW, (("A", words),))
    new = NewSource(
        transcript, "Wave 1", mappings=(SpeakerMapping("A", participant=who),)
    )
    (source,) = study.sources.save(PRIYA, [new])
    start = transcript.text.index(words)
    study.coding.apply(
        PRIYA,
        source,
        [
            CodingOperation(
                "said",
                1,
                OperationKind.CODE,
                segment_id="said",
                code_id=study.codebook.codebook().codes[0].id,
                start=start,
                end=start + len(words),
            )
        ],
    )
    a_final_finding(study, ("said",))


def _written(prepared: Prepared, choice: WordChoice) -> str:
    choices = {one.id: one.allowed[-1] for one in prepared.in_question}
    choices[_quotation(prepared).id] = choice
    return "\n".join(write_shareable(prepared, choices, "").document.words())


def test_a_name_and_a_place_in_a_quotation_are_found_and_can_be_replaced(study) -> None:
    words = "we asked whether Shanice from Bramhall could stay with us"
    _said(study, words, person_at(10))
    prepared = prepare(study)
    one = _quotation(prepared)
    assert any("Shanice" in said for said in one.found)
    assert any("Bramhall" in said for said in one.found)
    coarse = _written(prepared, WordChoice.COARSEN)
    assert "Shanice" not in coarse
    assert "Bramhall" not in coarse
    assert "we asked whether [name] from [" in coarse
    assert words in _written(prepared, WordChoice.ACCEPT)
    assert "whether" not in _written(prepared, WordChoice.LEAVE_OUT)


def test_a_pseudonym_is_found_in_any_case(study) -> None:
    _said(study, "then p07 rang and we talked it over again", person_at(10))
    assert any("p07" in one for one in _quotation(prepare(study)).found)


def test_real_names_are_looked_for_where_the_key_is_open(study) -> None:
    names, said, is_open = names_looked_for(study, LEAD)
    assert (is_open, said) == (False, "")
    study.pseudonym_key.open(LEAD)
    key = study.pseudonym_key.opened(LEAD)
    listed = ListedName("n1", NameKind.PERSON, "dot", "P10", ("dottie",))
    with study.database.writing(LEAD, Right.HOLD_KEY) as writing:
        study.pseudonym_key.keep(
            writing, LEAD, key.with_name(KeyName(listed, LEAD, "2026-01-01"))
        )
        writing.record("name listed")
    _said(study, "then dottie came by and we talked about it all", person_at(10))
    names, said, is_open = names_looked_for(study, LEAD)
    assert is_open
    assert {"dot", "dottie", "P07"} <= set(names)
    found = _quotation(prepare(study, names)).found
    assert "May be a name: dottie." in found
    assert names_looked_for(study, DEE)[2] is False


def test_a_rare_attribution_is_found_and_a_coarser_one_proposed(study) -> None:
    a_final_finding(study, ("s2-1",))  # By P01, one of four parents of Northwold.
    one = _quotation(prepare(study))
    assert one.said_by == "Parent, Northwold"
    assert one.found == (
        "Parent, Northwold fits 4 people of the study; Parent fits enough.",
    )
    assert one.allowed[0] is WordChoice.COARSEN
    assert one.coarse.said_by == "Parent"


def test_where_enough_share_it_nothing_is_found(study) -> None:
    a_final_finding(study, ("s10-1",))
    one = _quotation(prepare(study))
    assert (one.said_by, one.found) == ("Parent, Westby", ())


def test_who_may_not_be_quoted_can_only_be_left_out(study) -> None:
    a_final_finding(study, ("s10-1",))
    (person,) = [p for p in study.study.participants() if p.pseudonym == "P05"]
    _refuse_quoting(study, person.id)
    prepared = prepare(study)
    one = _quotation(prepared)
    assert one.found[0] == "Whose words these are may not be quoted."
    assert one.allowed == (WordChoice.LEAVE_OUT,)
    choices = {one.id: WordChoice.ACCEPT}
    with pytest.raises(DataRefused, match="It cannot be so"):
        write_shareable(prepared, choices, "")
    assert TRUST not in _written(prepared, WordChoice.LEAVE_OUT)


def _refuse_quoting(study: StudyStore, participant_id: str) -> None:
    answers = dict.fromkeys(Use, Answer.YES) | {Use.QUOTATION: Answer.NO}
    study.consent.record(LEAD, Consent(participant_id, answers))


def test_consent_taken_back_while_a_request_waits_stops_the_release(study) -> None:
    a_final_finding(study, ("s10-1",))
    prepared = prepare(study)
    choices = {one.id: one.allowed[0] for one in prepared.in_question}
    ask_for_release(study, study.study.person(DEE), prepared, choices, "Board.")
    (one,) = study.releases.all(PRIYA)
    study.releases.open_file(PRIYA, one.id, ".docx")
    (person,) = [p for p in study.study.participants() if p.pseudonym == "P05"]
    _refuse_quoting(study, person.id)
    with pytest.raises(DataRefused, match="may not be quoted"):
        study.releases.release(PRIYA, one.id, "Read.", seen=one.version)


def test_small_numbers_and_names_in_a_findings_own_words_are_found(study) -> None:
    a_final_finding(
        study, ("s10-1",), statement="Only two of three parents met Shanice."
    )
    (one,) = [p for p in prepare(study).pieces if p.id[0] == STATEMENT]
    assert "Shanice" in " ".join(one.found)
    assert "somebody: two." in " ".join(one.found)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("Of the parents, 3, all mothers, moved.", "somebody: 3."),
        ("Two midwives said so.", "somebody: Two."),
        ("One of the parents moved.", "somebody: One of."),
        ("It was only one.", "somebody: only one."),
        ("None of the midwives knew.", "each of them: None of the."),
        ("Both of those who left agree.", "each of them: Both of those."),
    ],
)
def test_small_numbers_and_all_or_none_are_found_in_words(
    study, statement: str, told: str
) -> None:
    a_final_finding(study, ("s10-1",), statement=statement)
    (one,) = [p for p in prepare(study).pieces if p.id[0] == STATEMENT]
    assert told in " ".join(one.found)


@pytest.mark.parametrize(
    "statement",
    [
        "One thing they name is trust, over two waves.",
        "Of 1,200 parents 320 were reached, 12.3 in each hundred.",
    ],
)
def test_no_number_of_people_is_found_where_none_is_told(study, statement: str) -> None:
    a_final_finding(study, ("s10-1",), statement=statement)
    (one,) = [p for p in prepare(study).pieces if p.id[0] == STATEMENT]
    assert not one.found


def test_what_is_left_out_is_nowhere_in_the_files(study) -> None:
    a_final_finding(study, ("s10-1",), statement="Only two of them met Shanice.")
    prepared = prepare(study)
    assert [one.id[0] for one in prepared.in_question] == [STATEMENT]
    report = write_shareable(
        prepared, {prepared.in_question[0].id: WordChoice.LEAVE_OUT}, ""
    )
    words = "\n".join(report.document.words())
    assert "Shanice" not in words
    assert TRUST not in words
    assert b"Shanice" not in report.as_file(".html")


def test_one_participant_alone_is_not_quoted_at_all() -> None:
    alone = Participant("a", "P1", "Parent", "", "Northwold")
    told = attribution_of([alone], {"a": alone}, 6)
    assert (told.coarser, told.is_rare, told.sharing) == ("", True, 1)
    many = {str(n): Participant(str(n), f"P{n}", "Leader") for n in range(7)}
    told = attribution_of([alone], {**many, "a": alone}, 6)
    assert told.coarser == SOMEBODY


def test_words_of_several_people_are_told_as_far_as_all_share() -> None:
    people = {
        str(n): Participant(str(n), f"P{n}", "Leader", f"T{n % 2}", "North")
        for n in range(12)
    }
    both = [people["0"], people["1"]]
    assert attribution_of(both, people, 6).nearest == "Leader, North"
    nobody = attribution_of([], people, 6)
    assert (nobody.nearest, nobody.is_rare) == (SOMEBODY, False)


def test_a_study_of_one_person_cannot_release_and_says_what_to_do(tmp_path) -> None:
    from coding.study import Person, Role, Study

    store = StudyStore(tmp_path / "alone.sqlite")
    store.study.found(Study("Alone"), Person(LEAD, "Robin", Role.STUDY_LEAD))
    (said,) = why_nobody_can_release(store)
    assert "a study lead adds one" in said.do_next
    with pytest.raises(DataRefused, match="What leaves needs two people"):
        ask_for_release(store, store.study.person(LEAD), prepare(store), {}, "Board.")
    store.study.add_person(LEAD, Person("w", "Wyn", Role.PRACTITIONER_RESEARCHER))
    assert why_nobody_can_release(store)
    store.study.add_person(LEAD, Person("d", "Dee", Role.DEBRIEF_TEAM))
    assert not why_nobody_can_release(store)
    store.close()


def test_without_a_finding_that_stands_nothing_can_be_asked_for(study) -> None:
    study.findings.add(DEE, FindingWords("A draft."))
    prepared = prepare(study)
    with pytest.raises(DataRefused, match="No finding is final"):
        ask_for_release(study, study.study.person(DEE), prepared, {}, "Board.")


def test_names_by_capitals_and_known_ones_without_a_model(monkeypatch) -> None:
    monkeypatch.setattr(
        "coding.pseudonyms.names_in_words.load_names_reader", no_names_reader
    )
    words = "She said Mum knew Kim Lee. Then we met kestrel in May, I think."
    found = possible_names(words, ["Kestrel"])
    assert [one.words for one in found] == ["Kim Lee", "kestrel"]
    assert without_names(words, found) == (
        "She said Mum knew [name]. Then we met [name] in May, I think."
    )
