"""What rules left and what one change would bring, drawn for the study and a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matching.candidates import RuleCount
from matching.eligibility_loosened import (
    CaseGain,
    Loosening,
    NearMiss,
    StudyGain,
    Way,
)
from matching.plan import MatchPlan
from workbench.case_words import rule_in_words
from workbench.widgets.cases.eligibility.eligibility_words import (
    case_in_one_sentence,
    loosening_in_words,
    misses_in_words,
)
from workbench.widgets.untrusted import as_html
from workbench.wording import counted


def ruled_out_markup(
    counts: Sequence[RuleCount],
    plan: MatchPlan,
    titles: Mapping[str, str],
    misses: Sequence[NearMiss] = (),
    *,
    listed: int,
) -> str:
    """For one case: the sentence, what each rule removed and left, the near misses."""
    removed = [0, *(a.historic_left - b.historic_left for a, b in _steps(counts))]
    rows = "".join(
        f'<tr><td class="number">{f"{gone:,}" if place else ""}</td>'
        f'<td class="number">{count.historic_left:,}</td>'
        f"<td>{as_html(rule_in_words(count.rule, plan, titles))}</td></tr>"
        for place, (count, gone) in enumerate(zip(counts, removed, strict=True))
    )
    beyond = counts[-1].historic_left - listed
    more = f"<p>{beyond:,} more are eligible and not listed.</p>" if beyond else ""
    sentence = as_html(case_in_one_sentence(counts, plan, titles))
    return (
        f'<div class="wb-card"><p>{sentence}</p><table><thead><tr>'
        '<th scope="col" class="number">Removed</th>'
        '<th scope="col" class="number">Historic cases left</th>'
        f'<th scope="col">that</th></tr></thead><tbody>{rows}</tbody></table>{more}'
        f"{_misses(misses, plan, titles)}</div>"
    )


def _misses(
    misses: Sequence[NearMiss], plan: MatchPlan, titles: Mapping[str, str]
) -> str:
    lines = "".join(
        f'<li><span class="then">Case {as_html(one.historic_id)}</span> '
        f"{as_html(misses_in_words(one.rules, plan, titles))}.</li>"
        for one in misses
    )
    if not lines:
        return ""
    # Each case has a mark of its own, so that bullets would be a second one.
    return (
        '<h3>Nearest of those ruled out</h3><ul style="list-style:none;padding:0">'
        f"{lines}</ul>"
    )


def _steps(counts: Sequence[RuleCount]) -> list[tuple[RuleCount, RuleCount]]:
    return list(zip(counts, counts[1:], strict=False))


def study_gains_markup(
    gains: Sequence[StudyGain],
    without: int,
    plan: MatchPlan,
    titles: Mapping[str, str],
) -> str:
    """For the study: each change and the cases that would gain a first candidate."""
    if not without:
        return (
            '<div class="wb-card"><p>Every contemporary case has a candidate; no rule '
            "needs loosening.</p></div>"
        )
    rows = _rows(
        [
            (one.loosening, len(one.contemporary_ids), _some(one.contemporary_ids))
            for one in gains
        ],
        plan,
        titles,
    )
    return (
        f'<div class="wb-card"><p>{counted(without, "contemporary case")} without '
        "candidate. Each change is made alone, with all other rules as they are.</p>"
        + _table("Cases gained", "if you", rows)
        + _kept([one.loosening for one in gains], plan, titles)
        + "</div>"
    )


def unpaired_markup(
    reason: str,
    counts: Sequence[RuleCount],
    gains: Sequence[CaseGain],
    plan: MatchPlan,
    titles: Mapping[str, str],
    *,
    nearest: str = "",
    broken: Sequence[str] = (),
) -> str:
    """A case without candidate: why, the nearest miss, and what one change brings."""
    rows = _rows(
        [
            (
                one.loosening,
                one.candidates,
                f"closest {one.closest_id}" if one.closest_id else "",
            )
            for one in gains
        ],
        plan,
        titles,
    )
    miss = ""
    if nearest and broken:
        because = as_html(misses_in_words(broken, plan, titles))
        miss = (
            f'<p>Nearest miss: <span class="then">case {as_html(nearest)}</span>. '
            f"It is ruled out because it {because}.</p>"
        )
    changes = (
        "<h3>What one change would bring</h3><p>Each change is made alone, with all "
        "other rules as they are.</p>" + _table("Candidates gained", "if you", rows)
        if any(one.candidates for one in gains)
        else "<p>No single change to the plan would bring a candidate.</p>"
    )
    return (
        '<div class="wb-card"><h2>No candidate under this plan</h2>'
        f"<p>{as_html(reason)}</p>"
        f"<p>{as_html(case_in_one_sentence(counts, plan, titles))}</p>{miss}{changes}"
        + _kept([one.loosening for one in gains], plan, titles)
        + '<p class="quiet">A case without partner is a finding too: it stays listed '
        "with its reason in the balance and the account.</p></div>"
    )


def gains_to_try(gains: Sequence[StudyGain]) -> list[Loosening]:
    """The changes that give any case its first candidate, the least one first."""
    return [one.loosening for one in gains if one.contemporary_ids]


def _rows(
    gains: Sequence[tuple[Loosening, int, str]],
    plan: MatchPlan,
    titles: Mapping[str, str],
) -> str:
    return "".join(
        f'<tr><td class="number">{f"+{count:,}" if count else "none"}</td>'
        f"<td>{as_html(_lower(loosening_in_words(loosening, plan, titles)))}"
        + (f'<br><span class="quiet">{as_html(beside)}</span>' if beside else "")
        + "</td></tr>"
        for loosening, count, beside in gains
        if loosening.way is not Way.KEPT
    )


def _table(counts: str, what: str, rows: str) -> str:
    return (
        '<table style="max-width:44rem"><thead><tr><th scope="col" class="number" '
        f'style="width:1%">{counts}</th><th scope="col">{what}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _kept(
    loosenings: Sequence[Loosening], plan: MatchPlan, titles: Mapping[str, str]
) -> str:
    lines = "".join(
        f"<li>{as_html(loosening_in_words(one, plan, titles))}</li>"
        for one in loosenings
        if one.way is Way.KEPT
    )
    return f'<p class="quiet">Never loosened:</p><ul>{lines}</ul>' if lines else ""


def _some(ids: Sequence[str]) -> str:
    if not ids:
        return ""
    more = len(ids) - 4
    return ", ".join(ids[:4]) + (f" and {more:,} more" if more > 0 else "")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
