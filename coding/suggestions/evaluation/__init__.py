"""How well codes are suggested, measured on turns that people coded."""
