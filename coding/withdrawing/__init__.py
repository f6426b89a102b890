"""Words that people take back."""
