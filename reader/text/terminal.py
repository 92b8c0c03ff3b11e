"""Makes text safe to draw on a terminal, and tells how wide it is."""

from typing import NewType

SafeText = NewType("SafeText", str)
"""Text that holds no control character a terminal would obey. Made only in reader.text."""
