"""A feed that was found where a person pointed."""

from dataclasses import dataclass
from typing import Literal

from reader.text.terminal import SafeText

Kind = Literal["rss", "atom", "json", "feed"]
Origin = Literal["itself", "site", "declared", "linked", "guessed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A feed that may be meant, and how it was found.

    ``articles`` is None where it was not looked into; ``newest`` are the titles that stand
    first in it.
    """

    url: str
    title: SafeText = SafeText("")
    kind: Kind = "feed"
    origin: Origin = "declared"
    articles: int | None = None
    newest: tuple[SafeText, ...] = ()
