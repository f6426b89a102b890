"""How far several coders agree, and where their readings of one passage differ."""
