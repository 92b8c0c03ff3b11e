"""Opens links in the person's browser, as the rest of the reader does (``reader.opening``)."""

from __future__ import annotations

from reader.opening import cannot_open, needs_terminal, open_in_browser, open_own

__all__ = ["cannot_open", "needs_terminal", "open_in_browser", "open_own"]
