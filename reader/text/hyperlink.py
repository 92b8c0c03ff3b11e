"""Addresses as terminals take them in a hyperlink (OSC 8): short, and ASCII that prints.

Nothing that passes here can end the sequence it is written in: that takes a control
character, of seven bits or of eight.
"""

import re
from typing import Final
from urllib.parse import quote

from reader.text.urls import openable

LONGEST: Final = 500
"""Bytes of an address; longer ones, of trackers mostly, cost a slow line more than they give."""

_PRINTED = re.compile("[!-~]+")
_PARTS = re.compile(r"(https?://|mailto:)([^/?#]*)(.*)", re.IGNORECASE)
_ASCII: Final = "".join(map(chr, range(0x21, 0x7F)))


def hyperlink(url: str) -> str:
    """The address to write into a hyperlink; "" where ``url`` is none to be opened, or too long.

    Letters beyond ASCII are encoded: in hosts by IDNA, elsewhere as percent signs.
    """
    if len(url) > LONGEST or not openable(url):
        return ""
    address = url if url.isascii() else _encoded(url)
    return address if len(address) <= LONGEST and _PRINTED.fullmatch(address) else ""


def _encoded(url: str) -> str:
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return ""
    scheme, host, rest = parts.groups()
    if scheme.lower() == "mailto:":
        host = quote(host, safe=_ASCII)
    elif not host.isascii():
        if not re.fullmatch(r"[^@:\[\]]+", host):
            return ""
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    return scheme + host + quote(rest, safe=_ASCII)
