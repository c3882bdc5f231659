"""From matches to what is shown: highlights, snippets, results."""
