"""A case and its candidates as cards: words before numbers, rank instead of distance.

Everything is drawn as our own markup from one place, with every recorded word escaped.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.case_files import CaseAtReferral
from data.pairings import ListedCandidate
from matching.case_records import CaseNote
from matching.pairing import CovariateComparison, Relation
from matching.plan import Distance, MatchPlan
from workbench.case_words import (
    NOT_RECORDED,
    date_in_words,
    earlier_in_words,
    in_a_sentence,
    rank_in_words,
    value_in_words,
)
from workbench.widgets.untrusted import as_html
from workbench.wording import joined_by_and

# Of 1: from where on two notes are said to share much, or some, of their wording.
_MUCH, _SOME = 0.3, 0.1
_ORDER = (Relation.SAME, Relation.SIMILAR, Relation.DIFFERENT, Relation.UNKNOWN)


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card needs to know beside the candidate: plan, titles, exact values."""

    plan: MatchPlan
    titles: Mapping[str, str]
    contemporary: CaseAtReferral

    def title(self, name: str) -> str:
        """A field's title as it reads in the middle of a sentence."""
        return in_a_sentence(self.titles.get(name, name))


def square(relation: str) -> str:
    """The mark of a relation; the word always stands beside it."""
    return f'<span class="wb-sq {as_html(relation)}" aria-hidden="true"></span>'


def candidate_card(
    listed: ListedCandidate,
    words: CardWords,
    *,
    tie: str = "",
    caution: str = "",
    phrases: Sequence[str] = (),
    notes: Iterable[CaseNote],
    referred: str = "",
) -> str:
    """One candidate as markup: rank, how it compares, what keeps it apart, notes.

    ``caution`` says what a person should check first; ``phrases`` are those that both
    cases' notes share; ``referred`` is the day the historic case was referred.
    """
    candidate = listed.candidate
    earlier = earlier_in_words(candidate.days_earlier)
    exact = _only_exact(candidate.comparisons, words.plan)
    parts = [
        '<article class="wb-card">'
        f"<header><h3>{rank_in_words(candidate.rank)}</h3>"
        f'<span class="then">Case {as_html(candidate.historic_id)}</span>',
        f'<span class="quiet">{earlier}</span>' if earlier else "",
        '<span class="wb-flag">tied</span>' if tie else "",
        "</header>",
        f"<p>{alike_in_words(candidate.comparisons, len(exact))}</p>",
        f'<p class="quiet">{as_html(tie)}.</p>' if tie else "",
        caution_markup(caution),
        _choice_of_plan(listed),
        relations_markup(candidate.comparisons, words, referred),
        _apart(candidate.comparisons, words),
        _likeness(candidate.narrative_likeness, words.plan, phrases),
        notes_markup(notes),
        "</article>",
    ]
    return "".join(parts)


def case_card(case: CaseAtReferral, *, open_notes: bool = True) -> str:
    """A contemporary case as it was at referral: facts known, gaps said, notes."""
    day = case.referral_date
    rows = "".join(
        f"<div><dt>{as_html(fact.field.title)}</dt><dd{_quiet(fact.value)}>"
        f"{as_html(value_in_words(fact.field.name, fact.value, referred=day))}"
        "</dd></div>"
        for fact in case.facts
    )
    return (
        f'<section class="wb-card"><header><h2>Case {as_html(case.reference)}</h2>'
        f'<span class="now">contemporary</span></header>'
        f'<p class="quiet">As known on the day of referral</p>'
        f'<dl class="facts">{rows}</dl>{notes_markup(case.notes, is_open=open_notes)}'
        "</section>"
    )


def alike_in_words(comparisons: Sequence[CovariateComparison], exact: int) -> str:
    """How many things are alike, different and unknown; exact ones count as alike.

    >>> alike_in_words((), 1)
    'Alike on 1 of 1'
    """
    counts = {
        relation: sum(one.relation == relation for one in comparisons)
        for relation in _ORDER
    }
    alike = exact + counts[Relation.SAME] + counts[Relation.SIMILAR]
    words = [f"Alike on {alike} of {exact + len(comparisons)}"]
    words += [
        f"{word} on {counts[relation]}"
        for relation, word in (
            (Relation.DIFFERENT, "different"),
            (Relation.UNKNOWN, "unknown"),
        )
        if counts[relation]
    ]
    return ", ".join(words)


def ties_in_words(candidates: Sequence[ListedCandidate]) -> dict[str, str]:
    """For each tied candidate, by id of its historic case, with whom it is tied."""
    by_distance: dict[float, list[ListedCandidate]] = {}
    for one in candidates:
        by_distance.setdefault(one.candidate.distance, []).append(one)
    words = {}
    for tied in by_distance.values():
        for one in tied:
            others = [o.candidate.historic_id for o in tied if o is not one]
            if others:
                words[one.historic_id] = f"Just as close as {_both(others)}"
            elif one.candidate.is_tied:
                words[one.historic_id] = (
                    "Just as close as the next one, which is not listed"
                )
    return words


def whole_per_cents(shares: Sequence[float]) -> list[int]:
    """The shares in whole per cent, adding to 100 where there is anything to share.

    What rounding leaves over goes to the largest remainders (Hamilton's method).

    >>> whole_per_cents([1 / 3, 1 / 3, 1 / 3]), whole_per_cents([0.0, 0.0])
    ([34, 33, 33], [0, 0])
    """
    total = math.fsum(shares)
    if total <= 0:
        return [0 for _ in shares]
    exact = [100 * share / total for share in shares]
    whole = [math.floor(one + 1e-9) for one in exact]
    by_remainder = sorted(
        range(len(exact)), key=lambda place: whole[place] - exact[place]
    )
    for place in by_remainder[: 100 - sum(whole)]:
        whole[place] += 1
    return whole


def notes_markup(notes: Iterable[CaseNote], *, is_open: bool = False) -> str:
    """The notes dated up to the referral, folded unless asked otherwise."""
    listed = list(notes)
    if not listed:
        return '<p class="quiet">No note dated up to the referral.</p>'
    title = "Note" if len(listed) == 1 else f"{len(listed)} notes"
    return (
        f"<details{' open' if is_open else ''}><summary>{title} up to the referral"
        f"</summary>{''.join(note_markup(note) for note in listed)}</details>"
    )


def note_markup(note: CaseNote) -> str:
    """One note with its date."""
    return (
        f'<div class="wb-note"><b>{as_html(date_in_words(note.date))}</b>'
        f"{as_html(note.text)}</div>"
    )


def comparison_in_words(
    comparison: CovariateComparison, title: str, days: tuple[str, str] = ("", "")
) -> str:
    """What is compared and both values, as its relation needs them.

    ``days`` are those of the contemporary and the historic referral.
    """
    now, then = (
        value_in_words(comparison.covariate, value, with_code=False, referred=day)
        for value, day in zip(
            (comparison.contemporary_value, comparison.historic_value),
            days,
            strict=True,
        )
    )
    if comparison.relation == Relation.SAME:
        return f"{title} ({now})"
    if comparison.relation == Relation.SIMILAR:
        both = f"both {now}" if now == then else f"{now} now, {then} then"
        return f"{title}: {both}"
    if comparison.relation == Relation.DIFFERENT:
        return f"{title}: {now} now, {then} then"
    if now == NOT_RECORDED and then == NOT_RECORDED:
        return f"{title}: recorded in neither"
    if now == NOT_RECORDED:
        return f"{title}: not recorded now, {then} then"
    if then == NOT_RECORDED:
        return f"{title}: {now} now, not recorded then"
    return f"{title}: {now} now, {then} then"


def _choice_of_plan(listed: ListedCandidate) -> str:
    # Said only where it differs from the order of the list: there it needs saying.
    if not listed.is_chosen_by_plan or listed.candidate.rank == 1:
        return ""
    return (
        '<p class="quiet">The plan gives this one when every case is to have a partner '
        "of its own.</p>"
    )


def _only_exact(
    comparisons: Sequence[CovariateComparison], plan: MatchPlan
) -> list[str]:
    """The exact fields that are not compared as well, so that none is said twice."""
    compared = {one.covariate for one in comparisons}
    return [name for name in plan.exact if name not in compared]


def relations_markup(
    comparisons: Sequence[CovariateComparison], words: CardWords, referred: str = ""
) -> str:
    """What is the same, similar, different and unknown, in this order, with values.

    ``referred`` is the day of the historic referral.
    """
    days = (words.contemporary.referral_date, referred)
    listed: dict[Relation, list[str]] = {relation: [] for relation in _ORDER}
    for name in _only_exact(comparisons, words.plan):
        value = value_in_words(
            name, words.contemporary.value(name), with_code=False, referred=days[0]
        )
        listed[Relation.SAME].append(f"{words.title(name)} ({value})")
    for one in comparisons:
        listed[one.relation].append(
            comparison_in_words(one, words.title(one.covariate), days)
            + _one_reading(one, words.plan)
        )
    rows = "".join(
        f"<dt>{square(relation.value)}{relation.value.upper()}</dt>"
        f"<dd>{as_html('; '.join(listed[relation]))}</dd>"
        for relation in _ORDER
        if listed[relation]
    )
    return f"<dl>{rows}</dl>"


def _one_reading(comparison: CovariateComparison, plan: MatchPlan) -> str:
    """Which recorded codes of the two were read as one; '' where none was."""
    same_as = next(
        (c.same_as for c in plan.covariates if c.name == comparison.covariate), {}
    )
    recorded = {
        code.strip()
        for value in (comparison.contemporary_value, comparison.historic_value)
        for code in value.split("|")
    }
    by_common: dict[str, list[str]] = {}
    for code in same_as:
        if code in recorded:
            by_common.setdefault(same_as[code], []).append(code)
    said = [
        f"{joined_by_and(sorted({*codes, *({common} & recorded)}))} read as one"
        for common, codes in by_common.items()
        if len({*codes, *({common} & recorded)}) > 1
    ]
    return f" [{'; '.join(said)}]" if said else ""


def _apart(comparisons: Sequence[CovariateComparison], words: CardWords) -> str:
    if words.plan.distance is Distance.MAHALANOBIS:
        return _furthest(comparisons, words)
    known = [one for one in comparisons if one.relation != Relation.UNKNOWN]
    unknown = [one for one in comparisons if one.relation == Relation.UNKNOWN]
    labels = [words.title(one.covariate) for one in known] + ["unknown"]
    shares = [one.share for one in known] + [math.fsum(one.share for one in unknown)]
    parts = [
        (label, per_cent, label == "unknown" and place == len(known))
        for place, (label, per_cent) in enumerate(
            zip(labels, whole_per_cents(shares), strict=True)
        )
        if per_cent
    ]
    if not parts:
        return '<p class="quiet">Nothing that is compared differs.</p>'
    bar = "".join(
        f'<span class="{"gap" if is_gap else "part"}" style="flex:{per_cent}"></span>'
        for _, per_cent, is_gap in parts
    )
    legend = ", ".join(f"{as_html(label)} {per_cent}%" for label, per_cent, _ in parts)
    return (
        '<p class="quiet" style="margin:0">How much each makes of the difference: '
        f"{legend}</p>"
        f'<div class="wb-bar" aria-hidden="true">{bar}</div>'
    )


def _furthest(comparisons: Sequence[CovariateComparison], words: CardWords) -> str:
    apart = sorted(
        (one for one in comparisons if one.share and math.isfinite(one.share)),
        key=lambda one: -abs(one.share),
    )[:3]
    if not apart:
        return '<p class="quiet">Nothing that is compared differs.</p>'
    listed = ", ".join(
        f"{words.title(one.covariate)} by {abs(one.share):.1f}" for one in apart
    )
    return (
        '<p class="quiet">Furthest apart, in standard deviations of the contemporary '
        f"cases: {as_html(listed)}</p>"
    )


def _both(others: Sequence[str]) -> str:
    *first, last = others
    return f"{', '.join(first)} and {last}" if first else last


def caution_markup(caution: str) -> str:
    """What a person should check before choosing a candidate; '' for nothing."""
    if not caution:
        return ""
    return (
        f'<p class="wb-flag" role="note">{as_html(caution)}. Check the records before '
        "you choose it; nothing was removed.</p>"
    )


def _likeness(likeness: float | None, plan: MatchPlan, phrases: Sequence[str]) -> str:
    if not plan.narrative:
        return ""
    if likeness is not None and likeness < _SOME:
        # Nearly any two notes share a few words: nothing a judge could use.
        return ""
    if likeness is None:
        return '<p class="quiet">Notes cannot be compared: one case has none.</p>'
    quoted = ", ".join(f"“{as_html(phrase)}”" for phrase in phrases)
    return (
        '<p class="quiet">Beside the distance, not part of the rank: notes share '
        f"{likeness_words(likeness)} ({likeness:.2f} of 1)"
        + (f", among it {quoted}" if quoted else "")
        + ".</p>"
    )


def likeness_words(likeness: float) -> str:
    """How much of their wording two notes share, in words."""
    if likeness >= _MUCH:
        return "much of their wording"
    return "some of their wording" if likeness >= _SOME else "little of their wording"


def _quiet(value: str) -> str:
    return "" if value.strip() else ' class="quiet"'
