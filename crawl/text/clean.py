"""The one place where text changes: from what a page or a row holds to an article's frozen text.

Every text passes here once, on its way into an `Article`; afterwards all offsets point into the
result. What changes: HTML entities are unescaped once (a row's text only: a page's parser has
already done it), characters nobody can see or print go out, white space becomes single spaces, and
lines become paragraphs with exactly one newline between them. Letters stay as they were written:
folding spellings is the analysis's work, not ours.

The result is in NFC, so that ئ typed as two characters (ي and a combining hamza) is one letter for
every later reader. NFKC was rejected: it rewrites ligatures and presentation forms, which the
analysis reads and which the reader should see as the paper printed them.

>>> clean_text("قال&nbsp;الوزير: &quot;نعم&quot;\\r\\n\\r\\n  وأضاف")
'قال الوزير: "نعم"\\nوأضاف'
"""

from __future__ import annotations

import html
import re
import unicodedata

from crawl.text.letters import EMBEDDINGS

# Only references that end in a semicolon, so that "?a=1&copy=2" in an address stays itself, and the
# two that careless exporters leave open. Bounded repetition: no backtracking beyond 32 characters.
_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|&(?:nbsp|quot)(?![A-Za-z])"
)

# Deleted: controls, lone surrogates (they cannot be stored as UTF-8), soft hyphen, zero-width space
# and BOM, non-characters; and bidi embeddings, overrides and isolates, whose closing partner an
# excerpt cuts off. Kept: the joiners (they shape letters) and the single marks LRM, RLM, ALM.
_UNSEEN = re.compile(
    rf"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060-\u2064{EMBEDDINGS}\u206a-\u206f"
    "\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
_LINE_END = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile(r"[^\S\n]+")


def clean_text(raw: str) -> str:
    """The text of an imported field: entities unescaped once, then `tidy`.

    >>> clean_text("&amp;lt; تبقى مكتوبة")
    '&lt; تبقى مكتوبة'
    """
    return tidy(unescape(raw))


def clean_line(raw: str) -> str:
    """An imported field that is one line (a title, an author), cleaned like `clean_text`.

    >>> clean_line(" عنوان\\n  على &laquo;سطرين&raquo; ")
    'عنوان على «سطرين»'
    """
    return tidy(unescape(raw)).replace("\n", " ")


def unescape(raw: str) -> str:
    """Replace each HTML character reference that is surely one, once.

    >>> unescape("R&D &#1593; ?a=1&copy=2")
    'R&D ع ?a=1&copy=2'
    """
    return _ENTITY.sub(_character, raw) if "&" in raw else raw


def _character(found: re.Match[str]) -> str:
    return html.unescape(found[0])


def tidy(text: str) -> str:
    """`text` in NFC without unseen characters, its non-empty lines joined by one newline.

    Applying it twice changes nothing more.

    >>> tidy("سطر\\u200b  أول \\n\\n\\t سطر ثان ")
    'سطر أول\\nسطر ثان'
    """
    visible = _UNSEEN.sub("", _LINE_END.sub("\n", text))
    lines = (line.strip() for line in _SPACE.sub(" ", visible).split("\n"))
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))
