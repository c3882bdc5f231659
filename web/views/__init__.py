"""One file for each family of responses."""
