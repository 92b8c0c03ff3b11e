"""Links: which may be opened, what they resolve to, and how two are told to be one."""

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

from reader.text.terminal import SafeText, clean_line

_OPENABLE = ("http", "https", "mailto")
_REMOVED = re.compile("[\t\r\n]")
_REFUSED = re.compile(
    "[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff]"
)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|mc_[ce]id|yclid|igshid|twclid|"
    r"_hsenc|_hsmi|mkt_tok|oly_\w+_id|vero_id|wt_mc|at_medium|at_campaign|ns_campaign|ns_mchannel",
    re.IGNORECASE,
)
_DEFAULT_PORT = {"http": ":80", "https": ":443"}


def openable(url: str) -> bool:
    """Whether a browser may be given ``url``: http, https with a host, or mailto."""
    if _REFUSED.search(url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return bool(parts.path)
    return parts.scheme in _OPENABLE and bool(parts.hostname)


def absolute(url: str, base: str) -> str:
    """``url`` resolved against ``base``; "" where it is not a usable link."""
    url = _REMOVED.sub("", url).strip("".join(map(chr, range(33))))
    try:
        joined = urljoin(base, url.replace(" ", "%20")) if url else ""
    except ValueError:
        return ""
    return joined if openable(joined) else ""


def without_tracking(url: str) -> str:
    """``url`` without the query parameters that only tell who sent the visitor."""
    if "?" not in url:
        return url
    head, _, rest = url.partition("?")
    query, mark, fragment = rest.partition("#")
    kept = [p for p in query.split("&") if not _TRACKING.fullmatch(p.partition("=")[0])]
    query = "&".join(kept)
    return head + ("?" + query if query else "") + mark + fragment


def canonical(url: str) -> str:
    """The form under which two links to one page are equal."""
    try:
        parts = urlsplit(without_tracking(url.strip()))
    except ValueError:
        return url
    host = parts.netloc.lower().removesuffix(_DEFAULT_PORT.get(parts.scheme, ":"))
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))


def outlet(url: str) -> SafeText:
    """The host of ``url`` as a person says it, without "www."; "" where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return clean_line(host.removeprefix("www."))
