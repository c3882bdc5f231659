"""What a reason means, in a sentence that says what to do."""

from __future__ import annotations

_SENTENCES = {
    "unknown-host": "no such host is known; check the address and the connection",
    "connection-refused": "nothing answers there; check the address and whether the site is up",
    "connection": "the connection broke; try again later",
    "timeout": "it did not answer in time; try again later",
    "truncated": "its answer breaks off; try again later",
    "private-address": "it is a private address; add --allow-private if you mean it",
    "robots": "its robots.txt forbids it to crawlers",
    "forbidden": "it forbids us the page",
    "not-found": "there is no such page; check the address",
    "not-html": "it is no page, feed or sitemap; give the address of one",
    "empty": "its answer is empty",
    "too-large": "its answer is larger than any page",
    "redirect-loop": "it redirects in circles",
    "bad-certificate": "its certificate is not valid for it; `insecure = true` in a --sites file"
    " takes it all the same",
    "internal-error": "bahith itself failed there; please report it with the address",
    "offsite": "it leads to another site; give that site's address",
}


def sentence(reason: str) -> str:
    """A reason of a report as a sentence.

    >>> sentence("not-found")
    'there is no such page; check the address'
    >>> sentence("http-500")
    'it answers with the error 500; try again later'
    """
    if reason.startswith("robots-http-"):
        number = reason.removeprefix("robots-http-")
        return f"its robots.txt answers with the error {number}, so nothing is allowed; try later"
    if reason.startswith("http-"):
        return f"it answers with the error {reason.removeprefix('http-')}; try again later"
    return _SENTENCES.get(reason, reason)
