"""What a researcher does with the design of a study."""
