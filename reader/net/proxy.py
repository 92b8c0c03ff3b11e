"""Which proxy the environment asks for, host by host (http_proxy, no_proxy and their kin)."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network


class Proxies:
    """The proxies of an environment.

    ``http_proxy`` counts in lower case only, as ``HTTP_PROXY`` can be set by a client of a
    CGI program. ``all_proxy`` serves the schemes that have none of their own. A proxy may
    be http, https, socks4, socks4a, socks5 or socks5h; without a scheme it is http.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        def of(name: str) -> str:
            return environ.get(name) or environ.get(name.upper()) or ""

        every = of("all_proxy")
        self._proxies = {
            "http": environ.get("http_proxy") or every,
            "https": of("https_proxy") or every,
        }
        self._direct = [
            entry.strip().lower() for entry in of("no_proxy").split(",") if entry.strip()
        ]

    def proxy_for(self, scheme: str, host: str, port: int) -> str:
        """The proxy's URL for a host, "" for a direct connection."""
        proxy = self._proxies.get(scheme, "")
        if not proxy or any(_covers(entry, host, port) for entry in self._direct):
            return ""
        return proxy


def _covers(entry: str, host: str, port: int) -> bool:
    """Whether one entry of no_proxy (*, a domain, an address, a network) names the host."""
    if entry == "*":
        return True
    host = host.strip("[]").rstrip(".")
    name, colon, wanted = entry.rpartition(":")
    if colon and wanted.isdigit() and ":" not in name.strip("[]").partition("]")[0]:
        if int(wanted) != port:
            return False
        entry = name
    entry = entry.strip("[]").lstrip("*").strip(".")
    if "/" in entry:
        try:
            return ip_address(host) in ip_network(entry, strict=False)
        except ValueError:
            return False
    return bool(entry) and (host == entry or host.endswith("." + entry))
