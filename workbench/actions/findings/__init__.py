"""What the study found: findings with their evidence, and the report of them."""
