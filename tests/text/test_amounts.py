"""Sizes and durations as they are shown."""

import pytest

from reader.text.amounts import duration, size


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, ""),
        (-5, ""),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (9_949, "9.9 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (52_428_800, "52 MB"),
        (7_300_000_000, "7.3 GB"),
        (7_300_000_000_000, "7300 GB"),
    ],
)
def test_sizes(count: int, shown: str) -> None:
    assert size(count) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, ""), (-1, ""), (5, "0:05"), (2525, "42:05"), (3723, "1:02:03")]
)
def test_durations(seconds: int, shown: str) -> None:
    assert duration(seconds) == shown
