"""Counting passages for tables: codes by codes, and codes by groups of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from sqlalchemy import select
from sqlmodel import Session, col

from coding.finding.code_relations import Relation
from coding.finding.many_passages import (
    Column,
    ManyPassages,
    many_related,
    off_the_line,
)
from coding.study import Participant
from data.found_passages import CellCount, GroupTable, PassageFilter
from data.storage.finding.passage_reading import marked_with
from data.storage.finding.turn_reading import participants_by_id, sources_in_order
from data.storage.finding.who_speaks import TurnsOnTheLine, turns_on_the_line
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
    sources = list(sources_in_order(session))
    passages, turns = _read(session, choices, narrowed, people, reader_id, sources)
    counts = {}
    for i, first in enumerate(passages):
        for j in range(i, len(passages)):
            relation = Relation.ALONE if i == j else Relation.AND
            found = many_related(first, relation, passages[j])
            speaking = turns.speaking(found.starts, found.ends)
            met = len(found) if people is None else int(speaking.named.sum())
            counts[i, j] = CellCount(len(np.unique(speaking.people)), met)
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
    sources = list(sources_in_order(session))
    passages, turns = _read(session, choices, narrowed, people, reader_id, sources)
    grouping = _Grouping(session, by, people)
    cells, totals = [], []
    for of_choice in passages:
        speaking = turns.speaking(of_choice.starts, of_choice.ends)
        counts = np.ones(len(of_choice), bool) if people is None else speaking.named
        in_sources = off_the_line(of_choice.starts)[0]
        if by == "wave":
            of_source = grouping.numbers_of_sources(sources)
            lies = np.flatnonzero(counts), of_source[in_sources[counts]]
            heard = of_source[in_sources[speaking.passages]], speaking.people
        else:
            groups = grouping.numbers_of_people(speaking.ids)[speaking.people]
            lies = speaking.passages, groups
            heard = groups, speaking.people
        cells.append(_cells(len(grouping.groups), lies, heard))
        everyone = len(np.unique(speaking.people))
        totals.append(CellCount(everyone, int(counts.sum())))
    return GroupTable(grouping.groups, grouping.took_part, tuple(cells), tuple(totals))


def _read(
    session: Session,
    choices: Sequence[Choice],
    narrowed: PassageFilter,
    people: frozenset[str] | None,
    reader_id: str | None,
    sources: Sequence[str],
) -> tuple[list[ManyPassages], TurnsOnTheLine]:
    """The passages of each choice, and the turns of all sources they lie in."""
    marked = marked_with(session, choices, narrowed, reader_id, sources)
    passages = [one.passages for one in marked]
    starts = [one.starts for one in passages]
    return passages, turns_on_the_line(session, sources, starts, people)


def _cells(
    groups: int, lies: tuple[Column, Column], heard: tuple[Column, Column]
) -> tuple[CellCount, ...]:
    """For each group how many people are heard, and how many passages lie in it.

    ``lies`` are passages with a group, ``heard`` groups with a person; each two count
    once however often they come.
    """
    # A pair as one number sorts twenty times as fast as a row of two.
    passages = np.unique(lies[0] * groups + lies[1]) % max(groups, 1)
    people = np.unique(heard[1] * groups + heard[0]) % max(groups, 1)
    return tuple(
        CellCount(int(heard_in), int(lie_in))
        for heard_in, lie_in in zip(
            np.bincount(people, minlength=groups),
            np.bincount(passages, minlength=groups),
            strict=True,
        )
    )


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

    def numbers_of_sources(self, sources: Sequence[str]) -> Column:
        """The place among the groups of each source's wave."""
        places = {group: at for at, group in enumerate(self.groups)}
        return np.array([places[self._sources[one].wave] for one in sources], np.int64)

    def numbers_of_people(self, ids: Sequence[str]) -> Column:
        """The place among the groups of each of these people."""
        places = {group: at for at, group in enumerate(self.groups)}
        return np.array([places[self._value.get(one, "")] for one in ids], np.int64)

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
