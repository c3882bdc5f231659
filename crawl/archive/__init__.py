"""The archive: articles, their versions and their near-duplicates, in one SQLite file."""
