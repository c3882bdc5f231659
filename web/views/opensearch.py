"""OpenSearch description: lets a browser add this search to its own search box."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from flask import Response

from web.responses import address, as_xml, asset, current_locale, site_name

NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
# The longest short name that the specification allows.
SHORT_NAME = 16


def opensearch() -> Response:
    """`/opensearch.xml`: the addresses of the page, the feed and the suggestions."""
    catalog = current_locale().catalog
    ElementTree.register_namespace("", NAMESPACE)
    root = Element(f"{{{NAMESPACE}}}OpenSearchDescription")

    def add(name: str, text: str = "", **attributes: str) -> None:
        SubElement(root, f"{{{NAMESPACE}}}{name}", attributes).text = text or None

    add("ShortName", site_name()[:SHORT_NAME])
    add("Description", catalog.text["tagline"])
    add("InputEncoding", "UTF-8")
    add("Language", catalog.code)
    for kind, endpoint in (
        ("text/html", "search"),
        ("application/atom+xml", "feed"),
        ("application/x-suggestions+json", "api_suggest"),
    ):
        template = address(endpoint, absolute=True)
        template += ("&" if "?" in template else "?") + "q={searchTerms}"
        add("Url", type=kind, template=template)
    add("Image", asset("icon.svg", absolute=True), type="image/svg+xml")
    return as_xml(root, "application/opensearchdescription+xml")
