"""The errors a user can meet: each says what is wrong, where, and what to do next."""

from __future__ import annotations


class UnkgError(Exception):
    """Base of all errors this package raises on purpose; its text is meant for people."""


class SymbolError(UnkgError):
    """A text is not a symbol the United Nations would print."""


class ReadError(UnkgError):
    """A file cannot be read as a document."""


class LanguageError(UnkgError):
    """A document's language is unknown or has no table."""


class AuthorityError(UnkgError):
    """An authority file is broken; the text names file and subject."""


class StoreError(UnkgError):
    """The store cannot be opened, read or written."""


def unwritable(
    where: object, error: Exception, *, kept: str = "nothing was changed there"
) -> StoreError:
    """What to tell of a file or folder that the system will not write; ``kept`` says what stayed.

    >>> error = OSError(28, "No space left on device")
    >>> str(unwritable("un-kg", error)).partition(";")[0]
    'un-kg: cannot be written: No space left on device'
    """
    reason = getattr(error, "strerror", None) or error
    return StoreError(
        f"{where}: cannot be written: {reason}; {kept}: make room or make it writable,"
        " then do it again"
    )


class QueryError(UnkgError):
    """A query is unknown, malformed, or lacks a parameter."""


class ViewError(UnkgError):
    """A page cannot be drawn."""


class FetchError(UnkgError):
    """A document cannot be got from where it is published."""
