"""What people do at the cases desk."""
