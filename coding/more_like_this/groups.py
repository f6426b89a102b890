"""Groups of passages that nothing marks yet, each named by its own words.

A group is a question to a person, never a code: what it is about, and whether that is
one thing at all, only reading tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coding.more_like_this.index import PassageIndex
from coding.more_like_this.passages import ComparedPassage

FEWEST_PASSAGES = 4
_SEED = 11
_A_GROUP = 12
_MOST_GROUPS = 24
_WORDS_IN_NAME = 3
_WORDS_AS_CUES = 6


@dataclass(frozen=True, slots=True)
class PassageGroup:
    """Passages alike, most typical first, and the words that mark them off."""

    words: tuple[str, ...]
    passages: tuple[ComparedPassage, ...]

    @property
    def name(self) -> str:
        """The group by its three most characteristic words."""
        return ", ".join(self.words[:_WORDS_IN_NAME])

    @property
    def sources(self) -> int:
        """How many sources its passages come from."""
        return len({one.source_id for one in self.passages})


def groups_among(index: PassageIndex, chosen: Sequence[int]) -> list[PassageGroup]:
    """Groups of the passages chosen by number, the most widespread first.

    k-means (Lloyd 1982) with a fixed beginning, so that the same study gives the same
    groups. Groups of fewer than four passages, or of one source alone, are left out;
    under twelve passages there are none.
    """
    if len(chosen) < _A_GROUP:
        return []
    from sklearn.cluster import KMeans

    rows = index.rows[list(chosen)]
    count = max(2, min(_MOST_GROUPS, len(chosen) // _A_GROUP))
    fitted = KMeans(count, n_init=4, random_state=_SEED).fit(rows)
    found = []
    for number in range(count):
        inside = [at for at, label in enumerate(fitted.labels_) if label == number]
        typical = rows[inside] @ fitted.cluster_centers_[number]
        ordered = [chosen[inside[at]] for at in np.argsort(-typical, kind="stable")]
        words = index.characteristic(ordered, _WORDS_AS_CUES)
        group = PassageGroup(words, tuple(index.passages[at] for at in ordered))
        if len(ordered) >= FEWEST_PASSAGES and group.sources > 1 and words:
            found.append(group)
    return sorted(found, key=lambda one: (-one.sources, -len(one.passages), one.name))
