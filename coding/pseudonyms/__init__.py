"""Pseudonyms: who and what could be known again in a source, and other words for it."""
