"""Storing what is read: sources, their turns and speakers."""
