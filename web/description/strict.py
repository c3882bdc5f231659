"""Strictness: with `strict=1` a route of the API refuses what is not in its description."""

from __future__ import annotations

from flask import Response, request

from index import ATTRIBUTE_NAMES
from web.app_state import current_route
from web.description.operations import OPERATIONS
from web.description.parameters import NARROWED, STRICT, wrong_values
from web.errors import told_error
from web.responses import current_locale
from web.search_params import SearchParams

# The parameters that a note is about; the others are about values of filters.
_NOTED = {"bad-date": ("since", "until", "month"), "bad-sort": ("sort",), "long-query": ("q",)}


def refuse_strictly() -> Response | None:
    """400 with the names of what cannot be used, where that is asked for; None to go on."""
    route = current_route()
    if route is None or request.args.getlist("strict")[-1:] != ["1"]:
        return None
    described = OPERATIONS[route.endpoint].parameters
    if STRICT[0] not in described:
        return None
    given = dict(request.args.lists())
    wrong = wrong_values(described, given)
    if NARROWED[0] in described:
        for note in SearchParams.of(request.args).notes:
            wrong += [name for name in _NOTED.get(note.code, ATTRIBUTE_NAMES) if name in given]
    if not wrong:
        return None
    names = list(dict.fromkeys(wrong))
    message = current_locale().text("error_parameters", ", ".join(names))
    return told_error(400, message, parameters=names)
