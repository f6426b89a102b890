"""Pieces of the pages of the cases desk."""
