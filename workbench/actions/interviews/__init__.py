"""What embedded researchers do: add sources, keep the codebook, read and code."""
