"""What a judgement must be before it is saved or taken back, refused in words."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from data.judging import GivenAs
from data.storage.cases.choosable_cases import (
    already_opened,
    most_uses,
    newest_pairing,
    used_up,
)
from data.storage.database import Writing, refuse
from data.storage.judges.interests import declared_by
from data.storage.judges.locking import judging_setting, locked_of
from data.storage.people_rights.withdrawn import withdrawn_cases
from data.tables import (
    CandidateRow,
    CaseReadAloneRow,
    CaseRow,
    JudgementRow,
    ListSeenRow,
    PersonRow,
    VerdictRow,
)
from matching.judging.judgement import Judgement, Suitability


def require_sound(
    writing: Writing,
    contemporary_id: str,
    historic_id: str,
    suitability: Suitability,
    rationale: str,
) -> None:
    """Let the judgement refuse to exist where something of it is missing."""
    contemporary = writing.session.get_one(CaseRow, contemporary_id)
    Judgement(
        contemporary.reference,
        historic_id,
        suitability,
        rationale,
        writing.actor.name if writing.actor else "",
    )


def require_newest(session: Session, pairing_id: str) -> None:
    """Refuse to judge by the list of an earlier run."""
    if newest_pairing(session) != pairing_id:
        refuse(
            "The matches were found anew while this case was open.",
            "Judge pairs",
            "Look at the new list, then decide. Nothing was saved.",
        )


def require_first(
    session: Session, rows: dict[int, JudgementRow], actor_id: str, case_id: str
) -> None:
    """Refuse a first or single judgement where one stands or the list was not seen."""
    found = locked_of(rows.values()) or rows.get(GivenAs.FIRST)
    if found is not None:
        judge = session.get_one(PersonRow, found.judge_id).name
        case = session.get_one(CaseRow, case_id).reference
        refuse(
            f"This case was judged already, by {judge}.",
            f"Case {case}",
            "Open it to read the judgement. Nothing was saved.",
        )
    if (
        judging_setting(session).judges > 1
        and session.get(ListSeenRow, (case_id, actor_id)) is None
    ):
        refuse(
            "Two judges read this case, and you have not begun it as the first.",
            "Judge pairs",
            "Open the case and begin it there. Nothing was saved.",
        )


def require_unread(session: Session, case_id: str) -> None:
    """Refuse to judge a case whose file was read alone before anybody judged it."""
    if session.get(CaseReadAloneRow, case_id) is not None:
        case = session.get_one(CaseRow, case_id).reference
        refuse(
            "The file of this case was read to compare it with itself, so nobody can "
            "judge it without knowing what became of it.",
            f"Case {case}",
            "Go on with the next case. Nothing was saved.",
        )


def require_second(
    session: Session, rows: dict[int, JudgementRow], actor_id: str, case_id: str
) -> JudgementRow:
    """The first judgement, where this person may be its blind second judge."""
    first = rows.get(GivenAs.FIRST)
    if first is None or locked_of(rows.values()) is not None:
        refuse(
            "This case has no judgement that waits for a second judge.",
            "Judge pairs",
            "Open the case again. Nothing was saved.",
        )
    if GivenAs.SECOND in rows:
        refuse(
            "A second judge has judged this case meanwhile.",
            "Judge pairs",
            "Go on with the next case. Nothing was saved.",
        )
    if first.judge_id == actor_id:
        refuse(
            "You judged this case first, and the second judge is another person.",
            "Judge pairs",
            "Leave it to a colleague. Nothing was saved.",
        )
    if session.get(ListSeenRow, (case_id, actor_id)) is not None:
        refuse(
            "You have seen the candidates of this case in order of closeness, so you "
            "cannot be its blind second judge.",
            "Judge pairs",
            "Leave it to a colleague. Nothing was saved.",
        )
    return first


def require_no_interest(
    session: Session, actor_id: str, case_id: str, historic_id: str
) -> None:
    """Refuse a case, or a choice, that the person's team or they themselves worked."""
    declared = declared_by(session, actor_id)
    for one in filter(None, (case_id, historic_id)):
        if one in declared:
            reference = session.get_one(CaseRow, one).reference
            refuse(
                "You declared that your team or you worked this case.",
                f"Case {reference}",
                "Leave it to a colleague. Nothing was saved.",
            )


def verdicts_asked(
    session: Session, first: JudgementRow | None, actor_id: str, shown: Sequence[str]
) -> list[str]:
    """The historic cases a judge gives a verdict on, in the order of the page.

    A second judge has those the first gave one on; those a judge's own team worked
    are left out.
    """
    declared = declared_by(session, actor_id)
    if first is not None:
        theirs = set(
            session.exec(
                select(VerdictRow.historic_id).where(
                    VerdictRow.judgement_id == first.id
                )
            )
        )
        theirs -= withdrawn_cases(session)
        ordered = [one for one in shown if one in theirs]
        shown = [*ordered, *sorted(theirs - set(ordered))]
    return [one for one in shown if one not in declared]


def rank_of(
    session: Session, pairing_id: str, contemporary_id: str, historic_id: str
) -> int | None:
    """The rank the chosen case had in the list; refused where it had none."""
    listed = session.exec(
        select(CandidateRow.historic_id, CandidateRow.rank).where(
            CandidateRow.pairing_id == pairing_id,
            CandidateRow.contemporary_id == contemporary_id,
        )
    ).all()
    if not listed:
        refuse(
            "No historic case is listed for this case.",
            "Judge pairs",
            "Choose a case with candidates. Nothing was saved.",
        )
    if not historic_id:
        return None
    rank = dict(listed).get(historic_id)
    if rank is None:
        refuse(
            "The chosen case is not among those listed for this case.",
            "Your decision",
            "Choose one of the cases listed, or No suitable match. Nothing was saved.",
        )
    require_free(session, contemporary_id, historic_id)
    return rank


def require_free(session: Session, contemporary_id: str, historic_id: str) -> None:
    """Refuse a partner the plan lets no further case have, or whose file was opened."""
    if {contemporary_id, historic_id} & withdrawn_cases(session):
        refuse(
            "One of these cases was withdrawn while this page was open.",
            "Your decision",
            "Open the case again, or go on with the next. Nothing was saved.",
        )
    pairing_id = newest_pairing(session)
    if used_up(session, pairing_id, [historic_id], apart_from=contemporary_id):
        most = most_uses(session, pairing_id)
        times = "once" if most == 1 else f"{most} times"
        refuse(
            "This historic case was already chosen for another contemporary case, and "
            f"the plan uses each at most {times}.",
            "Your decision",
            "Choose another, or change the plan and find matches again. "
            "Nothing was saved.",
        )
    if already_opened(session, [historic_id]):
        refuse(
            "What came later in this historic case has been read, so it can no longer "
            "be chosen without knowing how it ended.",
            "Your decision",
            "Choose another, or No suitable match. Nothing was saved.",
        )


def require_own_and_unread(writing: Writing, row: JudgementRow) -> None:
    """Refuse to take back another's judgement, or one whose files were opened."""
    if writing.actor is None or writing.actor.id not in (
        row.judge_id,
        row.agreed_with_id,
    ):
        refuse(
            "Only the judge can take a judgement back.",
            "Your judgement",
            "Ask the person who judged the case. Nothing was saved.",
        )
    if row.opened_at is not None:
        refuse(
            "What came later has been read, so this judgement stands.",
            "Your judgement",
            "Write what you now think as a memo. Nothing was saved.",
        )


def require_still_blind(session: Session, row: JudgementRow) -> None:
    """Refuse to take back one of two readings once both judges are through."""
    if row.judge_number not in (GivenAs.FIRST, GivenAs.SECOND):
        return
    other = session.exec(
        select(JudgementRow.id).where(
            JudgementRow.contemporary_id == row.contemporary_id,
            col(JudgementRow.judge_number).is_not(None),
            JudgementRow.id != row.id,
        )
    ).first()
    if other is not None:
        refuse(
            "Both judges are through with this case, so both readings stand as they "
            "were given.",
            "Your judgement",
            "Decide anew together, or ask a supervisor to. Nothing was saved.",
        )
