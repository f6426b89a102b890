"""Storing what the study found: worded by people, resting on linked evidence."""
