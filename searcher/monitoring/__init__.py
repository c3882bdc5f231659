"""Monitoring: an archive kept alive in rounds, and alerts on what arrives."""
