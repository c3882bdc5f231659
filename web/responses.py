"""From values to responses: HTML through the templates, JSON, XML; and the addresses inside them.

A portal mounts the blueprint under a prefix and a name of its own, and may bring its own
`bahith/layout.html`; so addresses are built here, relative to wherever the request came in.
"""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from flask import Response, current_app, render_template, request, url_for

import web.html.markup as markup
import web.locale.formats as arabic
import web.locale.strings as strings
from web.search_params import SearchParams

NAME = "bahith"


def html(template: str, params: SearchParams, *, status: int = 200, **values: Any) -> Response:
    """A page from `templates/bahith/`; all see the parameters, the strings, the helpers."""
    page = render_template(
        f"bahith/{template}",
        params=params,
        t=strings.TEXT,
        strings=strings,
        arabic=arabic,
        markup=markup,
        url=address,
        asset=asset,
        url_of=address_of,
        site_name=current_app.config["BAHITH_NAME"],
        **values,
    )
    return Response(page, status, content_type="text/html; charset=utf-8")


def as_json(value: Any, *, status: int = 200) -> Response:
    """A value as JSON, Arabic left readable."""
    text = json.dumps(value, ensure_ascii=False)
    return Response(text + "\n", status, content_type="application/json; charset=utf-8")


def as_xml(root: ElementTree.Element, content_type: str) -> Response:
    """An XML document; letters that XML forbids must be gone (`xml_text`)."""
    text = ElementTree.tostring(root, encoding="unicode", xml_declaration=False)
    declared = f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
    return Response(declared, content_type=f"{content_type}; charset=utf-8")


def xml_text(text: str) -> str:
    """A text without the control characters that no XML document may hold, however escaped.

    >>> xml_text("خبر\\x00\\x1b\\n")
    'خبر\\n'
    """
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))


def address(endpoint: str, *, absolute: bool = False, **arguments: Any) -> str:
    """The address of one of our routes under the prefix that this request came in by."""
    mount = request.blueprint or NAME
    return url_for(f"{mount}.{endpoint}", _external=absolute, **arguments)


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
