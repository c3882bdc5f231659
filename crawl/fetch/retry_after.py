"""The Retry-After header: how long a server asks us to stay away (RFC 9110, 10.2.3).

>>> retry_after("120", now=0.0), retry_after("Thu, 01 Jan 1970 00:01:00 GMT", now=0.0)
(120.0, 60.0)
>>> retry_after("²", now=0.0) is None
True
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

LONGEST_PAUSE = 3600.0  # seconds of it that are obeyed
_SECONDS = re.compile(r"[0-9]{1,12}")


def retry_after(header: str, now: float) -> float | None:
    """Seconds to stay away, at most `LONGEST_PAUSE`; None when the header says nothing of use."""
    written = header.strip()
    if _SECONDS.fullmatch(written):
        return min(float(written), LONGEST_PAUSE)
    try:
        wait = parsedate_to_datetime(written).timestamp() - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(wait, 0.0), LONGEST_PAUSE)
