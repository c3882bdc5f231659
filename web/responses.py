"""From values to responses: HTML through the templates, JSON, XML; and the addresses inside them.

A portal mounts the blueprint under a prefix and a name of its own, and may bring its own
`bahith/layout.html`; so addresses are built here, relative to wherever the request came in, and
carry the reader's choice of language along.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

from flask import Response, current_app, g, render_template, request, url_for

import web.html.markup as markup
from web.app_state import shared_state
from web.locale.locale import CATALOGS, DIGITS, Locale
from web.search_params import SearchParams

NAME = "bahith"
# A portal's template of this name goes before ours.
LAYOUT = "bahith/layout.html"
# Routes whose addresses carry the reader's language: pages and what is read as they are.
_WORDED = frozenset(
    {
        *("home", "search", "fragment", "coverage", "sheet", "status", "help", "article"),
        *("feed", "json_feed"),
    }
)
# Routes whose path ends in a variable, its name, and what stands for it while the path is made.
_ENDS_IN = {
    **dict.fromkeys(("article", "api_article", "api_similar"), "key"),
    "static": "filename",
}
_END = "0"
_REQUEST_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_TEMPLATES = Path(__file__).parent / "templates"


class Here(NamedTuple):
    """The present page as a form sends it again: its path, and what was asked there."""

    path: str
    fields: list[tuple[str, str]]


class Language(NamedTuple):
    """Another language of the interface, and the present page in it."""

    code: str
    name: str
    direction: str
    address: str


def current_locale() -> Locale:
    """The language, digits and months that this request asks for."""
    if "bahith_locale" not in g:
        g.bahith_locale = Locale.of(request.args)
    locale: Locale = g.bahith_locale
    return locale


def html(
    template: str,
    params: SearchParams,
    *,
    status: int = 200,
    asked: Sequence[tuple[str, str]] | None = None,
    **values: Any,
) -> Response:
    """A page from `templates/bahith/`; all see the parameters, the locale, the helpers.

    `asked`: what asks for the same page in other letters; the parameters, where they say it all.
    """
    locale = current_locale()
    same = list(params.parameters if asked is None else asked)
    is_fragment = (request.endpoint or "").endswith(".fragment")
    page = render_template(
        f"bahith/{template}",
        params=params,
        locale=locale,
        t=locale.catalog.text,
        markup=markup,
        clip=markup.clip,
        outlet=outlet,
        url=address,
        asset=asset,
        url_of=address_of,
        form_action=form_action,
        display_fields=list(locale.arguments.items()),
        digit_choices=DIGITS,
        languages=_other_languages(same, locale),
        here=Here(f"{request.root_path}{request.path}", _fields_here(same, locale)),
        site_name=site_name(),
        layout="bahith/fragment.html" if is_fragment else LAYOUT,
        foreign_layout=is_fragment or _has_foreign_layout(),
        **values,
    )
    return Response(page, status, content_type="text/html; charset=utf-8")


def _has_foreign_layout() -> bool:
    """Whether the application brings a layout of its own, in which our pages are guests."""
    found = current_app.jinja_env.get_template(LAYOUT).filename
    return not (found and Path(found).is_relative_to(_TEMPLATES))


def request_id() -> str:
    """What this request is called in logs and answers: as its sender called it, or at random."""
    if "bahith_request_id" not in g:
        sent = request.headers.get("X-Request-Id", "")
        g.bahith_request_id = sent if _REQUEST_ID.fullmatch(sent) else secrets.token_hex(8)
    name: str = g.bahith_request_id
    return name


def site_name() -> str:
    """What the pages call themselves."""
    name: str = shared_state().title or current_app.config["BAHITH_NAME"]
    return name


def outlet(source: str) -> str:
    """What the readers of this page call a source."""
    return shared_state().outlets.shown(source, current_locale().catalog.code)


def as_json(value: Any, *, status: int = 200) -> Response:
    """A value as JSON, Arabic left readable."""
    text = json.dumps(value, ensure_ascii=False)
    return Response(text + "\n", status, content_type="application/json; charset=utf-8")


def as_xml(root: ElementTree.Element, content_type: str) -> Response:
    """An XML document; letters that XML forbids must be gone (`xml_text`)."""
    text = ElementTree.tostring(root, encoding="unicode", xml_declaration=False)
    declared = f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
    return Response(declared, content_type=f"{content_type}; charset=utf-8")


def address(endpoint: str, *, absolute: bool = False, **arguments: Any) -> str:
    """The address of one of our routes under the prefix that this request came in by."""
    mount = request.blueprint or NAME
    if endpoint in _WORDED:
        arguments |= current_locale().arguments
    if absolute:
        return url_for(f"{mount}.{endpoint}", _external=absolute, **arguments)
    # A page has dozens of addresses, and Flask takes a tenth of a millisecond for each.
    path = _path(endpoint) + quote(arguments.pop(_ENDS_IN.get(endpoint, ""), ""), safe="")
    query = query_string(arguments)
    return f"{path}?{query}" if query else path


def query_string(arguments: Mapping[str, Any]) -> str:
    """Arguments as the part of an address behind its question mark; None is left out."""
    given = {name: value for name, value in arguments.items() if value is not None}
    return urlencode(given, doseq=True, safe="!$'()*,/:;?@", errors="replace")


def _path(endpoint: str) -> str:
    """The path of a route under this request's prefix, without its key; looked up once."""
    if "bahith_paths" not in g:
        g.bahith_paths = {}
    paths: dict[str, str] = g.bahith_paths
    if endpoint not in paths:
        ends_in: dict[str, Any] = {_ENDS_IN[endpoint]: _END} if endpoint in _ENDS_IN else {}
        made = url_for(f"{request.blueprint or NAME}.{endpoint}", **ends_in)
        paths[endpoint] = made.removesuffix(_END) if ends_in else made
    return paths[endpoint]


def form_action(endpoint: str) -> str:
    """The address of a route without a query string, which a form makes from its fields."""
    return _path(endpoint)


def asset(name: str, *, absolute: bool = False) -> str:
    """The address of a static file; it changes with the file, so browsers may keep it for good."""
    return address("static", absolute=absolute, filename=name, v=_digest(name))


@functools.cache
def _digest(name: str) -> str:
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return hashlib.blake2b(content, digest_size=6).hexdigest()


def address_of(params: SearchParams, endpoint: str = "search", *, absolute: bool = False) -> str:
    """The address that asks this question."""
    return address(endpoint, absolute=absolute, **params.arguments())


def _fields_here(same: Sequence[tuple[str, str]], locale: Locale) -> list[tuple[str, str]]:
    language = [(name, value) for name, value in locale.arguments.items() if name == "lang"]
    return [*same, *language]


def _other_languages(same: Sequence[tuple[str, str]], locale: Locale) -> list[Language]:
    known = (request.endpoint or "").rpartition(".")[2] in _WORDED
    path = f"{request.root_path}{request.path}" if known else _path("home")
    asked: dict[str, list[str]] = {}
    for name, value in same if known else ():
        asked.setdefault(name, []).append(value)
    return [
        Language(
            catalog.code,
            catalog.name,
            catalog.direction,
            f"{path}?{query_string({**asked, **Locale(catalog).arguments})}",
        )
        for catalog in CATALOGS.values()
        if catalog is not locale.catalog
    ]
