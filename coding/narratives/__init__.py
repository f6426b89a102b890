"""Narratives beside a distance: how alike two notes read, and the phrases shared."""
