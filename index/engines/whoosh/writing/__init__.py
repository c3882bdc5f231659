"""From documents to a segment: inverting, worker processes, the commit."""
