"""What embedded researchers do: add sources, read and code."""
