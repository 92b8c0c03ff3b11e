"""Writes terms of the filter language, for what the program puts into a query itself."""

import re

_PLAIN = re.compile(r'[^\s()"“”„«»*/#!|-][^\s()"“”„«»*]*')


def quoted(value: str) -> str:
    """The value in quotes, such that it is read back as it is."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def term(field: str, value: str) -> str:
    """``field:value``, quoted where it must be."""
    return f"{field}:{value if _PLAIN.fullmatch(value) else quoted(value)}"
