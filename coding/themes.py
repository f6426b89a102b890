"""Themes for the debrief: how many people, in which wave and role, in whose words.

People come first, because one eager talker can make thirty mentions. Counts are of
participants; nothing here rests on suggestions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coding.codebook import Code, Codebook
from coding.coded_segments import CodedSegment
from coding.mentions import (
    NO_ROLE,
    NO_WAVE,
    NOT_NAMED,
    OBSERVER,
    Mention,
    SourceOfWave,
    SourceReading,
    SpokenPart,
    mentions_of,
)
from coding.quotations import ThemeQuotation, spread_quotations
from coding.study import Participant

QUOTATIONS_PER_THEME = 4

# Shown after all that is known.
LISTED_LAST = (NO_WAVE, NO_ROLE, OBSERVER, NOT_NAMED)


@dataclass(frozen=True, slots=True)
class GroupCount:
    """One wave or role: people of those who took part in it, and mentions.

    ``people`` of ``people_in_group`` participants were coded under the theme. For
    ``Not named`` and ``Observer's notes`` both are 0: mentions are counted, people
    cannot be.
    """

    group: str
    people: int
    people_in_group: int
    mentions: int


@dataclass(frozen=True, slots=True)
class ThemeSummary:
    """What was said under one theme: people, mentions, groups and quotations.

    ``people`` of ``people_in_study`` participants with a turn in any source.
    ``not_named`` counts the mentions in which someone speaks who is not mapped to a
    participant, ``observed`` those in an observer's notes; both are in ``mentions`` and
    add no people. ``passages`` are the
    mentions themselves; ``quotations`` are chosen from them for this theme alone, until
    :func:`with_quotations_spread` chooses over a whole document. Where only counts were
    read, passages and quotations are empty; localities are counted there alone.
    """

    code: Code
    people: int
    people_in_study: int
    mentions: int
    not_named: int
    by_wave: tuple[GroupCount, ...]
    by_role: tuple[GroupCount, ...]
    quotations: tuple[ThemeQuotation, ...]
    passages: tuple[Mention, ...] = ()
    observed: int = 0
    by_locality: tuple[GroupCount, ...] = ()


@dataclass(frozen=True, slots=True)
class _Study:
    readings: Mapping[str, SourceReading]
    coded_segments: tuple[CodedSegment, ...]
    people_by_wave: Mapping[str, frozenset[str]]
    people_by_role: Mapping[str, frozenset[str]]

    @property
    def people(self) -> frozenset[str]:
        return frozenset().union(*self.people_by_wave.values())


def summarise_themes(
    codebook: Codebook,
    sources: Iterable[SourceOfWave],
    coded_segments: Iterable[CodedSegment],
    participants: Iterable[Participant],
    *,
    waves: Sequence[str] = (),
    quotations: int = QUOTATIONS_PER_THEME,
) -> tuple[ThemeSummary, ...]:
    """One summary for each code at the top, with all codes under it, in book order.

    A passage counts for the participants who speak the turns it lies in; in a group
    discussion that is each speaker as mapped, and interviewers never. Passages that
    overlap under one theme are one mention. ``waves`` gives the order of waves, others
    follow by name; sources without a wave come last as ``No wave``. A theme of which
    nothing is coded is there with zeros.
    """
    gathered = [
        (top, frozenset(code.id for code in below))
        for top, below in _by_theme(codebook)
    ]
    study = _study(sources, coded_segments, participants, waves)
    return tuple(_summary(code, ids, study, quotations) for code, ids in gathered)


def summarise_codes(
    codebook: Codebook,
    sources: Iterable[SourceOfWave],
    coded_segments: Iterable[CodedSegment],
    participants: Iterable[Participant],
    *,
    waves: Sequence[str] = (),
    quotations: int = QUOTATIONS_PER_THEME,
) -> tuple[ThemeSummary, ...]:
    """One summary for each code by itself, in the codebook's order.

    Counted as in ``summarise_themes``, a heading without what lies under it.
    """
    study = _study(sources, coded_segments, participants, waves)
    return tuple(
        _summary(code, frozenset([code.id]), study, quotations)
        for _, code in codebook.in_tree_order()
    )


def with_quotations_spread(
    summaries: Sequence[ThemeSummary], how_many: int
) -> tuple[ThemeSummary, ...]:
    """The summaries of one document, with quotations chosen over all of it.

    At most ``how_many`` under each; see :func:`coding.quotations.spread_quotations`.
    """
    chosen = spread_quotations([one.passages for one in summaries], how_many)
    return tuple(
        replace(one, quotations=quotations)
        for one, quotations in zip(summaries, chosen, strict=True)
    )


def _by_theme(codebook: Codebook) -> list[tuple[Code, list[Code]]]:
    themes: list[tuple[Code, list[Code]]] = []
    for depth, code in codebook.in_tree_order():
        if depth == 0:
            themes.append((code, []))
        themes[-1][1].append(code)
    return themes


def _study(
    sources: Iterable[SourceOfWave],
    coded_segments: Iterable[CodedSegment],
    participants: Iterable[Participant],
    waves: Sequence[str],
) -> _Study:
    known = {participant.id: participant for participant in participants}
    readings = {source.id: SourceReading(source, known) for source in sources}
    by_wave: dict[str, set[str]] = {wave: set() for wave in waves}
    for reading in readings.values():
        by_wave.setdefault(reading.wave, set()).update(reading.people())
    by_role: dict[str, set[str]] = {}
    for person in set().union(*by_wave.values()):
        by_role.setdefault(known[person].role or NO_ROLE, set()).add(person)
    return _Study(
        readings,
        tuple(coded_segments),
        {w: frozenset(by_wave[w]) for w in _in_order(by_wave, waves)},
        {r: frozenset(by_role[r]) for r in _in_order(by_role, ())},
    )


def _in_order(groups: Iterable[str], given: Sequence[str]) -> list[str]:
    """The groups as given, then others by name, then what is not known."""
    place = {group: number for number, group in enumerate(given)}
    return sorted(
        groups,
        key=lambda g: (g in LISTED_LAST, place.get(g, len(place)), g.casefold(), g),
    )


def _summary(
    code: Code, code_ids: frozenset[str], study: _Study, quotations: int
) -> ThemeSummary:
    mentions = mentions_of(code_ids, study.coded_segments, study.readings)
    people = _people(part for mention in mentions for part in mention.parts)
    not_named = [m for m in mentions if any(p.role == NOT_NAMED for p in m.parts)]
    by_role = [
        _of_role(role, members, mentions)
        for role, members in study.people_by_role.items()
    ]
    observed = [m for m in mentions if any(p.role == OBSERVER for p in m.parts)]
    by_role += [
        GroupCount(group, 0, 0, len(said))
        for group, said in ((OBSERVER, observed), (NOT_NAMED, not_named))
        if said
    ]
    return ThemeSummary(
        code=code,
        people=len(people),
        people_in_study=len(study.people),
        mentions=len(mentions),
        not_named=len(not_named),
        observed=len(observed),
        by_wave=tuple(
            _of_wave(wave, members, mentions)
            for wave, members in study.people_by_wave.items()
        ),
        by_role=tuple(by_role),
        quotations=spread_quotations([mentions], quotations)[0],
        passages=mentions,
    )


def _of_wave(
    wave: str, members: frozenset[str], mentions: Sequence[Mention]
) -> GroupCount:
    within = [mention for mention in mentions if mention.wave == wave]
    people = _people(part for mention in within for part in mention.parts)
    return GroupCount(wave, len(people), len(members), len(within))


def _of_role(
    role: str, members: frozenset[str], mentions: Sequence[Mention]
) -> GroupCount:
    """Counts for one role; a passage in which two roles speak counts for both."""
    within = [m for m in mentions if any(part.role == role for part in m.parts)]
    people = _people(p for m in within for p in m.parts if p.role == role)
    return GroupCount(role, len(people), len(members), len(within))


def _people(parts: Iterable[SpokenPart]) -> frozenset[str]:
    return frozenset(part.participant.id for part in parts if part.participant)
