"""One theme read whole: who says it, since when, what speaks against it, with what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from coding.codebook import Code
from coding.mentions import NOT_NAMED, OBSERVER
from coding.study import Participant
from coding.theme_summaries.contrary_cases import (
    UnlikeTheirRole,
    looks_opposite,
    unlike_their_role,
)
from coding.theme_summaries.counting import SaidMentions, mentions_of_themes, sayers
from coding.theme_summaries.quotation_range import QuotablePlace
from coding.theme_summaries.said import (
    OBSERVED,
    Numbers,
    SaidInStudy,
    SourceState,
)
from coding.theme_summaries.said_together import (
    SaidTogether,
    SharedPlaces,
    said_together,
    shared_places,
)
from coding.theme_summaries.wave_changes import WaveChange, wave_changes
from coding.theme_summaries.who_says import (
    NO_LOCALITY,
    GroupedBy,
    GroupSays,
)
from coding.transcripts import SourceKind
from data.storage import StudyStore
from data.storage.evidence.evidence_records import (
    Evidence,
    Holder,
    HolderKind,
)
from data.storage.themes.theme_records import ContrarySearch
from workbench.actions.themes.said_themes import Level, SaidThemes


@dataclass(frozen=True, slots=True)
class Contrary:
    """What speaks against a theme, or may.

    ``opposites`` are the codes a person marked, ``offered`` those whose names look like
    it. ``places`` are words of the theme's that bear an opposite, ``say_both`` the
    people who say both, wherever. ``marked`` is what a person called a contrary case.
    """

    opposites: tuple[Code, ...]
    offered: tuple[Code, ...]
    places: tuple[QuotablePlace, ...]
    say_both: tuple[str, ...]
    unlike: tuple[UnlikeTheirRole, ...]
    marked: tuple[Evidence, ...]
    searches: tuple[ContrarySearch, ...]

    @property
    def was_looked_for(self) -> bool:
        """Whether anybody marked a contrary case or recorded that they looked."""
        return bool(self.marked or self.searches)


@dataclass(frozen=True, slots=True)
class ThemeRead:
    """One theme or code as its page and its files tell it.

    ``places`` are its words by one speaker each, in the order of the sources.
    ``not_there`` are people of whom somebody said, in a matrix, that it is not in their
    interview. ``blind`` names the sources left out.
    """

    code: Code
    is_theme: bool
    codes_under: tuple[Code, ...]
    people: Mapping[str, Participant]
    over_all: GroupSays
    groups: Mapping[GroupedBy, tuple[GroupSays, ...]]
    changes: tuple[WaveChange, ...]
    contrary: Contrary
    together: tuple[tuple[Code, SaidTogether], ...]
    places: tuple[QuotablePlace, ...]
    not_named: int
    observed: int
    not_there: frozenset[str]
    blind: tuple[str, ...]
    not_coded: tuple[str, ...]
    settled: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What it is called: a theme, or a code."""
        return "theme" if self.is_theme else "code"

    def quotable(self) -> list[QuotablePlace]:
        """Its words by people who may be quoted, or who are not named."""
        return [
            one
            for one in self.places
            if not one.person_id or self.people[one.person_id].may_be_quoted
        ]

    def names(self, ids: Iterable[str]) -> list[str]:
        """The pseudonyms of people."""
        return [self.people[one].pseudonym for one in ids]

    def places_of(
        self, people: Collection[str], wave: str | None = None
    ) -> list[QuotablePlace]:
        """The words of these people, in one wave or in all."""
        return [
            one
            for one in self.places
            if one.person_id in people and (wave is None or one.wave == wave)
        ]


def theme_holder(code_id: str) -> Holder:
    """What contrary cases of a theme are linked to as evidence."""
    return Holder(HolderKind.THEME, code_id)


def read_theme(
    store: StudyStore,
    themes: SaidThemes,
    code_id: str,
    *,
    reader_id: str | None = None,
) -> ThemeRead | None:
    """One theme or code whole, or nothing where the codebook has none of that id."""
    level = themes.level_of(code_id)
    at = level.index(code_id) if level else None
    if level is None or at is None:
        return None
    said, who = themes.said, level.who
    groups = {by: who.by(at, by) for by in GroupedBy}
    says, known = who.known(at)
    places = _places(said, level.mentions, level.mentions.of_theme(at))
    return ThemeRead(
        level.codes[at],
        level is themes.themes,
        tuple(
            code
            for _, code in themes.codebook.in_tree_order()
            if code.id in level.gathered[at]
        )[1:],
        {one.id: one for one in said.people},
        who.over_all(at),
        groups,
        wave_changes(said.waves, says, known),
        _contrary(store, themes, level, at, groups[GroupedBy.ROLE], reader_id),
        tuple(
            (level.codes[one.theme], one)
            for one in said_together(said, level.mentions, at)
        ),
        tuple(places),
        _with_nobody(places, NOT_NAMED),
        _with_nobody(places, OBSERVER),
        frozenset(store.themes.not_in_interview(level.gathered[at])),
        tuple(s.name for s in said.sources if s.state is SourceState.BLIND),
        tuple(
            s.name
            for s in said.sources
            if s.state is SourceState.NOT_CODED
            and s.kind is not SourceKind.SURVEY_COMMENT
        ),
        themes.settled,
    )


def _with_nobody(places: Iterable[QuotablePlace], role: str) -> int:
    return sum(1 for one in places if not one.person_id and one.role == role)


def _contrary(
    store: StudyStore,
    themes: SaidThemes,
    level: Level,
    at: int,
    roles: tuple[GroupSays, ...],
    reader_id: str | None,
) -> Contrary:
    said, theme = themes.said, level.codes[at]
    known = {code.id: code for code in themes.codebook.codes}
    marked = [
        known[one] for one in store.themes.opposites().get(theme.id, ()) if one in known
    ]
    offered = [
        code
        for code in themes.codebook.codes
        if code not in marked and looks_opposite(code.name, theme.name)
    ]
    opposite = _with_codes_under(themes, [code.id for code in marked])
    places, say_both = _bearing(said, level.gathered[at], opposite)
    evidence = store.evidence.of(theme_holder(theme.id), reader_id=reader_id)
    return Contrary(
        tuple(marked),
        tuple(offered),
        tuple(dict.fromkeys(places)),
        say_both,
        unlike_their_role(roles),
        tuple(evidence),
        store.themes.searches().get(theme.id, ()),
    )


def _bearing(
    said: SaidInStudy, codes: frozenset[str], opposite: frozenset[str]
) -> tuple[list[QuotablePlace], tuple[str, ...]]:
    """Words of a theme that bear an opposite code, and the people who say both."""
    if not opposite:
        return [], ()
    mentions = mentions_of_themes(said, [codes - opposite, opposite])
    both = sayers(said, mentions).any(axis=1).all(axis=0)
    places: list[QuotablePlace] = []
    if opposite & codes:
        # What lies under the theme and says its opposite is contrary as it stands.
        within = mentions_of_themes(said, [opposite & codes])
        places = _places(said, within, within.of_theme(0))
    places += _shared(said, shared_places(said, mentions, 0, 1))
    return places, tuple(said.people[int(one)].id for one in np.flatnonzero(both))


def _with_codes_under(themes: SaidThemes, ids: Iterable[str]) -> frozenset[str]:
    found = set(ids)
    # Parents stand before their children in the codebook's order.
    for _, code in themes.codebook.in_tree_order():
        if code.parent_id in found:
            found.add(code.id)
    return frozenset(found)


def _places(
    said: SaidInStudy, mentions: SaidMentions, some: Numbers
) -> list[QuotablePlace]:
    """The parts of these mentions, one speaker's each, in the order of the sources."""
    wanted = np.zeros(len(mentions.theme), dtype=np.bool_)
    wanted[some] = True
    parts = np.flatnonzero(wanted[mentions.part_mention])
    mention, turn = mentions.part_mention[parts], mentions.part_turn[parts]
    return _as_places(
        said,
        mentions.source[mention],
        np.maximum(mentions.start[mention], said.turns.start[turn]),
        np.minimum(mentions.end[mention], said.turns.end[turn]),
        mentions.part_person[parts],
    )


def _shared(said: SaidInStudy, shared: SharedPlaces) -> list[QuotablePlace]:
    """Where two themes overlap, by the turn that each of these places begins in."""
    begin = said.bases[shared.source] + shared.start
    turn = np.searchsorted(said.turn_ends, begin, side="right")
    here = turn < len(said.turns.start)
    turn = turn[here]
    source, stop = shared.source[here], shared.end[here]
    spoken = (said.turns.source[turn] == source) & (said.turns.start[turn] < stop)
    turn, source, stop = turn[spoken], source[spoken], stop[spoken]
    start = np.maximum(shared.start[here][spoken], said.turns.start[turn])
    end = np.minimum(stop, said.turns.end[turn])
    return _as_places(said, source, start, end, said.turns.person[turn])


def _as_places(
    said: SaidInStudy, source: Numbers, start: Numbers, end: Numbers, person: Numbers
) -> list[QuotablePlace]:
    columns = (one.tolist() for one in (source, start, end, person))
    found = []
    for of_source, begin, stop, who in zip(*columns, strict=True):
        about = said.sources[of_source]
        if who >= 0:
            one = said.people[who]
            whose = (one.id, about.wave, said.roles[who], one.locality or NO_LOCALITY)
        else:
            role = OBSERVER if who == OBSERVED else NOT_NAMED
            whose = ("", about.wave, role, NO_LOCALITY)
        found.append(QuotablePlace(about.id, begin, stop, *whose))
    return found
