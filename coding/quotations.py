"""Quotations chosen for range: many people, roles, sources and waves in few words.

A debrief quotes a handful of passages out of hundreds. Taken theme by theme in the
order of the sources, the same few talkers would stand under every theme, so the choice
is made over the whole document at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coding.mentions import Mention, SpokenPart

# Shorter than this a quotation seldom stands alone; longer, few read it through.
READABLE = range(12, 61)
BEARABLE = range(5, 121)


@dataclass(frozen=True, slots=True)
class ThemeQuotation:
    """Words of one participant, with what a reader needs to weigh them.

    ``pseudonym`` and ``role`` read ``Not named`` for a speaker who is not mapped, and
    ``Observer's notes`` where nobody but the observer speaks;
    ``locality`` is then empty. ``start`` and ``end`` lead back to the source.
    """

    words: str
    pseudonym: str
    role: str
    locality: str
    wave: str
    source_id: str
    source_name: str
    turn_number: int
    start: int
    end: int


def spread_quotations(
    themes: Sequence[Sequence[Mention]], how_many: int
) -> list[tuple[ThemeQuotation, ...]]:
    """For each theme, at most ``how_many`` quotations, spread over all themes together.

    ``themes`` holds the mentions of each theme, in the order of the document. The
    themes take turns, one quotation a round. Each takes the passage that adds most:

    1. of 5 to 120 words, before fragments and pages;
    2. by someone this theme quotes least, then by whom the whole document quotes least,
       and not the same passage twice where there is another;
    3. in the first round, of the role in which most people speak about the theme: what
       families lived through is told by a parent first. Equals go by mentions, then by
       the role's name;
    4. of a role this theme quotes least, of a source the document quotes least, of a
       wave this theme quotes least, then of the role and the wave the document does;
    5. of 12 to 60 words; ties that are left go to the order of the mentions.

    At the end, the second quotation of a person is exchanged where the theme has a
    passage of 5 to 120 words by somebody who is quoted nowhere: nobody is quoted twice
    while another who said it too is not quoted at all. Speakers who are not mapped and
    observers count as one person altogether; interviewers are never quoted, nor is
    whoever said that they may not be. The same mentions give the same quotations.
    """
    desks = [_ThemeDesk(mentions) for mentions in themes]
    document = _Quoted()
    for _ in range(how_many):
        for desk in desks:
            if desk.left:
                desk.take(desk.best(desk.left, document), document)
    _exchange(desks, document)
    return [tuple(_quotation(part) for part in desk.in_order()) for desk in desks]


class _Quoted:
    """How often each person, role, source, wave and passage is quoted."""

    def __init__(self) -> None:
        self.people: Counter[str] = Counter()
        self.roles: Counter[str] = Counter()
        self.sources: Counter[str] = Counter()
        self.waves: Counter[str] = Counter()
        self.passages: Counter[tuple[str, int]] = Counter()

    def add(self, part: SpokenPart, times: int = 1) -> None:
        self.people[part.person_key] += times
        self.roles[part.role] += times
        self.sources[part.source_id] += times
        self.waves[part.wave] += times
        self.passages[part.source_id, part.segment.start] += times


class _ThemeDesk:
    """One theme while its quotations are chosen: what is left and what is taken."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        said = [part for mention in mentions for part in mention.parts]
        self.left = [part for part in said if _may_be_quoted(part)]
        self.taken: list[SpokenPart] = []
        self.leading_role = _leading_role(said)
        self._here = _Quoted()

    def take(self, part: SpokenPart, document: _Quoted) -> None:
        self.left.remove(part)
        self.taken.append(part)
        self._here.add(part)
        document.add(part)

    def exchange(self, place: int, part: SpokenPart, document: _Quoted) -> None:
        """Take ``part`` in place of the one taken at ``place``, which is left again."""
        before = self.taken[place]
        for quoted in (self._here, document):
            quoted.add(before, -1)
            quoted.add(part)
        self.left.remove(part)
        self.left.append(before)
        self.taken[place] = part

    def best(self, parts: Iterable[SpokenPart], document: _Quoted) -> SpokenPart:
        """The part that adds most; the first of equals."""
        return min(parts, key=lambda part: self._staleness(part, document))

    def in_order(self) -> list[SpokenPart]:
        """What is taken, in the order taken, the leading role's first before the rest.

        An exchange may have put somebody of another role in the first place.
        """
        first = next((p for p in self.taken if p.role == self.leading_role), None)
        if first is None or not _is_bearable(first):
            return self.taken
        return [first, *(part for part in self.taken if part is not first)]

    def _staleness(self, part: SpokenPart, document: _Quoted) -> tuple[int, ...]:
        """How little a quotation would add to those taken; lower adds more."""
        here = self._here
        return (
            not _is_bearable(part),
            here.people[part.person_key],
            document.people[part.person_key],
            document.passages[part.source_id, part.segment.start],
            not self.taken and part.role != self.leading_role,
            here.roles[part.role],
            document.sources[part.source_id],
            here.waves[part.wave],
            document.roles[part.role],
            document.waves[part.wave],
            _length(part) not in READABLE,
        )


def _exchange(desks: Sequence[_ThemeDesk], document: _Quoted) -> None:
    """Give the second quotations of people to those who are not quoted at all.

    Ends, because each exchange quotes one person more. The last taken go first, so that
    the first quotation of a theme stays as long as it can.
    """
    places = [
        (desk, place)
        for desk in reversed(desks)
        for place in reversed(range(len(desk.taken)))
    ]
    for desk, place in places:
        if document.people[desk.taken[place].person_key] < 2:
            continue
        unheard = [
            part
            for part in desk.left
            if _is_bearable(part) and not document.people[part.person_key]
        ]
        if unheard:
            desk.exchange(place, desk.best(unheard, document), document)


def _leading_role(parts: Iterable[SpokenPart]) -> str:
    """The role in which most people speak, equals by mentions, then by name; or ''."""
    people: dict[str, set[str]] = {}
    said: Counter[str] = Counter()
    for part in parts:
        if part.participant:
            people.setdefault(part.role, set()).add(part.person_key)
            said[part.role] += 1
    return min(people, key=lambda r: (-len(people[r]), -said[r], r), default="")


def _may_be_quoted(part: SpokenPart) -> bool:
    return part.participant is None or part.participant.may_be_quoted


def _is_bearable(part: SpokenPart) -> bool:
    return _length(part) in BEARABLE


def _length(part: SpokenPart) -> int:
    return len(part.words.split())


def _quotation(part: SpokenPart) -> ThemeQuotation:
    return ThemeQuotation(
        words=part.words,
        pseudonym=part.pseudonym,
        role=part.role,
        locality=part.participant.locality if part.participant else "",
        wave=part.wave,
        source_id=part.source_id,
        source_name=part.source_name,
        turn_number=part.turn.number,
        start=part.segment.start,
        end=part.segment.end,
    )
