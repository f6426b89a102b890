"""What people who took part may ask for: consent, withdrawal, erasure, an end date."""
