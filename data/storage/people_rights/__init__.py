"""Storing what people who took part may ask for."""
