"""What a person decided about updates: how often, through which network, as whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.config import NetworkConfig

if TYPE_CHECKING:
    from reader.net.message import Request
    from reader.net.settings import NetSettings
    from reader.storage.fetching import Due


@dataclass(frozen=True, slots=True)
class UpdateOptions:
    """Settings of the network, as the parts of an update ask for them."""

    config: NetworkConfig

    @property
    def interval_s(self) -> int:
        """How often a web feed is asked that has no setting of its own."""
        return self.config.interval_minutes * 60

    def net(self) -> NetSettings:
        """The client's settings."""
        from reader.net.settings import NetSettings

        return NetSettings(
            connections=self.config.connections,
            per_host=self.config.per_host,
            total_timeout_s=self.config.timeout_seconds,
            allow_private=self.config.allow_private,
            contact=self.config.contact,
        )

    def request_for(self, due: Due) -> Request:
        """The request of one feed, with its validators exactly as they were received.

        A person typed its address, so it may lead into a private network.
        """
        from reader.net.message import Request

        return Request(
            url=due.state.url,
            etag=due.state.etag,
            last_modified=due.state.last_modified,
            allow_private=True,
        )
