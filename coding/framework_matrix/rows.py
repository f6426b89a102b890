"""The rows of a framework matrix: participants, sources, or groups of participants."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from coding.study import Participant

NOT_KNOWN = "Not known"
NO_WAVE = "No wave"
SEVERAL = "Several"
_NAMED_TOGETHER = 3


class RowsAre(StrEnum):
    """What a row stands for; the value is also how it is stored."""

    PARTICIPANTS = "participants"
    SOURCES = "sources"
    GROUPS = "groups"


class GroupedBy(StrEnum):
    """What rows are gathered under; the value is also how it is stored."""

    NOTHING = ""
    WAVE = "wave"
    ROLE = "role"
    LOCALITY = "locality"


@dataclass(frozen=True, slots=True)
class RowSource:
    """A source as rows need it: its wave or "", and who of the participants speaks."""

    id: str
    name: str
    wave: str
    participant_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row: its key, its name, and whose words are its own.

    ``key`` is a participant's or source's id, or ``=`` and the value of a group, so
    that no row has the empty key. The words of ``person_ids`` are the row's own; a
    source's are all of its words, an interviewer's aside. ``waves``, ``roles`` and
    ``localities`` are those of the people, or of the source, without repeats.
    """

    key: str
    name: str
    person_ids: frozenset[str] = frozenset()
    source_id: str = ""
    wave: str | None = None
    waves: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    is_group: bool = False
    group: str = field(default="", compare=False)

    @property
    def has_several_people(self) -> bool:
        """Whether more than one person could have spoken for it."""
        return len(self.person_ids) > 1


def group_key(value: str) -> str:
    """The key of the group of those who share a value, '' where it is not known.

    >>> group_key("Parent"), group_key("")
    ('=Parent', '=')
    """
    return f"={value}"


def name_of_group(key: str) -> str:
    """The name of a group by its key, also where nobody is in it any longer.

    >>> name_of_group("=Parent"), name_of_group("=")
    ('Parent', 'Not known')
    """
    return key[1:] or NOT_KNOWN


def rows_of(
    rows_are: RowsAre,
    by: str,
    participants: Sequence[Participant],
    sources: Sequence[RowSource],
    *,
    waves: Sequence[str] = (),
) -> tuple[MatrixRow, ...]:
    """The rows of a matrix in the order participants or sources are given.

    Participants who speak in no source are left out. Groups are by ``wave``, ``role``,
    ``team``, ``locality`` or the name of a participant's attribute; waves stand in the
    order given, other groups by name, and those of whom nothing is known last.
    """
    speaks_in: dict[str, list[RowSource]] = {}
    for source in sources:
        for person in source.participant_ids:
            speaks_in.setdefault(person, []).append(source)
    known = {one.id: one for one in participants if one.id in speaks_in}
    if rows_are is RowsAre.SOURCES:
        return tuple(_of_source(one, known) for one in sources)
    if rows_are is RowsAre.PARTICIPANTS:
        return tuple(
            MatrixRow(
                one.id,
                one.pseudonym,
                frozenset([one.id]),
                waves=_without_repeats(s.wave for s in speaks_in[one.id]),
                roles=(one.role,),
                localities=(one.locality,),
            )
            for one in known.values()
        )
    if by == GroupedBy.WAVE:
        return _of_waves(sources, known, waves)
    return _of_groups(by, known, speaks_in)


def fact_of(participant: Participant, by: str) -> str:
    """A participant's role, team, locality or attribute of that name, '' if unknown."""
    if by in ("role", "team", "locality"):
        return str(getattr(participant, by))
    return participant.attributes.get(by, "")


def arranged(
    rows: Iterable[MatrixRow], grouped_by: GroupedBy, waves: Sequence[str] = ()
) -> tuple[MatrixRow, ...]:
    """The rows gathered under their wave, role or locality, which ``group`` names.

    Within a group they keep their order. Whoever belongs to several waves, roles or
    localities stands under all of them at once ("Wave 1 and Wave 3"), each row once.
    Waves come in the order given, what is not known last.
    """
    if grouped_by is GroupedBy.NOTHING:
        return tuple(replace(one, group="") for one in rows)
    place = {wave: n for n, wave in enumerate(waves)}

    def order(values: Sequence[str]) -> tuple[object, ...]:
        ranks = [(place.get(value, len(place)), value.casefold()) for value in values]
        return not any(values), ranks

    with_values = [(_values(one, grouped_by, place), one) for one in rows]
    with_values.sort(key=lambda pair: order(pair[0]))
    return tuple(
        replace(one, group=_in_words(values, grouped_by)) for values, one in with_values
    )


def _values(
    row: MatrixRow, grouped_by: GroupedBy, place: Mapping[str, int]
) -> tuple[str, ...]:
    values = {
        GroupedBy.WAVE: row.waves,
        GroupedBy.ROLE: row.roles,
        GroupedBy.LOCALITY: row.localities,
    }[grouped_by]
    known = [value for value in values if value]
    return tuple(sorted(known, key=lambda v: (place.get(v, len(place)), v.casefold())))


def _in_words(values: Sequence[str], grouped_by: GroupedBy) -> str:
    if not values:
        return NO_WAVE if grouped_by is GroupedBy.WAVE else NOT_KNOWN
    if len(values) > _NAMED_TOGETHER:
        return f"{SEVERAL} ({len(values)})"
    *first, last = values
    return f"{', '.join(first)} and {last}" if first else last


def _of_source(source: RowSource, known: Mapping[str, Participant]) -> MatrixRow:
    people = [known[one] for one in source.participant_ids if one in known]
    return MatrixRow(
        source.id,
        source.name,
        frozenset(one.id for one in people),
        source_id=source.id,
        waves=(source.wave,),
        roles=_without_repeats(one.role for one in people),
        localities=_without_repeats(one.locality for one in people),
    )


def _of_waves(
    sources: Sequence[RowSource],
    known: Mapping[str, Participant],
    waves: Sequence[str],
) -> tuple[MatrixRow, ...]:
    by_wave: dict[str, list[RowSource]] = {wave: [] for wave in waves}
    for source in sources:
        by_wave.setdefault(source.wave, []).append(source)
    rows = []
    for wave in sorted((w for w in by_wave if by_wave[w]), key=lambda w: not w):
        people = {p for s in by_wave[wave] for p in s.participant_ids if p in known}
        rows.append(
            MatrixRow(
                group_key(wave),
                wave or NO_WAVE,
                frozenset(people),
                wave=wave,
                waves=(wave,),
                roles=_without_repeats(known[p].role for p in sorted(people)),
                localities=_without_repeats(known[p].locality for p in sorted(people)),
                is_group=True,
            )
        )
    return tuple(rows)


def _of_groups(
    by: str,
    known: Mapping[str, Participant],
    speaks_in: Mapping[str, Collection[RowSource]],
) -> tuple[MatrixRow, ...]:
    members: dict[str, list[Participant]] = {}
    for one in known.values():
        members.setdefault(fact_of(one, by), []).append(one)
    return tuple(
        MatrixRow(
            group_key(value),
            name_of_group(group_key(value)),
            frozenset(one.id for one in members[value]),
            waves=_without_repeats(
                s.wave for one in members[value] for s in speaks_in[one.id]
            ),
            roles=_without_repeats(one.role for one in members[value]),
            localities=_without_repeats(one.locality for one in members[value]),
            is_group=True,
        )
        for value in sorted(members, key=lambda v: (not v, v.casefold(), v))
    )


def _without_repeats(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
