"""Pieces of the page of findings."""
