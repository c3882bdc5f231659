"""The page as a tree and as lines: parsing, boxes by name, density, layout, text blocks."""
