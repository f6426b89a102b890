"""Evidence as it is chosen and told, whatever rests on it."""
