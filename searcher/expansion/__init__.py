"""From clauses to trees of the index's terms, with their weights."""
