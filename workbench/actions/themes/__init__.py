"""What a researcher asks of themes: who says one, since when, what does not fit it."""
