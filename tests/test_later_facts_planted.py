"""A word planted in everything of later is nowhere before a pair is judged.

Every later note, every event's name and detail, every reason for closure, every
assessment factor and every field that nobody marked carries it. All pages are opened,
with their charts, addresses, state kept between runs and every file they offer; so are
reports, commands' answers and the audit trail.
"""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from case_desk import a_study, ids_of
from page_tests import everything_on, open_page
from streamlit.delta_generator import DeltaGenerator

from data.problems import DataRefused
from matching.case_records import CaseField
from matching.cases import KnownAt
from matching.plan import Covariate, CovariateKind
from workbench import app
from workbench.actions.cases.case_files import read_case_files
from workbench.actions.cases.judging import judge, open_files
from workbench.actions.cases.pairing import find_matches, pairing_files
from workbench.actions.cases.plans import read_plan_file, save_plan
from workbench.actions.together.reports import KINDS, write_report

SAMPLE = Path(__file__).parents[1] / "data" / "sample_study"
PLANTED = "zzlater"
"""No text of the sample holds it."""

FACTOR = "zzfactor"
"""Planted in assessment factors, which a plan may admit by a recorded override."""


def planted_study(folder: Path, *, with_later: bool = True):
    """The sample's cases with everything of later replaced by planted words.

    Without later notes and events where asked, and otherwise the same.
    """
    store, person = a_study(folder)
    names = ("cases.csv", "events.csv", "notes.csv")
    batch = read_case_files(store, [(n, (SAMPLE / n).read_bytes()) for n in names])
    referred = {one.reference: one.facts["referral_date"] for one in batch.records}
    records = [
        replace(
            one,
            facts={
                **one.facts,
                "closure_reason": f"{PLANTED} closure {number}",
                "assessment_factors": f"{FACTOR}{number % 3}",
                "nobody_marked_this": f"{PLANTED} unmarked {number}",
            },
        )
        for number, one in enumerate(batch.records)
    ]
    notes, events = [], []
    for number, note in enumerate(batch.notes):
        is_later = note.date > referred[note.case_reference]
        if is_later and with_later:
            # Words that its own earlier notes have as well, so that a likeness or a
            # phrase made with later notes would differ.
            text = f"{PLANTED} note {number} {PLANTED}{number} {note.text}"
            notes.append(replace(note, text=text))
        elif not is_later:
            notes.append(note)
    for number, event in enumerate(batch.events):
        if event.date > referred[event.case_reference] and with_later:
            words = {
                "event": f"{PLANTED} event {number}",
                "detail": f"{PLANTED} detail {number}",
            }
            events.append(replace(event, **words))
    unmarked = CaseField("nobody_marked_this", "Not marked", KnownAt.UNMARKED)
    store.cases.save(
        person.id,
        fields=[*batch.fields, unmarked],
        records=records,
        events=events,
        notes=notes,
    )
    content = (SAMPLE / "plan.toml").read_bytes()
    save_plan(store, person, read_plan_file("plan.toml", content))
    return store, person


@pytest.fixture
def study(tmp_path):
    store, person = planted_study(tmp_path)
    counts = store.cases.counts()
    assert counts.notes > 50
    assert counts.events > 100
    find_matches(store, person)
    yield store, person, tmp_path / "study.sqlite"
    store.close()


@pytest.fixture
def offered(monkeypatch):
    """Every file that a page offers for download while the test runs, by name."""
    files: dict[str, bytes] = {}

    def take(_label, data, file_name=None, *_rest, **_settings):
        content = data() if callable(data) else data
        if hasattr(content, "read"):
            content = content.read()
        files[str(file_name)] = (
            content if isinstance(content, bytes) else (str(content).encode("utf-8"))
        )
        return False

    monkeypatch.setattr(st, "download_button", take)
    monkeypatch.setattr(
        DeltaGenerator, "download_button", lambda _self, *a, **k: take(*a, **k)
    )
    return files


def words_in(content: bytes) -> str:
    """Everything a file says, and every file inside it (Word, workbook, zip)."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        return "\n".join(words_in(whole.read(name)) for name in whole.namelist())


def all_pages(store, person, path, *, beside: int):
    """Every page, and each case of the queue with its first candidates beside it."""
    for pages in app._PAGES.values():
        for module, *_ in pages:
            yield module, open_page(module, path, person.id)
    pairing = store.pairings.latest()
    for case in store.pairings.queue():
        at = {"case": case.id}
        yield case.reference, open_page("judge_page", path, person.id, **at)
        for listed in store.pairings.candidates(pairing.id, case.id)[:beside]:
            at["compare"] = listed.historic_id
            name = f"{case.reference} beside {listed.candidate.historic_id}"
            yield name, open_page("judge_page", path, person.id, **at)


def assert_tells_nothing(name: str, text: str) -> None:
    assert PLANTED not in text, name
    assert FACTOR not in text, name


def test_no_page_and_no_file_it_offers_tells_anything_of_later(study, offered):
    store, person, path = study
    opened = []
    for name, page in all_pages(store, person, path, beside=1):
        assert not page.exception, name
        text = everything_on(page)
        assert len(text) > 300, name
        assert_tells_nothing(name, text)
        opened.append(name)
    assert len(opened) > 15
    assert {"matches-1.zip", "plan.toml"} <= set(offered)
    for name, content in offered.items():
        if not name.endswith(".sqlite"):
            # A copy of the whole study is what it says: it holds everything.
            assert_tells_nothing(name, words_in(content))


def test_no_report_account_or_audit_line_tells_anything_of_later(study, tmp_path):
    store, person, _ = study
    pairing = store.pairings.latest()
    files = pairing_files(store, pairing, person)
    assert {"pairs.csv", "candidates.csv", "balance.csv", "account.json"} <= set(files)
    for name, content in files.items():
        assert content
        assert_tells_nothing(name, words_in(content))
    written = []
    for kind in KINDS:
        for ending in (".docx", ".html", ".xlsx", ".csv"):
            with suppress(DataRefused):
                written.append(write_report(store, kind, tmp_path / f"{kind}{ending}"))
    # Each as Word and as a page for reading, pairs as tables too.
    assert len(written) >= 2 * len(KINDS) + 2
    for path in written:
        assert_tells_nothing(path.name, words_in(path.read_bytes()))
    lines = store.audit.lines()
    assert len(lines) > 3
    assert_tells_nothing("audit", repr(lines))
    assert_tells_nothing("pairing", repr(pairing) + json.dumps(dict(pairing.account)))


def test_later_notes_and_events_change_nothing_that_is_listed(study, tmp_path):
    store, *_ = study
    folder = tmp_path / "without"
    folder.mkdir()
    other, person = planted_study(folder, with_later=False)
    find_matches(other, person)
    listed, without = (
        {
            case.reference: [
                one.candidate
                for one in each.pairings.candidates(each.pairings.latest().id, case.id)
            ]
            for case in each.pairings.queue()
        }
        for each in (store, other)
    )
    assert any(one.narrative_likeness for ones in listed.values() for one in ones)
    assert listed == without
    other.close()


def test_assessment_factors_show_only_by_the_override_that_is_recorded(study):
    store, person, path = study
    plan = store.plans.current().plan
    factors = Covariate(
        "assessment_factors", CovariateKind.SET, KnownAt.DURING, override=True
    )
    save_plan(store, person, replace(plan, covariates=(*plan.covariates, factors)))
    pairing = find_matches(store, person)
    assert pairing.account["overrides"] == ["assessment_factors"]
    case = next(one for one in store.pairings.queue() if one.waits)
    text = everything_on(open_page("judge_page", path, person.id, case=case.id))
    assert FACTOR in text
    assert PLANTED not in text
    for name, content in pairing_files(store, pairing, person).items():
        assert PLANTED not in words_in(content), name
    # The list of cases and the case's own card do not follow the override.
    assert_tells_nothing(
        "cases", everything_on(open_page("cases_page", path, person.id))
    )


def test_the_word_is_found_once_a_pair_is_judged_and_opened(study):
    store, person, path = study
    case = next(one for one in store.pairings.queue() if one.waits)
    pairing = store.pairings.latest()
    first = store.pairings.candidates(pairing.id, case.id)[0]
    saved = judge(
        store,
        person,
        pairing.id,
        case.id,
        decision=first.historic_id,
        suitability="good_match",
        rationale="They share need, age and area.",
    )
    page = open_page("judge_page", path, person.id, case=case.id)
    assert_tells_nothing("judged, not opened", everything_on(page))
    open_files(store, person, saved)
    text = everything_on(open_page("judge_page", path, person.id, case=case.id))
    assert PLANTED in text
    others = [one for one in ids_of(store).values() if one != case.id]
    waiting = [one.id for one in store.pairings.queue() if one.waits]
    assert waiting
    for other in set(others) & set(waiting[:2]):
        page = open_page("judge_page", path, person.id, case=other)
        assert_tells_nothing(other, everything_on(page))
