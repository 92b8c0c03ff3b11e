"""The exit codes of every command."""

from enum import IntEnum


class Exit(IntEnum):
    """What a command's exit code says; documented in the README."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NOTHING = 3
    PARTLY = 4
    UNUSABLE = 5
    CHOICE = 6
    STOPPED = 130
