"""What a researcher does to find passages and take them away."""
