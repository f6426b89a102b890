"""A question of a survey as a table: statements down, waves across, people first."""

from __future__ import annotations

from data.figures.topline_reading import ReadQuestion, ReadStatement, SurveyWave
from workbench import notices
from workbench.actions.together.survey_results import people_in_words, percent_in_words
from workbench.widgets.untrusted import as_html

_STYLE = """<style>
.wb-survey {container-type: inline-size; overflow-x: auto}
.wb-survey table {border-collapse: collapse; font-size: 0.9375rem; line-height: 1.4;
  width: 100%; max-width: 48rem; table-layout: fixed}
.wb-survey caption {text-align: left; padding: 0 0 8px;
  color: light-dark(#55606A, #A9B2B9)}
.wb-survey th, .wb-survey td {text-align: left; vertical-align: top; font-weight: 400;
  padding: 3px 12px 3px 0; overflow-wrap: break-word}
.wb-survey caption b {display: block; font-weight: 600; padding: 0 0 2px;
  color: light-dark(#1F2428, #E7E5E0)}
.wb-survey thead th {font-weight: 600; padding-bottom: 8px;
  border-bottom: 2px solid light-dark(#7D8790, #76828C)}
.wb-survey thead th:first-child {width: 34%}
.wb-survey tbody + tbody {border-top: 1px solid light-dark(#C9CED3, #3A434B)}
.wb-survey tbody tr:first-child > th {padding: 12px 0 4px; font-weight: 600}
.wb-survey tbody tr:last-child > * {padding-bottom: 12px}
.wb-survey small {display: block; font-size: 0.8125rem; font-weight: 400}
.wb-survey small, .wb-survey .quiet, .wb-survey .share {
  color: light-dark(#55606A, #A9B2B9)}
.wb-survey tbody th small {max-width: 44rem; margin-top: 2px}
.wb-survey .people, .wb-survey .share {font-variant-numeric: tabular-nums}
.wb-survey .people {display: inline-block; min-width: 8.5rem}
.wb-survey .people b {display: inline-block; min-width: 3ch; text-align: right;
  font-weight: 600}
.wb-survey .share {display: inline-block; min-width: 3rem; text-align: right}
@container (max-width: 36rem) {
  .wb-survey thead th:first-child {width: 30%}
  .wb-survey .people, .wb-survey .people b {display: inline; min-width: 0}
  .wb-survey .share {display: block; text-align: left}}
</style>"""


def draw_survey_table(question: ReadQuestion, survey: str, title: str) -> None:
    """Draw the question under its title; survey and title name it to who hears it."""
    head = "".join(_heading(wave) for wave in question.waves)
    body = "".join(_statement(one, question.waves) for one in question.statements)
    shares = "; then the percentage it prints" if _has_percentage(question) else ""
    first = question.statements[0].statement
    # A question without statements of its own stands as the one row heading already.
    is_said = len(question.statements) == 1 and title.endswith(first)
    named = "" if is_said else f"<b>{as_html(title)}</b>"
    notices.draw(
        f'{_STYLE}<div class="wb-survey" tabindex="0" role="region" '
        f'aria-label="{as_html(survey)}, {as_html(title)}"><table><caption>{named}'
        f"People who gave each answer, of those the report counts{shares}.</caption>"
        f'<thead><tr><th scope="col">Answer</th>{head}</tr></thead>{body}</table></div>'
    )


def _has_percentage(question: ReadQuestion) -> bool:
    return any(
        percent_in_words(topline)
        for one in question.statements
        for inside in one.waves.values()
        for topline in inside.figures.values()
    )


def _heading(wave: SurveyWave) -> str:
    asked = f"<small>{as_html(wave.fieldwork)}</small>" if wave.fieldwork else ""
    return f'<th scope="col">{as_html(wave.name)}{asked}</th>'


def _statement(one: ReadStatement, waves: tuple[SurveyWave, ...]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{as_html(answer)}</th>'
        + "".join(
            _cell(one, wave.name, answer, is_first=answer == one.answers[0])
            for wave in waves
        )
        + "</tr>"
        for answer in one.answers
    )
    return (
        f'<tbody><tr><th scope="rowgroup" colspan="{len(waves) + 1}">'
        f"{as_html(one.statement)}{_notes(one, waves)}</th></tr>{rows}</tbody>"
    )


def _notes(one: ReadStatement, waves: tuple[SurveyWave, ...]) -> str:
    return "".join(
        "<small>"
        + as_html(f"{wave.name}. {note}" if len(waves) > 1 else note)
        + "</small>"
        for wave in waves
        if wave.name in one.waves
        for note in one.waves[wave.name].notes
    )


def _cell(one: ReadStatement, wave: str, answer: str, *, is_first: bool) -> str:
    """The figure of one answer; a wave that never asked has one cell for them all."""
    if wave not in one.waves:
        down = f'<td rowspan="{len(one.answers)}" class="quiet">not asked</td>'
        return down if is_first else ""
    topline = one.waves[wave].figures.get(answer)
    if topline is None:
        return '<td class="quiet">not listed</td>'
    if topline.count is None:
        return f'<td class="quiet">{people_in_words(topline)}</td>'
    count, of_base = people_in_words(topline).split(" ", 1)
    share = percent_in_words(topline)
    return (
        f'<td><span class="people"><b>{count}</b> {of_base}</span>'
        + (f'<span class="share">{share}</span>' if share else "")
        + "</td>"
    )
