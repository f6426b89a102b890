"""How far suggestions can be trusted: rates in words, and draws that can tell."""
