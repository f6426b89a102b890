"""Real names replaced by pseudonyms in a text, and where each character then stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from coding.coded_segments import Segment
from coding.pseudonyms.names import ListedName, Mention, folded, words_of
from coding.reanchoring import Fate, Reanchored
from coding.transcripts import Speaker, Transcript, Turn


@dataclass(frozen=True, slots=True)
class Edit:
    """Words put in place of others: where, in the text before, and both as written."""

    start: int
    end: int
    before: str
    after: str


class ReplacedWords:
    """A text before and after its edits, and how places follow.

    >>> said = ReplacedWords("Aisha's mum rang", [Edit(0, 5, "Aisha", "Jo")])
    >>> said.after
    "Jo's mum rang"
    >>> said.place(Segment(8, 11)).after
    Segment(start=5, end=8)
    """

    def __init__(self, before: str, edits: Sequence[Edit]) -> None:
        self.before = before
        self.edits = tuple(sorted(edits, key=lambda one: one.start))
        parts: list[str] = []
        self._starts: list[int] = []
        self._new: list[tuple[int, int]] = []
        at = length = 0
        for edit in self.edits:
            if edit.start < at or before[edit.start : edit.end] != edit.before:
                raise ValueError("edits overlap or belong to another text")
            parts += [before[at : edit.start], edit.after]
            length += edit.start - at
            self._starts.append(edit.start)
            self._new.append((length, length + len(edit.after)))
            length += len(edit.after)
            at = edit.end
        parts.append(before[at:])
        self.after = "".join(parts)

    def inverse(self) -> tuple[Edit, ...]:
        """The edits that turn the text after back into the one before."""
        return tuple(
            Edit(*place, edit.after, edit.before)
            for edit, place in zip(self.edits, self._new, strict=True)
        )

    def start_of(self, position: int) -> int:
        """Where a passage that began here begins; inside a name, where that begins."""
        return self._moved(position, at_end=False)

    def end_of(self, position: int) -> int:
        """Where a passage that ended here ends; inside a name, where that ends."""
        return self._moved(position, at_end=True)

    def place(self, segment: Segment) -> Reanchored:
        """Where a passage stands now; it keeps its words, names aside."""
        moved = Segment(self.start_of(segment.start), self.end_of(segment.end))
        return Reanchored(segment, moved, Fate.SAME_WORDS)

    def place_all(self, segments: Iterable[Segment]) -> list[Reanchored]:
        """Where each passage stands now, in the order given."""
        return [self.place(segment) for segment in segments]

    def _moved(self, position: int, *, at_end: bool) -> int:
        number = bisect_right(self._starts, position - 1 if at_end else position) - 1
        if number < 0:
            return position
        edit, (start, end) = self.edits[number], self._new[number]
        if position >= edit.end:
            return end + position - edit.end
        return end if at_end else start


def edits_for(
    text: str, mentions: Iterable[Mention], names: Mapping[str, ListedName]
) -> tuple[Edit, ...]:
    """The words that stand in place of each mention, in the form it has.

    A part of a name becomes the like part of the pseudonym; small letters stay small
    and capitals capital. The ending of a possessive lies outside a mention and stays.
    """
    edits = []
    for mention in mentions:
        name = names[mention.name_ids[0]]
        written = text[mention.start : mention.end]
        after = _in_form(written, _pseudonym_for(written, name), name)
        edits.append(Edit(mention.start, mention.end, written, after))
    return tuple(edits)


def replaced_transcript(
    transcript: Transcript,
    said: ReplacedWords,
    label: Callable[[str], str],
) -> Transcript:
    """The transcript with its text replaced, turns moved, labels put through ``label``.

    The name of the source is put through it as well. Labels that become one are one
    speaker.
    """
    turns = tuple(
        replace(
            turn,
            start=said.start_of(turn.start),
            end=said.end_of(turn.end),
            speaker=label(turn.speaker) if turn.speaker else "",
        )
        for turn in transcript.turns
    )
    speakers: dict[str, Speaker] = {}
    for speaker in transcript.speakers:
        changed = replace(speaker, label=label(speaker.label))
        speakers.setdefault(changed.label, changed)
    return replace(
        transcript,
        name=label(transcript.name),
        text=said.after,
        turns=_sound(turns),
        speakers=tuple(speakers.values()),
    )


def _sound(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    return tuple(turn for turn in turns if turn.end > turn.start)


def _pseudonym_for(written: str, name: ListedName) -> str:
    if name.kind != "person":
        return name.pseudonym
    real, other = words_of(name.name), name.pseudonym.split()
    said = words_of(written)
    if len(said) >= len(real) or len(other) < 2 or _is_nickname(said, name):
        if len(said) == 1 and len(other) > 1:
            # A nickname is said where a first name would be.
            return other[0]
        return name.pseudonym if len(said) > 1 or len(real) == 1 else other[0]
    chosen: list[str] = []
    for word in said:
        at = _nearest_part(word, real)
        part = other[0] if at == 0 else other[-1]
        if 0 < at < len(real) - 1:
            part = other[at] if len(other) == len(real) else other[0]
        if not chosen or chosen[-1] != part:
            chosen.append(part)
    return " ".join(chosen)


def _is_nickname(said: tuple[str, ...], name: ListedName) -> bool:
    return any(said == words_of(one) for one in name.nicknames)


def _nearest_part(word: str, parts: tuple[str, ...]) -> int:
    return min(range(len(parts)), key=lambda at: (OSA.distance(word, parts[at]), at))


def _in_form(written: str, pseudonym: str, name: ListedName) -> str:
    if name.kind.is_number:
        return pseudonym
    letters = [one for one in written if one.isalpha()]
    if letters and all(one.islower() for one in letters):
        return pseudonym.lower()
    if len(letters) > 2 and all(one.isupper() for one in letters):
        is_written_so = name.name.isupper()
        return pseudonym if is_written_so else pseudonym.upper()
    return pseudonym


def clashes(names: Sequence[ListedName]) -> list[tuple[ListedName, ListedName, str]]:
    """Pairs of people who share a part of their name, given different words for it.

    Who is meant where the part stands alone could then not be told, and one person
    would go by two pseudonyms. The word is the part they share.
    """
    found = []
    given: dict[str, tuple[ListedName, str]] = {}
    for name in names:
        if name.kind != "person" or not name.pseudonym:
            continue
        for word in dict.fromkeys(words_of(name.name)):
            instead = folded(_pseudonym_for(word, name))
            first = given.setdefault(word, (name, instead))
            if first[1] != instead:
                found.append((first[0], name, word))
                break
    return found
