"""Page, JSON API, feeds and widget: the last stage, and the only one that makes markup.

request ──▶ route ──▶ search parameters ──▶ Searcher ──▶ results page ──▶ HTML, JSON, XML
"""

from web.app import create_app
from web.blueprint import bahith_blueprint, blueprint
from web.errors import WebError

__all__ = ["WebError", "bahith_blueprint", "blueprint", "create_app"]
