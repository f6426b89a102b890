"""Nothing that tells rank, distance, the plan's choice or the first judgement reaches
a person who may still judge a case blind: on any page, in any file, anywhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from case_desk import the_sample_study
from page_tests import open_page
from test_outcomes_hidden import everything_on

from coding.study import Person, Role
from data.exporters.debrief_html import report_as_html
from data.judging import GivenAs
from matching.judging.judgement import Suitability
from workbench.actions.cases.judges_account import (
    account_as_values,
    read_judges_account,
)
from workbench.actions.cases.pairing import pairing_files
from workbench.actions.home.home_tasks import tasks
from workbench.actions.together.reports import (
    debrief_document,
    pairs_document,
    write_report,
)

SECRET = "The grandmother lives with them, which decided it."
NOW = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[tuple]:
    """The sample with two judges set and every case judged once, by the lead."""
    store, lead = the_sample_study(tmp_path)
    store.judging.set_judges(lead.id, 2, seen=0)
    second = store.study.add_person(
        lead.id, Person("", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    chosen = {}
    for case in store.judging.queue(lead.id):
        if not case.candidates:
            continue
        store.judging.begin(lead.id, case.id)
        given = store.judging.candidates(lead.id, case.id)
        shown = [one.historic_id for one in given.ranked[:5]]
        verdicts = dict.fromkeys(shown, Suitability.NOT_COMPARABLE)
        verdicts[shown[0]] = Suitability.USABLE_WITH_CARE
        store.judgements.save(
            lead.id,
            pairing_id=given.pairing_id,
            contemporary_id=case.id,
            historic_id=shown[0],
            suitability=Suitability.USABLE_WITH_CARE,
            rationale=SECRET,
            seconds_taken=1234,
            verdicts=verdicts,
            shown=shown,
        )
        chosen[case.id] = given.ranked
    assert len(chosen) > 3
    yield store, lead, second, tmp_path / "study.sqlite", chosen
    store.close()


def telling(store, chosen) -> set[str]:
    """Every text of which one alone would tell a blind judge something."""
    texts = {SECRET, "in 21 minutes", "closest", "makes of the difference", "Alike on"}
    for ranked in chosen.values():
        for one in ranked:
            if 0 < one.candidate.distance < 1:
                texts.add(f"{one.candidate.distance:.6f}")
            if one.candidate.narrative_likeness:
                texts.add(f"({one.candidate.narrative_likeness:.2f} of 1)")
    return texts


def test_no_page_tells_the_second_judge_anything(study):
    store, _, second, path, chosen = study
    texts = telling(store, chosen)
    pages = {
        page: open_page(page, path, second.id)
        for page in (
            "home_page",
            "cases_page",
            "balance_page",
            "judges_agreement_page",
            "supervise_page",
            "debrief_page",
            "study_page",
        )
    }
    for case, ranked in chosen.items():
        pages[case] = open_page("judge_page", path, second.id, case=case)
        for one in ranked[:2]:
            pages[case, one.historic_id] = open_page(
                "judge_page", path, second.id, case=case, compare=one.historic_id
            )
    for name, app in pages.items():
        assert not app.exception, name
        text = everything_on(app)
        assert len(text) > 1500, name
        assert [one for one in texts if one in text] == [], name
        assert '"usable_with_care"' not in text, name


def test_order_on_the_page_is_that_of_the_seed_and_not_of_the_list(study):
    store, _, second, _, chosen = study
    orders = [
        (
            [one.candidate.historic_id for one in ranked[:5]],
            [o.reference for o in store.judging.candidates(second.id, case).blind],
        )
        for case, ranked in chosen.items()
    ]
    assert all(sorted(listed) == sorted(given) for listed, given in orders)
    long = [(listed, given) for listed, given in orders if len(listed) == 5]
    assert long
    assert any(listed != given for listed, given in long)


def test_no_file_tells_the_second_judge_anything(study, tmp_path):
    store, lead, second, _, chosen = study
    texts = telling(store, chosen) - {"closest"}
    references = {one.reference for one in store.judging.queue(second.id) if one.waits}
    assert len(references) == len(chosen)
    files = pairing_files(store, store.pairings.latest(), second)
    for name in ("pairs.csv", "candidates.csv"):
        assert not [one for one in references if one in files[name].decode()], name
    texts_of = {name: content.decode() for name, content in files.items()}
    texts_of["pairs"] = report_as_html(pairs_document(store, "Pat", NOW))
    texts_of["debrief"] = report_as_html(debrief_document(store, "Pat", NOW))
    texts_of["table"] = write_report(
        store, "pairs", tmp_path / "pairs.csv", person=second
    ).read_text("utf-8-sig")
    with zipfile.ZipFile(
        write_report(store, "pairs", tmp_path / "pairs.docx", person=second)
    ) as word:
        texts_of["word"] = word.read("word/document.xml").decode()
    for name, text in texts_of.items():
        assert text, name
        assert [one for one in texts if one in text] == [], name
    # The first judge has seen the lists, so nothing is kept from them.
    own = pairing_files(store, store.pairings.latest(), lead)
    assert all(one in own["candidates.csv"].decode() for one in references)
    assert io.BytesIO(own["pairs.csv"]).readline()


def test_nothing_else_the_store_gives_a_person_tells_it(study):
    store, _, second, _, chosen = study
    said = repr(store.audit.lines())
    assert "case judged" in said
    for told in ("usable_with_care", "not_comparable", "'rank'", SECRET):
        assert told not in said
    assert store.judgements.standing() == []
    assert store.supervision.queue(second.id) == []
    for case in store.judging.queue(second.id):
        assert (case.judgement, case.own) == (None, None)
        assert store.judging.readings(second.id, case.id) == []
    account = repr(account_as_values(read_judges_account(store)))
    assert SECRET not in account
    assert "'decided': []" in account
    (judging,) = [
        one
        for one in tasks(store.progress.counts(), second.role, offered=len(chosen))
        if one.page == "judge"
    ]
    assert judging.status == f"{len(chosen)} waiting"


def test_once_the_second_is_through_both_readings_are_read(study):
    store, _, second, path, chosen = study
    case, ranked = next(iter(chosen.items()))
    shown = [one.historic_id for one in ranked[:5]]
    verdicts = dict.fromkeys(shown, Suitability.NOT_COMPARABLE)
    store.judgements.save(
        second.id,
        pairing_id="",
        contemporary_id=case,
        suitability=Suitability.NOT_COMPARABLE,
        rationale="None lives with relatives.",
        given_as=GivenAs.SECOND,
        verdicts=verdicts,
        shown=shown,
    )
    text = everything_on(open_page("judge_page", path, second.id, case=case))
    assert SECRET in text
    assert "The two judges differ" in text
