"""Errors with a sentence a person can act on. ``str(error)`` says what to do."""

from __future__ import annotations


class ReaderError(Exception):
    """The parent of every error that is told to the person and not a bug."""


class LibraryUnusable(ReaderError):
    """The database is damaged, newer than this program, or cannot be opened."""


class SavingRefused(ReaderError):
    """The database can be read but not written (disk full, read-only directory)."""


class SourceUnreadable(ReaderError):
    """A folder or file cannot be read."""


class SearchStopped(ReaderError):
    """A search was given up because its answer is no longer wanted."""


class NetworkFailed(ReaderError):
    """A request failed. ``str`` is one sentence in plain words, without secrets.

    ``code`` is the machine's name for it ("dns", "timeout", "http-404" ...), ``advice`` what
    the person can do ("" where nothing), ``status`` the HTTP status (0 where there was no
    answer) and ``retry_after_s`` how long the server asked to wait (0 where it did not).
    """

    def __init__(
        self,
        problem: str,
        *,
        code: str = "network",
        advice: str = "",
        status: int = 0,
        retry_after_s: float = 0.0,
    ) -> None:
        super().__init__(problem)
        self.code = code
        self.advice = advice
        self.status = status
        self.retry_after_s = retry_after_s


class AddressRefused(NetworkFailed):
    """The address may not be fetched: another scheme, a private network, not an address."""


class HostUnreachable(NetworkFailed):
    """No connection: the name is unknown, nobody listens, the way there is closed."""


class FetchTimedOut(NetworkFailed):
    """The server took too long to connect, to answer, or to finish."""


class ConnectionInsecure(NetworkFailed):
    """The server's certificate or encryption cannot be trusted."""


class AnswerUnusable(NetworkFailed):
    """The server answered with something that is not a whole, bounded HTTP answer."""


class StatusRefused(NetworkFailed):
    """The server answered with an error status, or asked to be left alone for a while."""
