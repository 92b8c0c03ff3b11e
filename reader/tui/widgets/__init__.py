"""One file a widget; all of them drawn line by line."""

from __future__ import annotations
