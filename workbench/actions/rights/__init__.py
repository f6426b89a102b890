"""What a person does for those who took part: consent, withdrawal, erasing, keeping."""
