"""What is said of a plan: changed code lists, and how two plans differ."""
