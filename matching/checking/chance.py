"""How far a standardised mean difference strays by chance with so few cases."""

from __future__ import annotations

import math


def sampling_error(
    contemporary: float, historic: float, difference: float = 0.0
) -> float:
    """The standard error of a standardised mean difference between groups of that size.

    The usual large-sample approximation (Hedges and Olkin 1985), in the units of the
    difference itself: about one difference in three strays further than this although
    the groups do not differ, one in twenty further than twice this. Historic cases
    that are used more often than once count by their effective sample size. Raises
    ValueError for an empty group.

    >>> round(sampling_error(13, 13), 2), round(sampling_error(14, 14), 2)
    (0.39, 0.38)
    >>> round(sampling_error(10, 10, 1.0), 3)
    0.474
    """
    if contemporary <= 0 or historic <= 0:
        raise ValueError("a group without cases has no sampling error")
    together = contemporary + historic
    return math.sqrt(
        together / (contemporary * historic) + difference**2 / (2 * together)
    )
