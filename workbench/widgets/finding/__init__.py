"""What the page for finding passages is made of."""
