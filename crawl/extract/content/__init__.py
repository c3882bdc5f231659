"""The article's text: candidate parts, what reads on, and which lines belong to it."""
