"""Address guard: hosts that are no part of the public Internet.

Pages are written by strangers, who may link to `http://192.168.0.1/` or to a name that leads there.
Only addresses that are routed globally are asked, and those that carry an IPv4 address inside only
when that one is too. Names have to be resolved first (`crawl.fetch.network.guarded_resolver`);
this module touches no network.

>>> is_private("127.0.0.1"), is_private("localhost"), is_private("64:ff9b::a00:1")
(True, True, True)
>>> is_private("a.org"), is_private("9.9.9.9"), is_private("2620:fe::fe")
(False, False, False)
"""

from __future__ import annotations

import ipaddress

_LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa")

_UNICAST = ipaddress.IPv6Network("2000::/3")  # all that is assigned to the public Internet
# Python calls these global, whose owners are protocols and not hosts (IANA special-purpose
# registries, 2024): IETF protocol assignments, 6to4 relays; Teredo, documentation.
_SPECIAL_4 = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24")))
_SPECIAL_6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
# Where an IPv4 address stands inside an IPv6 one: the network, and how many bits are to its right.
_EMBEDDING = (
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # NAT64, RFC 6052
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),  # mapped
    (ipaddress.IPv6Network("2002::/16"), 80),  # 6to4, RFC 3056
)


def is_private(host: str) -> bool:
    """Whether a host is named or numbered as anything but a part of the public Internet."""
    bare = host.strip("[]").rstrip(".").lower()
    try:
        number = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return bare == "localhost" or bare.endswith(_LOCAL_NAMES)
    if isinstance(number, ipaddress.IPv4Address):
        return not _is_public_4(number)
    return not _is_public_6(number)


def _is_public_4(number: ipaddress.IPv4Address) -> bool:
    special = number.is_multicast or any(number in network for network in _SPECIAL_4)
    return number.is_global and not special


def _is_public_6(number: ipaddress.IPv6Address) -> bool:
    for network, shift in _EMBEDDING:
        if number in network:
            return _is_public_4(ipaddress.IPv4Address(int(number) >> shift & 0xFFFFFFFF))
    special = any(number in network for network in _SPECIAL_6)
    return number.is_global and number in _UNICAST and not special
