"""What a reviewer decides on: distinct names with all their mentions, and why.

One decision settles every mention of a name in every source. What is listed already is
proposed everywhere it stands; what nobody listed stands under its own words until
somebody confirms it or turns it down.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from coding.language import NamesReader
from coding.pseudonyms.listed_mentions import NameList
from coding.pseudonyms.names import (
    How,
    ListedName,
    Mention,
    NameKind,
    name_key,
    value_key,
    words_of,
)
from coding.pseudonyms.ordinary_words import OrdinaryWords
from coding.pseudonyms.text_words import TextWords
from coding.pseudonyms.unlisted_names import (
    Found,
    Progress,
    kinds_in_order,
    unlisted_names,
)
from coding.pseudonyms.word_lists import BEFORE_A_NAME, PARTICLES
from coding.transcripts import Transcript


@dataclass(frozen=True, slots=True)
class Place:
    """Where a proposal stands: the source's id, code points, end exclusive."""

    source_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A distinct name nobody decided on: its words, kind, how found, all its places.

    ``listed_id`` is the listed name it may be another word for, '' where none. ``key``
    is by what it is known again.
    """

    key: str
    words: str
    kind: NameKind
    how: tuple[How, ...]
    places: tuple[Place, ...]
    listed_id: str = ""


@dataclass(frozen=True)
class Review:
    """A study's sources looked through: mentions of listed names, open proposals."""

    mentions: Mapping[str, tuple[Mention, ...]]
    proposals: tuple[Proposal, ...]

    def mentions_of(self, name_id: str) -> list[tuple[str, Mention]]:
        """The mentions that would be replaced by this name's pseudonym, by source."""
        return [
            (source_id, mention)
            for source_id, found in self.mentions.items()
            for mention in found
            if mention.name_ids[0] == name_id
        ]


class SourcesRead:
    """Sources read once for names, so that each decision is followed in a moment."""

    def __init__(
        self,
        transcripts: Mapping[str, Transcript],
        reader: NamesReader,
        *,
        progress: Progress | None = None,
    ) -> None:
        self.transcripts = dict(transcripts)
        self.words = {one: TextWords(t.text) for one, t in transcripts.items()}
        self.ordinary = OrdinaryWords(reader.dictionary, self.words.values())
        self._found: dict[str, tuple[Found, ...]] = {}
        total = sum(len(one.text) for one in transcripts.values()) or 1
        done = 0
        for source_id, transcript in transcripts.items():
            length = len(transcript.text)

            def told(
                number: int, of: int, before: int = done, long: int = length
            ) -> None:
                if progress:
                    progress(before + long * number // max(of, 1), total)

            self._found[source_id] = unlisted_names(
                transcript, reader, words=self.words[source_id], progress=told
            )
            done += length
            if progress:
                progress(done, total)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the sources, folded: none of them is offered as a pseudonym."""
        return frozenset(word for one in self.words.values() for word in one.places)

    def review(
        self,
        names: Sequence[ListedName],
        turned_down: Collection[str] = (),
        left_out: Collection[tuple[str, str, int, int]] = (),
    ) -> Review:
        """What stands where with these names listed, and what is left to decide.

        ``turned_down`` holds the keys of proposals that are no names; ``left_out``
        places (source id, hash of its text, start, end) that are none although a
        listed name is written there.
        """
        listed = NameList(names, self.ordinary)
        away = set(left_out)
        mentions = {}
        for source_id, words in self.words.items():
            sha256 = self.transcripts[source_id].sha256 if away else ""

            def is_left_out(
                start: int, end: int, source: str = source_id, sha: str = sha256
            ) -> bool:
                return (source, sha, start, end) in away

            mentions[source_id] = listed.mentions(words, left_out=is_left_out)
        return Review(mentions, tuple(self._open(names, mentions, turned_down, away)))

    def _only_words(self, key: str, how: Sequence[How]) -> bool:
        """Whether the model alone proposes it and the study says all of it small."""
        return set(how) == {How.MODEL} and all(
            self.ordinary.is_said_small(word) for word in key.split()
        )

    def _open(
        self,
        names: Sequence[ListedName],
        mentions: Mapping[str, tuple[Mention, ...]],
        turned_down: Collection[str],
        away: set[tuple[str, str, int, int]],
    ) -> list[Proposal]:
        groups: dict[str, list[tuple[str, Found]]] = {}
        refused = {place[0] + f" {place[2]} {place[3]}" for place in away}
        for source_id, found in self._found.items():
            text = self.transcripts[source_id].text
            covered = _Covered(self.words[source_id], mentions[source_id])
            for one in found:
                key = proposal_key(text[one.start : one.end], one.kind)
                is_away = f"{source_id} {one.start} {one.end}" in refused
                if not key or key in turned_down or is_away:
                    continue
                if not covered.holds(one.start, one.end):
                    groups.setdefault(key, []).append((source_id, one))
        groups = {
            key: members
            for key, members in groups.items()
            if not self._only_words(key, [found.how for _, found in members])
        }
        by_part = _owners_by_part(names)
        proposals = []
        for key, members in groups.items():
            written = [self.transcripts[s].text[f.start : f.end] for s, f in members]
            kind = kinds_in_order([found.kind for _, found in members])
            owner = next((by_part[w] for w in key.split() if w in by_part), "")
            proposals.append(
                Proposal(
                    key,
                    " ".join(max(dict.fromkeys(written), key=_capitals).split()),
                    kind,
                    tuple(dict.fromkeys(found.how for _, found in members)),
                    tuple(Place(s, f.start, f.end) for s, f in members),
                    owner,
                )
            )
        proposals.sort(key=lambda one: (-len(one.places), one.key))
        return proposals


def proposal_key(words: str, kind: NameKind) -> str:
    """By what a proposal is known again: digits of a number, words of a name."""
    return value_key(words) if kind.is_number else name_key(words)


class _Covered:
    """Whether each word of a find lies within mentions, titles aside."""

    def __init__(self, words: TextWords, mentions: Sequence[Mention]) -> None:
        self._words = words
        self._starts = [one.start for one in words.words]
        self._mentions = mentions
        self._mention_starts = [one.start for one in mentions]

    def holds(self, start: int, end: int) -> bool:
        """Whether nothing of it would be left to be known by."""
        first = bisect_left(self._starts, start)
        told = [
            word
            for word in self._words.words[first : bisect_left(self._starts, end)]
            if word.folded not in PARTICLES and word.folded not in BEFORE_A_NAME
        ]
        return bool(told) and all(self._is_mentioned(one.start) for one in told)

    def _is_mentioned(self, position: int) -> bool:
        at = bisect_right(self._mention_starts, position) - 1
        return at >= 0 and self._mentions[at].end > position


def _owners_by_part(names: Sequence[ListedName]) -> dict[str, str]:
    owners: dict[str, str] = {}
    for name in names:
        if name.kind is NameKind.PERSON:
            for word in words_of(name.name):
                owners.setdefault(word, name.id)
    return owners


def _capitals(words: str) -> int:
    return sum(one[:1].isupper() for one in words.split()) - words.isupper()
