"""The appendices of a report of findings, one a module."""
