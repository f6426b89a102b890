"""Storing how long material is kept, and listing what is due; nothing goes by itself.

The narrower rule holds: one on a source before one on its kind, and either before the
study's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlmodel import Session, col, select

from coding.transcripts import SourceKind
from data.people_rights.keeping import Due, KeepingRule, KeptKind, years_later
from data.people_rights.withdrawal import About, Kind
from data.rights import Right
from data.storage.database import StudyDatabase, names_of_people, refuse
from data.tables import (
    CaseFactRow,
    CaseRow,
    KeepingRuleRow,
    SourceRow,
    now,
)
from matching.cases import Era

_SOON = timedelta(days=30)
_NOTHING_SAVED = "Nothing was saved."
_MOST_YEARS = 100

Rules = Mapping[tuple[KeptKind, str], KeepingRule]


class KeepingStorage:
    """Reads and saves rules for keeping, and what is due by them."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def rules(self) -> list[KeepingRule]:
        """The rules that hold, in order of what they are about."""
        with self._database.reading() as session:
            found = _rules(session)
        order = list(KeptKind)
        return sorted(
            found.values(), key=lambda one: (order.index(one.kind), one.about_id)
        )

    def set_rule(self, actor_id: str, rule: KeepingRule) -> None:
        """Keep how long something is kept; the rule that held stays on file.

        A rule with neither day nor years ends the one that held. Raises DataRefused for
        a day that does not exist, both at once, a number of years out of bounds, and
        for what the study does not have.
        """
        _require_sound(rule)
        with self._database.writing(actor_id, Right.ERASE) as writing:
            session = writing.session
            if rule.kind is KeptKind.SOURCE and not session.get(
                SourceRow, rule.about_id
            ):
                refuse(
                    "This source is not in the study any more.",
                    "Keep until",
                    f"Open the page again. {_NOTHING_SAVED}",
                )
            held = session.exec(
                select(KeepingRuleRow).where(
                    KeepingRuleRow.about_kind == rule.kind.value,
                    KeepingRuleRow.about_id == rule.about_id,
                    col(KeepingRuleRow.standing).is_not(None),
                )
            ).first()
            if held is not None:
                held.standing = None
                session.flush()
            if rule.keep_until or rule.years_after is not None:
                session.add(
                    KeepingRuleRow(
                        about_kind=rule.kind.value,
                        about_id=rule.about_id,
                        keep_until=rule.keep_until,
                        years_after=rule.years_after,
                        set_by=actor_id,
                        set_at=now(),
                    )
                )
            writing.record(
                "keeping rule set",
                rule.kind.value,
                rule.about_id,
                keep_until=rule.keep_until,
                years_after=rule.years_after,
            )

    def due(self, today: date) -> list[Due]:
        """What is overdue, then what is due within a month, by kind and name."""
        with self._database.reading() as session:
            rules = _rules(session)
            if not rules:
                return []
            listed = [
                *_due_sources(session, rules, today),
                *_due_cases(session, rules, today),
            ]
        return sorted(listed, key=lambda one: not one.is_overdue)


def _require_sound(rule: KeepingRule) -> None:
    if rule.keep_until and rule.years_after is not None:
        refuse(
            "A day and a number of years are given at once.",
            "Keep until",
            f"Give one of them. {_NOTHING_SAVED}",
        )
    if rule.years_after is not None and not 0 <= rule.years_after <= _MOST_YEARS:
        refuse(
            f"The number of years is not between 0 and {_MOST_YEARS}.",
            "Years after closing",
            f"Correct it. {_NOTHING_SAVED}",
        )
    if rule.keep_until:
        try:
            date.fromisoformat(rule.keep_until)
        except ValueError:
            refuse(
                "This day does not exist.",
                "Keep until",
                f"Write it as year, month, day: 2031-03-31. {_NOTHING_SAVED}",
            )


def _rules(session: Session) -> dict[tuple[KeptKind, str], KeepingRule]:
    names = names_of_people(session)
    return {
        (KeptKind(row.about_kind), row.about_id): KeepingRule(
            KeptKind(row.about_kind),
            row.about_id,
            row.keep_until,
            row.years_after,
            names.get(row.set_by, ""),
        )
        for row in session.exec(
            select(KeepingRuleRow).where(col(KeepingRuleRow.standing).is_not(None))
        )
    }


def _due_sources(session: Session, rules: Rules, today: date) -> list[Due]:
    found = []
    for row in session.exec(select(SourceRow).order_by(SourceRow.name)):
        rule = _rule_for(
            rules,
            (KeptKind.SOURCE, row.id),
            (KeptKind.SOURCE_KIND, SourceKind(row.kind).value),
        )
        closed = row.held_on or row.imported_at.date().isoformat()
        found += _due(About(Kind.SOURCE, row.id, row.name), rule, closed, today)
    return found


def _due_cases(session: Session, rules: Rules, today: date) -> list[Due]:
    closed = dict(
        session.exec(
            select(CaseFactRow.case_id, CaseFactRow.value).where(
                CaseFactRow.field_name == "closed_date"
            )
        ).all()
    )
    found = []
    for case_id, reference, era in session.exec(
        select(CaseRow.id, CaseRow.reference, CaseRow.era).order_by(
            col(CaseRow.position)
        )
    ):
        rule = _rule_for(rules, (KeptKind.CASE_ERA, Era(era).value))
        about = About(Kind.CASE, case_id, reference)
        found += _due(about, rule, closed.get(case_id, ""), today)
    return found


def _rule_for(rules: Rules, *keys: tuple[KeptKind, str]) -> KeepingRule | None:
    for key in (*keys, (KeptKind.STUDY, "")):
        if key in rules:
            return rules[key]
    return None


def _due(about: About, rule: KeepingRule | None, closed: str, today: date) -> list[Due]:
    if rule is None:
        return []
    try:
        if rule.keep_until:
            last = date.fromisoformat(rule.keep_until)
        else:
            last = years_later(date.fromisoformat(closed), rule.years_after or 0)
    except ValueError:
        # Still open, or closed on a day that nobody wrote down.
        return []
    if last - _SOON > today:
        return []
    return [Due(about, rule, last < today)]
