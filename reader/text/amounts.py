"""Sizes and durations in words, short enough for a line of a list."""


def size(count: int) -> str:
    """A number of bytes as people say it: "1.2 MB"; "" for 0, which is unknown."""
    if count <= 0:
        return ""
    if count < 1000:
        return f"{count} B"
    value, unit = count / 1000, "kB"
    for larger in ("MB", "GB"):
        if value >= 999.5:
            value, unit = value / 1000, larger
    return f"{value:.1f} {unit}" if value < 9.95 else f"{value:.0f} {unit}"


def duration(seconds: int) -> str:
    """A duration as clocks show it: "42:05", "1:02:03"; "" for 0, which is unknown."""
    if seconds <= 0:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
