"""Storing how cases are judged: by whom, what each judge saw, and supervision."""
