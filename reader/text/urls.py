"""Links: which may be opened, what they resolve to, and when two are the same page.

Only http, https and mailto are links; javascript:, data:, file: and all others are text. A
host is shown as it was written, so a foreign letter in it can be seen.
"""

import re
from unicodedata import normalize
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from reader.text.terminal import SafeText, clean, clean_line

_LONGEST = 16_384
_WEB = frozenset({"http", "https"})
# Controls, spaces, invisible and bidirectional characters, and what no address may hold.
_TRICK = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1680\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd"
    '\U000e0000-\U000e0fff\\\\<>"`]'
)
# What needs no repair: most links, told in a microsecond.
_PLAIN = r"[!#-;=?-\[\]_a-z{|}~]"
_PLAIN_URL = re.compile(rf"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/?#]{_PLAIN}*)?")
# What is canonical but for its scheme and last slash: no query, no escape, no dot segment.
_PLAIN_PAGE = re.compile(
    r"https?(://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[!$&-,:=@_a-zA-Z0-9~-][!$&-.:=@_a-zA-Z0-9~]*)*/?)"
)
_PLAIN_PATH = re.compile(rf"/(?!/){_PLAIN}*")
_PLAIN_ORIGIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?=[/?#]|$)")
_HALF = re.compile("[\ud800-\udfff]")
_DROPPED = re.compile("[\t\n\r]")
_ENDS = "".join(map(chr, range(0x21))) + "\x7f\xa0\u200b\u3000\ufeff"
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_SAFE = "".join(map(chr, range(0x21, 0x7F)))
_SLASHES = re.compile(r"(https?):[/\\]+", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_AUTHORITY = re.compile(r"https?://[^/?#]*|mailto:", re.IGNORECASE)
_HOST = re.compile(r"[^\x00-\x20\x7f\"#%/:<>?@\[\\\]^`{|}]+|[0-9A-Fa-f:.]+")
_BARE_HOST = re.compile(r"www\.[\w-]+\.\w", re.IGNORECASE)
_ATTACHES = re.compile(r"[?&]attach(?:ment)?=", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm|mtm|piwik|matomo|hsa|stm|bsft|oly|guce|vero|etcc|fb_action)_\w+"
    r"|pk_(?:campaign|kwd|keyword|source|medium|content|cid|vid)|ga_(?:source|medium|term|campaign)"
    r"|at_(?:medium|campaign|custom\d?|link_\w+|format|ptr_name|bbc_team|recipient\w*|send_date)"
    r"|ns_(?:mchannel|source|campaign|linkname|fee)|wt_?z?mc|mkt_tok|mc_[ce]id|ml_subscriber\w*"
    r"|fbclid|[gdy]clid|gclsrc|[gw]braid|msclkid|twclid|ttclid|ymclid|li_fat_id|rb_clickid|epik|igsh(?:id)?"
    r"|_hs(?:enc|mi)|__hs(?:sc|tc|fp)|hsctatracking|s_kwcid|srsltid|_g[al]|_openstat|xtor|echobox"
    r"|wickedid|guccounter|smid|cmpid|ocid|fb_(?:ref|source)|ref_(?:src|url)|__twitter_impression"
    r"|referringsource|share_source",
    re.IGNORECASE,
)
_TRACKING_FRAGMENT = re.compile(r"(?:utm_\w+|at_\w+|xtor|echobox)=", re.IGNORECASE)
_SHARE_TOKEN_HOSTS = ("youtu.be", "youtube.com", "spotify.com")
_DEFAULT_PORTS = frozenset({80, 443})
_PREFIXES = ("www.", "m.", "mobile.", "amp.")


def openable(url: str) -> bool:
    """Whether ``url`` may be given to a browser or mail program as it is.

    http and https with a host, or mailto with an address and without a file to attach; no
    control, space, invisible or bidirectional character anywhere.
    """
    if len(url) > _LONGEST or _TRICK.search(url):
        return False
    try:
        parts = urlsplit(url)
        if parts.scheme == "mailto":
            return "@" in parts.path and not _ATTACHES.search(url)
        host = (parts.hostname or "").rstrip(".")
        return parts.scheme in _WEB and bool(_HOST.fullmatch(host)) and parts.port != 0
    except ValueError:
        return False


def absolute(url: str, base: str) -> str:
    """``url`` as found in a page at ``base``, made absolute; "" where it is not a usable link.

    Repairs what browsers repair (WHATWG URL Standard, 4.4): whitespace around and line ends
    inside, backslashes and missing slashes after the scheme, spaces in the path. An address
    without a scheme and without a base is taken to be https if it starts with // or www.
    """
    url = url[: _LONGEST + 1]
    if "/." not in url and len(url) < _LONGEST:
        if _PLAIN_URL.fullmatch(url):
            return url
        if _PLAIN_PATH.fullmatch(url) and (origin := _PLAIN_ORIGIN.match(base)):
            return origin[0] + url
    return _repaired(_DROPPED.sub("", url).strip(_ENDS), base)


def _repaired(url: str, base: str) -> str:
    if not url:
        return ""
    url = _SLASHES.sub(r"\1://", url, count=1) if _SLASHES.match(url) else url
    if _SCHEME.match(url):
        if not url[:8].lower().startswith(("http:", "https:", "mailto:")):
            return ""
    elif not base and (url.startswith("//") or _BARE_HOST.match(url)):
        url = "https://" + url.lstrip("/")
    head, mark, tail = url.partition("?")
    try:
        joined = urljoin(base, head.replace("\\", "/") + mark + tail)
    except ValueError:
        return ""
    if not (authority := _AUTHORITY.match(joined)):
        return ""
    # A trick in the host cannot be encoded away: openable refuses it.
    joined = authority[0] + _TRICK.sub(_encoded, joined[authority.end() :])
    if not joined.isascii() and clean(joined) != joined:
        host = normalize("NFC", authority[0])
        if clean(host) != host:
            return ""
        joined = host + quote(joined[authority.end() :], safe=_SAFE)
    return joined if openable(joined) else ""


def without_tracking(url: str) -> str:
    """``url`` without the parameters that only tell where a reader came from."""
    address, hash_mark, fragment = url.partition("#")
    if _TRACKING_FRAGMENT.match(fragment):
        hash_mark = fragment = ""
    head, mark, query = address.partition("?")
    if mark:
        shared = outlet(head).endswith(_SHARE_TOKEN_HOSTS)
        kept = [
            pair
            for pair in query.split("&")
            if not _TRACKING.fullmatch(name := pair.partition("=")[0].removeprefix("amp;"))
            and not (shared and name == "si")
        ]
        query = "&".join(kept)
        mark = "?" if query else ""
    return head + mark + query + hash_mark + fragment


def canonical(url: str) -> str:
    """The form in which two addresses of one page are equal. Not for opening.

    http becomes https, the host lower case without default port and user name, dot segments
    are resolved, percent encoding is made uniform; tracking parameters, an empty query, a
    last slash and the fragment go (but for the #! and #/ of pages made by scripts). What is
    no web address is only trimmed.
    """
    if plain := _PLAIN_PAGE.fullmatch(url):
        return f"https{plain[1]}".rstrip("/")
    url = url.strip(_ENDS)
    try:
        parts = urlsplit(without_tracking(url))
        if parts.scheme not in _WEB or not parts.hostname:
            return url
        host = _ascii_host(parts.hostname.rstrip("."))
        if not host or min(host) <= " ":
            return url
        port = parts.port
    except ValueError:
        return url
    if port and port not in _DEFAULT_PORTS:
        host = f"{host}:{port}"
    path = _without_dots(_uniform(parts.path))
    fragment = parts.fragment if parts.fragment[:1] in {"!", "/"} else ""
    query = _uniform(parts.query)
    return urlunsplit(("https", host, path.rstrip("/"), query, _uniform(fragment)))


def outlet(url: str) -> SafeText:
    """The host of ``url`` as people say it, without "www." or "m."; "" where there is none."""
    if plain := _PLAIN_ORIGIN.match(url):
        host = plain[0].partition("//")[2]
    else:
        try:
            host = (urlsplit(url.strip(_ENDS)).hostname or "").rstrip(".")
        except ValueError:
            return SafeText("")
    for prefix in _PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host.removeprefix(prefix)
    return clean_line(host, 253)


def _without_dots(path: str) -> str:
    """``path`` with its dot segments resolved (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    ending = "/" if path.endswith(("/.", "/..")) and kept else ""
    return "/" + "/".join(kept) + ending


def _encoded(found: re.Match[str]) -> str:
    return quote(found[0].encode("utf-8", "replace"))


def _uniform(text: str) -> str:
    """``text`` with the same characters percent-encoded, however it came (RFC 3986, 6.2.2)."""
    return quote(_ESCAPE.sub(_unescaped, _HALF.sub("\ufffd", text)), safe=_SAFE)


def _unescaped(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~") else found[0].upper()


def _ascii_host(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii").rstrip(".")  # "…" becomes three dots
    except UnicodeError:
        return host
