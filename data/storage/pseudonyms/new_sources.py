"""Listed names replaced in a source before it is saved: its words, labels and names."""

from __future__ import annotations

from dataclasses import replace

from coding.pseudonyms.replacer import NameReplacer
from coding.pseudonyms.replacing import ReplacedWords, replaced_transcript
from coding.study import Participant
from data.sources import NewSource, SpeakerMapping


def replaced_source(
    source: NewSource, replacer: NameReplacer
) -> tuple[NewSource, ReplacedWords]:
    """The source with pseudonyms, and how its text was changed."""
    transcript = source.transcript
    said = ReplacedWords(transcript.text, replacer.edits(transcript.text))
    mappings: dict[str, SpeakerMapping] = {}
    for one in source.mappings:
        label = replacer.words(one.label)
        participant = one.participant and _renamed(one.participant, replacer)
        mappings.setdefault(label, replace(one, label=label, participant=participant))
    changed = replace(
        source,
        transcript=replaced_transcript(transcript, said, replacer.words),
        file_name=replacer.words(source.file_name),
        mappings=tuple(mappings.values()),
    )
    return changed, said


def _renamed(one: Participant, replacer: NameReplacer) -> Participant:
    return replace(
        one,
        pseudonym=replacer.words(one.pseudonym),
        role=replacer.words(one.role),
        team=replacer.words(one.team),
        locality=replacer.words(one.locality),
        attributes=replacer.value(dict(one.attributes)),
    )
