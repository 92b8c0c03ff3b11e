"""The document that an article was made of."""

from __future__ import annotations

from msgspec import Struct


class Original(Struct, frozen=True, kw_only=True):
    """A document as it was given, never to be drawn as it is.

    ``head`` is its front matter with its fences, in the language ``syntax`` ("yaml",
    "toml", "json"; "" for none), ``body`` what follows it. ``path`` is its file, "" where
    the document was made of what a feed gave. ``problems`` are sentences.
    """

    head: str
    body: str
    syntax: str = ""
    path: str = ""
    problems: tuple[str, ...] = ()
