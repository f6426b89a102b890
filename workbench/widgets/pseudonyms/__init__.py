"""What the page Pseudonyms shows: the key, the review, the list, replacing."""
