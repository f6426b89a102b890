"""What people decide about pairs, and how far they agree."""
