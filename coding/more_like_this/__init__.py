"""Passages like another: by their words and vectors, and groups of them."""
