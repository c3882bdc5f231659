"""From a query to its best documents: matching, scoring, proximity, the top k."""
