"""Page, JSON API, feeds and widget: the last stage, and the only one that makes markup."""

from web.app import create_app
from web.errors import WebError
from web.mount import blueprint

__all__ = ["WebError", "blueprint", "create_app"]
