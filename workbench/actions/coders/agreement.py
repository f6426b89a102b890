"""Agreement of the coders of a study: who is compared, on what, with which figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np

from coding.agreement.report import (
    AgreementReport,
    CodedText,
    Figures,
    PartAgreement,
    alpha_of_all,
    report_agreement,
)
from coding.agreement.units import UnitKind
from coding.agreement.words import (
    bearing_in_words,
    overall_in_words,
    value_in_words,
)
from data.problems import DataProblem, DataRefused
from data.storage import StudyStore
from workbench.wording import listed

_SEED = 2004
_NOTHING = "Nothing was worked out."


@dataclass(frozen=True, slots=True)
class AgreementOfStudy:
    """Two coders' agreement, their names, and alpha over all where more than two code.

    ``alpha_of_all`` is over the ``coders_in_all`` coders of the sources compared.
    """

    report: AgreementReport
    names: tuple[str, str]
    coders_in_all: int
    alpha_of_all: float | None


def pairs_of_coders(store: StudyStore) -> list[tuple[str, str]]:
    """Every two coders with a source that both are through with, by person id.

    Those with the most sources in common come first, then by name.
    """
    names = _names(store)
    common: Counter[tuple[str, str]] = Counter()
    for one in store.coders.coders().values():
        if one.can_be_compared:
            known = sorted(
                (coder for coder in one.coders if coder in names),
                key=lambda coder: names[coder],
            )
            common.update(combinations(known, 2))
    return sorted(common, key=lambda pair: (-common[pair], *map(names.get, pair)))


def coders_named(store: StudyStore, wanted: Sequence[str]) -> tuple[str, str]:
    """The ids of two coders by their names, letter case aside.

    Without names, the two with the most sources in common. Raises DataRefused where
    nobody can be compared, or not these two.
    """
    pairs = pairs_of_coders(store)
    names = _names(store)
    if not pairs:
        _refuse(
            "No transcript is coded by two people who are through with it.",
            "Coders",
            "Give a transcript to two coders, and let both say that they are done.",
        )
    if not wanted:
        return pairs[0]
    by_name = {name.casefold(): one for one, name in names.items()}
    found = [by_name.get(name.strip().casefold()) for name in wanted]
    for pair in pairs:
        if set(pair) == set(found):
            # Figures tell the two apart in the order they were asked for.
            return pair if list(pair) == found else (pair[1], pair[0])
    possible = listed(["{} and {}".format(*map(names.get, pair)) for pair in pairs])
    _refuse(
        f"{' and '.join(wanted)} have no transcript that both are through with.",
        "Coders",
        f"Choose from: {possible}.",
    )
    raise AssertionError("a refusal was raised")


def read_agreement(
    store: StudyStore,
    coders: tuple[str, str],
    unit: UnitKind = UnitKind.SENTENCE,
    *,
    code: str = "",
) -> AgreementOfStudy:
    """The agreement of two coders over every source both are through with.

    Codes in use count, or the one named. Sources being coded blind are left out.
    Raises DataRefused for a code that is not in use.
    """
    book = store.codebook.codebook()
    codes = {one.id: one.name for _, one in book.in_tree_order()}
    if code:
        named = book.named(code)
        if named is None:
            _refuse(
                f"No code in use is called {code!r}.",
                "Code",
                "Choose one of the codebook, spelt as it stands there.",
            )
            raise AssertionError("a refusal was raised")
        codes = {named.id: named.name}
    texts = list(coded_texts(store, coders))
    return _agreement_on(texts, coders, codes, unit, _names(store))


def read_every_agreement(store: StudyStore) -> list[AgreementOfStudy]:
    """The agreement of every two coders by sentence, in the order of their pairs.

    Sources are read once, however many pairs of coders they belong to.
    """
    pairs = pairs_of_coders(store)
    if not pairs:
        return []
    codes = {one.id: one.name for _, one in store.codebook.codebook().in_tree_order()}
    names = _names(store)
    texts = coded_texts(store, ())
    return [
        _agreement_on(
            [text for text in texts if set(pair) <= text.passages.keys()],
            pair,
            codes,
            UnitKind.SENTENCE,
            names,
        )
        for pair in pairs
    ]


def _agreement_on(
    texts: Sequence[CodedText],
    coders: tuple[str, str],
    codes: Mapping[str, str],
    unit: UnitKind,
    names: Mapping[str, str],
) -> AgreementOfStudy:
    everyone = {coder for text in texts for coder in text.passages}
    return AgreementOfStudy(
        report_agreement(
            texts,
            coders,
            codes,
            unit,
            chance=np.random.default_rng(_SEED),
            names=names,
        ),
        (names[coders[0]], names[coders[1]]),
        len(everyone),
        alpha_of_all(texts, codes, unit) if len(everyone) > 2 else None,
    )


def coded_texts(store: StudyStore, coders: Sequence[str]) -> list[CodedText]:
    """Every source that these coders are through with, and what each of its coders
    marked."""
    texts = []
    found = store.coders.coders()
    for summary in store.sources.summaries():
        one = found.get(summary.id)
        if one is None or not one.can_be_compared or not set(coders) <= set(one.coders):
            continue
        source = store.sources.read(summary.id)
        if source is None:
            continue
        passages: dict[str, dict[str, list[tuple[int, int]]]] = {
            coder: {} for coder in one.coders
        }
        for coded in store.coding.segments(summary.id):
            if coded.coder_id in passages:
                passages[coded.coder_id].setdefault(coded.code_id, []).append(
                    (coded.segment.start, coded.segment.end)
                )
        texts.append(CodedText(summary.id, summary.name, source.transcript, passages))
    return texts


def alpha_of_all_in_words(agreement: AgreementOfStudy) -> str:
    """Alpha over all coders where there are more than two, '' otherwise."""
    if agreement.coders_in_all < 3:
        return ""
    return (
        f"Over all {agreement.coders_in_all} coders of these transcripts, "
        "Krippendorff's alpha is "
        f"{value_in_words(agreement.alpha_of_all)}."
    )


def agreement_as_values(agreement: AgreementOfStudy) -> dict[str, Any]:
    """Everything as plain values, as ``--json`` prints it."""
    report = agreement.report
    return {
        "coders": list(agreement.names),
        "unit": report.unit.value,
        "units": report.units,
        "sentence": overall_in_words(report),
        "bearing": bearing_in_words(report),
        "overall": {
            "pooled": _part(report.pooled),
            "mean": {
                "codes": report.codes_with_figures,
                "figures": _figures(report.mean),
            },
        },
        "alpha_of_all": {
            "coders": agreement.coders_in_all,
            "alpha": agreement.alpha_of_all,
        },
        "transcripts": [_part(one) for one in report.transcripts],
        "codes": [
            {
                **_part(one.overall),
                "transcripts": [_part(part) for part in one.by_transcript],
            }
            for one in report.codes
        ],
    }


def _part(one: PartAgreement) -> dict[str, Any]:
    return {
        "name": one.name,
        "units": one.counts.units,
        **asdict(one.counts),
        "figures": _figures(one.figures),
        "reason": one.reason,
    }


def _figures(figures: Figures | None) -> dict[str, Any] | None:
    return asdict(figures) if figures else None


def _names(store: StudyStore) -> dict[str, str]:
    return {one.id: one.name for one in store.study.people()}


def _refuse(found: str, where: str, do_next: str) -> None:
    raise DataRefused([DataProblem(found, where, f"{do_next} {_NOTHING}")])
