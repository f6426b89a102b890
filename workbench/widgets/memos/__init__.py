"""Memos as pages show them."""
