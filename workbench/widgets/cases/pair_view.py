"""Two cases side by side, the same rows in the same order, named in words and marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.case_files import CaseAtReferral, CaseFact, CaseFile
from matching.case_records import CaseNote
from matching.cases import KnownAt
from matching.pairing import CovariateComparison
from workbench.case_words import value_in_words
from workbench.widgets.cases.candidate_card import note_markup, square
from workbench.widgets.untrusted import as_html


def pair_at_referral(
    contemporary: CaseAtReferral,
    historic: CaseAtReferral,
    comparisons: Sequence[CovariateComparison] = (),
    exact: Sequence[str] = (),
) -> str:
    """Both cases as known at referral: facts, how they compare, and notes."""
    relations = {one.covariate: one.relation.value for one in comparisons}
    relations.update(dict.fromkeys(exact, "same"))
    return (
        f'<section class="wb-card">{_facts(contemporary, historic, relations)}'
        f"{_two_columns(_notes(contemporary.notes), _notes(historic.notes))}</section>"
    )


def pair_later(contemporary: CaseFile, historic: CaseFile) -> str:
    """What came after both referrals: later facts, outcomes and notes side by side."""
    during = _facts_of(contemporary, historic, KnownAt.DURING)
    outcome = _facts_of(contemporary, historic, KnownAt.OUTCOME)
    notes = _two_columns(
        _notes(contemporary.later_notes, "later note"),
        _notes(historic.later_notes, "later note"),
    )
    return (
        '<section class="wb-card">'
        + (f"<h3>Known during the case</h3>{during}" if during else "")
        + (f"<h3>Outcomes</h3>{outcome}" if outcome else "")
        + f"<h3>Notes after the referral</h3>{notes}</section>"
    )


def _facts_of(one: CaseFile, other: CaseFile, known: KnownAt) -> str:
    days = one.referral_date, other.referral_date
    rows = _rows(one.facts_known(known), other.facts_known(known), {}, days)
    return _table(one.reference, other.reference, rows, has_relation=False)


def _facts(
    one: CaseAtReferral, other: CaseAtReferral, relations: Mapping[str, str]
) -> str:
    days = one.referral_date, other.referral_date
    rows = _rows(one.facts, other.facts, relations, days)
    return _table(one.reference, other.reference, rows, has_relation=bool(relations))


def _rows(
    one: Sequence[CaseFact],
    other: Sequence[CaseFact],
    relations: Mapping[str, str],
    days: tuple[str, str],
) -> str:
    then = {fact.field.name: fact.value for fact in other}
    cells = []
    for fact in one:
        name = fact.field.name
        relation = relations.get(name, "")
        mark = f"<td>{square(relation)}{relation}</td>" if relation else "<td></td>"
        cells.append(
            f'<tr><th scope="row">{as_html(fact.field.title)}</th>'
            + "".join(
                f"<td>{as_html(value_in_words(name, value, referred=day))}</td>"
                for value, day in zip(
                    (fact.value, then.get(name, "")), days, strict=True
                )
            )
            + f"{mark if relations else ''}</tr>"
        )
    return "".join(cells)


def _table(one: str, other: str, rows: str, *, has_relation: bool) -> str:
    if not rows:
        return ""
    compared = '<th scope="col" style="width:8rem">How they compare</th>'
    return (
        '<div class="wb-scroll"><table class="pair"><thead><tr>'
        '<th scope="col" style="width:22%">Fact</th>'
        f'<th scope="col"><span class="now">Contemporary {as_html(one)}</span></th>'
        f'<th scope="col"><span class="then">Historic {as_html(other)}</span></th>'
        f"{compared if has_relation else ''}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _notes(notes: Sequence[CaseNote], what: str = "note up to the referral") -> str:
    if not notes:
        return f'<p class="quiet">No {what}.</p>'
    return "".join(note_markup(note) for note in notes)


def _two_columns(left: str, right: str) -> str:
    return (
        '<div style="display:grid;grid-template-columns:repeat(2,minmax(0,1fr));'
        f'gap:0 24px"><div>{left}</div><div>{right}</div></div>'
    )
