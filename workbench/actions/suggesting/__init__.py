"""What a researcher does with suggestions: review, count, draw, order, look for more."""
