"""What appendices are written from: the agreement of coders, the analysis templates."""

from __future__ import annotations

from dataclasses import dataclass

from data.storage import StudyStore
from data.storage.analysis_templates.template_records import Template, TemplateVersion
from workbench.actions.coders.agreement import (
    AgreementOfStudy,
    read_every_agreement,
)
from workbench.actions.templates.completeness_reading import StudyRecords, read_study
from workbench.wording import counted


@dataclass(frozen=True, slots=True)
class AgreementRead:
    """The agreement of every pair of coders; why there is none where there is none.

    ``waiting`` are the sources given to several people of whom some are still at work.
    """

    pairs: tuple[AgreementOfStudy, ...] = ()
    why_none: str = ""
    waiting: tuple[str, ...] = ()


def read_all_agreement(store: StudyStore) -> AgreementRead:
    """The agreement of every two coders who are through with a source of both."""
    if pairs := tuple(read_every_agreement(store)):
        return AgreementRead(pairs)
    given = {
        one.source_id
        for one in store.coders.coders().values()
        if len({*one.coders, *one.waiting}) > 1
    }
    names = tuple(one.name for one in store.sources.summaries() if one.id in given)
    if not names:
        return AgreementRead(why_none="No source was coded by two people apart.")
    why = (
        f"{counted(len(names), 'source')} given to two people or more, but not all of "
        "them are through with it: there is nothing to compare yet."
    )
    return AgreementRead(why_none=why, waiting=names)


@dataclass(frozen=True, slots=True)
class TemplateRead:
    """A template that was published, and every interview's record under it."""

    template: Template
    records: StudyRecords

    @property
    def published(self) -> list[TemplateVersion]:
        """Its published versions, the oldest first."""
        return [one for one in self.template.versions if one.is_published]


def read_templates(store: StudyStore) -> tuple[TemplateRead, ...]:
    """Every template that was published, records as far as anybody may read them."""
    return tuple(
        TemplateRead(one, read_study(store, one, None, with_evidence=False))
        for one in store.analysis_templates.templates()
        if one.newest is not None
    )
