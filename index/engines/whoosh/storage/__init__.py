"""What lies on disk: array files, postings, stored documents, merging."""
