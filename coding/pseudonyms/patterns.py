"""What is written by a pattern: addresses, numbers, dates of birth, named services."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coding.pseudonyms.names import NameKind


@dataclass(frozen=True, slots=True)
class PatternHit:
    """Words written like something that identifies: place and kind."""

    start: int
    end: int
    kind: NameKind


_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# The areas of Royal Mail's postcodes; then its forms, the space left out or doubled.
_AREAS = (
    "AB|AL|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|B|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG"
    "|DH|DL|DN|DT|DY|EC|EH|EN|EX|E|FK|FY|GL|GU|GY|G|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV"
    "|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|L|ME|MK|ML|M|NE|NG|NN|NP|NR|NW|N|OL|OX|PA|PE"
    "|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|S|TA|TD|TF|TN|TQ|TR"
    "|TS|TW|UB|WA|WC|WD|WF|WN|WR|WS|WV|W|YO|ZE"
)
_POSTCODE = re.compile(
    rf"\b(?:{_AREAS})\d[\dA-HJKMNPR-Y]?[ \u00a0]{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}}\b",
    re.IGNORECASE,
)
# 0 or +44, then nine or ten digits with spaces, hyphens or brackets between.
_PHONE = re.compile(
    r"(?<![\w+])(?:\(?0|\+ ?44[ -]?(?:\(0\))?[ -]?\(?)(?:[ ()-]{0,2}\d){9,10}(?!\d)"
)
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS}),? \d{{2,4}}"
    rf"|(?:{_MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?,? \d{{2,4}})"
)
_ANY_DATE = re.compile(rf"\b{_DATE}\b", re.IGNORECASE)
_BIRTH = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday|born)\b[^\n.?!]{0,24}?"
    rf"\b(?P<date>{_DATE})\b",
    re.IGNORECASE,
)
_HEADS = (
    "Primary School|Infant School|Junior School|Nursery School|Secondary School"
    "|High School|Grammar School|Special School|Free School|School|Academy|College"
    "|Nursery|Pre-?school|Playgroup|Children's Centre|Children’s Centre|Family Centre"
    "|Family Hub|Youth Club|Youth Centre|Community Centre|Medical Centre|Health Centre"
    "|Surgery|Medical Practice|Hospital|Hospice|Infirmary|Clinic|Refuge|Hostel"
    "|Children's Home|Children’s Home|Contact Centre|Leisure Centre"
)
# Words with capitals, or joined by of and the like, before what kind of service it is.
_NAME_WORD = r"(?:St\.?|[^\W\d_a-z][\w'’]*(?:-[^\W\d_a-z]?[\w'’]*)*)"
_SERVICE = re.compile(
    rf"\b(?:(?!The\b|A\b|An\b|Our\b|My\b|That\b|This\b|Your\b|Her\b|His\b|Their\b|At\b"
    rf"|In\b|And\b|From\b|To\b|When\b|Then\b|But\b|So\b|Every\b|Each\b|Any\b|No\b"
    rf"|Primary\b|Secondary\b|Special\b|High\b|Junior\b|Infant\b|Nursery\b)"
    rf"{_NAME_WORD}[ \u00a0]){{1,4}}"
    rf"(?:(?:of|the|and|for)[ ](?:{_NAME_WORD}[ ]){{1,2}})?(?:{_HEADS})\b"
)
_WEIGHTS = tuple(range(10, 1, -1))


def pattern_hits(text: str) -> list[PatternHit]:
    """What is written by a pattern, in order; where two overlap the first kind stands.

    E-mail addresses, postcodes, NHS numbers whose check digit is right, UK phone
    numbers, dates after a word of birth, schools and services named with capitals.
    """
    taken: list[PatternHit] = []
    for hit in _all(text):
        if not any(hit.start < one.end and hit.end > one.start for one in taken):
            taken.append(hit)
    return sorted(taken, key=lambda hit: hit.start)


def value_hits(text: str) -> list[PatternHit]:
    """Where a listed number or address may stand: as above, and every date at all."""
    found = pattern_hits(text)
    dates = (
        PatternHit(*match.span(), NameKind.BIRTH_DATE)
        for match in _ANY_DATE.finditer(text)
    )
    known = {(hit.start, hit.end) for hit in found}
    found += [date for date in dates if (date.start, date.end) not in known]
    return sorted(found, key=lambda hit: hit.start)


def is_nhs_number(written: str) -> bool:
    """Whether ten digits are an NHS number by their check digit (modulus 11).

    The digits weigh 10 down to 2; 11 less the remainder is the last, 11 standing for 0.
    Source: NHS Data Dictionary, NHS number.

    >>> is_nhs_number("943 476 5919"), is_nhs_number("943 476 5918")
    (True, False)
    """
    digits = [int(one) for one in written if one.isdigit()]
    if len(digits) != 10:
        return False
    total = sum(w * d for w, d in zip(_WEIGHTS, digits[:9], strict=True))
    return (11 - total % 11) % 11 == digits[9]


def _all(text: str) -> Iterator[PatternHit]:
    for match in _EMAIL.finditer(text):
        end = match.end() - (match.group().endswith("."))
        yield PatternHit(match.start(), end, NameKind.EMAIL)
    for match in _POSTCODE.finditer(text):
        yield PatternHit(*match.span(), NameKind.POSTCODE)
    for match in _TEN_DIGITS.finditer(text):
        if is_nhs_number(match.group()):
            yield PatternHit(*match.span(), NameKind.NHS_NUMBER)
    for match in _PHONE.finditer(text):
        yield PatternHit(*match.span(), NameKind.PHONE)
    for match in _BIRTH.finditer(text):
        yield PatternHit(*match.span("date"), NameKind.BIRTH_DATE)
    for match in _SERVICE.finditer(text):
        yield PatternHit(*match.span(), NameKind.SERVICE)
