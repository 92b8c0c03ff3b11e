"""The screen: draws what the library says, asks the library to act."""

from __future__ import annotations
