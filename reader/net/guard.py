"""Which network addresses are private: those that a feed has no business to send us to."""

import socket
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# What is not the open internet, after the IANA special-purpose registries (RFC 6890), as a
# table of our own: what ``ipaddress`` calls private differs between Python versions.
_REFUSED = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; cloud metadata at 169.254.169.254
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # documentation
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
        "::/96",  # unspecified, loopback, IPv4-compatible
        "64:ff9b:1::/48",  # translation inside one network
        "100::/64",  # discard
        "2001:db8::/32",
        "3fff::/20",  # documentation
        "fc00::/7",  # unique local; cloud metadata at fd00:ec2::254
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
_NAT64 = ip_network("64:ff9b::/96")


@lru_cache(maxsize=4096)
def is_private(address: str) -> bool:
    """Whether a numeric address is loopback, private, link-local, multicast or reserved.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, Teredo, NAT64) is as private as
    that. What is no address at all counts as private.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return True
    return any(
        candidate in network
        for candidate in _with_embedded(parsed)
        for network in _REFUSED
        if candidate.version == network.version
    )


def _with_embedded(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    found: list[IPv4Address | IPv6Address] = [address]
    if address.sixtofour:
        found.append(address.sixtofour)
    if address.teredo:
        found.extend(address.teredo)
    if address in _NAT64:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return found


def literal(host: str) -> str:
    """The numeric address that ``host`` is, in any spelling a resolver takes; "" for a name.

    ``127.1``, ``0x7f000001`` and ``2130706433`` are 127.0.0.1 to every C library. A name
    that always means this machine (``localhost``) counts as its address.
    """
    bare = host.strip("[]").rstrip(".").lower()
    if bare == "localhost" or bare.endswith(".localhost"):
        return "127.0.0.1"
    try:
        return str(ip_address(bare.partition("%")[0]))
    except ValueError:
        pass
    if not bare or not bare[-1:].isalnum() or bare[0] not in "0123456789":
        return ""
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except OSError:
        return ""
