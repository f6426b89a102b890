"""Pieces of the page of outcomes."""
