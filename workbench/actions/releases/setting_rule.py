"""The rule for small numbers as it is chosen: a well-known one, or one's own."""

from __future__ import annotations

from data.disclosure.rules import PRESETS, DisclosureRule

OWN = "Our own rule"


def rule_of(name: str) -> DisclosureRule:
    """The well-known rule of that name.

    >>> rule_of("DfE").threshold
    5
    """
    return PRESETS[name]
