"""Addresses, numbers, dates of birth and named services are known by how they look."""

from __future__ import annotations

import pytest

from coding.pseudonyms.names import NameKind
from coding.pseudonyms.patterns import pattern_hits


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        (
            "write to j.o'neill+1@mail.example.org.",
            "j.o'neill+1@mail.example.org",
            "EMAIL",
        ),
        ("on 07700 900123 after six", "07700 900123", "PHONE"),
        ("on +44 7700 900 123 then", "+44 7700 900 123", "PHONE"),
        ("ring (01632) 960-123.", "(01632) 960-123", "PHONE"),
        ("at ZE12 4ab now", "ZE12 4ab", "POSTCODE"),
        ("at W1A1AA now", "W1A1AA", "POSTCODE"),
        ("number 943 476 5919 it was", "943 476 5919", "NHS_NUMBER"),
        ("DOB: 3/4/2011, she", "3/4/2011", "BIRTH_DATE"),
        ("she was born on the 3rd of April 2011 in", "3rd of April 2011", "BIRTH_DATE"),
        ("at Fernwick Primary School they", "Fernwick Primary School", "SERVICE"),
        ("St Oswin's Academy was", "St Oswin's Academy", "SERVICE"),
        ("the Drayley Children's Centre shut", "Drayley Children's Centre", "SERVICE"),
    ],
)
def test_it_is_found_and_named_for_what_it_is(text: str, words: str, kind: str) -> None:
    hits = [(text[h.start : h.end], h.kind) for h in pattern_hits(text)]
    assert hits == [(words, NameKind[kind])]


@pytest.mark.parametrize(
    "text",
    [
        "number 943 476 5918 has a wrong check digit",
        "it took 20 days, from 3/4/2011 to 5/6/2011",
        "At School we said. The Primary School was good. Every School has one.",
        "in 2011 about 1,250 of 13,000 families",
        "at half past 10, room A1 2nd door",
    ],
)
def test_what_only_looks_alike_is_left(text: str) -> None:
    assert pattern_hits(text) == []
