"""Judged pairs in words: which cases, how well they serve, why, who judged and when.

Nothing that became known after the referral is read here.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.exporters.report_document import (
    Paragraph,
    Part,
    Points,
    ReportTable,
    Section,
)
from data.pairings import CaseToJudge, SavedJudgement
from data.storage import StudyStore
from matching.judging.judgement import Suitability
from workbench.actions.cases.judges_account import (
    JudgesAccount,
    cases_in_words,
    interest_in_words,
    read_judges_account,
    readings_table,
    setting_in_words,
)
from workbench.actions.cases.judging import progress_in_words
from workbench.actions.rights.withdrawing import pairs_withdrawn_in_words
from workbench.wording import listed

_IN_WORDS = {
    Suitability.GOOD_MATCH: "Good match",
    Suitability.USABLE_WITH_CARE: "Usable with care",
    Suitability.NOT_COMPARABLE: "Not comparable",
    Suitability.CANNOT_TELL: "Cannot tell",
}


@dataclass(frozen=True, slots=True)
class JudgedPairs:
    """The judgements that stand, and the queue of the newest pairing.

    ``withdrawn`` tells of pairs that were erased since they were judged, if any.
    """

    judgements: tuple[SavedJudgement, ...]
    queue: tuple[CaseToJudge, ...]
    account: JudgesAccount
    withdrawn: str = ""

    @property
    def with_partner(self) -> tuple[SavedJudgement, ...]:
        """Judgements on a chosen historic case."""
        return tuple(one for one in self.judgements if one.historic_id)

    @property
    def without_partner(self) -> tuple[SavedJudgement, ...]:
        """Judgements that no listed case suits."""
        return tuple(one for one in self.judgements if not one.historic_id)

    @property
    def unpaired(self) -> tuple[CaseToJudge, ...]:
        """Cases nobody judged because the plan found no partner."""
        return tuple(
            one
            for one in self.queue
            if one.unpaired_because and one.judgement is None and not one.candidates
        )

    @property
    def waiting(self) -> tuple[CaseToJudge, ...]:
        """Cases with candidates that somebody still has to judge."""
        return tuple(one for one in self.queue if one.waits)


def read_judged_pairs(store: StudyStore) -> JudgedPairs:
    """What people judged, and what waits."""
    return JudgedPairs(
        tuple(store.judgements.standing()),
        tuple(store.pairings.queue()),
        read_judges_account(store),
        pairs_withdrawn_in_words(store),
    )


def pair_sections(pairs: JudgedPairs) -> list[Section]:
    """The sections on pairs: judged, without a suitable match, without partner."""
    heading = "Pairs that shed light"
    gone = (Paragraph(pairs.withdrawn, is_note=True),) if pairs.withdrawn else ()
    if not pairs.judgements and not pairs.queue:
        return [Section(heading, (Paragraph("No cases have been paired."), *gone))]
    parts: list[Part] = [Paragraph(_in_words(pairs))]
    if pairs.with_partner:
        parts.append(judged_table(pairs))
    parts += gone
    sections = [Section(heading, tuple(parts))]
    if pairs.without_partner:
        sections.append(
            Section("No suitable match", (_without_partner_table(pairs),), level=2)
        )
    if pairs.unpaired:
        sections.append(
            Section("No partner under the plan", (_unpaired_table(pairs),), level=2)
        )
    return [*sections, judging_section(pairs.account)]


def judging_section(account: JudgesAccount) -> Section:
    """By how many judges cases were judged, who judged when, agreement, interests."""
    parts: list[Part] = [
        Paragraph(f"{setting_in_words(account)} {cases_in_words(account)}")
    ]
    if account.choice.cases:
        parts += [
            Paragraph(account.comparable.sentence),
            Paragraph(account.choice.sentence),
        ]
    if account.cases:
        parts.append(
            ReportTable(
                "Who judged which case when",
                ("Contemporary case", "As", "Judge", "Chosen", "On", "Minutes"),
                tuple(readings_table(account.cases)),
                number_columns=(5,),
            )
        )
    if account.interests:
        parts.append(Points(tuple(map(interest_in_words, account.interests))))
    return Section("How the cases were judged", tuple(parts), level=2)


def open_questions(pairs: JudgedPairs) -> list[str]:
    """What is not settled about pairs, as sentences."""
    said = []
    if pairs.waiting:
        n = len(pairs.waiting)
        said.append(
            f"{n} {'case' if n == 1 else 'cases'} not judged yet: "
            f"{listed([one.reference for one in pairs.waiting])}."
        )
    unsure = [
        one.judgement.contemporary_id
        for one in pairs.judgements
        if one.judgement.suitability == Suitability.CANNOT_TELL
    ]
    if unsure:
        said.append(f"Judged as cannot tell: {listed(unsure)}.")
    return said


def judged_table(pairs: JudgedPairs) -> ReportTable:
    """Every judged pair: both references, how well it serves, why, who, when."""
    return ReportTable(
        "Judged pairs",
        ("Contemporary case", "Historic case", "How it serves", "Why", "Judged"),
        tuple(
            (
                one.judgement.contemporary_id,
                one.judgement.historic_id,
                _IN_WORDS[one.judgement.suitability],
                one.judgement.rationale,
                _judged(one),
            )
            for one in pairs.with_partner
        ),
    )


def all_cases_table(pairs: JudgedPairs) -> ReportTable:
    """Every contemporary case in one table: judged, waiting or without partner."""
    judged = {one.contemporary_id for one in pairs.judgements}
    rows = [
        (
            one.judgement.contemporary_id,
            one.judgement.historic_id,
            "judged pair" if one.historic_id else "no suitable match",
            _how_it_serves(one),
            one.judgement.rationale,
            one.judgement.judge,
            f"{one.judged_at:%Y-%m-%d}",
        )
        for one in pairs.judgements
    ]
    rows += [
        (
            case.reference,
            "",
            "not judged yet" if case.candidates else "no partner under the plan",
            "",
            case.unpaired_because,
            "",
            "",
        )
        for case in pairs.queue
        if case.id not in judged
    ]
    return ReportTable(
        "Contemporary cases",
        (
            "Contemporary case",
            "Historic case",
            "State",
            "How it serves",
            "Why",
            "Judged by",
            "On",
        ),
        tuple(rows),
    )


def suitability_in_words(suitability: Suitability) -> str:
    """How well a pair serves, in words."""
    return _IN_WORDS[suitability]


def _without_partner_table(pairs: JudgedPairs) -> ReportTable:
    return ReportTable(
        "Cases for which no listed case suits",
        ("Contemporary case", "How the listed cases serve", "Why", "Judged"),
        tuple(
            (
                one.judgement.contemporary_id,
                _how_it_serves(one),
                one.judgement.rationale,
                _judged(one),
            )
            for one in pairs.without_partner
        ),
    )


def _unpaired_table(pairs: JudgedPairs) -> ReportTable:
    return ReportTable(
        "Cases for which the plan lists nobody",
        ("Contemporary case", "Why"),
        tuple((one.reference, one.unpaired_because) for one in pairs.unpaired),
    )


def _in_words(pairs: JudgedPairs) -> str:
    comparable = sum(
        1 for one in pairs.with_partner if one.judgement.suitability.is_comparable
    )
    known = {one.id for one in pairs.queue}
    known |= {one.contemporary_id for one in pairs.judgements}
    progress = progress_in_words(
        len(pairs.judgements), len(known), len(pairs.waiting), len(pairs.unpaired)
    )
    return (
        f"Contemporary cases: {progress}. Of those judged, {comparable} "
        f"{'has' if comparable == 1 else 'have'} a historic case to compare and "
        f"{len(pairs.judgements) - comparable} "
        f"{'has' if len(pairs.judgements) - comparable == 1 else 'have'} none."
    )


def _how_it_serves(one: SavedJudgement) -> str:
    suitability = one.judgement.suitability
    # Where nobody was chosen there is no case to be called not comparable.
    if not one.historic_id and suitability == Suitability.NOT_COMPARABLE:
        return "No suitable match"
    return _IN_WORDS[suitability]


def _judged(one: SavedJudgement) -> str:
    day = f"{one.judged_at.day} {one.judged_at:%B %Y}"
    both = f" and {one.agreed_with}" if one.agreed_with else ""
    return f"by {one.judgement.judge}{both} on {day}"
