"""Route: a row of the blueprint's table, with what its answers need to be told apart by.

The table itself stands in `web.blueprint`; caching, CORS and OpenAPI read it from the application's
state, so that a new route is one row and one view.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from werkzeug.wrappers import Response

Schema = dict[str, Any]


class Route(NamedTuple):
    """A path and its view.

    `cacheable`: only the index, the address and the day decide the answer, so it has an ETag.
    `cross_origin`: a portal's page may read it from another origin. `public`: it tells of no
    article, so that nobody's rights are asked for; every other route is guarded. `method`: HEAD and
    OPTIONS go with it.
    """

    path: str
    endpoint: str
    view: Callable[..., Response]
    cacheable: bool = False
    cross_origin: bool = False
    public: bool = False
    method: str = "GET"
