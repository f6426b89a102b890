"""Which codes, or themes, are met in which source."""

from __future__ import annotations

from coding.theme_summaries.counting import SaidMentions
from coding.theme_summaries.said import SaidInStudy


def met_by_source(
    said: SaidInStudy, mentions: SaidMentions, ids: tuple[str, ...]
) -> dict[str, list[str]]:
    """The ids of what is said in each source, by the source's id.

    ``ids`` are those of the themes the mentions were counted for; each source's stand
    in that order. Interviewers' words bring nothing.
    """
    found: dict[str, list[str]] = {}
    pairs = set(zip(mentions.source.tolist(), mentions.theme.tolist(), strict=True))
    for source, theme in sorted(pairs):
        found.setdefault(said.sources[source].id, []).append(ids[theme])
    return found
