"""Where a request goes, redirect by redirect: what each hop may ask and what it means. Pure."""

from typing import Self

from msgspec import Struct

from reader.model.records import replace
from reader.net import address as addresses
from reader.net.address import Address
from reader.net.failures import failure

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})


class Route(Struct, frozen=True, kw_only=True):
    """The way of one request so far.

    ``here`` is the hop to ask now. ``permanent`` is where permanent redirects alone led.
    ``secrets`` tells whether this hop may have what was meant for the first one, and
    ``may_be_private`` whether it may lie in a private network.
    """

    here: Address
    permanent: Address
    may_be_private: bool
    secrets: bool = True
    hops: int = 0
    only_permanent: bool = True

    @classmethod
    def start(cls, url: str, *, may_be_private: bool) -> Self:
        """The way before the first hop. Raises ``AddressRefused``."""
        first = addresses.parse(url)
        return cls(here=first, permanent=first, may_be_private=may_be_private)

    def follow(self, status: int, location: str, *, was_private: bool, limit: int) -> Self:
        """The way after a redirect with ``status`` to ``location``.

        A private address leads into private networks as before; one on the open internet
        never does. What was secret stays behind once the origin changes, even if a later
        hop leads back. Raises ``AddressRefused`` and ``AnswerUnusable``.
        """
        if not location:
            raise failure("redirect", self.here.host)
        if self.hops >= limit:
            raise failure("redirects", self.here.host)
        there = addresses.join(self.here, location)
        only_permanent = self.only_permanent and status in PERMANENT
        return replace(
            self,
            here=there,
            permanent=there if only_permanent else self.permanent,
            may_be_private=self.may_be_private and was_private,
            secrets=self.secrets and self.here.trusts(there),
            hops=self.hops + 1,
            only_permanent=only_permanent,
        )
