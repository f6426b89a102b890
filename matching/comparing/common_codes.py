"""Codes of a list that was changed between the eras, read as one common code.

A list that splits a code makes two files look different where only the recording is.
The mapping is the plan's own: nothing is taken as the same that the plan does not name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from matching.plan import Covariate, CovariateKind
from matching.problems import MatchingProblem

_CODED_KINDS = (CovariateKind.CATEGORY, CovariateKind.ORDERED, CovariateKind.SET)


def read_as_common(
    text: str,
    kind: CovariateKind,
    same_as: Mapping[str, str],
    missing: Collection[str] = (),
) -> str:
    """The text with each code that the plan maps as its common code.

    Of a set each member is read, in its order, a member named twice kept once; a mapped
    one whose common code means *not known* is left out, and a set of such alone is a
    gap, ''. So is a value whose common code means *not known*. What the plan does not
    map stays as it is, beside a mapped member too.

    >>> read_as_common("18B|2A|18C", CovariateKind.SET, {"18B": "18", "18C": "18"})
    '18|2A'
    >>> read_as_common("9", CovariateKind.CATEGORY, {"9": "U"}, {"U"})
    ''
    >>> read_as_common("18B|N0", CovariateKind.SET, {"18B": "18"}, {"N0"})
    '18|N0'
    """
    if not same_as or not text:
        return text
    parts = text.split("|") if kind is CovariateKind.SET else [text]
    codes = [part.strip() for part in parts]
    if not any(code in same_as for code in codes):
        return text
    common = [
        same_as.get(code, code)
        for code in codes
        if code not in same_as or same_as[code] not in missing
    ]
    return "|".join(dict.fromkeys(code for code in common if code))


def same_as_problems(covariate: Covariate, where: str) -> Iterator[MatchingProblem]:
    """What stands against a covariate's codes being read as one, at that place."""
    same_as = covariate.same_as
    if same_as and covariate.kind not in _CODED_KINDS:
        yield MatchingProblem(
            f"same_as reads codes as one, and this is {covariate.kind}",
            where,
            "Take the reading as one (same_as) back, or read the field as a category, "
            'as levels in order or as a set of codes (kind = "category", "ordered" or '
            '"set").',
        )
    for common in sorted(set(same_as.values())):
        if same_as.get(common, common) != common:
            yield MatchingProblem(
                f"*{common}* is what other codes are read as, and is itself read as "
                "another code",
                where,
                "Give every code of the break the same common code.",
            )
