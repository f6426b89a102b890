"""Suggested codes: offline, explained, and never codes until a person accepts."""
