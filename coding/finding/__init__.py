"""Finding what was said: words searched for, passages by codes, quotations."""
