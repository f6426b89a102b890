"""What may leave the study: small numbers hidden so that they cannot be worked out."""
