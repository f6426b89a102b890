"""Pieces of the page of releases."""
