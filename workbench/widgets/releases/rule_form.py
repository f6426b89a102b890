"""The study's rule for small numbers: a well-known one, or the council's own."""

from __future__ import annotations

import streamlit as st

from data.disclosure.rules import PRESETS, DisclosureRule, Totals
from data.rights import Right
from workbench import notices, session
from workbench.actions.releases.setting_rule import OWN, rule_of
from workbench.session import Place
from workbench.widgets.untrusted import as_html


def draw_rule(place: Place) -> None:
    """Draw the rule that stands and, for a study lead, the form to set another."""
    setting = place.store.disclosure_rule.setting()
    rule = setting.rule
    by = f" Set by {setting.set_by}: {setting.reason}" if setting.set_by else ""
    source = f" ({rule.source})" if rule.source else ""
    notices.draw(
        f'<p style="margin:0;max-width:46rem"><strong>{as_html(rule.name)}</strong>'
        f"{as_html(source)}. {as_html(rule.in_words)}{as_html(by)}</p>"
    )
    if not session.may(Right.MANAGE_STUDY):
        st.caption("Only a study lead can change it.")
        return
    with st.expander("Set another rule"):
        named = [*PRESETS, OWN]
        chosen = st.radio(
            "Whose rule",
            named,
            index=named.index(rule.name) if rule.name in PRESETS else len(PRESETS),
            format_func=_in_words,
            key=f"rule {setting.number}",
        )
        with st.form(f"rule form {setting.number}"):
            own = _ask_own(rule) if chosen == OWN else None
            reason = st.text_input("Why this rule", key=f"rule reason {setting.number}")
            if st.form_submit_button("Set this rule"):
                with notices.problems_shown():
                    new = own if own is not None else rule_of(chosen or OWN)
                    place.store.disclosure_rule.set_rule(
                        place.person.id, new, reason, seen=setting.number
                    )
                    notices.saved("The rule was set. It counts from the next request.")
                    st.rerun()


def _in_words(name: str) -> str:
    if name == OWN:
        return "Our own numbers"
    return f"{name}: {PRESETS[name].in_words}"


def _ask_own(rule: DisclosureRule) -> DisclosureRule:
    threshold = st.number_input(
        "Counts up to this are hidden", 1, 100, rule.threshold, key="own threshold"
    )
    rounded = st.number_input(
        "The rest is rounded to (1 leaves it)", 1, 100, rule.rounded_to, key="own round"
    )
    small_group = st.number_input(
        "In groups up to this, all and none are hidden",
        0,
        1000,
        rule.small_group,
        key="own group",
    )
    shows_zero = st.checkbox("0 is shown", rule.shows_zero, key="own zero")
    return DisclosureRule(
        OWN,
        int(threshold),
        bool(shows_zero),
        int(rounded),
        Totals.ROUNDED if rounded > 1 else Totals.TRUE,
        int(small_group),
    )
