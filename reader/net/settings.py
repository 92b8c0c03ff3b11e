"""How the reader behaves on the network: limits, patience, and how it names itself."""

from msgspec import Struct

MIB = 1024 * 1024


class NetSettings(Struct, frozen=True, kw_only=True):
    """Settings of the network client; times in seconds, sizes in bytes after decompression.

    ``connections`` is how many requests are under way at once. It is not about courtesy
    (that is ``per_host`` and the spacing that goes with it) but about waiting: a thousand
    hosts that answer in 200 ms need 250 at a time to be done in a second. It is lowered by
    itself where the system allows fewer open files. ``idle_timeout_s`` ends an answer that
    stands still, ``total_timeout_s`` one that never ends, redirects included.
    ``buffered_bytes`` bounds all bodies in memory together: past it nothing new starts and
    answers are read one at a time.
    ``allow_private`` lets addresses that feeds name point into private networks.
    ``contact`` is a web or mail address for the operators of servers, shown to them.
    ``ca_file`` names a bundle of certificates to trust instead of the system's.
    """

    connections: int = 256
    per_host: int = 2
    connect_timeout_s: float = 15.0
    idle_timeout_s: float = 20.0
    total_timeout_s: float = 60.0
    max_bytes: int = 16 * MIB
    max_redirects: int = 10
    buffered_bytes: int = 32 * MIB
    allow_private: bool = False
    contact: str = ""
    ca_file: str = ""
