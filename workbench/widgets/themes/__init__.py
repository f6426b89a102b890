"""Pieces of the pages of themes: one section each."""
