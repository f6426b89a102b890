"""Two readings of one case side by side, and the decision that settles them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from data.judging import GivenAs
from data.pairings import CaseToJudge, SavedJudgement
from data.rights import Right
from matching.judging.judgement import Suitability
from workbench import notices, session
from workbench.actions.cases import judging
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.cases.pair_view import pair_at_referral
from workbench.widgets.judging.verdict_keys import IN_WORDS
from workbench.widgets.untrusted import as_html, as_label


def show_after(place: Place, case: CaseToJudge) -> None:
    """Draw both readings of a case that is through, where two judges read it."""
    readings = place.store.judging.readings(place.person.id, case.id)
    pair = [one for one in readings if one.given_as != GivenAs.RECONCILED]
    if len(pair) < 2 or case.judgement is None:
        return
    with st.expander("How each of the two judges read it", key=f"both {case.id}"):
        draw_cases(readings_markup(pair, _references(place, pair)))
    decides = _may_settle(place, pair)
    if decides and case.judgement.opened_at is None and len(readings) == 2:
        with st.expander("Decide anew together", key=f"anew {case.id}"):
            draw_quietly("Both readings stay as they were given.")
            _ask_decision(place, case, pair)


def show_and_reconcile(place: Place, case: CaseToJudge) -> None:
    """Draw two readings that differ, and ask for the decision both stand behind."""
    pair = place.store.judging.readings(place.person.id, case.id)
    draw_cases(
        '<div class="wb-card"><h2>The two judges differ</h2><p>'
        f"{as_html(difference_in_words(pair))} Talk it over, then keep what you settle "
        "on. Both readings stay as they were given.</p></div>"
    )
    draw_cases(readings_markup(pair, _references(place, pair)))
    _show_cases(place, case, pair)
    st.header("Your decision", anchor=False)
    _ask_decision(place, case, pair, is_main=True)


def _show_cases(
    place: Place, case: CaseToJudge, pair: Sequence[SavedJudgement]
) -> None:
    """The case beside each chosen one, to talk it over with the facts in view."""
    chosen = list(dict.fromkeys(one.historic_id for one in pair if one.historic_id))
    views = place.store.cases.several_at_referral([case.id, *chosen])
    for one in chosen:
        title = f"Side by side with case {as_label(views[one].reference)}"
        with st.expander(title, key=f"settle beside {one}"):
            draw_cases(pair_at_referral(views[case.id], views[one]))


def difference_in_words(pair: Sequence[SavedJudgement]) -> str:
    """What two readings differ on, in a sentence."""
    one, other = pair[0].judgement, pair[1].judgement
    if one.historic_id != other.historic_id:
        return f"{one.judge} chose {_choice(one.historic_id)}, {other.judge} chose " + (
            f"{_choice(other.historic_id)}."
        )
    if one.suitability is not other.suitability:
        return (
            f"Both chose {_choice(one.historic_id)}; {one.judge} calls it "
            f"{IN_WORDS[one.suitability].lower()}, {other.judge} "
            f"{IN_WORDS[other.suitability].lower()}."
        )
    return f"Both chose {_choice(one.historic_id)}; another case got it meanwhile."


def readings_markup(
    pair: Sequence[SavedJudgement], references: Mapping[str, str]
) -> str:
    """Both decisions, reasons and verdicts in a table of two columns."""
    verdicts = [dict(one.verdicts) for one in pair]
    shown = sorted({*verdicts[0], *verdicts[1]}, key=lambda one: references[one])
    rows = [
        _row(
            f'<span class="then">Case {as_html(references[one])}</span>',
            [_verdict(said.get(one)) for said in verdicts],
        )
        for one in shown
    ]
    heads = "".join(
        f'<th scope="col">{as_html(one.judgement.judge)}, '
        f"{GivenAs(one.given_as).in_words}</th>"
        for one in pair
    )
    chosen = [as_html(_choice(one.judgement.historic_id)) for one in pair]
    why = [
        f'<div class="wb-note">{as_html(one.judgement.rationale)}</div>' for one in pair
    ]
    return (
        '<div class="wb-card wb-scroll"><table class="pair"><thead><tr>'
        f'<th scope="col" style="width:22%"></th>{heads}'
        '<th scope="col" style="width:6rem"></th></tr></thead><tbody>'
        f"{_row('Chosen', chosen)}{_row('Why', why, compare=False)}{''.join(rows)}"
        "</tbody></table></div>"
    )


def _row(title: str, cells: Sequence[str], *, compare: bool = True) -> str:
    differ = compare and cells[0] != cells[1]
    return (
        f'<tr><th scope="row">{title}</th>'
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + f"<td>{'differ' if differ else ''}</td></tr>"
    )


def _verdict(said: Suitability | None) -> str:
    return IN_WORDS[said] if said else "not shown"


def _choice(reference: str) -> str:
    return f"case {reference}" if reference else "no suitable match"


def _references(place: Place, pair: Sequence[SavedJudgement]) -> dict[str, str]:
    ids = {historic for one in pair for historic, _ in one.verdicts}
    views = place.store.cases.several_at_referral(sorted(ids))
    return {one: view.reference for one, view in views.items()}


def _may_settle(place: Place, pair: Sequence[SavedJudgement]) -> bool:
    return place.person.id in {one.judge_id for one in pair} or session.may(
        Right.SUPERVISE_JUDGEMENTS
    )


def _ask_decision(
    place: Place,
    case: CaseToJudge,
    pair: Sequence[SavedJudgement],
    *,
    is_main: bool = False,
) -> None:
    references = _references(place, pair)
    words = {one: f"Case {name}" for one, name in references.items()}
    words = dict(sorted(words.items(), key=lambda one: one[1]))
    words[judging.NO_SUITABLE_MATCH] = "No suitable match"
    with notices.problems_shown():
        decision = st.radio(
            "Which case do you settle on?",
            list(words),
            index=None,
            format_func=lambda one: as_label(words[one]),
            key=f"settle {case.id}",
        )
        suitability = ""
        if decision and decision != judging.NO_SUITABLE_MATCH:
            suitability = (
                st.radio(
                    "How well does it suit?",
                    [one.value for one in judging.SUITABILITIES],
                    index=None,
                    format_func=lambda one: IN_WORDS[Suitability(one)],
                    horizontal=True,
                    key=f"settle suitability {case.id}",
                )
                or ""
            )
        rationale = st.text_area(
            "Why",
            key=f"settle why {case.id}",
            height=110,
            placeholder="What settled it. It is kept with the decision.",
        )
        judges = {one.judge_id: one.judgement.judge for one in pair}
        is_judge = place.person.id in judges
        names = " and ".join(judges.values())
        draw_quietly(
            f"It is kept in the names of {names}; either of you may take it back until "
            "both files are opened."
            if is_judge
            else "It is kept in your name, as the supervisor's decision."
        )
        if st.button(
            "Save for both of us" if is_judge else "Save as supervisor",
            type="primary" if is_main else "secondary",
            key=f"save settled {case.id}",
        ):
            judging.reconcile(
                place.store,
                place.person,
                case.id,
                decision=decision or "",
                suitability=suitability,
                rationale=rationale or "",
            )
            notices.saved(f"Saved: case {case.reference} is decided.")
            st.rerun()
