"""The library's database: the only package that says SQLite.

``schema`` makes and migrates it, ``store`` opens connections and transactions, and each
noun has a file whose functions take a connection. Times are whole seconds since 1970 UTC.
"""

from __future__ import annotations
