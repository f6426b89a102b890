"""Pairing contemporary with historic cases; knows nothing of screens or storage."""
