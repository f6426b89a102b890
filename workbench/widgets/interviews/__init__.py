"""Pieces of the interviews desk: lists and forms of sources."""
