"""What the page on balance and the account of a pairing say, in words and tables."""
