"""What a person decided about updates: how often, through which network, as whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from reader.config import NetworkConfig

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reader.net.message import Request
    from reader.net.secrets import Secret
    from reader.net.settings import NetSettings
    from reader.storage.fetching import Due


class UpdateOptions(Struct, frozen=True):
    """Settings of the network, as the parts of an update ask for them.

    ``secrets`` is the file with what single feeds' servers want to see.
    """

    config: NetworkConfig
    secrets: Path

    @property
    def interval_s(self) -> int:
        """How often a web feed is asked that has no setting of its own."""
        return self.config.interval_minutes * 60

    def net(self) -> NetSettings:
        """The client's settings."""
        from reader.net.settings import MIB, NetSettings

        return NetSettings(
            connections=self.config.connections,
            per_host=self.config.per_host,
            total_timeout_s=self.config.timeout_seconds,
            max_bytes=self.config.max_megabytes * MIB,
            allow_private=self.config.allow_private,
            contact=self.config.contact,
        )

    def requester(self) -> Callable[[Due], Request]:
        """Makes the request of a feed, with its validators exactly as they were received.

        A person typed its address, so it may lead into a private network. Raises
        ``SecretsUnusable``, at once or for a feed whose secret cannot be had.
        """
        from reader.net.message import Request
        from reader.net.secrets import Secrets

        kept = Secrets(self.secrets)
        secretive = frozenset(kept.keys())

        def request_for(due: Due) -> Request:
            request = Request(
                url=due.state.url,
                etag=due.state.etag,
                last_modified=due.state.last_modified,
                allow_private=True,
            )
            key = secret_key(due.feed_id)
            secret = kept.get(key) if key in secretive else None
            return secret.applied(request) if secret else request

        return request_for

    def keep(self, feed_id: int, secret: Secret) -> None:
        """Keep what a feed's server wants to see. Raises ``SecretsUnusable``."""
        from reader.net.secrets import Secrets

        Secrets(self.secrets).put(secret_key(feed_id), secret)


def secret_key(feed_id: int) -> str:
    """What a feed is called among the secrets of its library."""
    return f"feed-{feed_id}"
