"""Pieces of the page on two coders."""
