"""Storing the study's rule for small numbers; former ones stay on file."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session, col

from data.disclosure.rules import DFE, DisclosureRule
from data.rights import Right
from data.storage.database import StudyDatabase, refuse
from data.storage.releases.release_records import (
    RuleSetting,
    rule_as_values,
    rule_from_values,
)
from data.tables import DisclosureRuleRow, PersonRow

FIRST_RULE = DFE


class RuleStorage:
    """Reads and sets the rule that everything leaving the study is held to."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def setting(self) -> RuleSetting:
        """The rule that stands; the Department for Education's where none was set."""
        with self._database.reading() as session:
            return rule_that_stands(session)

    def set_rule(
        self, actor_id: str, rule: DisclosureRule, reason: str, *, seen: int
    ) -> RuleSetting:
        """The rule as set; ``seen`` is the number of the one that stood then."""
        if not reason.strip():
            refuse(
                "There is no reason.",
                "Rule for small numbers",
                "Write why this rule is the right one. Nothing was saved.",
            )
        with self._database.writing(actor_id, Right.MANAGE_STUDY) as writing:
            if rule_that_stands(writing.session).number != seen:
                refuse(
                    "Somebody else set the rule while you were reading it.",
                    "Rule for small numbers",
                    "Open the page again and compare. Nothing was saved.",
                )
            row = DisclosureRuleRow(
                rule=rule_as_values(rule), reason=reason.strip(), set_by=actor_id
            )
            writing.session.add(row)
            writing.session.flush()
            writing.record(
                "disclosure rule set",
                "disclosure rule",
                str(row.number),
                threshold=rule.threshold,
                rounded_to=rule.rounded_to,
            )
            return rule_that_stands(writing.session)


def rule_that_stands(session: Session) -> RuleSetting:
    """The newest rule that was set, inside a change."""
    found = session.execute(
        select(DisclosureRuleRow, col(PersonRow.name))
        .join(PersonRow, col(PersonRow.id) == col(DisclosureRuleRow.set_by))
        .order_by(col(DisclosureRuleRow.number).desc())
        .limit(1)
    ).first()
    if found is None:
        return RuleSetting(0, FIRST_RULE)
    row, name = found
    return RuleSetting(
        row.number or 0, rule_from_values(row.rule), row.reason, name, row.set_at
    )
