"""What stock Whoosh asks for: codec, readers and the table of contents."""
