"""Files in and out: JSON Lines, saved HTML and WARC, imported and exported."""
