"""How many random cases a test tries: few in `make test`, many in `make fuzz` and so in CI."""

from __future__ import annotations

import os

# Examples of a property test that does not say itself.
EXAMPLES = int(os.environ.get("BAHITH_FUZZ", "40"))


def cases(wanted: int) -> int:
    """How many of so many random cases are tried; at 100 examples all of them."""
    return max(1, wanted * EXAMPLES // 100)
