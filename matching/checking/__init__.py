"""How far a pairing can be trusted: chance, other settings, months, what changes."""
