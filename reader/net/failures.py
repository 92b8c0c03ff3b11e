"""Why a request failed, in plain words with advice: from libcurl's codes and HTTP's statuses."""

import errno
import re
from typing import NamedTuple

from reader.model.errors import (
    AddressRefused,
    AnswerUnusable,
    ConnectionInsecure,
    FetchTimedOut,
    HostUnreachable,
    NetworkFailed,
    StatusRefused,
)


class Words(NamedTuple):
    """What is told about one kind of failure; ``{host}`` stands for the host asked."""

    kind: type[NetworkFailed]
    code: str
    problem: str
    advice: str


_AGAIN = "It is tried again later."
_CONNECTION = "Check your connection; it is tried again later."
_CERTIFICATE = "The site's owner has to mend it. Until then nothing is fetched from there."

_WORDS = {
    "dns": Words(
        HostUnreachable,
        "dns",
        "{host} was not found.",
        "Check the spelling and your connection; if other sites work, the site may be gone.",
    ),
    "no-address": Words(
        HostUnreachable,
        "no-address",
        "{host} is neither an address nor a file or folder that is there.",
        "An address has a dot in it, as in example.org; a path may begin with / or ~.",
    ),
    "proxy": Words(
        HostUnreachable,
        "proxy",
        "The proxy could not be used.",
        "Check the proxy that the environment names (http_proxy, https_proxy, all_proxy).",
    ),
    "refused": Words(
        HostUnreachable,
        "refused",
        "{host} refused the connection.",
        "The server may be down for a while; it is tried again later.",
    ),
    "unreachable": Words(
        HostUnreachable, "unreachable", "{host} could not be reached.", _CONNECTION
    ),
    "connect-timeout": Words(
        FetchTimedOut, "connect-timeout", "{host} did not take the connection in time.", _CONNECTION
    ),
    "idle": Words(FetchTimedOut, "idle", "{host} stopped answering.", _AGAIN),
    "timeout": Words(
        FetchTimedOut,
        "timeout",
        "{host} did not finish its answer in time.",
        "The server is very slow; it is tried again later.",
    ),
    "reset": Words(AnswerUnusable, "reset", "{host} broke off the connection.", _AGAIN),
    "empty": Words(AnswerUnusable, "empty", "{host} closed without an answer.", _AGAIN),
    "truncated": Words(
        AnswerUnusable,
        "truncated",
        "The answer of {host} was cut off.",
        "Nothing was changed; it is tried again later.",
    ),
    "garbled": Words(
        AnswerUnusable,
        "garbled",
        "What {host} answered is not HTTP.",
        "Check the address and its port.",
    ),
    "headers-too-large": Words(
        AnswerUnusable, "headers-too-large", "{host} sent far too many headers.", ""
    ),
    "redirects": Words(
        AnswerUnusable,
        "redirects",
        "{host} redirects in circles, or too often.",
        "Open the address in a browser: it may have moved, or ask for a login or consent.",
    ),
    "redirect": Words(
        AnswerUnusable,
        "redirect",
        "{host} redirects without saying where to.",
        "Open the address in a browser to see where it went.",
    ),
    "unexpected-304": Words(
        AnswerUnusable,
        "unexpected-304",
        "{host} says nothing has changed, although it was not asked that.",
        _AGAIN,
    ),
    "tls": Words(
        ConnectionInsecure,
        "tls",
        "No encrypted connection to {host} could be made.",
        "The server may offer only outdated encryption, or none at this address.",
    ),
    "tls-expired": Words(
        ConnectionInsecure,
        "tls-expired",
        "The certificate of {host} has expired.",
        "Check this computer's clock; if it is right, the site's owner has to renew it.",
    ),
    "tls-not-yet": Words(
        ConnectionInsecure,
        "tls-not-yet",
        "The certificate of {host} is not valid yet.",
        "Check this computer's clock.",
    ),
    "tls-self-signed": Words(
        ConnectionInsecure,
        "tls-self-signed",
        "The certificate of {host} is signed by itself.",
        "If the server is yours, name its certificate in the setting ca_file.",
    ),
    "tls-unknown-issuer": Words(
        ConnectionInsecure,
        "tls-unknown-issuer",
        "The certificate of {host} is signed by nobody this computer knows.",
        "If you trust the issuer, name its certificate in the setting ca_file.",
    ),
    "tls-hostname": Words(
        ConnectionInsecure,
        "tls-hostname",
        "The certificate of {host} belongs to another name.",
        _CERTIFICATE,
    ),
    "tls-certificate": Words(
        ConnectionInsecure,
        "tls-certificate",
        "The certificate of {host} cannot be trusted.",
        _CERTIFICATE,
    ),
    "ca-file": Words(
        ConnectionInsecure,
        "ca-file",
        "The bundle of trusted certificates cannot be read.",
        "Check the setting ca_file and the variable SSL_CERT_FILE.",
    ),
    "private": Words(
        AddressRefused,
        "private",
        "{host} leads into a private network.",
        "If that is meant, allow private addresses in the settings.",
    ),
    "host-waits": Words(
        StatusRefused,
        "host-waits",
        "{host} asked to be left alone for a while.",
        "It is asked again when that time is over.",
    ),
    "stopped": Words(NetworkFailed, "stopped", "Fetching was stopped.", ""),
    "network": Words(NetworkFailed, "network", "Fetching from {host} failed.", _AGAIN),
}

# https://curl.se/libcurl/c/libcurl-errors.html
_CURL = {
    1: "garbled",  # HTTP/0.9
    5: "proxy",
    6: "dns",
    7: "unreachable",
    8: "garbled",
    16: "reset",  # HTTP/2 framing
    18: "truncated",
    28: "timeout",
    35: "tls",
    52: "empty",
    53: "tls",
    54: "tls",
    55: "reset",
    56: "reset",
    58: "tls",
    59: "tls",
    61: "bad-encoding",
    66: "tls",
    77: "ca-file",
    80: "tls",
    83: "tls",
    90: "tls-certificate",
    91: "tls-certificate",
    92: "reset",  # HTTP/2 stream
    95: "reset",  # HTTP/3
    96: "tls",
    97: "proxy",
    98: "tls",
    100: "headers-too-large",
}
# OpenSSL's X509_V_ERR_*, as CURLINFO_SSL_VERIFYRESULT gives them.
_VERIFY = {
    9: "tls-not-yet",
    10: "tls-expired",
    18: "tls-self-signed",
    19: "tls-unknown-issuer",
    20: "tls-unknown-issuer",
    21: "tls-unknown-issuer",
    62: "tls-hostname",
}
_OS_ERRORS = {errno.ECONNREFUSED: "refused", errno.ECONNRESET: "reset"}

_STATUS = {
    400: ("does not accept the request", "Check the address of the feed."),
    401: ("asks for a user name and password", "Set them in the feed's settings."),
    402: ("asks for payment", "Open the site in a browser."),
    403: (
        "refuses to answer",
        "It may block programs; open the address in a browser, or ask its owner.",
    ),
    404: ("has nothing at this address", "Look for the feed's new address on the site."),
    405: ("does not accept the request", "Check the address of the feed."),
    406: ("has no form of it that is understood here", "Check the address of the feed."),
    407: ("stands behind a proxy that asks for a password", "Check the proxy's settings."),
    408: ("found the request too slow", _CONNECTION),
    410: (
        "says that this is gone for good",
        "It is not asked again; look for another feed on the site, or unsubscribe.",
    ),
    421: ("is not the server for this address", _AGAIN),
    425: ("asks to come back later", _AGAIN),
    429: ("was asked too often", "It is asked again after a pause."),
    451: ("may not show this for legal reasons", "It may be readable from elsewhere."),
    500: ("has an internal error", _AGAIN),
    501: ("does not accept the request", "Check the address of the feed."),
    502: ("cannot reach what stands behind it", _AGAIN),
    503: ("is overloaded or being worked on", _AGAIN),
    504: ("waited in vain for what stands behind it", _AGAIN),
    507: ("has no space left", _AGAIN),
    511: ("is behind a network that asks for a login", "Log in to the network in a browser."),
    525: ("has a broken certificate behind its front", _AGAIN),
    526: ("has a broken certificate behind its front", _AGAIN),
}
_NEVER_STARTED = frozenset({"dns", "refused", "unreachable", "connect-timeout", "proxy"})


def failure(name: str, host: str, *, retry_after_s: float = 0.0) -> NetworkFailed:
    """The error called ``name`` in the table above, about ``host``."""
    words = _WORDS[name]
    return words.kind(
        words.problem.format(host=host),
        code=words.code,
        advice=words.advice,
        retry_after_s=retry_after_s,
    )


def of_curl(
    code: int, message: str, *, host: str, os_error: int, verify: int, connected: bool
) -> NetworkFailed:
    """The error for libcurl's ``code`` (CURLE_*).

    ``message`` is its own text, looked at but never shown; ``os_error`` and ``verify`` are
    CURLINFO_OS_ERRNO and CURLINFO_SSL_VERIFYRESULT; ``connected`` tells whether a request
    could be sent.
    """
    name = _CURL.get(code, "network")
    if code == 60:
        name = _VERIFY.get(verify, "tls-certificate")
        if name == "tls-certificate" and re.search("(subject|common|host) name", message):
            name = "tls-hostname"
    elif code in (7, 56) and "tunnel" in message:
        name = "proxy"
    elif code in (7, 56):
        name = _OS_ERRORS.get(os_error, name)
    elif code == 28 and not connected:
        name = "connect-timeout"
    if name == "bad-encoding":
        name = "truncated"
    return failure(name, host)


def of_status(
    status: int, host: str, *, retry_after_s: float = 0.0, signed: bool = False
) -> StatusRefused:
    """The error for an HTTP status that is no success; ``signed``: it was given a password."""
    if status == 401 and signed:
        says = "does not accept the user name and password"
        advice = "Correct them in the feed's settings."
    elif status in _STATUS:
        says, advice = _STATUS[status]
    elif status >= 500:
        says, advice = "has an internal error", _AGAIN
    else:
        says, advice = "does not answer this request", "Check the address of the feed."
    return StatusRefused(
        f"{host} {says} ({status}).",
        code=f"http-{status}",
        advice=advice,
        status=status,
        retry_after_s=retry_after_s,
    )


def again(error: NetworkFailed) -> NetworkFailed:
    """The same error anew, for another request that it counts for."""
    return type(error)(
        str(error),
        code=error.code,
        advice=error.advice,
        status=error.status,
        retry_after_s=error.retry_after_s,
    )


def never_started(error: NetworkFailed) -> bool:
    """Whether no connection came about, so that others to the same host would fail as well."""
    return error.code in _NEVER_STARTED


def was_refused(error: NetworkFailed | None) -> bool:
    """Whether a server refused because it was asked too much, and said for how long."""
    return error is not None and error.status in (429, 503) and error.retry_after_s > 0
