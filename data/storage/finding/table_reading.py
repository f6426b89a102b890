"""Counting passages for tables: codes by codes, and codes by groups of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from coding.finding.code_relations import Mark, Passage, Relation, passages_of, related
from coding.study import Participant
from data.found_passages import CellCount, FoundPassage, GroupTable, PassageFilter
from data.storage.finding.passage_reading import marks_of, who_speaks
from data.storage.finding.turn_reading import participants_by_id, sources_in_order
from data.storage.interviews.source_summaries import in_number_order
from data.storage.people_rights.withdrawn import (
    withdrawn_participants,
    withdrawn_sources,
)
from data.tables import SpeakerRow

Choice = tuple[str, ...]


def count_together(
    session: Session,
    choices: Sequence[Choice],
    narrowed: PassageFilter,
    people: frozenset[str] | None,
    reader_id: str | None,
) -> dict[tuple[int, int], CellCount]:
    """For each two choices of codes, the words under both; for each one, its passages.

    Under (i, j), i no larger than j, by their places in ``choices``. What is counted is
    what :func:`find_passages` finds by *and*, and for i = j by a choice alone.
    """
    found = _by_choice(session, choices, narrowed, reader_id)
    codes = tuple(dict.fromkeys(code for choice in choices for code in choice))
    sources = {source for of_choice in found for source in of_choice}
    who = who_speaks(session, codes, narrowed, reader_id, sources)
    counts = {}
    for i, first in enumerate(found):
        for j in range(i, len(found)):
            tally = _Tally()
            for source, of_source in first.items():
                both = of_source
                if i != j:
                    both = related(of_source, Relation.AND, found[j].get(source, ()))
                for passage in both:
                    one = who.found(source, passage, people)
                    if one.participant_ids or people is None:
                        tally.add(one.participant_ids)
            counts[i, j] = tally.count
    return counts


def count_by_group(
    session: Session,
    choices: Sequence[Choice],
    by: str,
    narrowed: PassageFilter,
    people: frozenset[str] | None,
    reader_id: str | None,
) -> GroupTable:
    """Choices of codes by the values of ``wave``, a fact or an attribute of people.

    A passage in which people of two groups speak counts in both. In the group "" of a
    fact are the people of whom it is not known; passages of nobody named are in the
    totals alone. By wave every passage lies in one group, whoever speaks.
    """
    found = _by_choice(session, choices, narrowed, reader_id)
    codes = tuple(dict.fromkeys(code for choice in choices for code in choice))
    sources = {source for of_choice in found for source in of_choice}
    who = who_speaks(session, codes, narrowed, reader_id, sources)
    grouping = _Grouping(session, by, people)
    cells, totals = [], []
    for of_choice in found:
        groups: dict[str, _Tally] = defaultdict(_Tally)
        everyone = _Tally()
        for source, passages in of_choice.items():
            for passage in passages:
                one = who.found(source, passage, people)
                if people is not None and not one.participant_ids:
                    continue
                everyone.add(one.participant_ids)
                for group, speaking in grouping.groups_of(one).items():
                    groups[group].add(speaking)
        cells.append(tuple(groups[group].count for group in grouping.groups))
        totals.append(everyone.count)
    return GroupTable(grouping.groups, grouping.took_part, tuple(cells), tuple(totals))


class _Tally:
    def __init__(self) -> None:
        self._people: set[str] = set()
        self._passages = 0

    def add(self, people: Iterable[str]) -> None:
        self._people.update(people)
        self._passages += 1

    @property
    def count(self) -> CellCount:
        return CellCount(len(self._people), self._passages)


class _Grouping:
    """Which groups there are, how many people took part in each, who is in which."""

    def __init__(
        self, session: Session, by: str, people: frozenset[str] | None
    ) -> None:
        self._by_wave = by == "wave"
        self._sources = sources_in_order(session)
        self._value = {
            one.id: _value(one, by) for one in participants_by_id(session).values()
        }
        members: dict[str, set[str]] = defaultdict(set)
        for source, speaking in people_by_source(session).items():
            for person in speaking:
                if people is None or person in people:
                    members[self._group(source, person)].add(person)
        if self._by_wave:
            waves = dict.fromkeys(one.wave for one in self._sources.values())
            self.groups = tuple(waves)
        else:
            # What is not known stands last.
            self.groups = tuple(
                sorted(members, key=lambda g: (not g, in_number_order(g)))
            )
        self.took_part = tuple(len(members[group]) for group in self.groups)

    def groups_of(self, one: FoundPassage) -> dict[str, list[str]]:
        """The groups a passage counts in, with those of it who speak."""
        if self._by_wave:
            return {self._sources[one.source_id].wave: list(one.participant_ids)}
        found: dict[str, list[str]] = {}
        for person in one.participant_ids:
            found.setdefault(self._group(one.source_id, person), []).append(person)
        return found

    def _group(self, source_id: str, person: str) -> str:
        if self._by_wave:
            return self._sources[source_id].wave
        return self._value.get(person, "")


def _value(one: Participant, by: str) -> str:
    if by in ("role", "locality", "team"):
        return str(getattr(one, by))
    return one.attributes.get(by, "")


def people_by_source(session: Session) -> dict[str, set[str]]:
    """The participants who speak in each source; interviewers, and whoever or whatever
    was withdrawn, left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for source_id, participant_id in session.execute(
        select(col(SpeakerRow.source_id), col(SpeakerRow.participant_id)).where(
            col(SpeakerRow.participant_id).is_not(None),
            col(SpeakerRow.participant_id).not_in(withdrawn_participants(session)),
            col(SpeakerRow.source_id).not_in(withdrawn_sources(session)),
            col(SpeakerRow.is_interviewer).is_(False),
        )
    ):
        found[source_id].add(str(participant_id))
    return found


def _by_choice(
    session: Session,
    choices: Sequence[Choice],
    narrowed: PassageFilter,
    reader_id: str | None,
) -> list[dict[str, list[Passage]]]:
    chosen_by: dict[str, list[int]] = defaultdict(list)
    for at, choice in enumerate(choices):
        for code in dict.fromkeys(choice):
            chosen_by[code].append(at)
    sorted_out: list[dict[str, list[Mark]]] = [defaultdict(list) for _ in choices]
    for source, marks in marks_of(session, chosen_by, narrowed, reader_id).items():
        for mark in marks:
            for at in chosen_by[mark.code_id]:
                sorted_out[at][source].append(mark)
    return [
        {source: passages_of(marks) for source, marks in of_choice.items()}
        for of_choice in sorted_out
    ]
