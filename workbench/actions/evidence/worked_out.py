"""What the study worked out, as it can be chosen: cells, answers, findings, themes."""

from __future__ import annotations

from coding.study import Person
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind
from workbench.actions.evidence.choices import EvidenceChoice

KINDS = (
    EvidenceKind.THEME,
    EvidenceKind.CELL,
    EvidenceKind.FINDING,
    EvidenceKind.INDICATOR_AREA,
    EvidenceKind.TEMPLATE_ANSWER,
)


def worked_out_things(
    store: StudyStore, person: Person, kind: EvidenceKind
) -> list[EvidenceChoice]:
    """Themes, written cells, findings, answers from interviews, or indicators by area,
    as each now stands.

    What this person may not read now, and what says nothing, is left out.
    """
    ids = {
        EvidenceKind.THEME: _codes,
        EvidenceKind.CELL: _cells,
        EvidenceKind.FINDING: _findings,
        EvidenceKind.INDICATOR_AREA: _areas,
        EvidenceKind.TEMPLATE_ANSWER: _answers,
    }[kind](store)
    told = store.evidence.tell(kind, ids, reader_id=person.id)
    return [
        EvidenceChoice(kind, one, state.name, state.words)
        for one, state in told.items()
    ]


def _codes(store: StudyStore) -> list[str]:
    return [one.id for one in store.codebook.codebook().codes]


def _cells(store: StudyStore) -> list[str]:
    return [
        cell.id
        for matrix in store.framework.matrices()
        for cell in store.framework.cells(matrix.id)
    ]


def _findings(store: StudyStore) -> list[str]:
    return [one.id for one in store.findings.all()]


def _answers(store: StudyStore) -> list[str]:
    """Every answer, by interview and in the order its record asks."""
    found = []
    for template in store.analysis_templates.templates():
        records = store.analysis_records.records(template.id)
        for source in store.sources.names():
            if record := records.get(source):
                asked = template.numbered(record.number)
                questions = asked.questions if asked else ()
                found += [record.answer(one.id).id for one in questions]
    return [one for one in found if one]


def _areas(store: StudyStore) -> list[str]:
    """The id of the first value of each indicator in each area stands for them all."""
    ids = store.evidence.indicator_ids()
    first: dict[tuple[str, str], str] = {}
    for one in store.indicators.values():
        key = (one.indicator, one.quarter, one.area)
        first.setdefault((one.indicator, one.area), ids[key])
    return list(first.values())
