"""What leaves the study: numbers made fit, words looked through, two people."""
