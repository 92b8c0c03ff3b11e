"""What goes to a server and what comes back: Request, Response and the headers' grammar."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b

Headers = Mapping[str, tuple[str, ...]]
"""Header fields by lower-case name, each with its values in the order received."""

ACCEPT_FEED = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.3"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5"
ACCEPT_ANY = "*/*"

_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_DIRECTIVE = re.compile(r'\s*([^\s=,;"]+)\s*(?:=\s*"?([^",]*)"?)?\s*(?:,|$)')


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One thing to fetch. What is secret in it is never shown by ``repr``.

    ``etag`` and ``last_modified`` are validators exactly as they were received; with one of
    them the answer may be 304. ``resume_at`` asks for the body from that byte on, if it is
    still the version that ``if_range`` names. ``headers``, ``credentials`` (user, password)
    and ``cookies`` (the value of a Cookie header) go to the origin of ``url`` alone, not
    where it redirects to. ``max_bytes`` and ``total_timeout_s`` of 0 mean the client's settings.
    ``allow_private`` is for addresses that the person typed; what feeds name is refused on
    private networks. An ``urgent`` request goes before those that wait.
    """

    url: str = field(repr=False)
    accept: str = ACCEPT_FEED
    accept_encoding: str = "gzip, deflate, br, zstd"
    etag: str = ""
    last_modified: str = ""
    resume_at: int = 0
    if_range: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    credentials: tuple[str, str] | None = field(default=None, repr=False)
    cookies: str = field(default="", repr=False)
    max_bytes: int = 0
    total_timeout_s: float = 0.0
    allow_private: bool = False
    urgent: bool = False

    @property
    def signs_itself(self) -> bool:
        """Whether the person wrote the Authorization field, so that credentials have no place."""
        return any(name.lower() == "authorization" for name, _ in self.headers)

    def lines(self, *, secrets: bool, basic: bool = True) -> list[bytes]:
        """The header lines to send; without what is meant for the first origin alone.

        ``basic`` sends the credentials unasked, as a password that can be read on the way.
        A field of the person's own replaces ours of the same name, but for those that the
        client answers for. A value that would end its line is left out.
        """
        fields = {"accept": ("Accept", self.accept)}
        if secrets:
            if self.cookies:
                fields["cookie"] = ("Cookie", self.cookies)
            if self.credentials and basic:
                pair = b64encode(":".join(self.credentials).encode()).decode()
                fields["authorization"] = ("Authorization", f"Basic {pair}")
            fields |= {name.lower(): (name, value) for name, value in self.headers}
        fields["accept-encoding"] = ("Accept-Encoding", self.accept_encoding)
        fields["if-none-match"] = ("If-None-Match", self.etag)
        fields["if-modified-since"] = ("If-Modified-Since", self.last_modified)
        fields["range"] = ("Range", f"bytes={self.resume_at}-" if self.resume_at else "")
        fields["if-range"] = ("If-Range", self.if_range)
        return [
            f"{name}: {value}".encode("latin-1", "replace")
            for name, value in fields.values()
            if value and _FIELD_NAME.fullmatch(name) and not _CONTROL.search(value)
        ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """An answer that can be used: status 2xx, or 304 where a validator was sent.

    ``url`` is the one asked for and ``final_url`` the one that answered, both without user
    and password. ``permanent_url`` is where permanent redirects alone (301, 308) led:
    equal to ``url`` where there was none, or where the first was temporary. ``body`` is
    decompressed. ``received_bytes`` counts the body as it came over the line, ``elapsed_s``
    the time from the first connection to the end, redirects included.
    """

    url: str
    final_url: str
    permanent_url: str
    status: int
    headers: Headers = field(repr=False)
    body: bytes = field(repr=False)
    received_bytes: int
    elapsed_s: float

    @property
    def unchanged(self) -> bool:
        """Whether the server said that what we have is what it has (304)."""
        return self.status == 304

    def header(self, name: str) -> str:
        """The first value of the header field ``name`` (lower case), "" where there is none."""
        values = self.headers.get(name)
        return values[0] if values else ""

    def digest(self) -> str:
        """A hash of the body, to tell an unchanged one that came with status 200."""
        return blake2b(self.body, digest_size=16).hexdigest()


def parse_headers(lines: Iterable[bytes]) -> dict[str, tuple[str, ...]]:
    """The header fields of ``lines`` as they came from the line; anything else is left out.

    Values are Latin-1 (RFC 9110, 5.5), which keeps every byte: a validator goes back as it
    came. See ``utf8`` for the fields that hold text. A line that begins with a space
    continues the one before (obsolete, but sent).
    """
    fields: dict[str, tuple[str, ...]] = {}
    last = ""
    for line in lines:
        name, colon, rest = line.partition(b":")
        if line[:1] in (b" ", b"\t"):
            if last and (more := line.strip().decode("latin-1")):
                *before, previous = fields[last]
                fields[last] = (*before, f"{previous} {more}".strip())
        elif colon:
            last = name.strip().decode("latin-1").lower()
            fields[last] = (*fields.get(last, ()), rest.strip().decode("latin-1"))
    return fields


def utf8(value: str) -> str:
    """A header field's value as text: UTF-8 where its bytes are, Latin-1 otherwise."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def wait_asked_s(headers: Headers, *, now: datetime) -> float:
    """Seconds that Retry-After asks for (seconds or a date, RFC 9110 10.2.3); 0 for none.

    A date is measured by the server's own clock (its Date field) where it shows one, else
    from ``now``.
    """
    value = (headers.get("retry-after") or ("",))[0].strip()
    if value.isascii() and value.isdigit():
        return float(value[:12])
    try:
        until = http_date(value)
    except ValueError:
        return 0.0
    with suppress(ValueError):
        now = http_date((headers.get("date") or ("",))[0])
    return max(0.0, (until - now).total_seconds())


def http_date(value: str) -> datetime:
    """A date of a header field, aware. Raises ``ValueError`` where it is none."""
    from email.utils import parsedate_to_datetime

    try:
        parsed = parsedate_to_datetime(value)
    except (TypeError, IndexError, OverflowError) as error:
        raise ValueError(value) from error
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def max_age_s(headers: Headers, *, now: datetime) -> int:
    """How long the answer says it stays fresh: Cache-Control's max-age, else Expires; 0 unknown.

    An answer that must not be stored or has to be asked for each time counts as 0.
    """
    directives: dict[str, str] = {}
    for line in headers.get("cache-control", ()):
        for name, value in _DIRECTIVE.findall(line):
            directives.setdefault(name.lower(), value.strip())
    if "no-store" in directives or "no-cache" in directives:
        return 0
    age = directives.get("max-age")
    if age is not None:
        return int(age[:12]) if age.isascii() and age.isdigit() else 0
    try:
        return max(0, int((http_date(headers["expires"][0]) - now).total_seconds()))
    except (KeyError, ValueError):
        return 0


def content_length(headers: Headers) -> int:
    """The length of the body as it comes over the line, 0 where it is not told."""
    value = (headers.get("content-length") or ("",))[0]
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0
