"""The Department for Education's code lists, in words.

Values are stored as they were recorded; only what is shown carries the meaning beside
the code. Source: the children in need census guide, 2024 to 2025, data items as named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PRIMARY_NEED = {
    "N1": "Abuse or neglect",
    "N2": "Child's disability",
    "N3": "Parental disability or illness",
    "N4": "Family in acute stress",
    "N5": "Family dysfunction",
    "N6": "Socially unacceptable behaviour",
    "N7": "Low income",
    "N8": "Absent parenting",
    "N9": "Cases other than children in need",
    "N0": "Not stated",
}
CLOSURE_REASON = {
    "RC1": "Adopted",
    "RC2": "Died",
    "RC3": "Child arrangements order",
    "RC4": "Special guardianship order",
    "RC5": "Moved to another local authority's services",
    "RC6": "Moved to adult social care services",
    "RC7": "Services ceased for another reason, child no longer in need among them",
    "RC8": "Closed after assessment, no further action",
    "RC9": "Closed after assessment, referred to early help",
}
SEX = {"M": "Male", "F": "Female", "U": "Not known or unborn"}
ETHNICITY = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WOTH": "Any other White background",
    "WROM": "Gypsy or Roma",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Any other mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "Any other Asian background",
    "CHNE": "Chinese",
    "BCRB": "Caribbean",
    "BAFR": "African",
    "BOTH": "Any other Black background",
    "OOTH": "Any other ethnic group",
    "REFU": "Refused",
    "NOBT": "Not yet obtained",
}
DISABILITY = {
    "NONE": "No disability",
    "MOB": "Mobility",
    "HAND": "Hand function",
    "PC": "Personal care",
    "INC": "Incontinence",
    "COMM": "Communication",
    "LD": "Learning",
    "HEAR": "Hearing",
    "VIS": "Vision",
    "BEH": "Behaviour",
    "CON": "Consciousness",
    "AUT": "Autism",
    "DDA": "Other",
}
REFERRAL_SOURCE = {
    "1A": "Family member, relative or carer",
    "1B": "Acquaintance, neighbour or child minder",
    "1C": "Self",
    "1D": "Other individual",
    "2A": "School",
    "2B": "Education services",
    "3A": "GP",
    "3B": "Health visitor",
    "3C": "School nurse",
    "3D": "Other primary health",
    "3E": "A&E",
    "3F": "Other health",
    "4": "Housing",
    "5A": "Social care in the authority",
    "5B": "Other services in the authority",
    "5C": "Another authority",
    "5D": "Early help in the authority",
    "6": "Police",
    "7": "Other legal agency",
    "8": "Other",
    "9": "Anonymous",
    "10": "Unknown",
}
_OF_WHOM = {"A": "child", "B": "parent or carer", "C": "other in household"}
_MISUSE_AND_HEALTH = {
    "1": "Alcohol misuse",
    "2": "Drug misuse",
    "3": "Domestic abuse",
    "4": "Mental health",
    "5": "Learning disability",
    "6": "Physical disability or illness",
}
ASSESSMENT_FACTORS = {
    **{
        f"{number}{letter}": f"{what} ({whom})"
        for number, what in _MISUSE_AND_HEALTH.items()
        for letter, whom in _OF_WHOM.items()
    },
    "7A": "Young carer",
    "9A": "Unaccompanied asylum-seeking child",
    "10A": "Missing",
    "11A": "Child sexual exploitation",
    "12A": "Trafficking",
    "13A": "Gangs",
    "14A": "Socially unacceptable behaviour",
    "15A": "Self-harm",
    "16A": "Neglect",
    "17A": "Emotional abuse",
    "18": "Physical abuse",
    "18A": "Physical abuse",
    "18B": "Physical abuse by a child",
    "18C": "Physical abuse by an adult",
    "19": "Sexual abuse",
    "19A": "Sexual abuse",
    "19B": "Sexual abuse by a child",
    "19C": "Sexual abuse by an adult",
    "20": "Other factor",
    "21": "No factors identified",
    "22A": "Female genital mutilation",
    "23A": "Abuse linked to faith or belief",
    "24A": "Child criminal exploitation",
}

CODE_LISTS: Mapping[str, Mapping[str, str]] = {
    "primary_need": PRIMARY_NEED,
    "closure_reason": CLOSURE_REASON,
    "sex": SEX,
    "ethnicity": ETHNICITY,
    "disability": DISABILITY,
    "referral_source": REFERRAL_SOURCE,
    "assessment_factors": ASSESSMENT_FACTORS,
}
"""The code list of each standard field that has one."""


@dataclass(frozen=True, slots=True)
class CodeBreak:
    """A change of a code list: what stood before, what after, the common level.

    ``same_as`` maps the codes of either side to the code they are read as. ``until``
    is the last census year of the codes before, ``since`` the first of those after.
    ``is_set``: a record may hold several codes of the list.
    """

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    same_as: Mapping[str, str]
    until: str = "2023-24"
    since: str = "2024-25"
    is_set: bool = False


CODE_BREAKS = (
    CodeBreak(
        "assessment_factors",
        ("18A",),
        ("18B", "18C"),
        dict.fromkeys(("18A", "18B", "18C"), "18"),
        is_set=True,
    ),
    CodeBreak(
        "assessment_factors",
        ("19A",),
        ("19B", "19C"),
        dict.fromkeys(("19A", "19B", "19C"), "19"),
        is_set=True,
    ),
    CodeBreak(
        "sex",
        ("1", "2", "0", "9"),
        ("M", "F", "U"),
        {"1": "M", "2": "F", "0": "U", "9": "U"},
    ),
)
"""Where the census changed a list between years, each of them in 2024-25."""


def code_in_words(field_name: str, value: str, *, with_code: bool = True) -> str:
    """The recorded value with its meaning; several codes of a set joined by commas.

    A value that is no code of the field's list is given back as it stands. Without
    code only the meaning is given, where space is short.

    >>> code_in_words("primary_need", "N1"), code_in_words("disability", "AUT|LD")
    ('Abuse or neglect (N1)', 'Autism (AUT), Learning (LD)')
    >>> code_in_words("locality", "North"), code_in_words("sex", "x")
    ('North', 'x')
    """
    meanings = CODE_LISTS.get(field_name, {})
    codes = [code.strip() for code in value.split("|") if code.strip()]
    return ", ".join(
        (f"{meanings[code]} ({code})" if with_code else meanings[code])
        if code in meanings
        else code
        for code in codes
    )
