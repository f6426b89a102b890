"""Storing what suggesting needs beside the suggestions: decisions, draws, settings."""
