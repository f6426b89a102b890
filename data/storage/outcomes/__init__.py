"""Storing the logic model and how strong the evidence for each outcome is."""
