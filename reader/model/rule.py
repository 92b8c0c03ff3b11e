"""Rules as heads show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from reader.text.terminal import SafeText


class RuleRow(Struct, frozen=True, kw_only=True):
    """A rule that can be used, at a ``line`` of its file (from 1).

    ``do`` is as in the file; ``expires`` the last day or moment, "" for none. ``works``
    tells that it is enabled and not expired.
    """

    name: SafeText
    query: SafeText
    do: tuple[SafeText, ...]
    expires: SafeText
    enabled: bool
    works: bool
    line: int


class RuleBook(Struct, frozen=True, kw_only=True):
    """The rules of the file, in its order, and a sentence about each that cannot be used."""

    rules: tuple[RuleRow, ...] = ()
    problems: tuple[SafeText, ...] = ()


class RuleOutcome(Struct, frozen=True, kw_only=True):
    """What one action of one rule would do (``journal_id`` 0) or did, to exactly ``ids``.

    ``sentence`` says it: "would hide 37 articles of the last 30 days".
    """

    rule: SafeText
    action: SafeText
    ids: tuple[int, ...]
    sentence: SafeText
    journal_id: int = 0
