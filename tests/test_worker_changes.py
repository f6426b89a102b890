"""The finder of changes of worker: how notes say it, and what only sounds like it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from matching.progress.worker_changes import find_worker_changes

TOLD = [
    "My predecessor left with hers half done.",
    "I took over this case in May.",
    "Took over from my colleague last week.",
    "A new worker took over in March.",
    "The case was taken over by another social worker.",
    "Sandra has taken the case over.",
    "I inherited the file with two reviews missing.",
    "Case inherited from the duty team.",
    "Handed over to Janet in the locality team.",
    "Handed over on 3 March.",
    "The file was handed over with gaps.",
    "Third worker handed the case over.",
    "Written handover received.",
    "New worker.",
    "Weight climbing. New worker. Plan ended.",
    "A different social worker came.",
    "Third social worker introduced.",
    "Late, three workers.",
    "Seen by three different duty workers this month.",
    "Worker before last got on with him; she has left.",
    "First worker has gone to the court team.",
    "Change of worker in February.",
    "Changed worker in November.",
    "Not chased after the worker left.",
    "Her social worker is now off; the previous worker wrote this.",
    "Allocated to me on Monday.",
    "The case is allocated to a newly qualified social worker.",
    "Child not yet seen by the writer, who was allocated on Monday.",
    "Case allocated to Sandra Bell.",
    "Reallocated after the move.",
    "Re-allocation agreed.",
    "Agency worker until June.",
    "Covering for my colleague this week.",
]

ONLY_SOUNDS_LIKE_IT = [
    "The visit took over an hour.",
    "The worker took over two hours to get there.",
    "We took over 40 minutes to find the flat.",
    "Nan took over the cooking.",
    "Dad has taken over the tenancy.",
    "Drink has taken over her life.",
    "Grandmother took over from Mum at bedtime.",
    "He inherited a condition of the heart.",
    "She inherited the house from her aunt.",
    "An inherited disorder is suspected.",
    "Dad handed over the keys.",
    "She handed over her phone without a word.",
    "Simone handed him over herself and took the first tablet.",
    "Baby handed over to Nan at the door.",
    "The contact handover went well.",
    "Handover at the school gate is calm now.",
    "Handover on a car park.",
    "Handovers between the parents are tense.",
    "A nursery place was allocated to Kai.",
    "Funding allocated to the family for a bed.",
    "She likes the new worker at the nursery.",
    "Works nights as an agency worker at the warehouse.",
    "Kai was covering for his brother.",
    "The predecessor scheme ended in 2019.",
    "Declan is a groundworker.",
    "Her new job is going well.",
]


@pytest.mark.parametrize("sentence", TOLD)
def test_a_change_is_found_however_a_note_says_it(sentence: str) -> None:
    assert find_worker_changes([sentence])


@pytest.mark.parametrize("sentence", ONLY_SOUNDS_LIKE_IT)
def test_what_only_sounds_like_a_change_is_left_alone(sentence: str) -> None:
    assert find_worker_changes([sentence]) == []


def test_the_sentence_alone_is_quoted_with_what_was_met_in_it() -> None:
    note = "Weight static. My predecessor\nleft; I took  over the file. All well."
    (found,) = find_worker_changes(["Nothing here.", note])[:1]
    assert found.note == 1
    quoted = [note[one.start : one.end] for one in find_worker_changes([note])]
    assert quoted == ["My predecessor", "left; I took  over the file."]


def test_the_sample_is_found_to_speak_of_predecessors_and_allocation() -> None:
    path = Path(__file__).parents[1] / "data" / "sample_study" / "notes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    met = {cue for one in find_worker_changes(texts) for cue in one.cues}
    assert {"predecessor", "allocated", "change of worker", "another worker"} <= met
    for one in find_worker_changes(texts):
        quoted = texts[one.note][one.start : one.end]
        assert "handed him over" not in quoted
        assert "groundworker" not in quoted
