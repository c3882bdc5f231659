"""What a page says of its article: title, author, publication date, structured data."""
