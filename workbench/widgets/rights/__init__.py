"""Pieces of the page on consent, withdrawal, keeping and backups."""
