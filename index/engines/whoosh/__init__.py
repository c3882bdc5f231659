"""The default engine: documents → segments in memory → one merged file → a commit → search."""
