"""Address guard: hosts that are part of this machine or of its own network.

Pages are written by strangers, who may link to `http://192.168.0.1/`. Names have to be resolved
first (`crawl.fetch.guarded_resolver`); this module touches no network.

>>> is_private("127.0.0.1"), is_private("localhost"), is_private("192.0.2.7"), is_private("a.org")
(True, True, True, False)
"""

from __future__ import annotations

import ipaddress

_LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa")


def is_private(host: str) -> bool:
    """Whether a host is named or numbered as part of this machine or its own network."""
    bare = host.strip("[]").rstrip(".").lower()
    try:
        number = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return bare == "localhost" or bare.endswith(_LOCAL_NAMES)
    mapped = getattr(number, "ipv4_mapped", None) or number
    return not mapped.is_global or mapped.is_multicast
