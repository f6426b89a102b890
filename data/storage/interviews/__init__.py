"""Storing the interviews desk: sources, codebook, codings, suggestions, memos."""
