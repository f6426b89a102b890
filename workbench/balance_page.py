"""How alike the paired groups are, who has no partner, and the account of the run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.pairings import SavedPairing
from matching.balance import BalanceRow
from workbench import notices, session
from workbench.actions.cases import pairing, sampling
from workbench.actions.cases.judges_account import (
    cases_in_words,
    interest_in_words,
    read_judges_account,
    setting_in_words,
)
from workbench.session import Place
from workbench.widgets.balance.balance_chart import (
    CLOSE_ENOUGH,
    FEWEST_FOR_A_CHART,
    BalanceLine,
    balance_in_words,
    balance_lines,
    balance_table,
    love_plot,
    sampling_error,
)
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.cases.case_words import rule_in_words, titles_of, with_titles
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_PLANNED, _ACCEPTED = "Pairs the plan chose", "Pairs that judges accepted"


def show() -> None:
    """Draw balance, the unpaired and the account of the newest matches."""
    place = session.place()
    latest = place.store.pairings.latest()
    notices.page_head(
        "Balance",
        "How alike the contemporary and the historic cases are as groups, before "
        "pairing and over the pairs, and whom the result leaves out.",
    )
    if latest is None:
        notices.empty(
            "Here you see whether pairing made the two groups alike, who has no "
            "partner and why, and the account for a methods appendix. First the "
            "matches must be found.",
            "Choose what to match",
            "plan",
        )
        return
    titles = titles_of(place.store.cases.field_list())
    _show_balance(latest, titles)
    _show_unpaired(place, latest, titles)
    _show_account(place, latest, titles)


def _show_balance(latest: SavedPairing, titles: dict[str, str]) -> None:
    which = st.radio("Over", [_PLANNED, _ACCEPTED], horizontal=True, key="balance over")
    if which == _ACCEPTED:
        accepted = len(session.store().judgements.standing())
        pairs, rows = _accepted(
            session.study(),
            session.store().cases.version(),
            latest.id,
            accepted,
        )
    else:
        counts = latest.account["counts"]["contemporary"]
        pairs = counts - latest.account["unpaired"]
        rows = pairing.planned_balance(latest)
    lines = balance_lines(rows, titles)
    if not pairs:
        draw_quietly("No pair was accepted yet.")
        return
    if pairs >= FEWEST_FOR_A_CHART:
        draw_cases(f'<p class="wb-card"><b>{as_html(balance_in_words(lines))}</b></p>')
        _show_caution(pairs)
        _show_chart(lines)
    else:
        _show_caution(pairs)
        draw_cases(balance_table(lines, verdicts=False))
    with st.expander("How this is worked out", key="how worked out"):
        draw_quietly(
            "Differences are the contemporary mean less the historic mean, in standard "
            "deviations of the contemporary cases before pairing, at both stages; for "
            "yes or no, categories and codes sqrt(p(1 − p)). Only known values count; "
            f"gaps have a line of their own. Values that no contemporary case has are "
            f"left out here; the file lists them. Up to {CLOSE_ENOUGH} is called close "
            "enough, above 0.25 look again (Stuart 2010). The variance ratio is "
            "contemporary over historic; 1 is alike."
        )


def _show_caution(pairs: int) -> None:
    error = sampling_error(pairs)
    if pairs < FEWEST_FOR_A_CHART:
        notices.caution(
            f"With {pairs} pair{'' if pairs == 1 else 's'} these figures stray by "
            f"about {error:.1f} through chance alone. Read the pairs, not the figures; "
            f"a chart is drawn from {FEWEST_FOR_A_CHART} pairs on."
        )
    elif error > CLOSE_ENOUGH:
        draw_quietly(
            f"{pairs} pairs: by chance alone a figure strays by about {error:.2f}."
        )


def _show_chart(lines: list[BalanceLine]) -> None:
    draw_quietly(
        "○ before pairing · ◆ after pairing · shaded: close enough · dashed: look again"
    )
    st.altair_chart(
        love_plot(lines, dark=notices.is_dark()),
        width="stretch",
        alt=balance_in_words(lines),
    )
    if st.toggle("Show as table", key="balance as table"):
        draw_cases(balance_table(lines))


@st.cache_data(max_entries=4, show_spinner="Comparing the accepted pairs")
def _accepted(
    study: str,  # noqa: ARG001
    version: int,  # noqa: ARG001
    pairing_id: str,
    judged: int,  # noqa: ARG001
) -> tuple[int, tuple[BalanceRow, ...]]:
    # Study, version and judged only say when what is kept no longer holds.
    saved = session.store().pairings.find(pairing_id)
    assert saved is not None, "the page shows a stored pairing"
    return pairing.accepted_balance(session.store(), saved)


def _show_unpaired(place: Place, latest: SavedPairing, titles: dict[str, str]) -> None:
    unpaired = place.store.pairings.unpaired(latest.id)
    st.header("Without partner", anchor=False)
    if not unpaired:
        draw_quietly("Every contemporary case has a partner.")
        return
    rows = "".join(
        f'<tr><td><span class="now">{as_html(one.reference)}</span></td>'
        f"<td>{as_html(with_titles(one.reason, titles))}</td>"
        f"<td>{as_html(one.nearest_reference)}</td></tr>"
        for one in unpaired[:50]
    )
    draw_cases(
        '<div class="wb-card wb-scroll"><table><thead><tr><th scope="col">Case</th>'
        '<th scope="col">Why</th><th scope="col">Nearest miss</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
    if len(unpaired) > 50:
        draw_quietly(f"The first 50 of {len(unpaired)}; the file has all.")


def _show_account(place: Place, latest: SavedPairing, titles: dict[str, str]) -> None:
    st.header("The account", anchor=False)
    saved = place.store.plans.find(latest.plan_id)
    assert saved is not None, "a pairing always names a stored plan"
    account = latest.account
    counts = account["counts"]
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
        f"cases, {account['pairs']:,} pairs, total difference "
        f"{account['total_distance']:.4f}.</p>"
        f"{_chosen_in_words(account)}"
        '<table><thead><tr><th class="number">Possible pairs</th>'
        '<th class="number">Contemporary</th><th class="number">Historic</th>'
        f'<th scope="col">left that</th></tr></thead><tbody>{rows}</tbody></table>'
        + (f"<p>To be said in the report:</p><ul>{warnings}</ul>" if warnings else "")
        + f'<p class="quiet">Plan hash {as_html(account["plan_hash"][:16])}…, seed '
        f"{account['seed']}, version {as_html(str(account.get('version', '')))}.</p>"
        "</div>"
    )
    _show_judging(place)
    _offer_files(place, latest)


def _chosen_in_words(account: Mapping[str, Any]) -> str:
    words = sampling.account_in_words(account)
    return f"<p>How they were chosen: {as_html(words)}</p>" if words else ""


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
            f"Your files leave out pairs and candidates of "
            f"{counted(len(hidden), 'case')} that you may still have to judge blind."
        )


def _offer_files(place: Place, latest: SavedPairing) -> None:
    def packed() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in pairing.pairing_files(
                place.store, latest, place.person
            ).items():
                archive.writestr(name, content)
        return out.getvalue()

    st.download_button(
        "Download account and tables",
        packed,
        f"matches-{latest.number}.zip",
        "application/zip",
        type="primary",
        key="download matches",
        help="pairs, candidates, unpaired and balance as .csv, the account as .json",
    )
    draw_quietly(
        "Internal: the files name cases. They hold nothing of what came later."
    )
