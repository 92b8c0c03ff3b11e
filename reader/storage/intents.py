"""What an update asks of the store, as data: a pure decider makes it, ``articles`` does it."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.model.article import Article
from reader.model.records import replace
from reader.storage.packing import pack_body
from reader.text.urls import canonical, outlet

if TYPE_CHECKING:
    from reader.text.terminal import SafeText

ENCLOSURE = 1
IMAGE = 2
"""Bits of ``media``: what comes with an article."""


def key_of(text: str) -> int:
    """Eight bytes of a hash of ``text`` as a signed integer: what articles are looked up by."""
    digest = blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


class Incoming(Struct, frozen=True, kw_only=True):
    """A cleaned article on its way in; made by ``incoming``, in a worker where there is one.

    ``text`` is what the full text learns at once; None leaves that to ``index_pending``.
    ``raw_key`` names the raw document, so that one that came back unchanged is not cleaned
    again. ``path`` is its file inside a folder, "" for a web feed. The body is ``packed``
    alone: in the ``article`` it is "".
    """

    article: Article
    text: SafeText | None
    raw_key: int
    path: str
    identity_key: int
    link_key: int | None
    digest_key: int
    host: str
    packed: bytes


def incoming(
    article: Article, *, text: SafeText | None = None, raw_key: int = 0, path: str = ""
) -> Incoming:
    """An article with everything computed that needs no database."""
    link = canonical(article.link) if article.link else ""
    return Incoming(
        article=replace(article, body=""),
        text=text,
        raw_key=raw_key,
        path=path,
        identity_key=key_of(article.identity),
        link_key=key_of(link) if link else None,
        digest_key=key_of(article.digest),
        host=outlet(article.link).lower(),
        packed=pack_body(article.body),
    )


class Known(Struct, frozen=True, kw_only=True):
    """What the decider must know of a stored article. ``published`` is in seconds.

    ``away`` is not 0 where it is in no list: its file is gone or its feed was removed.
    ``path`` is its file inside the folder, "" where it has none.
    """

    id: int
    feed_id: int
    identity_key: int
    link_key: int | None
    digest_key: int
    raw_key: int
    published: int
    away: int
    path: str = ""


class Store(Struct, frozen=True):
    """An article that was not known."""

    incoming: Incoming


class Replace(Struct, frozen=True):
    """A known article came with another content, identity, feed or place.

    ``unread`` makes it unread again (its text changed materially and its feed wants that).
    """

    id: int
    incoming: Incoming
    unread: bool = False


class Touch(Struct, frozen=True):
    """A known article was seen again as it was: it is back in the lists if it was away."""

    id: int


class Gone(Struct, frozen=True):
    """A known article's document is no longer there: it leaves the lists and keeps its state."""

    id: int


Intent = Store | Replace | Touch | Gone
