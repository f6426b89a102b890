"""Counting where a study stands, for the home page and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, distinct, func, select

from data.storage.cases.judgement_rows import COMPARABLE
from data.storage.coders.assignment_storage import coders_of_sources
from data.storage.coders.blind_passes import (
    readable_codings,
    readable_suggestions,
    settled_codings,
    sources_being_coded_blind,
)
from data.storage.database import StudyDatabase
from data.storage.people_rights.withdrawn import (
    withdrawn_cases,
    withdrawn_sources,
)
from data.tables import (
    CandidateRow,
    CaseReadAloneRow,
    CaseRow,
    CodedSegmentRow,
    CodeRow,
    IndicatorValueRow,
    JudgementRow,
    PairingRow,
    PlanRow,
    ProgressJudgeRow,
    SettledSourceRow,
    SourceRow,
    StudyTable,
    SuggestionRow,
)


@dataclass(frozen=True, slots=True)
class StudyCounts:
    """How much of each thing a study holds and how much of it is done.

    ``cases_judged`` are the contemporary cases whose judges are through, under any
    plan; ``cases_to_judge`` are these and those that still wait: the newest pairing
    lists candidates for them. ``pairs_compared`` are the locked pairs whose progress
    two people have judged. ``codes`` are those in use that no other stands under,
    ``headings`` the others. ``sources_compared`` are coded by several people who are
    through; in ``sources_settled`` of them the differences are settled.

    ``sources_coded`` and ``coded_passages`` are what anybody may read, as themes and
    debrief count it: the ``sources_blind``, being coded blind, are left out, and where
    differences are settled the passages agreed on count.
    """

    contemporary_cases: int
    historic_cases: int
    plans: int
    pairings: int
    cases_to_judge: int
    cases_judged: int
    sources: int
    sources_coded: int
    coded_passages: int
    coders: int
    codes: int
    suggestions_waiting: int
    indicator_values: int
    pairs_locked: int = 0
    pairs_compared: int = 0
    headings: int = 0
    sources_compared: int = 0
    sources_settled: int = 0
    sources_blind: int = 0


class ProgressStorage:
    """Counts where a study stands."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def counts(self, *, reader_id: str | None = None) -> StudyCounts:
        """Everything counted in one reading of the study, as far as the reader may see.

        What is coded is counted alike for every reader: people who compare the home
        page with a debrief are to find the same numbers. What was withdrawn is not
        counted.
        """
        with self._database.reading() as session:
            readable = readable_codings(session, reader_id)
            sources_out = withdrawn_sources(session)
            cases_out = withdrawn_cases(session)
            blind = sources_being_coded_blind(session) - sources_out
            case_in = col(CaseRow.id).not_in(cases_out)
            judged_in = col(JudgementRow.contemporary_id).not_in(cases_out)

            def count(table: type[StudyTable], *where: ColumnElement[bool]) -> int:
                query = select(func.count()).select_from(table).where(*where)
                return session.exec(query).one()

            def different(column: Any, *where: ColumnElement[bool]) -> int:
                query = select(func.count(distinct(column))).where(*where)
                return session.exec(query).one()

            newest = session.exec(
                select(PairingRow.id).order_by(col(PairingRow.number).desc()).limit(1)
            ).first()
            # One judgement of a case is locked, once its judges are through.
            through = col(JudgementRow.locked_at).is_not(None)
            judged = select(JudgementRow.contemporary_id).where(through)
            waiting = different(
                CandidateRow.contemporary_id,
                col(CandidateRow.pairing_id) == (newest or ""),
                col(CandidateRow.contemporary_id).not_in(judged),
                col(CandidateRow.contemporary_id).not_in(cases_out),
                col(CandidateRow.historic_id).not_in(cases_out),
                col(CandidateRow.contemporary_id).not_in(
                    select(CaseReadAloneRow.case_id)
                ),
            )
            cases_judged = count(JudgementRow, through, judged_in)
            compared = (
                select(ProgressJudgeRow.pair_id)
                .where(
                    col(ProgressJudgeRow.judge_number).in_([1, 2]),
                    col(ProgressJudgeRow.finished_at).is_not(None),
                )
                .group_by(col(ProgressJudgeRow.pair_id))
                .having(func.count() == 2)
            )
            in_use = col(CodeRow.is_retired).is_(False)
            headings = different(
                CodeRow.parent_id,
                in_use,
                col(CodeRow.parent_id).in_(select(CodeRow.id).where(in_use)),
            )
            return StudyCounts(
                contemporary_cases=count(
                    CaseRow, col(CaseRow.era) == "contemporary", case_in
                ),
                historic_cases=count(CaseRow, col(CaseRow.era) == "historic", case_in),
                plans=count(PlanRow),
                pairings=count(PairingRow),
                cases_to_judge=waiting + cases_judged,
                cases_judged=cases_judged,
                sources=count(SourceRow, col(SourceRow.id).not_in(sources_out)),
                sources_coded=different(
                    CodedSegmentRow.source_id, readable_codings(session, None)
                ),
                coded_passages=count(CodedSegmentRow, settled_codings(session)),
                coders=different(CodedSegmentRow.coder_id, readable),
                codes=count(CodeRow, in_use) - headings,
                suggestions_waiting=count(
                    SuggestionRow,
                    col(SuggestionRow.status) == "open",
                    readable_suggestions(session, reader_id),
                ),
                indicator_values=count(IndicatorValueRow),
                pairs_locked=count(
                    JudgementRow,
                    through,
                    judged_in,
                    col(JudgementRow.historic_id).not_in(cases_out),
                    col(JudgementRow.historic_id).is_not(None),
                    col(JudgementRow.suitability).in_(COMPARABLE),
                ),
                headings=headings,
                pairs_compared=session.exec(
                    select(func.count()).select_from(compared.subquery())
                ).one(),
                sources_compared=sum(
                    one.can_be_compared
                    for source, one in coders_of_sources(session, None).items()
                    if source not in sources_out
                ),
                sources_settled=count(
                    SettledSourceRow,
                    col(SettledSourceRow.reopened_at).is_(None),
                    col(SettledSourceRow.source_id).not_in(sources_out),
                ),
                sources_blind=len(blind),
            )
