"""The account of a pairing: counts at each step, what must be said, and the files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from data.pairings import SavedPairing
from workbench.actions.account.balance_words import total_in_words
from workbench.actions.account.plan_words import plan_in_words
from workbench.actions.cases import pairing, sampling
from workbench.actions.cases.judges_account import (
    cases_in_words,
    interest_in_words,
    read_judges_account,
    setting_in_words,
)
from workbench.actions.cases.plans import after_outcomes_in_words
from workbench.actions.together import reports
from workbench.case_words import rule_in_words, with_titles
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.untrusted import as_html
from workbench.wording import as_sentence, counted

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


_STEPS = (
    '<table><thead><tr><th class="number">Possible pairs</th>'
    '<th class="number">Contemporary</th><th class="number">Historic</th>'
    '<th scope="col">left that</th></tr></thead><tbody>{}</tbody></table>'
)


def show(place: Place, latest: SavedPairing, titles: dict[str, str]) -> None:
    """Draw the account and offer it as Word, as JSON, and with the tables."""
    st.header("The account", anchor=False)
    saved = place.store.plans.find(latest.plan_id)
    assert saved is not None, "a pairing always names a stored plan"
    account = latest.account
    counts = account["counts"]
    plan = "".join(
        f"<li>{as_html(one)}</li>" for one in plan_in_words(saved.plan, titles)
    )
    rows = "".join(
        f'<tr><td class="number">{step["pairs_left"]:,}</td>'
        f'<td class="number">{step["contemporary_left"]:,}</td>'
        f'<td class="number">{step["historic_left"]:,}</td>'
        f"<td>{as_html(rule_in_words(step['rule'], saved.plan, titles))}</td></tr>"
        for step in counts["rules"]
    )
    warnings = "".join(
        f"<li>{as_html(with_titles(one, titles))}</li>"
        for one in pairing.warnings_of_account(dict(account))
    )
    draw_cases(
        '<div class="wb-card wb-scroll">'
        f"<p>Plan {latest.plan_number}, run {latest.number} by "
        f"{as_html(latest.run_by)} on {latest.run_at.astimezone():%d %B %Y, %H:%M}: "
        f"{counts['contemporary']:,} contemporary and {counts['historic']:,} historic "
        f"cases, {counted(account['pairs'], 'pair')}, "
        f"{total_in_words(account['total_distance'])}.</p>"
        f"{_chosen_in_words(account)}"
        f"<details><summary>The plan in words</summary><ul>{plan}</ul></details>"
        + (_STEPS.format(rows) if rows else "")
        + (f"<p>To be said in the report:</p><ul>{warnings}</ul>" if warnings else "")
        + f'<p class="quiet">Plan hash {as_html(account["plan_hash"][:16])}…, seed '
        f"{account['seed']}, {as_html(versions_in_words(account))}.</p>"
        f"{_later_plans(place)}</div>"
    )
    _show_judging(place)
    _offer_files(place, latest)


def versions_in_words(account: Mapping[str, Any]) -> str:
    """The versions of the workbench and of the libraries that decide the result.

    >>> versions_in_words({"version": "0.1", "libraries": {"scipy": "1.14.1"}})
    'version 0.1, with scipy 1.14.1'
    """
    words = f"version {account.get('version', 'not recorded')}"
    libraries = account.get("libraries", {})
    used = ", ".join(f"{name} {version}" for name, version in libraries.items())
    return f"{words}, with {used}" if used else words


def _chosen_in_words(account: Mapping[str, Any]) -> str:
    words = sampling.account_in_words(account)
    return f"<p>How they were chosen: {as_html(words)}</p>" if words else ""


def _later_plans(place: Place) -> str:
    after = [
        as_sentence(after_outcomes_in_words(one))
        for one in place.store.plans.all()
        if one.is_after_outcomes
    ]
    return "".join(f"<p>{as_html(one)}</p>" for one in after)


def _show_judging(place: Place) -> None:
    judged = read_judges_account(place.store)
    said = [setting_in_words(judged), cases_in_words(judged)]
    if judged.choice.cases:
        said += [judged.comparable.sentence, judged.choice.sentence]
    if judged.interests:
        said.append(
            "Interests declared: "
            + "; ".join(map(interest_in_words, judged.interests))
            + "."
        )
    paragraphs = "".join(f"<p>{as_html(one)}</p>" for one in said)
    draw_cases(f'<div class="wb-card"><h3>Judging</h3>{paragraphs}</div>')
    hidden = place.store.judging.hidden_from(place.person.id)
    if hidden:
        draw_quietly(
            f"Your tables leave out pairs and candidates of "
            f"{counted(len(hidden), 'case')} that you may still have to judge blind."
        )


def _offer_files(place: Place, latest: SavedPairing) -> None:
    store, person = place.store, place.person

    def packed() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in pairing.pairing_files(store, latest, person).items():
                archive.writestr(name, content)
        return out.getvalue()

    with st.container(horizontal=True):
        for words, ending, kind in (
            ("Download account as Word", ".docx", _WORD),
            ("Account as JSON", ".json", "application/json"),
        ):
            st.download_button(
                words,
                partial(reports.report_content, store, "pairs", ending, person=person),
                f"account-{latest.number}{ending}",
                kind,
                type="primary" if ending == ".docx" else "secondary",
                key=f"download account {ending}",
            )
        st.download_button(
            "Account and tables",
            packed,
            f"matches-{latest.number}.zip",
            "application/zip",
            key="download matches",
            help="pairs, candidates, unpaired and balance as .csv, account as .json",
        )
    draw_quietly(
        "Internal: the files name cases. Of what came later they hold nothing before "
        "a pair is judged."
    )
