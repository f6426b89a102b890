"""What a theme amounts to: who says it, since when, with what, and who does not."""
