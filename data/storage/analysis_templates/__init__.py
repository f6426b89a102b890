"""Storing analysis templates: versioned questions, and a record for each interview."""
