"""What a speaker label looks like, who interviews, and which labels are near misses.

Transcribers write labels in many ways. A label is short and either names a role, is a
participant's number, or is a name that comes back; words that merely open a sentence
("Well: ...", "NB: ...") are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

LONGEST_LABEL = 40
MOST_WORDS = 5
LIKENESS_OF_MISSPELLING = 80.0
SHORTEST_MISSPELT = 4

_WHO_ASKS = (
    "interviewer|int|intv|i|iv|researcher|embedded researcher|facilitator|moderator|q"
    "|int er"
)
_WHO_SPEAKS = (
    "r|a|p|respondent|resp|participant|interviewee|speaker|unknown speaker|all|group"
    "|parent|mother|father|mum|dad|carer|kinship carer|foster carer|grandparent"
    "|grandmother|grandfather|grandma|grandad|granddad|grandpa|gran|granny|nan|nana"
    "|nanny|aunt|auntie|aunty|uncle|sister|brother|stepmother|stepfather|stepmum"
    "|stepdad|step-mum|step-dad|daughter|son|child|young person|yp|family member"
    "|practitioner"
    "|social worker|sw|senior social worker|student social worker|senior practitioner"
    "|family support worker|fsw|support worker|family worker|key worker|manager"
    "|team manager|service manager|tm|sm|team leader|head of service|director|teacher"
    "|headteacher|head teacher|health visitor|hv|midwife|nurse|school nurse"
    "|police officer|chair|coordinator|co-ordinator|independent reviewing officer|iro"
    "|personal adviser|youth worker|early help worker|male|female|observer|note taker"
    "|translator|interpreter|panel member|several voices"
)
# Words that open a sentence, head a page or answer a question, and speak for nobody.
_WHO_IS_NOBODY = (
    "nb|n.b|ps|p.s|fyi|eg|e.g|ie|i.e|etc|re|cf|well|so|yes|no|yeah|yep|nope|but|and|or"
    "|however|anyway|actually|basically|note|notes|example|for example|first|firstly"
    "|second|secondly|third|thirdly|finally|lastly|also|because|ok|okay|right|now|then"
    "|look|listen|like|question|questions|answer|remember|plus|mind you|oh|ah|um|er|erm"
    "|mm|mm hmm|hmm|sure|exactly|absolutely|definitely|true|maybe|perhaps|thanks"
    "|thank you|sorry|hello|hi|bye|goodbye|date|time|location|place|venue|duration"
    "|length|title|subject|topic|file|file name|filename|recording|recorded|transcript"
    "|transcribed|transcriber|project|wave|page|section|part|summary|background"
    "|introduction|conclusion|context|key|comment|comments|action|actions|start|end"
    "|begins|ends|warning|important|update|todo|to do|attendees|present|apologies"
    "|agenda|in short|in other words|that is|and then|what i mean|the thing is"
    "|my point is|the point is|i mean|laughs|laughter|pause|inaudible"
)
_LINKING = "of|the|and|de|da|van|von|der|la|le|el|bin|al|wave|team"
_INTERVIEWERS = frozenset(_WHO_ASKS.split("|"))
_ROLES = _INTERVIEWERS.union(_WHO_SPEAKS.split("|"))
_NO_LABELS = frozenset(_WHO_IS_NOBODY.split("|"))
_SMALL_WORDS = frozenset(_LINKING.split("|"))
_NUMBERED = re.compile(r"[^\W\d_]{1,4}[ -]?\d{1,4}[a-z]?", re.IGNORECASE)
_SHAPE = re.compile(r"[^\W_][\w .,'’&/#()-]*", re.UNICODE)
_TRAILING_NUMBER = re.compile(r"[\s#-]*(?:\d{1,3}|[a-z])$")
_WAVE = re.compile(r"[\s,(-]*(?:wave|round|interview|time|w|t)\s*\d{1,2}\)?$")


@dataclass(frozen=True, slots=True)
class SimilarLabels:
    """Two labels of one source that may be one speaker; likeness is 0 to 100."""

    label: str
    other: str
    likeness: float


@lru_cache(maxsize=4_096)
def label_key(label: str) -> str:
    """The label without letter case, spare spaces and a final point.

    >>> label_key(" INT. ") == label_key("Int")
    True
    """
    return " ".join(label.split()).rstrip(".").casefold()


@lru_cache(maxsize=4_096)
def has_label_shape(label: str) -> bool:
    """Whether the words are short and plain enough to be a label at all."""
    text = label.strip()
    return (
        0 < len(text) <= LONGEST_LABEL
        and len(text.split()) <= MOST_WORDS
        and _SHAPE.fullmatch(text) is not None
        and not text.isdigit()
        and label_key(text) not in _NO_LABELS
    )


@lru_cache(maxsize=4_096)
def names_a_role(label: str) -> bool:
    """Whether the label is a role or a participant's number by itself.

    >>> names_a_role("INT"), names_a_role("Social worker 2"), names_a_role("P07 wave 2")
    (True, True, True)
    >>> names_a_role("Sarah"), names_a_role("i")
    (False, False)
    """
    key = _WAVE.sub("", label_key(label))
    if len(key) == 1:
        # A single small letter opens too many lists to be taken for a speaker.
        return key in _ROLES and label.strip()[0].isupper()
    if _NUMBERED.fullmatch(key):
        return not key.startswith(("page", "part"))
    bare = re.sub(r"\s*\(.*\)$", "", key)
    return key in _ROLES or bare in _ROLES or _TRAILING_NUMBER.sub("", bare) in _ROLES


@lru_cache(maxsize=4_096)
def looks_like_a_name(label: str) -> bool:
    """Whether every word begins with a capital, small linking words and numbers aside.

    >>> looks_like_a_name("Mary Ann"), looks_like_a_name("The thing is")
    (True, False)
    """
    words = re.findall(r"[^\W_][\w'’.-]*", label)
    return (
        bool(words)
        and words[0][0].isupper()
        and all(
            word[0].isupper() or word[0].isdigit() or word in _SMALL_WORDS
            for word in words
        )
    )


def interviewer_labels(labels: Iterable[str]) -> frozenset[str]:
    """The labels that most likely stand for whoever asks; a person confirms it.

    R is the researcher only where nobody else is an interviewer, since in many
    transcripts it stands for the respondent.
    """
    given = list(labels)
    asking = frozenset(label for label in given if _asks(label))
    if asking:
        return asking
    return frozenset(
        label for label in given if label_key(label) == "r" and len(given) > 1
    )


def _asks(label: str) -> bool:
    key = re.sub(r"\s*\(.*\)$", "", label_key(label))
    return key in _INTERVIEWERS or (
        len(key) > 3 and _TRAILING_NUMBER.sub("", key) in _INTERVIEWERS
    )


def similar_labels(labels: Iterable[str]) -> tuple[SimilarLabels, ...]:
    """Pairs of labels that may be misspellings of each other, likeliest first.

    They are offered and never merged. Labels that differ in a number or a single
    letter (P07 and P08, Parent A and Parent B) are different speakers.
    """
    found = []
    for one, other in combinations(dict.fromkeys(labels), 2):
        key, other_key = label_key(one), label_key(other)
        if min(len(key), len(other_key)) < SHORTEST_MISSPELT:
            continue
        if _numbers_and_letters(key) != _numbers_and_letters(other_key):
            continue
        likeness = fuzz.ratio(key, other_key)
        if likeness >= LIKENESS_OF_MISSPELLING:
            found.append(SimilarLabels(one, other, round(likeness, 1)))
    return tuple(sorted(found, key=lambda s: (-s.likeness, s.label, s.other)))


def _numbers_and_letters(key: str) -> list[str]:
    return re.findall(r"\d+|\b[a-z]\b", key)
