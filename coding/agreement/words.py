"""Agreement in sentences: what was counted, and what the figure can bear."""

from __future__ import annotations

from coding.agreement.coefficients import Counts
from coding.agreement.report import (
    FEWEST_FOR_INTERVAL,
    FEWEST_POSITIVE,
    AgreementReport,
)
from coding.agreement.units import UnitKind

NO_VALUE = "not defined"


def agreed_in_words(counts: Counts, passages: str = "passages") -> str:
    """On how many units two coders agreed, and how many chance alone would give.

    >>> agreed_in_words(Counts(16, 4, 5, 25))
    'The two coders agreed on 41 of 50 passages; by chance about 26 would be expected.'
    """
    if not counts.units:
        return f"There are no {passages} that both coders decided on."
    return (
        f"The two coders agreed on {counts.agreed:,} of {counts.units:,} {passages}; "
        f"by chance about {round(counts.agreed_by_chance):,} would be expected."
    )


def marked_in_words(counts: Counts, unit: UnitKind) -> str:
    """Of what either coder marked, how much both did, uncoded units left aside.

    >>> marked_in_words(Counts(20, 5, 10, 65), UnitKind.TURN)
    'A turn was marked under a code 35 times, in 20 of these by both; chance alone \
would give about 8.'
    """
    if not counts.either:
        return "Neither coder marked anything."
    by_chance = round(counts.both_by_chance)
    return (
        f"A {unit.value} was marked under a code {counts.either:,} times, in "
        f"{counts.both:,} of these by both; chance alone would give about "
        f"{by_chance:,}."
    )


def overall_in_words(report: AgreementReport) -> str:
    """The sentence that stands over the table."""
    counts = report.pooled.counts
    if not report.transcripts:
        return "Nothing to compare: no code was used by either coder."
    transcripts = _counted(len(report.transcripts), "transcript")
    codes = _counted(len(report.codes), "code")
    decisions = f"decisions ({report.units:,} {report.unit.plural}, {codes})"
    return (
        f"{transcripts}. {agreed_in_words(counts, decisions)} Most of that is text "
        f"neither marked. {marked_in_words(counts, report.unit)}"
    )


def bearing_in_words(report: AgreementReport) -> str:
    """What the figures can bear, and what they cannot."""
    said = []
    values = [
        one.figures.kappa
        for one in report.transcripts
        if one.figures is not None and one.figures.kappa is not None
    ]
    number = len(report.transcripts)
    if number < FEWEST_FOR_INTERVAL:
        said.append(
            f"{_counted(number, 'transcript')} coded by both: too few to say how far "
            f"the figures would stray with others (from {FEWEST_FOR_INTERVAL} on they "
            "carry an interval)."
        )
    if len(values) > 1:
        said.append(
            f"From one transcript to another kappa runs from {min(values):.2f} to "
            f"{max(values):.2f}."
        )
    left_out = len(report.codes) - report.codes_with_figures
    if left_out:
        said.append(
            f"{_counted(left_out, 'code')} of {len(report.codes)} "
            f"{'carries' if left_out == 1 else 'carry'} no figure: each coder would "
            f"have to mark {FEWEST_POSITIVE} {report.unit.plural} at least."
        )
    said.append(
        "A figure says how alike two people read, not who is right: the differences "
        "are what to talk about."
    )
    return " ".join(said)


def value_in_words(value: float | None) -> str:
    """A coefficient to two decimals, or that it has no value.

    >>> value_in_words(0.4), value_in_words(None)
    ('0.40', 'not defined')
    """
    return NO_VALUE if value is None else f"{value:.2f}"


def per_cent_in_words(value: float | None) -> str:
    """A share as per cent, with a decimal where it matters.

    >>> per_cent_in_words(0.953), per_cent_in_words(0.9996), per_cent_in_words(None)
    ('95.3%', '99.96%', 'not defined')
    """
    if value is None:
        return NO_VALUE
    return f"{value:.2%}" if 0.99 < value < 1 else f"{value:.1%}"


def how_it_is_worked_out(unit: UnitKind) -> tuple[str, ...]:
    """How the figures come about, in plain sentences."""
    return (
        f"A decision is one {unit.value} under one code: marked or not. A "
        f"{unit.value} counts as marked by a coder when any character of it is coded. "
        f"{_unit_rule(unit)} Text that nobody coded counts as well; what interviewers "
        "say does not.",
        "Agreed (per cent) is the share of decisions alike. It is high wherever most "
        "text is left uncoded, so it flatters.",
        "Cohen's kappa (1960) is agreement beyond chance, of what chance left open: "
        "(p_o - p_e) / (1 - p_e), with p_e = p_A p_B + (1 - p_A)(1 - p_B), where p_A "
        "and p_B are the shares each coder marked. 1 is complete, 0 is what chance "
        "would give.",
        "Krippendorff's alpha (nominal; 2004) asks the same without telling the coders "
        "apart, and takes more than two. Many ask for 0.80, or 0.67 where conclusions "
        "stay tentative; it is a custom, not a law.",
        "Gwet's AC1 (2008) reckons chance lower where a code is rare; where kappa is "
        "low only because a code is rare, AC1 stays high. Read them together.",
        "Positive agreement is 2a / (2a + b + c): a is what both marked, b and c what "
        "one alone did. Uncoded text counts for nothing in it. Prevalence is the mean "
        "share the two marked.",
        "Overall stands twice: pooled counts every decision once, so that frequent "
        "codes weigh more; the mean gives each code with figures the same weight. "
        "Codes that neither used are left out of both.",
        f"An interval is given from {FEWEST_FOR_INTERVAL} transcripts on: whole "
        "transcripts are drawn again a thousand times (seeded), since passages of one "
        "interview hang together. A code marked on fewer than "
        f"{FEWEST_POSITIVE} {unit.plural} by either coder has no figure.",
    )


def _unit_rule(unit: UnitKind) -> str:
    return {
        UnitKind.TURN: "A turn is what one speaker says until the next begins.",
        UnitKind.SENTENCE: "Sentences are found by their marks (. ? ! and paragraphs), "
        "the same way on every computer.",
        UnitKind.CHARACTER: "Long passages weigh more here than short ones, spaces "
        "count too.",
    }[unit]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"
