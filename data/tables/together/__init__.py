"""Tables of what a team makes of it together: evidence, matrix, debriefs, findings."""
