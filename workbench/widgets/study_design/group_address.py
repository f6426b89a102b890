"""A group of people as part of an address, and back."""

from __future__ import annotations

import json

from coding.study_design.aims import Group


def as_address(group: Group) -> str:
    """The group as one word of an address.

    >>> as_address(Group("Wave 1", "Parent"))
    '["Wave 1", "Parent", "", ""]'
    """
    return json.dumps([group.wave, *group.facts], ensure_ascii=False)


def from_address(words: str) -> Group | None:
    """The group that an address names, nothing where it names none.

    >>> from_address(as_address(Group("", "Parent", "North"))).in_words
    'Parent, North, all waves'
    >>> from_address("[1]"), from_address("x")
    (None, None)
    """
    try:
        parts = json.loads(words)
    except ValueError:
        return None
    is_group = isinstance(parts, list) and len(parts) == 4
    if not is_group or not all(isinstance(one, str) for one in parts):
        return None
    return Group(*parts)
