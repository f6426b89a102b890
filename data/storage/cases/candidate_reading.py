"""Reading the candidates of a case as they were listed, rank and distance included."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from data.pairings import ListedCandidate
from data.storage.cases.choosable_cases import not_choosable
from data.storage.cases.judgement_rows import accepted_elsewhere
from data.storage.people_rights.withdrawn import withdrawn_cases
from data.tables import CandidateRow, CaseRow
from matching.pairing import Candidate, CovariateComparison, Relation


def listed_candidates(
    session: Session, pairing_id: str, contemporary_id: str
) -> list[ListedCandidate]:
    """The candidates of one contemporary case as listed, closest first.

    Those withdrawn since are left out; the ranks of the others stay.
    """
    rows = session.exec(
        select(CandidateRow)
        .where(
            CandidateRow.pairing_id == pairing_id,
            CandidateRow.contemporary_id == contemporary_id,
            col(CandidateRow.historic_id).not_in(withdrawn_cases(session)),
        )
        .order_by(col(CandidateRow.rank))
    ).all()
    ids = {contemporary_id, *(row.historic_id for row in rows)}
    references = dict(
        session.exec(
            select(CaseRow.id, CaseRow.reference).where(col(CaseRow.id).in_(ids))
        ).all()
    )
    taken = accepted_elsewhere(
        session, [row.historic_id for row in rows], contemporary_id
    )
    shut_out = not_choosable(session, pairing_id, [row.historic_id for row in rows])
    return [_listed(row, references, taken, shut_out) for row in rows]


def _listed(
    row: CandidateRow,
    references: Mapping[str, str],
    taken: Mapping[str, str],
    shut_out: Collection[str],
) -> ListedCandidate:
    candidate = Candidate(
        references[row.contemporary_id],
        references[row.historic_id],
        row.rank,
        row.distance,
        row.is_tied,
        tuple(
            CovariateComparison(
                line["covariate"],
                Relation(line["relation"]),
                line["contemporary"],
                line["historic"],
                math.nan if line["share"] is None else line["share"],
            )
            for line in row.comparisons
        ),
        row.days_earlier,
        row.narrative_likeness,
    )
    return ListedCandidate(
        row.contemporary_id,
        row.historic_id,
        candidate,
        row.is_chosen_by_plan,
        taken.get(row.historic_id, ""),
        row.historic_id not in shut_out,
    )
