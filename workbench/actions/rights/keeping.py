"""How long material is kept, and what is due for erasing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coding.study import Person
from coding.transcripts import SourceKind
from data.people_rights.keeping import Due, KeepingRule, KeptKind
from data.people_rights.withdrawal import Kind
from data.rights import Right, may
from data.storage import StudyStore
from matching.cases import Era


def due_now(store: StudyStore, person: Person, today: date) -> list[Due]:
    """What is overdue or due within a month, for those alone who may erase it."""
    return store.keeping.due(today) if may(person.role, Right.ERASE) else []


def due_in_words(due: Sequence[Due]) -> str:
    """How much is due, in a sentence; '' where nothing is.

    >>> due_in_words([])
    ''
    """
    if not due:
        return ""
    overdue = sum(one.is_overdue for one in due)
    soon = len(due) - overdue
    parts = []
    if overdue:
        was = "is" if overdue == 1 else "are"
        parts.append(f"{overdue} {was} past the end of their time for keeping")
    if soon:
        parts.append(f"{soon} will be within a month")
    return f"Of what the study holds, {' and '.join(parts)}. Nothing goes by itself."


def kept_choices(store: StudyStore) -> list[KeepingRule]:
    """What a rule can be about: the study, kinds of source, eras, each source."""
    return [
        KeepingRule(KeptKind.STUDY),
        *(KeepingRule(KeptKind.SOURCE_KIND, one.value) for one in SourceKind),
        *(KeepingRule(KeptKind.CASE_ERA, one.value) for one in Era),
        *(
            KeepingRule(KeptKind.SOURCE, one.id)
            for one in store.withdrawals.named(Kind.SOURCE)
        ),
    ]


def about_in_words(rule: KeepingRule, sources: dict[str, str]) -> str:
    """What a rule is about, in words."""
    if rule.kind is KeptKind.STUDY:
        return "Everything else in the study"
    if rule.kind is KeptKind.SOURCE_KIND:
        return f"Each {SourceKind(rule.about_id).in_words.lower()}"
    if rule.kind is KeptKind.CASE_ERA:
        return f"Each {Era(rule.about_id).value} case"
    return f"Source {sources.get(rule.about_id, '')}"


def set_rule(store: StudyStore, person: Person, rule: KeepingRule) -> None:
    """Keep a rule; one with neither day nor years ends the one that held."""
    store.keeping.set_rule(person.id, rule)
