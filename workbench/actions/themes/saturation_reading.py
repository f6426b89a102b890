"""Whether interviews still brought new codes, read from a study and put in words."""

from __future__ import annotations

from dataclasses import dataclass

from coding.theme_summaries.codes_met import met_by_source
from coding.theme_summaries.said import SourceState
from coding.theme_summaries.saturation import (
    InterviewInOrder,
    Saturation,
    interviews_in_order,
    saturation,
)
from coding.transcripts import SourceKind
from data.exporters.report_document import ReportTable
from workbench.actions.themes.said_themes import SaidThemes
from workbench.wording import counted, day_in_words, listed

SATURATION_RULE = (
    "By Guest, Namey and Chen (2020). The codes met in the first interviews are the "
    "base. After them a run of interviews moves on one at a time, and the codes new in "
    "it are told as a share of the base. The threshold is reached before the first run "
    "that does not exceed it, written with the run that shows it: 6+2."
)
_BEARS = (
    "It tells that these codes stopped coming, in this order and of these people. It "
    "does not tell that nothing else is there to be said: people of other kinds, other "
    "questions or a codebook that was made before reading can hide what is new."
)


@dataclass(frozen=True, slots=True)
class SaturationRead:
    """The interviews in order, what they brought, and what may change the answer.

    ``backwards`` is the same with interviews of one day the other way round.
    """

    interviews: tuple[InterviewInOrder, ...]
    result: Saturation
    backwards: Saturation
    names: dict[str, str]
    undated: int
    tied: int
    not_coded: int
    blind: int
    others: int

    @property
    def order_matters(self) -> bool:
        """Whether interviews of one day, turned round, give another answer."""
        return self.result.reached != self.backwards.reached


def read_saturation(
    themes: SaidThemes, *, base: int = 4, run: int = 2, threshold: float = 0.05
) -> SaturationRead:
    """What each interview brought, by day, and where new codes gave out."""
    said, level = themes.said, themes.codes
    ids = tuple(code.id for code in level.codes)
    met = met_by_source(said, level.mentions, ids)
    forwards = interviews_in_order(said.sources, met)
    backwards = interviews_in_order(said.sources, met, ties_backwards=True)
    talks = [one for one in said.sources if one.kind is SourceKind.INTERVIEW]
    state = [one.state for one in talks]

    def result(interviews: tuple[InterviewInOrder, ...]) -> Saturation:
        new = [len(one.new) for one in interviews]
        return saturation(new, base=base, run=run, threshold=threshold)

    return SaturationRead(
        forwards,
        result(forwards),
        result(backwards),
        {code.id: code.name for code in level.codes},
        sum(not one.source.held_on for one in forwards),
        sum(one.is_tied for one in forwards),
        state.count(SourceState.NOT_CODED),
        state.count(SourceState.BLIND),
        sum(
            one.kind is not SourceKind.INTERVIEW and one.state is SourceState.CODED
            for one in said.sources
        ),
    )


def result_in_words(read: SaturationRead) -> str:
    """Where new codes gave out, in plain words, or why that cannot be told."""
    one = read.result
    if one.is_too_short:
        needed = one.base + one.run_length
        return (
            f"{counted(one.interviews, 'interview')} coded; it takes at least {needed} "
            "to tell whether new codes still come."
        )
    if not one.base_codes:
        return f"No code was met in the first {one.base} interviews."
    most = share_in_words(one.threshold)
    if one.reached is None:
        last = one.runs[-1]
        return (
            f"Not reached: the last {one.run_length} of {one.interviews} interviews "
            f"brought {counted(last.new, 'new code')}, {share_in_words(last.share)} of "
            f"the {counted(one.base_codes, 'code')} met in the first {one.base}. The "
            f"threshold is {most}."
        )
    said = (
        f"Reached after {one.reached} interviews ({one.written}): the next "
        f"{one.run_length} brought at most {most} of the "
        f"{counted(one.base_codes, 'code')} met in the first {one.base}."
    )
    if one.new_since:
        said += (
            f" {counted(one.new_since, 'further code')} came after that all the same."
        )
    return said


def bears_in_words() -> str:
    """What a number of saturation can bear, and what not."""
    return _BEARS


def cautions_in_words(read: SaturationRead) -> list[str]:
    """What may change the answer: ties of a day, no day, what is left out."""
    found = []
    if read.undated == len(read.interviews) and read.interviews:
        found.append(
            "No interview has a day, so they stand by wave and name, which may not be "
            "the order in which they were held."
        )
    elif read.undated:
        found.append(
            f"{counted(read.undated, 'interview')} without a day "
            f"{'stands' if read.undated == 1 else 'stand'} last."
        )
    if read.order_matters:
        found.append(
            "Interviews of one day stand by name. The other way round the threshold "
            f"would be {_reached(read.backwards)} instead of {_reached(read.result)}."
        )
    elif read.tied:
        found.append(
            f"{counted(read.tied, 'interview')} share a day with another and stand by "
            "name; the other way round the answer is the same."
        )
    left = [
        f"{counted(number, 'interview')} {words}"
        for number, words in (
            (read.not_coded, "not coded yet"),
            (read.blind, "being coded blind"),
        )
        if number
    ]
    if read.others:
        left.append(
            f"{counted(read.others, 'coded source')} that "
            f"{'is' if read.others == 1 else 'are'} no interview"
        )
    if left:
        found.append(f"Left out: {'; '.join(left)}.")
    return found


def saturation_table(read: SaturationRead) -> ReportTable:
    """The interviews in order: their day, their codes, and which were new."""
    rows = tuple(
        (
            str(number),
            one.source.name,
            day_of(one),
            str(one.codes),
            str(len(one.new)),
            str(one.so_far),
            listed([read.names[code] for code in one.new]),
        )
        for number, one in enumerate(read.interviews, start=1)
    )
    return ReportTable(
        "Interviews by day, and the codes each met for the first time",
        ("Order", "Interview", "Held on", "Codes", "New", "So far", "New codes"),
        rows,
        number_columns=(0, 3, 4, 5),
    )


def day_of(one: InterviewInOrder) -> str:
    """The day of an interview; that it shares it, or that it has none."""
    if not one.source.held_on:
        return "no day"
    try:
        day = day_in_words(one.source.held_on)
    except ValueError:
        day = one.source.held_on
    return f"{day} (shared)" if one.is_tied else day


def share_in_words(share: float) -> str:
    """A share of the base in whole per cent.

    >>> share_in_words(0.05), share_in_words(0.004), share_in_words(0)
    ('5 per cent', 'under 1 per cent', 'none')
    """
    if not share:
        return "none"
    return (
        "under 1 per cent" if share < 0.01 else f"{share:.0%}".replace("%", " per cent")
    )


def _reached(result: Saturation) -> str:
    return f"reached at {result.written}" if result.written else "not reached"
