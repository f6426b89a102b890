"""Reading and coding interviews; knows nothing of screens or storage."""
