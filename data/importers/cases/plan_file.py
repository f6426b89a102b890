"""PLAN.toml: a pairing plan as text that people can read, edit and keep.

The keys are those of :func:`matching.plan.plan_as_mapping`. A key that is not known is
named, with the nearest known one offered and never applied; every problem of the file
is told at once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from data.problems import DataProblem, DataRefused
from matching.cases import KnownAt
from matching.plan import (
    Covariate,
    CovariateKind,
    Distance,
    GapRule,
    MatchPlan,
    Method,
    Window,
    plan_as_mapping,
)
from matching.plan_check import check_settings

_Value = TypeVar("_Value")
_Choice = TypeVar("_Choice", bound=StrEnum)

_PLAN_KEYS = (
    *("id", "exact", "different", "missing_values", "distance", "method", "ratio"),
    *("max_reuse", "candidates", "missing", "caliper", "seed", "window", "covariate"),
    "narrative",
)
_WINDOW_KEYS = ("date", "min_days", "max_days", "practice_start", "follow_up_days")
_COVARIATE_KEYS = (
    *("name", "kind", "known", "weight", "range", "caliper", "caliper_sd", "groups"),
    *("levels", "override", "same_as"),
)
_NEAR = 70
"""How alike (0 to 100, rapidfuzz) a key must be to be offered."""

_MARKS = (KnownAt.AT_REFERRAL, KnownAt.DURING, KnownAt.OUTCOME)
# The decision on the window taken for the product: 1 day to 18 months.
_DEFAULT_DAYS = (1, 548)


def read_plan(text: str, file: str = "PLAN.toml") -> MatchPlan:
    """The plan that the text of a PLAN.toml describes.

    Raises DataRefused with everything to put right: unknown keys, values of another
    type, and settings that no plan can have whatever the cases.
    """
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise DataRefused([_not_toml(file, str(fault))]) from None
    reading = _Reading(file)
    plan = _plan_of(reading, settings)
    if not reading.problems:
        reading.problems.extend(
            DataProblem(p.found, p.where.replace("Plan", file, 1), p.do_next)
            for p in check_settings(plan)
        )
    if reading.problems:
        raise DataRefused(reading.problems)
    return plan


def write_plan(plan: MatchPlan) -> str:
    """The plan as the text of a PLAN.toml, which reads back as an equal plan."""
    import tomlkit

    document = tomlkit.document()
    for key, setting in plan_as_mapping(plan).items():
        if key == "covariate":
            tables = tomlkit.aot()
            for covariate in setting:
                tables.append(_covariate_table(covariate))
            document.append(key, tables)
        else:
            document.append(key, tomlkit.item(setting))
    return tomlkit.dumps(document)


def _covariate_table(covariate: Mapping[str, Any]) -> Any:
    import tomlkit

    table = tomlkit.table()
    for key, setting in covariate.items():
        if key in ("groups", "same_as"):
            groups = tomlkit.inline_table()
            groups.update(setting)
            table.append(key, groups)
        else:
            table.append(key, tomlkit.item(setting))
    return table


def _not_toml(file: str, fault: str) -> DataProblem:
    # The parser's words end in "(at line 3, column 7)"; only the place is kept, since
    # the rest speaks of the format's own grammar.
    place = fault.rpartition("(at ")[2].rstrip(")") if "(at " in fault else ""
    return DataProblem(
        "the text is not TOML from here on" if place else "the text is not TOML",
        f"{file}, {place}" if place else file,
        "Check quotes, brackets and = signs there. Nothing was saved.",
    )


class _Reading:
    """Takes settings out of a TOML table and keeps what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[DataProblem] = []

    def refuse(self, found: str, where: str, do_next: str) -> None:
        self.problems.append(DataProblem(found, f"{self.file}, {where}", do_next))

    def know_keys(
        self, table: Mapping[str, Any], known: tuple[str, ...], where: str
    ) -> None:
        for key in table:
            if key not in known:
                near = _near_match(key, known)
                offer = f"Did you mean *{near}*? " if near else ""
                self.refuse(
                    f"there is no setting *{key}*",
                    where,
                    f"{offer}The settings here are {', '.join(known)}.",
                )

    def take(
        self,
        table: Mapping[str, Any],
        key: str,
        default: _Value,
        accept: Callable[[Any], _Value | None],
        needed: str,
        where: str = "",
    ) -> _Value:
        if key not in table:
            return default
        accepted = accept(table[key])
        if accepted is None:
            self.refuse(f"{needed} is needed", f"{where}{key}", f"Write {needed}.")
            return default
        return accepted

    def choice(
        self,
        table: Mapping[str, Any],
        key: str,
        default: _Choice,
        choices: tuple[_Choice, ...],
        where: str = "",
    ) -> _Choice:
        by_word = {choice.value: choice for choice in choices}

        def accept(value: Any) -> _Choice | None:
            return by_word.get(value) if isinstance(value, str) else None

        needed = "one of " + ", ".join(f'"{word}"' for word in by_word)
        return self.take(table, key, default, accept, needed, where)


def _near_match(key: str, known: tuple[str, ...]) -> str:
    from rapidfuzz import fuzz, process

    found = process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return str(found[0]) if found else ""


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _texts(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None


def _whole(value: Any) -> int | None:
    # In Python a yes/no counts as a number; in a plan it does not.
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: Any) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    return None


def _true_or_false(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _day(value: Any) -> str | None:
    if type(value) is date:
        return value.isoformat()
    return _text(value)


def _groups(value: Any) -> dict[str, str] | None:
    if isinstance(value, dict) and all(isinstance(g, str) for g in value.values()):
        return dict(value)
    return None


def _table(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def _tables(value: Any) -> list[dict[str, Any]] | None:
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    return None


def _plan_of(reading: _Reading, settings: Mapping[str, Any]) -> MatchPlan:
    reading.know_keys(settings, _PLAN_KEYS, "top level")
    texts = "a list of texts in quotes, in square brackets"
    whole = "a whole number"
    none: list[dict[str, Any]] = []
    tables = reading.take(
        settings, "covariate", none, _tables, "a [[covariate]] table for each covariate"
    )
    return MatchPlan(
        covariates=tuple(
            _covariate_of(reading, table, number)
            for number, table in enumerate(tables, start=1)
        ),
        id=reading.take(settings, "id", "case_id", _text, "a column name in quotes"),
        exact=reading.take(settings, "exact", (), _texts, texts),
        different=reading.take(settings, "different", (), _texts, texts),
        missing_values=reading.take(settings, "missing_values", (), _texts, texts),
        distance=reading.choice(settings, "distance", Distance.GOWER, tuple(Distance)),
        method=reading.choice(settings, "method", Method.OPTIMAL, tuple(Method)),
        ratio=reading.take(settings, "ratio", 1, _whole, whole),
        max_reuse=reading.take(settings, "max_reuse", 1, _whole, whole),
        candidates=reading.take(settings, "candidates", 10, _whole, whole),
        missing=reading.choice(settings, "missing", GapRule.HALF, tuple(GapRule)),
        caliper=reading.take(settings, "caliper", None, _number, "a number"),
        seed=reading.take(settings, "seed", 1, _whole, whole),
        window=_window_of(reading, settings),
        narrative=_narrative_of(reading, settings),
    )


def _window_of(reading: _Reading, settings: Mapping[str, Any]) -> Window | None:
    window = reading.take(settings, "window", None, _table, "a [window] table")
    if window is None:
        return None
    reading.know_keys(window, _WINDOW_KEYS, "[window]")
    if "date" not in window:
        reading.refuse(
            "the column that holds the date is not named",
            "[window]",
            'Add date = "referral_date", or the name of your column.',
        )
    least, most = _DEFAULT_DAYS
    where, whole = "[window] ", "a whole number of days"
    date_needed = "a date as YYYY-MM-DD"
    return Window(
        date=reading.take(window, "date", "", _text, "a column name in quotes", where),
        min_days=reading.take(window, "min_days", least, _whole, whole, where),
        max_days=reading.take(window, "max_days", most, _whole, whole, where),
        practice_start=reading.take(
            window, "practice_start", "", _day, date_needed, where
        ),
        follow_up_days=reading.take(
            window, "follow_up_days", None, _whole, whole, where
        ),
    )


def _narrative_of(reading: _Reading, settings: Mapping[str, Any]) -> str:
    narrative = reading.take(settings, "narrative", None, _table, "a [narrative] table")
    if narrative is None:
        return ""
    reading.know_keys(narrative, ("column",), "[narrative]")
    if "column" not in narrative:
        reading.refuse(
            "the column that holds the narrative is not named",
            "[narrative]",
            'Add column = "referral_note", or the name of your column.',
        )
    needed = "a column name in quotes"
    return reading.take(narrative, "column", "", _text, needed, "[narrative] ")


def _covariate_of(
    reading: _Reading, table: Mapping[str, Any], number: int
) -> Covariate:
    name = _text(table.get("name"))
    place = f"covariate *{name}*" if name else f"covariate {number} of the file"
    reading.know_keys(table, _COVARIATE_KEYS, place)
    kinds = ", ".join(f'"{kind.value}"' for kind in CovariateKind)
    for key, do_next in (
        ("name", 'Add name = "age_at_referral", or the name of your column.'),
        ("kind", f"Add kind, one of {kinds}."),
    ):
        if key not in table:
            reading.refuse(f"the {key} is not given", place, do_next)
    where = f"{place}, "
    marks = {mark.value: mark for mark in _MARKS}
    known = reading.take(
        table,
        "known",
        None,
        lambda value: marks.get(value) if isinstance(value, str) else None,
        "one of " + ", ".join(f'"{word}"' for word in marks),
        where,
    )
    return Covariate(
        name=reading.take(table, "name", "", _text, "a column name in quotes", where),
        kind=reading.choice(
            table, "kind", CovariateKind.CATEGORY, tuple(CovariateKind), where
        ),
        known=known,
        weight=reading.take(table, "weight", 1.0, _number, "a number", where),
        range=reading.take(table, "range", None, _number, "a number", where),
        caliper=reading.take(table, "caliper", None, _number, "a number", where),
        caliper_in_sd=reading.take(
            table, "caliper_sd", None, _number, "a number", where
        ),
        groups=reading.take(
            table, "groups", {}, _groups, 'a table such as {WBRI = "White"}', where
        ),
        levels=reading.take(
            table, "levels", (), _texts, "a list of texts in square brackets", where
        ),
        override=reading.take(
            table, "override", False, _true_or_false, "true or false", where
        ),
        same_as=reading.take(
            table, "same_as", {}, _groups, 'a table such as {18A = "18"}', where
        ),
    )
