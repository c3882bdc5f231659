"""What matches have in common: facets, pairs of facets, terms; counted on arrays."""
