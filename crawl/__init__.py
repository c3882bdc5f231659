"""Fetch sites and clean their pages into articles: the first stage, standard library only at its root."""

from crawl.article import Article, Page, Rejected

__all__ = ["Article", "Page", "Rejected"]
