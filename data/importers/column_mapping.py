"""Which of a file's columns hold which of our fields.

Headings that are ours but for letter case, spaces, hyphens or underscores are
understood at once. For others a mapping is proposed from the headings councils really
use, and a person confirms it: nothing here applies a proposal by itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from data.importers.text_encoding import decode_text
from data.problems import DataProblem, DataRefused
from matching.case_records import STANDARD_FIELDS

CASE_TABLE_FIELDS: tuple[str, ...] = (
    "case_id",
    "era",
    *(case_field.name for case_field in STANDARD_FIELDS),
)
EVENT_TABLE_FIELDS = ("case_id", "date", "event", "detail")
NOTE_TABLE_FIELDS = ("case_id", "date", "text")
ALL_FIELDS: tuple[str, ...] = (*CASE_TABLE_FIELDS, "date", "event", "detail", "text")

LIKENESS_TO_PROPOSE = 84.0
LIKENESS_OF_A_VAGUE_HEADING = 90.0

# Headings seen in the Children in Need census, Annex A, SSDA903 and the standard
# safeguarding dataset, and in councils' own extracts. Ages, teams and workers are left
# out on purpose: they look like fields of ours and are not.
_USED_BY_COUNCILS: Mapping[str, tuple[str, ...]] = {
    "case_id": (
        "case ref",
        "case reference",
        "case number",
        "case no",
        "referral id",
        "cin episode id",
        "cine referral id",
        "episode id",
    ),
    "child_id": (
        "child unique id",
        "child identifier",
        "la child id",
        "lachildid",
        "child",
        "person id",
        "pers person id",
        "cine person id",
        "client id",
        "mosaic id",
        "liquidlogic id",
    ),
    "family_id": (
        "family identifier",
        "family reference",
        "family number",
        "fami family id",
        "household id",
        "group id",
    ),
    "era": ("period", "cohort", "case era"),
    "referral_date": (
        "date of referral",
        "cin referral date",
        "cinreferraldate",
        "cine referral date",
        "cin start date",
        "referred on",
        "referral received date",
    ),
    "date_of_birth": (
        "dob",
        "birth date",
        "person birth date",
        "personbirthdate",
        "pers dob",
        "child date of birth",
    ),
    "sex": ("gender", "gender current", "gendercurrent", "pers sex", "pers gender"),
    "ethnicity": ("ethnic", "ethnic origin", "ethnic group", "pers ethnicity"),
    "disability": (
        "disabilities",
        "does the child have a disability",
        "disability code",
        "disa disability code",
    ),
    "locality": ("area", "district", "neighbourhood", "ward", "locality area"),
    "primary_need": (
        "primary need code",
        "primaryneedcode",
        "cine cin primary need code",
        "childs category of need",
        "category of need",
        "need code",
        "cin",
    ),
    "presenting_issue": ("presenting need", "presenting problem", "referral reason"),
    "secondary_issue": ("secondary need", "secondary problem", "other issue"),
    "referral_source": (
        "contact source",
        "source of referral",
        "referralsource",
        "cine referral source code",
        "referred by",
    ),
    "assessment_factors": (
        "factors identified at assessment",
        "factorsidentifiedatassessment",
        "assessmentfactors",
        "cinf assessment factors",
    ),
    "previous_referrals": (
        "number of referrals in last 12 months",
        "number of previous referrals",
        "re referrals",
        "referrals before",
    ),
    "household": ("household composition", "living with", "lives with"),
    "closed_date": (
        "cin closure date",
        "cinclosuredate",
        "closure date",
        "date of closure",
        "date closed",
        "cine close date",
        "case closed",
    ),
    "closure_reason": (
        "reason for closure",
        "reasonforclosure",
        "cine close reason",
        "reason closed",
    ),
    "date": ("event date", "date of event", "note date", "date of note"),
    "event": ("event type", "what happened", "activity"),
    "detail": ("event detail", "description", "details"),
    "text": ("note", "note text", "case note", "case notes", "narrative"),
}


# These may stand for a child or a worker as well; a heading that says more goes first.
_VAGUE = ("id", "ref", "reference", "case")


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """What one heading may be: our field or '', the likeness 0 to 100, and why."""

    heading: str
    field: str
    likeness: float
    why: str


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A mapping a person confirmed: heading -> our field, and their values -> ours."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def value(self, field_name: str, cell: str) -> str:
        """Our value for a cell of that field; the cell itself where none is given."""
        theirs = self.values.get(field_name)
        return theirs.get(cell, cell) if theirs else cell


def heading_key(heading: str) -> str:
    """The heading without letter case, spaces, hyphens and underscores.

    >>> heading_key("Referral Date") == heading_key("referral_date")
    True
    """
    return re.sub(r"[\s_-]+", "", heading).casefold()


def field_name_for(heading: str) -> str:
    """The name under which a column of a council's own is kept as an extra fact.

    >>> field_name_for("Allocated Team (Y/N)")
    'allocated_team_y_n'
    """
    return re.sub(r"\W+", "_", heading.casefold()).strip("_") or "column"


def understood(
    headings: Iterable[str],
    mapping: ColumnMapping | None,
    fields: Collection[str] = ALL_FIELDS,
) -> dict[str, str]:
    """Our field for each heading that is exact or mapped; others are not in it.

    A mapping goes before an exact heading. Two headings may still claim one field: see
    :func:`claimed_twice`.
    """
    exact = {heading_key(name): name for name in fields}
    mapped = {heading_key(h): f for h, f in mapping.columns.items()} if mapping else {}
    found = {}
    for heading in headings:
        key = heading_key(heading)
        name = mapped.get(key) or exact.get(key)
        if name:
            found[heading] = name
    return found


def claimed_twice(where: str, columns: Mapping[str, str]) -> list[DataProblem]:
    """A problem for each field that two headings claim, naming both."""
    claims: dict[str, list[str]] = {}
    for heading, name in columns.items():
        claims.setdefault(name, []).append(heading)
    return [
        DataProblem(
            f"columns {' and '.join(headings)} would both be {name}",
            where,
            "Take one of them out, or give it another name in the mapping.",
        )
        for name, headings in claims.items()
        if len(headings) > 1
    ]


def propose_mapping(
    headings: Sequence[str], fields: Collection[str] = ALL_FIELDS
) -> tuple[ProposedColumn, ...]:
    """For each heading, in order, the field it most likely holds, or ''.

    Exact headings have likeness 100. No field is proposed twice: the likelier heading
    has it, and where two are alike neither has, and both say why. A proposal is for a
    person to confirm.
    """
    ranked = [_likeliest(heading, fields) for heading in headings]
    best: dict[str, list[int]] = {}
    for position, proposal in enumerate(ranked):
        if proposal.field:
            best.setdefault(proposal.field, []).append(position)
    for name, positions in best.items():
        top = max(ranked[p].likeness for p in positions)
        winners = [p for p in positions if ranked[p].likeness == top]
        for p in positions:
            if len(winners) == 1 and p == winners[0]:
                continue
            rivals = " and ".join(headings[w] for w in winners if w != p)
            ranked[p] = ProposedColumn(
                headings[p], "", ranked[p].likeness, f"{rivals} looks like {name} too"
            )
    return tuple(ranked)


def _likeliest(heading: str, fields: Collection[str]) -> ProposedColumn:
    key = heading_key(heading)
    for name in fields:
        if heading_key(name) == key:
            return ProposedColumn(heading, name, 100.0, "the same heading")
    words = re.sub(r"[^\w]+|_", " ", heading.replace("'", "").replace("’", ""))
    words = " ".join(words.casefold().split())
    phrases = {
        phrase: name
        for name in fields
        for phrase in (name.replace("_", " "), *_USED_BY_COUNCILS.get(name, ()))
    }
    if words in _VAGUE and "case_id" in fields:
        return ProposedColumn(
            heading, "case_id", LIKENESS_OF_A_VAGUE_HEADING, "perhaps the case"
        )
    if words in phrases:
        return ProposedColumn(
            heading, phrases[words], 99.0, "a heading councils use for it"
        )
    found = process.extractOne(
        words,
        phrases.keys(),
        scorer=fuzz.token_sort_ratio,
        score_cutoff=LIKENESS_TO_PROPOSE,
    )
    if found is None:
        return ProposedColumn(heading, "", 0.0, "no field is like it")
    phrase, likeness, _ = found
    return ProposedColumn(
        heading, phrases[phrase], min(round(likeness, 1), 98.0), f"like “{phrase}”"
    )


def read_mapping(file_name: str, content: bytes) -> ColumnMapping:
    """The mapping a TOML file holds: [columns] and [values.FIELD].

    Raises DataRefused where it is no TOML, has other parts, maps two headings to one
    field, or names a field that is nearly but not quite one of ours.
    """
    try:
        parts = tomllib.loads(decode_text(file_name, content).text)
    except tomllib.TOMLDecodeError as fault:
        place = re.search(r"\(at (line \d+)", str(fault))
        raise DataRefused(
            [_not_toml(f"{file_name}, {place[1]}" if place else file_name)]
        ) from None
    problems = [
        _unknown_part(file_name, part)
        for part in parts
        if part not in {"columns", "values"}
    ]
    columns = parts.get("columns", {})
    values = parts.get("values", {})
    if not _is_text_table(columns):
        problems.append(_not_pairs(f"{file_name}, [columns]"))
        columns = {}
    for name, pairs in values.items() if isinstance(values, dict) else ():
        if not _is_text_table(pairs):
            problems.append(_not_pairs(f"{file_name}, [values.{name}]"))
    if not isinstance(values, dict):
        problems.append(_not_pairs(f"{file_name}, [values]"))
    for heading, name in columns.items():
        near = _nearly_ours(name)
        if near:
            problems.append(_nearly(f"{file_name}, [columns], {heading}", name, near))
    problems += claimed_twice(f"{file_name}, [columns]", columns)
    if problems:
        raise DataRefused(problems)
    return ColumnMapping(columns, values)


def _is_text_table(part: object) -> bool:
    return isinstance(part, dict) and all(isinstance(v, str) for v in part.values())


def _nearly_ours(name: str) -> str:
    if name in ALL_FIELDS:
        return ""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        return _closest_field(name) or ALL_FIELDS[0]
    return _closest_field(name)


def _closest_field(name: str) -> str:
    found = process.extractOne(
        name, ALL_FIELDS, scorer=fuzz.ratio, score_cutoff=LIKENESS_TO_PROPOSE
    )
    return found[0] if found else ""


def _not_toml(where: str) -> DataProblem:
    return DataProblem(
        "the mapping is not written as TOML",
        where,
        'Write each column as "their heading" = "our_field" under [columns].',
    )


def _unknown_part(file_name: str, part: str) -> DataProblem:
    return DataProblem(
        f"the mapping has a part called {part}",
        file_name,
        "Use [columns] and [values.FIELD] only.",
    )


def _not_pairs(where: str) -> DataProblem:
    return DataProblem(
        "each line must be text = text, both in quotation marks",
        where,
        'Write it as "theirs" = "ours".',
    )


def _nearly(where: str, name: str, near: str) -> DataProblem:
    return DataProblem(
        f"{name} is no field of ours",
        where,
        f"Did you mean {near}? A fact of your own has a name of small letters, digits "
        "and underscores.",
    )
