"""One request on its way through libcurl: options, callbacks, redirects, the outcome."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.model.errors import AnswerUnusable, NetworkFailed
from reader.model.records import replace
from reader.net import encoding, failures, guard, message
from reader.net.message import Headers, Request, Response
from reader.net.proxy import Proxies
from reader.net.route import REDIRECTS, Route
from reader.net.settings import NetSettings
from reader.net.sink import Sink

if TYPE_CHECKING:
    import pycurl

_IGNORED_BODY = 64 * 1024
"""An error's or redirect's body is read up to here, so that the connection can be used again."""


class Terms(Struct, frozen=True):
    """What all transfers of a client share."""

    settings: NetSettings
    proxies: Proxies
    private: Callable[[str], bool]


class Transfer:
    """One request from its start to its outcome; touched by the loop's thread alone.

    The loop asks it to ``configure`` a handle and tells it how that ended (``conclude``);
    when ``outcome`` is set it is over, otherwise there is another hop to make. ``signed``
    tells that the handle knows a password: it must not serve another transfer.
    """

    def __init__(
        self, request: Request, terms: Terms, done: Callable[["Transfer"], None], sink: Sink
    ) -> None:
        self.sink = sink
        self.done = done
        self.outcome: Response | NetworkFailed | None = None
        self.handle: pycurl.Curl | None = None
        self.moved = True
        self.last_moved = 0.0
        self.paused = False
        self.counted = 0
        self.signed = False
        self.hop_started = 0.0
        self.may_receive: Callable[[Transfer], bool] = lambda _: True
        self._terms = terms
        self._route = Route.start(
            request.url, may_be_private=request.allow_private or terms.settings.allow_private
        )
        self._first = self._route.here
        if self._first.user and not request.credentials:
            request = replace(request, credentials=(self._first.user, self._first.password))
        self.request = request
        # A password goes unasked over encrypted connections alone: a server without one may
        # want a digest of it instead (RFC 7616), and who listens is to learn nothing.
        self._asks_how = self._first.scheme == "http"
        self._started = 0.0
        self._begin_hop()

    def _begin_hop(self) -> None:
        self._lines: list[bytes] = []
        self._headers: Headers | None = None
        self._decoder: encoding.Decoder | None = None
        self._failure: NetworkFailed | None = None
        self._refused = False
        self._enough = False
        self._received = 0

    @property
    def place(self) -> str:
        """Host and port that the next hop asks."""
        return self._route.here.place

    @property
    def host(self) -> str:
        """The host that the next hop asks."""
        return self._route.here.host

    @property
    def held(self) -> int:
        """Bytes of the body that are in memory."""
        return self.sink.size

    @property
    def answered(self) -> bool:
        """Whether the host said anything in this hop."""
        return bool(self._lines)

    # --- before a hop

    def configure(self, curl: "pycurl.Curl") -> None:
        """Set a handle to make the next hop. Raises ``NetworkFailed`` where it may not."""
        import pycurl

        self._begin_hop()
        here, settings = self._route.here, self._terms.settings
        now = monotonic()
        self._started = self._started or now
        self.moved, self.last_moved, self.hop_started = True, now, now
        proxy = self._terms.proxies.proxy_for(here.scheme, here.host, here.port)
        self._guard(curl, proxied=bool(proxy))
        total_s = self.request.total_timeout_s or settings.total_timeout_s
        left_s = total_s - (now - self._started)
        if left_s <= 0:
            raise failures.failure("timeout", here.host)
        curl.setopt(pycurl.URL, here.url)
        asks = self._sign(curl)
        lines = self.request.lines(secrets=self._route.secrets, basic=not asks)
        curl.setopt(pycurl.HTTPHEADER, lines)
        curl.setopt(pycurl.PROXY, proxy)
        # libcurl takes whole milliseconds, and 0 for no limit at all.
        curl.setopt(pycurl.TIMEOUT_MS, min(int(left_s * 1000) + 1, 2**31 - 1))
        curl.setopt(pycurl.HEADERFUNCTION, self._on_header)
        curl.setopt(pycurl.WRITEFUNCTION, self._on_body)

    def _guard(self, curl: "pycurl.Curl", *, proxied: bool) -> None:
        """Let no socket of this hop lead into a private network, whatever a name resolves to."""
        import pycurl

        if self._route.may_be_private:
            curl.unsetopt(pycurl.OPENSOCKETFUNCTION)
            curl.unsetopt(pycurl.PREREQFUNCTION)
            return
        literal = guard.literal(self.host)
        if literal and self._terms.private(literal):
            raise failures.failure("private", self.host)
        if proxied:  # the address that is connected to is the proxy's, which may be private
            curl.unsetopt(pycurl.OPENSOCKETFUNCTION)
            curl.unsetopt(pycurl.PREREQFUNCTION)
        else:
            curl.setopt(pycurl.OPENSOCKETFUNCTION, self._on_open)
            curl.setopt(pycurl.PREREQFUNCTION, self._on_connected)

    def _sign(self, curl: "pycurl.Curl") -> bool:
        """Let libcurl answer how the server wants the password; whether it does."""
        import pycurl

        credentials = None
        if self._asks_how and self._route.secrets and not self.request.signs_itself:
            credentials = self.request.credentials
        if credentials:
            self.signed = True
            curl.setopt(pycurl.HTTPAUTH, pycurl.HTTPAUTH_DIGEST | pycurl.HTTPAUTH_BASIC)
            curl.setopt(pycurl.USERNAME, credentials[0].encode())
            curl.setopt(pycurl.PASSWORD, credentials[1].encode())
        elif self.signed:
            curl.unsetopt(pycurl.USERNAME)
            curl.unsetopt(pycurl.PASSWORD)
        return bool(credentials)

    # --- called by libcurl

    def _on_open(self, _purpose: int, target: tuple[int, int, int, tuple[str, int]]) -> object:
        import socket

        import pycurl

        family, kind, protocol, address = target
        if self._terms.private(address[0]):
            self._refused = True
            return pycurl.SOCKET_BAD
        return socket.socket(family, kind, protocol)

    def _on_connected(self, address: str, *_: object) -> int:
        import pycurl

        # A connection that an earlier request was allowed to make may be used again here.
        if self._terms.private(address):
            self._refused = True
            return pycurl.PREREQFUNC_ABORT
        return pycurl.PREREQFUNC_OK

    def _on_header(self, line: bytes) -> int | None:
        """Take a line of the header; anything but None ends the transfer."""
        self.moved = True
        if line.startswith(b"HTTP/"):
            self._lines.clear()
        elif line == b"\r\n" and self._headers is None and 200 <= self._status() < 300:
            try:
                self._begin_body()
            except AnswerUnusable as error:
                self._failure = error
                return 0
        self._lines.append(line)
        return None

    def _on_body(self, data: bytes) -> int:
        """Take a piece of the body: its length, 0 to end the transfer, or a pause."""
        self.moved = True
        if not self.may_receive(self):
            import pycurl

            self.paused = True
            return pycurl.WRITEFUNC_PAUSE
        try:
            self._received += len(data)
            if self._decoder is None:
                self._enough = self._received > _IGNORED_BODY
                return 0 if self._enough else len(data)
            self.sink.arrived(self._received)
            self._decoder.feed(data, self.sink.write)
        except AnswerUnusable as error:
            self._failure = error
            return 0
        return len(data)

    def _begin_body(self) -> None:
        headers = self._read_headers()
        self.sink.begin(self._status(), headers)
        self._decoder = encoding.decoder(headers.get("content-encoding", ()))

    # --- after a hop

    def _read_headers(self) -> Headers:
        if self._headers is None:
            self._headers = message.parse_headers(self._lines[1:])
        return self._headers

    def _status(self) -> int:
        words = self._lines[0].split(None, 2) if self._lines else []
        return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0

    def fail(self, error: NetworkFailed) -> None:
        """End it with an error."""
        self.outcome = error

    def conclude(self, code: int, text: str) -> None:
        """Note that libcurl ended the hop with CURLE_* ``code`` (0: well)."""
        try:
            self._conclude(code, text)
        except NetworkFailed as error:
            self.outcome = error

    def _conclude(self, code: int, text: str) -> None:
        if self._failure:
            raise self._failure
        if code and self._refused:
            raise failures.failure("private", self.host)
        if code and not self._enough:
            raise self._explain(code, text)
        status, headers = self._status(), self._read_headers()
        if status in REDIRECTS:
            location = message.utf8((headers.get("location") or ("",))[0])
            limit = self._terms.settings.max_redirects
            private = self._route.may_be_private and self._was_private()
            self._route = self._route.follow(status, location, was_private=private, limit=limit)
        elif status == 304 and not (self.request.etag or self.request.last_modified):
            raise failures.failure("unexpected-304", self.host)
        elif 200 <= status < 300 or status == 304:
            if self._decoder:
                self._decoder.close()
            self.outcome = self._response(status, headers)
        elif status == 401 and self._wants_digest(headers):
            self._asks_how = True
        else:
            wait_s = message.wait_asked_s(headers, now=datetime.now(UTC))
            known = self._route.secrets and self.request.credentials is not None
            raise failures.of_status(status, self.host, retry_after_s=wait_s, signed=known)

    def _wants_digest(self, headers: Headers) -> bool:
        """Whether a password that was sent as it is should have been a digest."""
        if self._asks_how or not self._route.secrets or not self.request.credentials:
            return False
        challenges = ",".join(headers.get("www-authenticate", ())).lower()
        return not self.request.signs_itself and "digest " in challenges

    def _explain(self, code: int, text: str) -> NetworkFailed:
        import pycurl

        def number(option: int) -> int:
            value = self.handle.getinfo(option) if self.handle else 0
            return int(value) if isinstance(value, int | float) else 0

        return failures.of_curl(
            code,
            text,
            host=self.host,
            os_error=number(pycurl.OS_ERRNO),
            verify=number(pycurl.SSL_VERIFYRESULT),
            connected=bool(number(pycurl.REQUEST_SIZE)),
        )

    def _was_private(self) -> bool:
        """Whether the hop that just ended was answered from a private network."""
        import pycurl

        if self._terms.settings.allow_private:
            return True
        here = self._route.here
        literal = guard.literal(here.host)
        if literal or self.handle is None:
            return bool(literal) and self._terms.private(literal)
        if self._terms.proxies.proxy_for(here.scheme, here.host, here.port):
            return False
        return self._terms.private(str(self.handle.getinfo(pycurl.PRIMARY_IP)))

    def _response(self, status: int, headers: Headers) -> Response:
        return Response(
            url=self._first.url,
            final_url=self._route.here.url,
            permanent_url=self._route.permanent.url,
            status=status,
            headers=headers,
            body=self.sink.body(),
            received_bytes=self._received,
            elapsed_s=monotonic() - self._started,
        )
