"""Named distances between cases; in each, lower is closer and 0 is alike.

Everything is computed element by element, never by matrix products whose last digits
depend on the size of a tile: the same two records give the same distance to the last
bit whoever stands beside them. Distances then rest on a grid of 2**-44 (6e-14), so
that differences equal on paper are equal here, ties are ties, and totals do not
depend on the order of adding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from matching.comparing.covariates import (
    GAP,
    BoolArray,
    FloatArray,
    IntArray,
    ReadCovariate,
    ReadPool,
)
from matching.plan import CovariateKind, Distance, GapRule, MatchPlan

_GRID = 2.0**44
UNMEASURED = np.inf
"""The distance of two cases that cannot be measured because of gaps."""


class Measure(Protocol):
    """A distance between contemporary and historic cases, by places in order of id.

    Places broadcast: a column of rows against a row of columns gives a table, two
    lists of equal length give one distance for each pair.
    """

    def distances(self, contemporary: IntArray, historic: IntArray) -> FloatArray:
        """Distances, lower is closer; UNMEASURED where gaps leave nothing."""
        ...

    def shares(self, contemporary: IntArray, historic: IntArray) -> FloatArray:
        """One row for each pair of equally long lists, one column each covariate."""
        ...


def measure_of(read: ReadPool) -> Measure:
    """The distance that the plan names, ready for these cases."""
    if read.plan.distance is Distance.MAHALANOBIS:
        return Mahalanobis.over(read)
    return Gower(read.plan, read.covariates)


def difference(
    read: ReadCovariate, contemporary: IntArray, historic: IntArray
) -> FloatArray:
    """How far two known values differ, 0 (the same) to 1 (wholly different).

    Number and ordered: difference over span, at most 1 (a span of nothing gives 0);
    yes/no and category 0 or 1, half for two categories of one group; set: 1 minus
    Jaccard, two empty sets 0. After Gower (1971). Gaps are left to the caller.
    """
    kind = read.covariate.kind
    if kind is CovariateKind.CATEGORY:
        return _category_difference(read, contemporary, historic)
    if kind is CovariateKind.SET:
        return _set_difference(read, contemporary, historic)
    if read.span == 0:
        return np.zeros(np.broadcast(contemporary, historic).shape)
    apart: FloatArray = np.subtract(
        read.contemporary[contemporary],
        read.historic[historic],
        dtype=np.float64,
    )
    np.abs(apart, out=apart)
    apart /= read.span
    return np.minimum(apart, 1.0, out=apart)


def either_unknown(
    read: ReadCovariate, contemporary: IntArray, historic: IntArray
) -> BoolArray:
    """Where at least one of the two cases has a gap."""
    unknown: BoolArray = ~read.contemporary_known[contemporary] | (
        ~read.historic_known[historic]
    )
    return unknown


def both_unknown(
    read: ReadCovariate, contemporary: IntArray, historic: IntArray
) -> BoolArray:
    """Where both cases have a gap."""
    unknown: BoolArray = ~read.contemporary_known[contemporary] & (
        ~read.historic_known[historic]
    )
    return unknown


def on_grid(distances: FloatArray) -> FloatArray:
    """Distances moved to the nearest multiple of 2**-44, in place."""
    distances *= _GRID
    np.rint(distances, out=distances)
    distances /= _GRID
    return distances


def _category_difference(
    read: ReadCovariate, contemporary: IntArray, historic: IntArray
) -> FloatArray:
    left, right = read.contemporary[contemporary], read.historic[historic]
    differ = (left != right).astype(np.float64)
    groups = read.covariate.groups
    if groups:
        names = sorted(set(groups.values()))
        places = {name: place for place, name in enumerate(names)}
        group_of = np.array(
            [places[groups[x]] if x in groups else GAP for x in read.labels] + [GAP],
            dtype=np.int64,
        )
        # A gap's code is -1, which picks the last entry: no group.
        left_group, right_group = group_of[left], group_of[right]
        same_group = (left_group == right_group) & (left_group != GAP)
        differ *= 1.0 - 0.5 * same_group
    return np.asarray(differ, dtype=np.float64)


def _set_difference(
    read: ReadCovariate, contemporary: IntArray, historic: IntArray
) -> FloatArray:
    sizes = read.contemporary.sum(axis=0), read.historic.sum(axis=0)
    shared = np.zeros(np.broadcast(contemporary, historic).shape, dtype=np.uint16)
    for left, right in zip(read.contemporary, read.historic, strict=True):
        # A member that one era never has is shared by nobody.
        if left.any() and right.any():
            shared += left[contemporary] & right[historic]
    together = sizes[0][contemporary] + sizes[1][historic] - shared.astype(np.float64)
    empty = together == 0
    together[empty] = 1.0
    apart: FloatArray = 1.0 - shared / together
    apart[empty] = 0.0
    return apart


@dataclass(frozen=True, slots=True, eq=False)
class Gower:
    """Weighted mean of the covariates' differences, 0 to 1 (Gower 1971).

    Gaps: *half* counts 0.5; *drop* leaves the term and its weight out; *level* counts
    0 for gap against gap and 1 for gap against value; *refuse* leaves it unmeasured.
    """

    plan: MatchPlan
    covariates: tuple[ReadCovariate, ...]

    def distances(self, contemporary: IntArray, historic: IntArray) -> FloatArray:
        """Distances, lower is closer; UNMEASURED where gaps leave nothing."""
        total = np.zeros(np.broadcast(contemporary, historic).shape)
        weights: Any = sum(c.covariate.weight for c in self.covariates)
        for read in self.covariates:
            term, missing = self._term(read, contemporary, historic)
            total += term
            if missing is not None and self.plan.missing is GapRule.DROP:
                weights = weights - read.covariate.weight * missing
        if isinstance(weights, np.ndarray):
            # Weights such as 0.1 leave a trace when taken away one by one.
            weights[weights < 1e-12 * self._whole_weight] = np.nan
        total /= weights
        return np.nan_to_num(on_grid(total), copy=False, nan=UNMEASURED)

    def shares(self, contemporary: IntArray, historic: IntArray) -> FloatArray:
        """Each covariate's part of the distance: adding to 1, or all 0 at distance 0.

        All are 0 where the distance is unmeasured.
        """
        terms = np.column_stack(
            [self._term(c, contemporary, historic)[0] for c in self.covariates]
        )
        whole = terms.sum(axis=1, keepdims=True)
        whole[whole == 0] = 1.0
        parts: FloatArray = np.nan_to_num(terms / whole, nan=0.0)
        return parts

    @property
    def _whole_weight(self) -> float:
        return sum(read.covariate.weight for read in self.covariates)

    def _term(
        self, read: ReadCovariate, contemporary: IntArray, historic: IntArray
    ) -> tuple[FloatArray, BoolArray | None]:
        """Weight times difference with the gap rule kept, and where the gaps are."""
        term = difference(read, contemporary, historic)
        missing = None
        if read.has_gaps:
            missing = either_unknown(read, contemporary, historic)
            term[missing] = _GAP_DIFFERENCE[self.plan.missing]
            if self.plan.missing is GapRule.LEVEL:
                term[both_unknown(read, contemporary, historic)] = 0.0
        if read.covariate.weight != 1:
            term *= read.covariate.weight
        return term, missing


_GAP_DIFFERENCE = {
    GapRule.HALF: 0.5,
    GapRule.DROP: 0.0,
    GapRule.LEVEL: 1.0,
    GapRule.REFUSE: np.nan,
}


@dataclass(frozen=True, slots=True, eq=False)
class Mahalanobis:
    """Distance by the covariance within the two eras (Mahalanobis 1936).

    Columns: numbers, yes/no and ranks as they are, one 0/1 column for each category
    and each member of a set. Each era is centred on its own mean, products summed and
    divided by n - 2, over cases without gaps; Moore-Penrose inverse; square root. This
    is the choice of Rubin (1980) with the pooling that MatchIt makes.
    """

    covariates: tuple[ReadCovariate, ...]
    contemporary: FloatArray
    historic: FloatArray
    contemporary_whole: BoolArray
    historic_whole: BoolArray

    @classmethod
    def over(cls, read: ReadPool) -> Mahalanobis:
        """The distance with the covariance of these cases."""
        whole = whole_records(read)
        tables = [
            np.column_stack([columns_of(c, side) for c in read.covariates])
            for side in ("contemporary", "historic")
        ]
        root = whitening(
            covariance_within(*(t[w] for t, w in zip(tables, whole, strict=True)))
        )
        left, right = (_turned(table, root) for table in tables)
        return cls(read.covariates, left, right, *whole)

    def distances(self, contemporary: IntArray, historic: IntArray) -> FloatArray:
        """Distances, lower is closer; UNMEASURED where either case has a gap."""
        total = np.zeros(np.broadcast(contemporary, historic).shape)
        for left, right in zip(self.contemporary, self.historic, strict=True):
            apart = left[contemporary] - right[historic]
            apart *= apart
            total += apart
        on_grid(np.sqrt(total, out=total))
        if not (self.contemporary_whole.all() and self.historic_whole.all()):
            whole = (
                self.contemporary_whole[contemporary] & self.historic_whole[historic]
            )
            total[~whole] = UNMEASURED
        return total

    def shares(self, contemporary: IntArray, historic: IntArray) -> FloatArray:
        """Each covariate's difference in contemporary standard deviations.

        For categories and sets, the root of the squares over their 0/1 columns. Where
        the contemporary group does not vary the deviation within both eras stands in;
        0 where neither varies, which the distance leaves out too, and for a gap.
        """
        return np.column_stack(
            [_in_deviations(c, contemporary, historic) for c in self.covariates]
        )


def whole_records(read: ReadPool) -> tuple[BoolArray, BoolArray]:
    """Which cases of each era have no gap in any covariate."""
    contemporary = np.ones(len(read.contemporary_ids), dtype=np.bool_)
    historic = np.ones(len(read.historic_ids), dtype=np.bool_)
    for covariate in read.covariates:
        contemporary &= covariate.contemporary_known
        historic &= covariate.historic_known
    return contemporary, historic


def columns_of(read: ReadCovariate, side: str) -> FloatArray:
    """A covariate as numeric columns, one row for each case of one era."""
    columns: npt.NDArray[Any] = getattr(read, side)
    if read.covariate.kind is CovariateKind.CATEGORY:
        columns = columns[:, None] == np.arange(len(read.labels))[None, :]
    elif read.covariate.kind is CovariateKind.SET:
        columns = columns.T
    else:
        columns = columns[:, None]
    return np.asarray(columns, dtype=np.float64)


def covariance_within(contemporary: FloatArray, historic: FloatArray) -> FloatArray:
    """Covariance about each era's own mean, over n - 2.

    >>> covariance_within(np.array([[1.0], [3.0]]), np.array([[10.0], [14.0]]))
    array([[5.]])
    """
    width = contemporary.shape[1]
    products = np.zeros((width, width))
    for table in (contemporary, historic):
        if len(table):
            centred = table - table.mean(axis=0)
            products += centred.T @ centred
    return products / max(len(contemporary) + len(historic) - 2, 1)


def whitening(covariance: FloatArray) -> FloatArray:
    """A table L with L L' the Moore-Penrose inverse of a covariance.

    What is null is decided on the scale of correlations, so that an income in pounds
    beside a yes/no does not make the yes/no look like rounding.
    """
    scale = np.sqrt(np.diag(covariance))
    scale[scale == 0] = 1.0
    values, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    is_null = values <= 1e-10 * max(values.max(initial=0.0), 1e-300)
    kept = vectors[:, ~is_null] / np.sqrt(values[~is_null])
    inverse_root = kept / scale[:, None]
    if is_null.any():
        # Null directions of the covariance itself; projecting on the rest turns any
        # generalised inverse into the Moore-Penrose one.
        null, _ = np.linalg.qr(vectors[:, is_null] / scale[:, None])
        inverse_root = inverse_root - null @ (null.T @ inverse_root)
    return np.asarray(inverse_root, dtype=np.float64)


def _turned(table: FloatArray, root: FloatArray) -> FloatArray:
    """The table in whitened columns, one row for each, added term by term."""
    turned = np.zeros((root.shape[1], len(table)))
    for column, weights in zip(table.T, root, strict=True):
        turned += weights[:, None] * column[None, :]
    return turned


def spread_of(columns: FloatArray, kind: CovariateKind) -> FloatArray:
    """The standard deviation of each column of one group of known values.

    Numbers and ranks with n - 1; shares (yes/no, levels, members) sqrt(p (1 - p)).
    nan where there are too few values.
    """
    if kind in (CovariateKind.NUMBER, CovariateKind.ORDERED):
        if len(columns) < 2:
            return np.full(columns.shape[1], np.nan)
        return np.asarray(columns.std(axis=0, ddof=1), dtype=np.float64)
    if len(columns) == 0:
        return np.full(columns.shape[1], np.nan)
    share = columns.mean(axis=0)
    return np.asarray(np.sqrt(share * (1.0 - share)), dtype=np.float64)


def _in_deviations(
    read: ReadCovariate, contemporary: IntArray, historic: IntArray
) -> FloatArray:
    left, right = columns_of(read, "contemporary"), columns_of(read, "historic")
    ours, theirs = left[read.contemporary_known], right[read.historic_known]
    spread = np.nan_to_num(spread_of(ours, read.covariate.kind))
    within = np.sqrt(np.diag(covariance_within(ours, theirs)))
    spread = np.where(spread > 0, spread, within)
    # A column that varies in neither era has no weight in the distance.
    spread[spread == 0] = np.inf
    deviations = (left[contemporary] - right[historic]) / spread
    root = np.sqrt((deviations**2).sum(axis=1))
    root[either_unknown(read, contemporary, historic)] = 0.0
    return np.asarray(root, dtype=np.float64)
