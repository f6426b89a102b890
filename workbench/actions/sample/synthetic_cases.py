"""Synthetic cases for trying sizes: the sample's cases varied, seeded.

Plainly synthetic: references begin with S and notes say so in their first word.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.importers.cases.case_import import CaseBatch
from matching.case_records import CaseEvent, CaseNote, CaseRecord
from matching.cases import Era

# How far a varied case may lie from the one it is drawn from.
_REFERRAL_DAYS = 120
_BIRTH_DAYS = 500
_DRAWN_FROM_ALL = ("ethnicity", "locality", "referral_source", "household", "sex")
_SHARE_WITH_SIBLING = 0.06


@dataclass(frozen=True, slots=True)
class _File:
    record: CaseRecord
    events: tuple[CaseEvent, ...]
    notes: tuple[CaseNote, ...]


def synthetic_cases(
    sample: CaseBatch,
    *,
    contemporary: int,
    historic: int,
    practice_start: date,
    seed: int,
) -> CaseBatch:
    """So many contemporary and historic cases, drawn from those of the sample.

    Each keeps the shape of the case it is drawn from (need, issues, events, notes) and
    has days, birth and circumstances of its own; no case changes its era.
    """
    draw = random.Random(f"{seed} cases")
    files = _files(sample)
    # Two or three siblings in each of the families that have any.
    families = max(1, round((contemporary + historic) * _SHARE_WITH_SIBLING / 2.5))
    made: list[_File] = []
    for era, count in ((Era.CONTEMPORARY, contemporary), (Era.HISTORIC, historic)):
        own = [one for one in files if one.record.era is era]
        for number in range(1, count + 1):
            reference = f"S{era.value[0].upper()}{number:06d}"
            template = draw.choice(own)
            made.append(
                _varied(draw, template, reference, sample, practice_start, families)
            )
    return CaseBatch(
        records=tuple(one.record for one in made),
        events=tuple(event for one in made for event in one.events),
        notes=tuple(note for one in made for note in one.notes),
        fields=sample.fields,
    )


def _files(sample: CaseBatch) -> list[_File]:
    events: dict[str, list[CaseEvent]] = {}
    for event in sample.events:
        events.setdefault(event.case_reference, []).append(event)
    notes: dict[str, list[CaseNote]] = {}
    for note in sample.notes:
        notes.setdefault(note.case_reference, []).append(note)
    return [
        _File(
            record,
            tuple(events.get(record.reference, ())),
            tuple(notes.get(record.reference, ())),
        )
        for record in sample.records
    ]


def _varied(
    draw: random.Random,
    template: _File,
    reference: str,
    sample: CaseBatch,
    practice_start: date,
    families: int,
) -> _File:
    facts = dict(template.record.facts)
    days = _days_moved(draw, facts["referral_date"], practice_start)
    born = _moved(facts["date_of_birth"], days + draw.randint(-_BIRTH_DAYS, 0))
    for name in _DRAWN_FROM_ALL:
        facts[name] = draw.choice(sample.records).facts.get(name, "")
    shares = draw.random() < _SHARE_WITH_SIBLING
    family = f"SF{draw.randrange(families):04d}" if shares else f"SF{reference}"
    facts |= {
        "child_id": f"C{reference}",
        "family_id": family,
        "referral_date": _moved(facts["referral_date"], days),
        "date_of_birth": born,
        "closed_date": _moved(facts["closed_date"], days),
    }
    return _File(
        CaseRecord(reference, template.record.era, facts),
        tuple(_events(template.events, reference, days)),
        tuple(_notes(template.notes, reference, days)),
    )


def _days_moved(draw: random.Random, referred: str, practice_start: date) -> int:
    day = date.fromisoformat(referred)
    is_after = day >= practice_start
    while True:
        days = draw.randint(-_REFERRAL_DAYS, _REFERRAL_DAYS)
        if (day + timedelta(days=days) >= practice_start) == is_after:
            return days


def _moved(day: str, days: int) -> str:
    if not day:
        return ""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _events(
    events: Sequence[CaseEvent], reference: str, days: int
) -> Iterator[CaseEvent]:
    for one in events:
        yield CaseEvent(reference, _moved(one.date, days), one.event, one.detail)


def _notes(notes: Sequence[CaseNote], reference: str, days: int) -> Iterator[CaseNote]:
    for one in notes:
        yield CaseNote(reference, _moved(one.date, days), f"Synthetic. {one.text}")
