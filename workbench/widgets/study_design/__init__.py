"""Pieces of the page on the study design."""
