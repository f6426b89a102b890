"""Pieces of the pages of hypotheses and minutes."""
