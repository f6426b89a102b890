"""Finding sentences that may tell of a change of worker: a finder, not a judgement.

Notes say it in many ways, and most of the words are used of other things too: a visit
took over an hour, a boy inherited a condition, keys are handed over. So each cue is a
pattern that asks what the word is said of. What it misses is for the reader to find.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from matching.progress.passages import FoundPassage, find_patterns

_WORKER = (
    r"(?:(?:social|lead|key|case|allocated|duty|assessing|family|support|early help|"
    r"permanent|agency|long[- ]term|newly qualified|senior) )*"
    r"(?:worker|practitioner)"
)
_COLLEAGUE = rf"(?:{_WORKER}|colleague|manager|student|team|locality|service)"
_CASE = r"(?:case ?work|cases?|files?|family|allocation|assessment|plan|work|role)"
_THE = r"(?:the|this|that|his|her|their|my|our|its|a|an|another)"
_RELATIVE = (
    r"(?:mum|mam|mother|dad|father|parents?|carers?|foster|nan|nana|gran\w*|aunt\w*|"
    r"uncle|brother|sister|cousin|partner|neighbour|friend|child\w*|baby|police|school)"
)
_GIVEN_NAME = r"(?-i:[A-Z]\w+)"

# Each cue by the name that is told of it, and the words it is met in.
_PATTERNS: Final = {
    "another worker": rf"(?:new|next|second|third|fourth|fifth|different|previous|"
    rf"former|last|first) {_WORKER}"
    r"(?! (?:at|in) (?:the |his |her |a )?"
    r"(?:nursery|school|home|hostel|refuge|shop|club|farm|factory|warehouse))",
    "several workers": rf"(?:three|four|five|six|several|too many|different) "
    rf"(?:different )?{_WORKER}s",
    "worker before": rf"{_WORKER} before(?: last| me| this| us)",
    "change of worker": rf"chang(?:e|es) (?:of|in) {_WORKER}|changed {_WORKER}s?|"
    rf"{_WORKER}s? (?:has |have |had )?changed",
    "worker left": rf"{_WORKER} (?:has |had |who )?"
    r"(?:left|gone|moved on|resigned|retired|off sick|on maternity leave)",
    "predecessor": r"predecessors?(?! (?:plan|policy|act|scheme|school|authority|"
    r"council|organisation|service|body|programme))",
    "took over": rf"t(?:ook|aken|aking|akes) (?:over (?:{_THE} )?(?:\w+ )?{_CASE}|"
    rf"(?:{_THE} )?{_CASE} over|over as {_THE} {_WORKER}|"
    rf"over from (?:me|us|{_THE} (?:\w+ )?{_COLLEAGUE}))|"
    rf"taken over by (?:{_THE} )?(?:new |different |other )?{_COLLEAGUE}|"
    rf"(?:\bI|\bwe|{_COLLEAGUE}) (?:have |has |had |then |who )?t(?:ook|aken|aking) "
    r"over(?! (?:an?\b|one|two|three|four|five|six|half|most|\d|the (?!case|file)|his|"
    r"her|their|from (?!me\b|us\b|my\b|the\b|our\b|(?-i:[A-Z]))))",
    "inherited": rf"inherit(?:ed|ing|s) (?:{_THE} )?(?:\w+ )?(?:case ?load|{_CASE})"
    rf"|(?:{_CASE}) (?:was |were )?inherited|inherited (?:\w+ ){{0,3}}from "
    rf"(?:{_THE} )?(?:\w+ )?{_COLLEAGUE}",
    "handed over": rf"hand(?:ed|ing) (?:{_THE} )?{_CASE} over|hand(?:ed|ing) over"
    rf"(?! (?:{_THE}|all|some|any|£?\d+|money|cash|keys?|drugs)\b"
    rf"(?! (?:\w+ )?{_CASE}\b))"
    rf"(?! to (?:{_THE} )?(?:\w+ )?(?:{_RELATIVE}|him|her|them|nurse|solicitors?)\b)",
    "handover": r"(?<!contact\s)(?<!school\s)(?<!nursery\s)hand-?over"
    r"(?! (?:at|in|on|by|outside) (?:the|a) (?!\w* ?(?:team|meeting)))"
    rf"(?! (?:between|to|of) (?:{_THE} |both )?{_RELATIVE}\b)",
    "reallocated": r"re-?allocat(?:ed|ion)",
    "allocated": rf"allocated to (?:me|us|{_THE} (?:new |different |permanent )?"
    rf"{_COLLEAGUE}|{_WORKER})|"
    rf"(?:{_CASE}|referral|I|writer,? who|{_WORKER}|{_COLLEAGUE}) "
    r"(?:am|is|was|were|has been|had been|have been) (?:now |then |newly |only |just )?"
    rf"allocated(?! (?:{_THE} )?(?:\w+ )?(?:place|flat|house|funding|bed|money))|"
    rf"(?:{_CASE}) allocated to {_GIVEN_NAME}",
    "agency worker": r"(?<!as\san\s)agency (?:social )?worker"
    r"(?! (?:at|in|for) (?:a|the|an) )",
    "covering for": rf"covering for (?:me|us|{_GIVEN_NAME}|(?:{_THE} )?(?:\w+ )?"
    rf"{_COLLEAGUE})",
}
_COMPILED: Final = {
    name: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)".replace(" ", r"\s+"), re.IGNORECASE)
    for name, pattern in _PATTERNS.items()
}


def find_worker_changes(texts: Sequence[str]) -> list[FoundPassage]:
    """The sentences that may tell of a change of worker, in the order of the notes.

    ``cues`` name what was met. A first allocation is found too: whether it is a change
    is read in the note.

    >>> [p.cues for p in find_worker_changes(["I took over this case in May."])]
    [('took over',)]
    >>> find_worker_changes(["The visit took over an hour."])
    []
    """
    return find_patterns(texts, _COMPILED)
