"""Errors with a sentence a person can act on. ``str(error)`` says what to do."""


class ReaderError(Exception):
    """The parent of every error that is told to the person and not a bug."""


class LibraryUnusable(ReaderError):
    """The database is damaged, newer than this program, or cannot be opened."""


class SavingRefused(ReaderError):
    """The database can be read but not written (disk full, read-only directory)."""


class SourceUnreadable(ReaderError):
    """A folder or file cannot be read."""


class QueryMistaken(ReaderError):
    """A query cannot be understood."""


class NetworkFailed(ReaderError):
    """A request failed; ``str`` is in plain words."""
