"""What a plan leaves, as the page shows it beside the form."""

from __future__ import annotations

from matching.plan import MatchPlan
from workbench.actions.cases.plans import PlanEffect
from workbench.case_words import rule_in_words, with_titles
from workbench.widgets.cases.eligibility.eligibility_words import study_in_one_sentence
from workbench.widgets.untrusted import as_html
from workbench.wording import problem_in_words, with_names_marked

_STEPS_HEAD = (
    '<table><thead><tr><th class="number">Pairs</th><th class="number">Cases</th>'
    '<th scope="col">left after</th></tr></thead>'
)


def effect_markup(effect: PlanEffect, plan: MatchPlan, titles: dict[str, str]) -> str:
    """What a plan leaves, in two sentences and a table of rules."""
    rows = "".join(
        f'<tr><td class="number">{step.pairs_left:,}</td>'
        f'<td class="number">{step.contemporary_left:,}</td>'
        f"<td>{as_html(_rule(step.rule, plan, titles))}</td></tr>"
        for step in effect.steps
    )
    unpaired = "".join(
        f"<li><b>{as_html(one.contemporary_id)}</b>: "
        f"{as_html(with_titles(one.reason, titles))}</li>"
        for one in effect.unpaired[:5]
    )
    more = len(effect.unpaired) - 5
    warnings = "".join(
        f"<li>{with_names_marked(as_html(_place(one.where, titles)))}: "
        f"{as_html(with_titles(problem_in_words(one), titles))}</li>"
        for one in effect.warnings
    )
    by_rule = study_in_one_sentence(
        effect.contemporary, effect.historic, effect.steps, plan, titles
    )
    return (
        f'<div class="wb-card"><p>Of {effect.possible:,} possible pairs '
        f"<b>{effect.left:,}</b> are left. <b>{effect.with_candidate:,} of "
        f"{effect.contemporary:,}</b> contemporary cases have at least one candidate, "
        f"and {effect.paired:,} get a partner.</p><p>{as_html(by_rule)}</p>"
        + (_STEPS_HEAD + f"<tbody>{rows}</tbody></table>" if rows else "")
        + (f"<p>Without partner:</p><ul>{unpaired}</ul>" if unpaired else "")
        + (f'<p class="quiet">and {more:,} more.</p>' if more > 0 else "")
        + (
            f"<p><b>To check</b>, nothing here stops you:</p><ul>{warnings}</ul>"
            if warnings
            else ""
        )
        + "</div>"
    )


def _place(where: str, titles: dict[str, str]) -> str:
    """A warning's place with its field named as pages name it."""
    before, mark, name = where.rstrip("*").rpartition("*")
    return f"{before}{mark}{titles.get(name, name)}*" if mark else where


def _rule(rule: str, plan: MatchPlan, titles: dict[str, str]) -> str:
    words = rule_in_words(rule, plan, titles)
    for beginning in ("and have ", "and are ", "and had ", "and ", "have "):
        if words.startswith(beginning):
            words = words[len(beginning) :]
            break
    return words
