"""Progress over all pairs in words: for the page, the pairs report and the debrief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.case_progress import ComparedResult, ComparisonSettings, JudgesPlace
from data.exporters.report_document import Paragraph, Part, Points, ReportTable, Section
from data.storage import StudyStore
from matching.progress.over_all_pairs import (
    REGRESSION_TO_THE_MEAN,
    agreement,
    agreement_in_words,
    area_counts,
    area_in_words,
    what_so_many_bear,
)
from matching.progress.verdicts import PairKind, ProgressArea
from workbench.wording import counted, day_in_words

HEADING = "How pairs progressed"
_HEADS = {
    PairKind.BETWEEN_CASES: "Contemporary and historic cases",
    PairKind.WITHIN_CASE: "Within one case, earlier and later",
}


@dataclass(frozen=True, slots=True)
class ProgressOverall:
    """The pairs two people are through with, and the settings they were read under.

    ``begun`` counts the pairs somebody began to compare, those through included.
    """

    results: tuple[ComparedResult, ...]
    settings: ComparisonSettings
    begun: int


def read_progress(store: StudyStore) -> ProgressOverall:
    """What two people said of every pair they are through with."""
    return ProgressOverall(
        tuple(store.verdicts.results()),
        store.comparison.settings(),
        len(store.verdicts.pairs("")),
    )


def progress_sections(
    overall: ProgressOverall, *, with_reasons: bool = True
) -> list[Section]:
    """Counts by area, how far the judges agree, and the settings.

    ``with_reasons`` adds every pair with what each judge said and why. Nothing at all
    where nobody began to compare.
    """
    if not overall.begun:
        return []
    waiting = overall.begun - len(overall.results)
    parts: list[Part] = [Paragraph(settings_in_words(overall))]
    if waiting:
        parts.append(
            Paragraph(
                f"{counted(waiting, 'pair')} begun that two people are not yet through "
                "with: left out whole.",
                is_note=True,
            )
        )
    sections = [Section(HEADING, tuple(parts))]
    for kind, heading in _HEADS.items():
        of_kind = [one for one in overall.results if one.pair.kind is kind]
        if of_kind:
            parts = _kind_parts(kind, of_kind)
            if with_reasons:
                parts.append(verdicts_table(of_kind))
            sections.append(Section(heading, tuple(parts), level=2))
    return sections


def settings_in_words(overall: ProgressOverall) -> str:
    """The settings under which progress was compared, and who was shown the era."""
    settings = overall.settings
    limits = settings.limits
    places = [place for one in overall.results for place in one.pair.places]
    shown = sum(place.was_era_shown for place in places)
    era = (
        "the era of a case is shown while progress is judged"
        if settings.is_era_shown
        else "the era of a case is masked while progress is judged (order by seed "
        f"{settings.seed})"
    )
    told = (
        f" Of the {counted(len(places), 'set')} of verdicts counted here, {shown} "
        f"{'was' if shown == 1 else 'were'} given with the era shown and "
        f"{len(places) - shown} with it masked."
        if places
        else ""
    )
    read_to = (
        f"records were read up to {day_in_words(settings.records_read_to)}"
        if settings.records_read_to
        else "each case is followed up to its last record"
    )
    return (
        f"Settings: {era}; {read_to}; limits in working days from referral: early help "
        f"recommendation {limits.early_help}, assessment {limits.assessment}; from the "
        f"strategy discussion: initial conference {limits.conference}.{told}"
    )


def counts_table(
    results: Sequence[ComparedResult], kind: PairKind = PairKind.BETWEEN_CASES
) -> ReportTable:
    """Pairs by area: what both saw, where they differed, where one could not tell."""
    verdicts = [one.verdicts for one in results]
    rows = [area_counts(verdicts, area) for area in ProgressArea]
    now, then = _sides(kind)
    return ReportTable(
        "Pairs by area, as two people judged them apart from each other",
        (
            "Area",
            "Pairs",
            f"Both: {now} more effective",
            "Both: no real difference",
            f"Both: {then} more effective",
            "They differed",
            "One or both cannot tell",
            "Of the differences, settled",
            "Not asked: records end before",
        ),
        tuple(
            (
                row.area.in_words,
                *(
                    str(number)
                    for number in (
                        row.pairs,
                        row.contemporary,
                        row.no_difference,
                        row.historic,
                        row.differed,
                        row.cannot_tell,
                        row.settled,
                        row.not_seen,
                    )
                ),
            )
            for row in rows
        ),
        number_columns=tuple(range(1, 9)),
    )


def verdicts_table(results: Sequence[ComparedResult]) -> ReportTable:
    """Every pair and area: what each said and why, and what they settled."""
    rows = []
    for one in results:
        first, second = one.pair.places
        for area in ProgressArea:
            cells = [_said(place, area) for place in (first, second, one.pair.together)]
            rows.append(
                (f"{one.contemporary} and {one.historic}", area.in_words, *cells)
            )
    return ReportTable(
        "Every pair, area by area",
        ("Pair", "Area", "First judge", "Second judge", "Settled together"),
        tuple(rows),
    )


def _kind_parts(kind: PairKind, results: Sequence[ComparedResult]) -> list[Part]:
    verdicts = [one.verdicts for one in results]
    sentences = tuple(
        area_in_words(area_counts(verdicts, area), kind) for area in ProgressArea
    )
    parts: list[Part] = [Points(sentences), counts_table(results, kind)]
    parts.append(Paragraph(agreement_in_words(agreement(verdicts))))
    parts.append(Paragraph(what_so_many_bear(len(results)), is_note=True))
    if kind is PairKind.WITHIN_CASE:
        parts.append(Paragraph(REGRESSION_TO_THE_MEAN))
    return parts


def _sides(kind: PairKind) -> tuple[str, str]:
    if kind is PairKind.WITHIN_CASE:
        return "later time", "earlier time"
    return "contemporary", "historic"


def _said(place: JudgesPlace | None, area: ProgressArea) -> str:
    """A verdict with its reason; of a judge who was not asked, that the records end.

    '' where the two settled nothing.
    """
    found = (place.verdicts or {}).get(area) if place else None
    if found:
        return f"{found.said.verdict.in_words}: {found.said.reason}"
    is_judge = place is not None and place.number in (1, 2)
    return "Not asked: the records end before" if is_judge else ""
