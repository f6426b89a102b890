"""Names that nobody has listed yet: what the language model, patterns and labels say.

The model misses about one name in five, and most in lower case: it may propose, and a
person decides. A text without capitals is read with a capital on each word that no
dictionary has, since the model finds few names without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from coding.language import NamesReader
from coding.pseudonyms.names import How, NameKind, folded
from coding.pseudonyms.patterns import pattern_hits
from coding.pseudonyms.text_words import TextWords, opens_a_sentence
from coding.pseudonyms.word_lists import NAMES_AND_WORDS, POINTS_AT_NOBODY
from coding.speaker_labels import label_key, looks_like_a_name, names_a_role
from coding.transcripts import Transcript

Progress = Callable[[int, int], None]

# A turn of many thousand words is read in pieces: the model's memory grows with length.
LONGEST_PIECE = 4_000
_KINDS = {
    "PERSON": NameKind.PERSON,
    "GPE": NameKind.PLACE,
    "LOC": NameKind.PLACE,
    "FAC": NameKind.PLACE,
    "ORG": NameKind.SERVICE,
    "NORP": NameKind.OTHER,
}
# Said everywhere in this work and pointing at nobody.
_EDGE = ' \t\n\r.,;:!?"“”‘()[]{}-–—…*/'
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
# Abbreviations, formulas, file and program names, drawn-out sounds: nobody's name.
_FORMULA = re.compile(
    r"(?<!\w)(?:[A-Z&]{1,6}s?|\w*\d[\w.-]*|[a-z]+[A-Z]\w*|(?!Mc|Mac|De|Di|Le|La|O)"
    r"[A-Z][a-z]+[A-Z]\w*|\w*(\w)\1\1\w*|\w+\.[a-z]{2,4})(?!\w)"
)
_LEADING = re.compile(
    r"^(?:(?:[\d:,]|\b\w{1,3}\.)[\d\w.:,]*|the|a|an|our|my|mr|mrs|ms|miss|dr|auntie|aunty|uncle|nan|little|old)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """Words that may identify: place, kind, how they were found."""

    start: int
    end: int
    kind: NameKind
    how: How


def unlisted_names(
    transcript: Transcript,
    reader: NamesReader,
    *,
    words: TextWords | None = None,
    progress: Progress | None = None,
) -> tuple[Found, ...]:
    """What may identify somebody in a source, in order, none within another.

    ``progress`` is told how many pieces of how many the model has read.
    """
    read = words or TextWords(transcript.text)
    patterns = [
        Found(hit.start, hit.end, hit.kind, How.PATTERN)
        for hit in pattern_hits(transcript.text)
    ]
    labels = list(_speakers(transcript))
    model = list(_by_model(transcript, reader, read, progress))
    kept: list[Found] = []
    for one in sorted(
        [*patterns, *labels, *model],
        key=lambda one: (one.start, -(one.end - one.start), one.how is How.MODEL),
    ):
        if kept and one.start < kept[-1].end:
            continue
        kept.append(one)
    return tuple(kept)


def _speakers(transcript: Transcript) -> Iterator[Found]:
    """Each place where a speaker's label is a name and not a role or number."""
    names = {
        turn.speaker
        for turn in transcript.turns
        if turn.speaker
        and looks_like_a_name(turn.speaker)
        and not names_a_role(turn.speaker)
        and not _points_at_nobody(label_key(turn.speaker))
    }
    behind = 0
    for turn in transcript.turns:
        if turn.speaker in names:
            at = transcript.text.rfind(turn.speaker, behind, turn.start)
            if at >= 0:
                end = at + len(turn.speaker)
                yield Found(at, end, NameKind.PERSON, How.SPEAKER)
        behind = turn.end


def _by_model(
    transcript: Transcript,
    reader: NamesReader,
    words: TextWords,
    progress: Progress | None,
) -> Iterator[Found]:
    text = transcript.text
    as_read = text if words.is_cased else _with_capitals(words, reader)
    pieces = [
        piece
        for turn in transcript.turns
        for piece in _pieces(text, turn.start, turn.end)
    ]
    texts = [as_read[start:end] for start, end in pieces]
    for (start, _), names in zip(
        pieces, reader.read_many(texts, progress=progress), strict=True
    ):
        for begin, end, label in names:
            if label not in _KINDS:
                continue
            place = _trimmed(text, start + begin, start + end)
            if place is None or not _worth_proposing(text, *place, reader):
                continue
            yield Found(*place, _KINDS[label], How.MODEL)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_PIECE:
        at = text.rfind(". ", start + 1, start + LONGEST_PIECE)
        if at <= start:
            at = text.rfind(" ", start + 1, start + LONGEST_PIECE)
        cut = at + 1 if at > start else start + LONGEST_PIECE
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _with_capitals(words: TextWords, reader: NamesReader) -> str:
    """The text with sentences and words of no dictionary begun by a capital.

    As many characters as before, so that places stay.
    """
    letters = list(words.text.lower())
    if len(letters) != len(words.text):
        return words.text
    for number, word in enumerate(words.words):
        known = word.folded in reader.dictionary or word.folded in NAMES_AND_WORDS
        known = known or _points_at_nobody(word.folded)
        if word.folded == "i" or words.opens_a_sentence(number) or not known:
            capital = letters[word.start].upper()
            if len(capital) == 1:
                letters[word.start] = capital
    return "".join(letters)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place without marks at its edges, a possessive and a title."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    newline = text.find("\n", start, end)
    if newline >= 0:
        end = newline
    possessive = _POSSESSIVE.search(text[start:end])
    if possessive:
        end = start + possessive.start()
    while leading := _LEADING.match(text[start:end]):
        start += leading.end()
    return (start, end) if end - start > 1 else None


def _worth_proposing(text: str, start: int, end: int, reader: NamesReader) -> bool:
    words = text[start:end]
    if not _FORMULA.sub("", words).strip(_EDGE):
        return False
    if not any(letter.isalpha() for letter in words) or _points_at_nobody(words):
        return False
    each = [folded(one.strip(_EDGE)) for one in words.split()]
    known = all(one in reader.dictionary for one in each if one)
    if not any(letter.isupper() for letter in words):
        # Without a capital, a row of dictionary words is a row of words.
        return not known
    # A capital that opens a sentence says nothing of a word that the dictionary has.
    only_opens = len(each) == 1 and opens_a_sentence(text, start)
    return not (known and only_opens and each[0] not in NAMES_AND_WORDS)


def _points_at_nobody(words: str) -> bool:
    each = [folded(_POSSESSIVE.sub("", one.strip(_EDGE))) for one in words.split()]
    return all(one in POINTS_AT_NOBODY or one.isdigit() or len(one) < 2 for one in each)


def kinds_in_order(kinds: Sequence[NameKind]) -> NameKind:
    """The kind most often given to one name; on a tie the one named first."""
    return max(dict.fromkeys(kinds), key=kinds.count)
