"""Invented names planted into transcripts by a seed, with every place they stand in.

First and family names are put together from syllables as they go in names borne in
Britain (English, Welsh, Punjabi, Yoruba, Polish, Somali, Bengali, Cantonese, Turkish),
so that no list can hold them; places and schools likewise.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from coding.transcripts import SourceKind, Transcript, Turn


def _w(words: str) -> list[str]:
    return words.split()


_FIRST = {
    "english": (
        _w("Bren Cal Dar Ell Hart Jor Kel Mar Ros Tam Wes"),
        _w("a ina eth elle on a ley ora win is"),
    ),
    "welsh": (
        _w("Ang Bro Car Ef Gwen Hyw Ll Mer Nes Ty"),
        _w("harad wen ys a lian el inos edith ta raf"),
    ),
    "punjabi": (
        _w("Am Bal Dal Gur Har Jas Kul Man Par Sukh"),
        _w("preet jot inder leen vir deep want meet"),
    ),
    "yoruba": (
        _w("Ade Ayo Bola Fola Kehi Olu Temi Tola Yemi"),
        _w("nuga tomi wunle sola dunni rinde kemi"),
    ),
    "polish": (
        _w("Agni Bogu Dobro Kasi Lud Mil Rado Sta Zbig"),
        _w("mira wina slaw eszka niew osz ka ewa"),
    ),
    "somali": (
        _w("Ab Ca Fa Hi Id Li Nu Sa Wa Ya"),
        _w("dira sho duma bo liye ban ra xawo yaal"),
    ),
    "bengali": (
        _w("Ani Bro Fer Jah Mun Nas Rum Sha Tas"),
        _w("mita nara dousa anir tasha rin ila reen mina"),
    ),
}
_LAST = {
    "english": (
        _w("Ackle Brae Cott Dun Eller Fars Hask Off Pick Thorn Wad"),
        _w("by worth ingley more shaw ington lethwaite ersgill"),
    ),
    "welsh": (
        _w("Ap Bev Cad Gwyr Mor Pryd Tre"),
        _w("wallon ynor odyn heledd anwy"),
    ),
    "punjabi": (
        _w("Bhog Chau Dhin Gre Jan Sar Vir"),
        _w("wal dhry dsa walia jua owal"),
    ),
    "yoruba": (
        _w("Aki Ade Fa Ogu Olo Owo"),
        _w("nsade kunbi lorun toyinbo wadare yemisi"),
    ),
    "polish": (
        _w("Bor Dzie Kow Mal Now Wis Zab"),
        _w("owiecki alczyk ornik inska lewicz"),
    ),
    "bengali": (
        _w("Bhui Chow Hal Kabi Mol Tal"),
        _w("yan dhuri darin lah ukder"),
    ),
}
_PLACE = (
    _w("Ash Brack Cold Dray Fern Gorse Kirk Lang Moss Thistle"),
    _w("wick thorpe ley hulme stead bury mere shaw"),
)
_HEADS = ("Primary School", "High School", "Children's Centre", "Nursery", "Surgery")

OWN_NAMES = frozenset(
    _w(
        "denise terri sandeep dom maureen comfort bev wes callum yusuf rosalind gaynor"
        " hilary kirsty tolu ormwick mason angie sallowby chloe marie edie kai lola"
        " maxine nasreen alby carl gaz sheila carol copperhithe danny farida lynne"
        " moira neil welsh hazel imogen leanne pugh renee densie chlo twi"
    )
)
"""Whom and what the sample study's own invented transcripts name."""

_PEOPLE_SLOTS = re.compile(
    r"\b(she|he|him|my mum|my son|my daughter|the social worker|the worker|somebody"
    r"|someone|they)\b(?!['’-])"
)
_PLACE_SLOTS = re.compile(r"\b(there|home|the house|town)\b(?!['’-])")
_SERVICE_SLOTS = re.compile(r"\b(school|the office|the centre)\b(?!['’-])")


@dataclass(frozen=True)
class PlantedName:
    """An invented name: kind, all of it, the parts that may stand alone."""

    kind: str
    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class PlantedMention:
    """Where a name was planted, whose, and in which form."""

    start: int
    end: int
    name: PlantedName
    form: str


@dataclass(frozen=True)
class PlantedTranscript:
    """A transcript with names planted into it and where they stand."""

    transcript: Transcript
    mentions: tuple[PlantedMention, ...]


def invented_names(seed: int, people: int, places: int = 4) -> list[PlantedName]:
    """So many people of many origins, places and named services, no word twice."""
    chance = random.Random(seed)
    taken: set[str] = set()

    def new(parts: tuple[list[str], list[str]]) -> str:
        while True:
            word = chance.choice(parts[0]) + chance.choice(parts[1])
            # No name is a letter away from another: whose a slip is would be a guess.
            if len(word) > 3 and all(_apart(word.lower(), one) for one in taken):
                taken.add(word.lower())
                return word

    names = []
    for _ in range(people):
        first = new(_FIRST[chance.choice(list(_FIRST))])
        last = new(_LAST[chance.choice(list(_LAST))])
        names.append(PlantedName("person", f"{first} {last}", (first, last)))
    for number in range(places):
        place = new(_PLACE)
        names.append(PlantedName("place", place, (place,)))
        named = f"{new(_PLACE)} {_HEADS[number % len(_HEADS)]}"
        names.append(PlantedName("service", named, (named,)))
    return names


def _apart(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other) > 2


def plant(
    transcript: Transcript, names: list[PlantedName], seed: int, *, every: int = 6
) -> PlantedTranscript:
    """The transcript with a name in about every so-manieth place one could stand in.

    People go by first name, family name or both; one mention in six is in lower case,
    one in six possessive, one in eight has a letter wrong where a word has six or more.
    """
    chance = random.Random(seed)
    by_kind = {
        kind: [one for one in names if one.kind == kind]
        for kind in ("person", "place", "service")
    }
    slots: list[tuple[int, int, str]] = []
    for turn in transcript.turns:
        said = transcript.text[turn.start : turn.end]
        for kind, pattern in (
            ("person", _PEOPLE_SLOTS),
            ("place", _PLACE_SLOTS),
            ("service", _SERVICE_SLOTS),
        ):
            if by_kind[kind]:
                slots += [
                    (turn.start + m.start(), turn.start + m.end(), kind)
                    for m in pattern.finditer(said)
                ]
    chosen = sorted(one for one in slots if chance.random() < 1 / every)
    text, at, mentions, moved = "", 0, [], []
    for start, end, kind in chosen:
        if start < at:
            continue
        text += transcript.text[at:start]
        name = chance.choice(by_kind[kind])
        words = chance.choice([name.parts[0], name.parts[0], name.name, name.parts[-1]])
        form, ending = "as written", ""
        draw = chance.random()
        if draw < 1 / 6:
            words, form = words.lower(), "lower case"
        elif draw < 2 / 6:
            ending, form = chance.choice(["'s", "’s"]), "possessive"
        elif draw < 2 / 6 + 1 / 8 and any(len(one) >= 6 for one in words.split()):
            words, form = _one_letter_wrong(words, chance), "one letter wrong"
        mentions.append(PlantedMention(len(text), len(text) + len(words), name, form))
        moved.append((start, end, len(words + ending)))
        text += words + ending
        at = end
    text += transcript.text[at:]
    turns = tuple(
        Turn(t.number, _moved(t.start, moved), _moved(t.end, moved), t.speaker, t.time)
        for t in transcript.turns
    )
    planted = Transcript(
        transcript.name, transcript.kind, text, turns, transcript.speakers
    )
    return PlantedTranscript(planted, tuple(mentions))


def in_lower_case(planted: PlantedTranscript) -> PlantedTranscript:
    """The same, all of it in lower case, as some transcribers and programs write."""
    own = planted.transcript
    text = "".join(
        low if len(low := letter.lower()) == 1 else letter for letter in own.text
    )
    return PlantedTranscript(
        Transcript(own.name, own.kind, text, own.turns, own.speakers), planted.mentions
    )


def _moved(position: int, moved: list[tuple[int, int, int]]) -> int:
    return position + sum(
        new - (end - start) for start, end, new in moved if end <= position
    )


def _one_letter_wrong(words: str, chance: random.Random) -> str:
    each = words.split()
    long = [number for number, one in enumerate(each) if len(one) >= 6]
    number = chance.choice(long)
    word = each[number]
    at = chance.randrange(1, len(word) - 1)
    wrong = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + chance.choice("aeinorst") + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    changed = [one for one in wrong if one != word]
    each[number] = chance.choice(changed)
    return " ".join(each)


def without_turns(text: str, name: str = "One turn") -> Transcript:
    """A text as one turn."""
    return Transcript(name, SourceKind.INTERVIEW, text, (Turn(1, 0, len(text)),))
