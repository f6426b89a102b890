"""Storing evidence: what something written rests on, and what became of it since."""
