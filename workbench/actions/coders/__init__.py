"""Several coders: who codes what, how far they agree, what they settle."""
