"""Pieces of the pages about suggestions."""
