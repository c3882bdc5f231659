"""Sentences and the forms of numbers, days and lists in Arabic."""
