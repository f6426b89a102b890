"""What is listed: real names with their pseudonyms, and where they are mentioned."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s$", re.IGNORECASE)
_MARKS = str.maketrans("", "", "'’")


class NameKind(StrEnum):
    """The kinds of words by which a person could be known again."""

    PERSON = "person"
    PLACE = "place"
    SERVICE = "service"
    EMAIL = "e-mail address"
    PHONE = "phone number"
    POSTCODE = "postcode"
    NHS_NUMBER = "NHS number"
    BIRTH_DATE = "date of birth"
    OTHER = "other"

    @property
    def is_number(self) -> bool:
        """Whether it is written by a fixed pattern and stands for one value."""
        return self in _NUMBERS

    @property
    def in_words(self) -> str:
        """The kind with a capital, as a page lists it.

        >>> NameKind.SERVICE.in_words
        'School or service'
        """
        if self is NameKind.SERVICE:
            return "School or service"
        words = str(self.value)
        return words[0].upper() + words[1:]


_NUMBERS = frozenset(
    {
        NameKind.EMAIL,
        NameKind.PHONE,
        NameKind.POSTCODE,
        NameKind.NHS_NUMBER,
        NameKind.BIRTH_DATE,
    }
)


class How(StrEnum):
    """How a mention was found; the words a reviewer reads."""

    AS_LISTED = "as listed"
    LOWER_CASE = "in lower case"
    POSSESSIVE = "possessive"
    MISSPELT = "one letter differs"
    PART = "part of the name"
    NICKNAME = "listed nickname"
    MODEL = "the language model takes it for a name"
    PATTERN = "written like one"
    SPEAKER = "labels a speaker"


@dataclass(frozen=True, slots=True)
class ListedName:
    """A real name that a person confirmed, and what stands in its place.

    ``nicknames`` are further words for the same; no other nickname is looked for. A
    ``pseudonym`` has words for the parts of the name: first for first, last for last.
    """

    id: str
    kind: NameKind
    name: str
    pseudonym: str = ""
    nicknames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a listed name stands: code points, end exclusive, a possessive left out.

    ``name_ids`` has more than one where a part belongs to several listed names; the
    first is the one it most likely belongs to.
    """

    start: int
    end: int
    name_ids: tuple[str, ...]
    how: tuple[How, ...]


def folded(word: str) -> str:
    """A word without letter case, accents and apostrophes.

    >>> folded("O’Briën")
    'obrien'
    """
    bare = unicodedata.normalize("NFKD", word.casefold().translate(_MARKS))
    return "".join(one for one in bare if not unicodedata.combining(one))


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared, without possessive; hyphens part words.

    >>> words_of("Anne-Marie  O'Brien")
    ('anne', 'marie', 'obrien')
    >>> words_of("St Mary's")
    ('st', 'mary')
    """
    return tuple(
        folded(_POSSESSIVE.sub("", match.group())) for match in _WORD.finditer(name)
    )


def name_key(words: str) -> str:
    """By what two writings of one name are known to be the same.

    >>> name_key("Thornby  School") == name_key("thornby school")
    True
    """
    return " ".join(words_of(words))


def value_key(words: str) -> str:
    """By what two writings of one number or address are known to be the same.

    >>> value_key("01632 960-123") == value_key("(01632) 960123")
    True
    """
    return re.sub(r"[^\w@.]|(?<=\d)\.(?=\d)", "", words.casefold()).rstrip(".")
