"""What a researcher does with suggestions: review, count, draw, look for more."""
