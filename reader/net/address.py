"""URLs in the exact form that goes to the wire: ASCII, host encoded, nothing smuggled."""

import re
from urllib.parse import quote, unquote, urljoin, urlsplit

from msgspec import Struct

from reader.model.errors import AddressRefused
from reader.net.guard import literal

_STRIPPED = re.compile("[\t\r\n]")
_EDGES = "".join(map(chr, range(33)))
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,252})\.?")
_IPV6 = re.compile(r"\[[0-9a-f:.]+\]")
_PATH_SAFE = "%/:@!$&'()*+,;=~-._[]|"
_QUERY_SAFE = _PATH_SAFE + "?{}^`"
_DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST = 8000


class Address(Struct, frozen=True):
    """An http or https URL taken apart. ``url`` has neither user nor fragment."""

    url: str
    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: who is trusted with what was meant for this URL."""
        return self.scheme, self.host, self.port

    @property
    def place(self) -> str:
        """Host and port, which is whom courtesy is owed to."""
        return f"{self.host}:{self.port}"

    def trusts(self, other: "Address") -> bool:
        """Whether ``other`` may have what was meant for this: the same origin, or its https."""
        if self.origin == other.origin:
            return True
        upgrade = (self.scheme, self.port, other.scheme, other.port) == ("http", 80, "https", 443)
        return upgrade and self.host == other.host


def parse(url: str) -> Address:
    """Take a URL apart and spell it in ASCII. Raises ``AddressRefused`` where it may not be used.

    International host names are encoded as browsers do (UTS 46); characters that may not
    stand in a path or query are percent-encoded, escapes that are there stay as they are.
    """
    text = _STRIPPED.sub("", url).strip(_EDGES)
    if len(text) > LONGEST:
        raise _refused("The address is too long to be sent.", "long-address")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _refused("This is not a usable web address.", "address") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        named = f"{scheme}: addresses are" if re.fullmatch(r"[a-z0-9+.-]+", scheme) else "This is"
        raise _refused(f"{named} not fetched: only http and https are.", "scheme")
    host = _host(parts.hostname or "")
    shown = host if port in (None, 0, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = quote(parts.path, safe=_PATH_SAFE) or "/"
    query = "?" + quote(parts.query, safe=_QUERY_SAFE) if parts.query else ""
    return Address(
        url=f"{scheme}://{shown}{path}{query}",
        scheme=scheme,
        host=host,
        port=port or _DEFAULT_PORTS[scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _host(name: str) -> str:
    """The host as ASCII, an IPv6 address in brackets."""
    bracketed = f"[{name.partition('%')[0].lower()}]"
    if ":" in name and _IPV6.fullmatch(bracketed):
        return bracketed
    name = unquote(name).lower()
    if not name.isascii():
        import idna

        try:
            name = idna.encode(name, uts46=True).decode()
        except UnicodeError as error:
            raise _refused("The host's name is not a usable one.", "address") from error
    if not _HOST.fullmatch(name) or ".." in name:
        raise _refused("The address has no usable host name.", "address")
    return name


def join(base: Address, location: str) -> Address:
    """Where a Location field leads from ``base``. Raises ``AddressRefused``."""
    try:
        return parse(urljoin(base.url, _STRIPPED.sub("", location).strip(_EDGES)))
    except ValueError as error:
        raise _refused("The server redirects to an unusable address.", "redirect") from error


def typed(text: str) -> str:
    """What a person typed for an address, as a URL: ``example.org`` becomes https.

    ``feed:`` addresses, as browsers once made them, become what they wrap. A numeric host or
    this machine gets http, as what runs there seldom has a certificate.
    """
    text = text.strip()
    lowered = text.lower()
    for prefix in ("feed://", "feed:"):
        if lowered.startswith(prefix):
            text = text[len(prefix) :]
            break
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", text):
        return text
    host = re.split(r"[/?#]", text, maxsplit=1)[0].rpartition("@")[2]
    own = literal(host.partition("]")[0] if host.startswith("[") else host.partition(":")[0])
    return ("http://" if own else "https://") + text


def _refused(problem: str, code: str) -> AddressRefused:
    return AddressRefused(problem, code=code, advice="Check the address of the feed.")
