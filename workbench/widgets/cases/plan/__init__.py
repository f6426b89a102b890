"""The page of the plan in pieces: its form, its record, its code lists."""
