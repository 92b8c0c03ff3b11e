"""Addresses with a user name in them are followed as typed, and shown without."""

import pytest

from reader.model.candidate import Candidate, address_of, without_user


@pytest.mark.parametrize(
    ("typed", "shown", "as_typed"),
    [
        ("https://me:p@ss@example.org/x", "https://example.org/x", True),
        (" me:pass@example.org/x", "example.org/x", True),
        ("@me@example.org", "@me@example.org", False),
        ("https://example.org/@me/feed", "https://example.org/@me/feed", False),
        ("example.org/?q=a@b", "example.org/?q=a@b", False),
        ("https://@example.org", "https://@example.org", False),
    ],
)
def test_users(typed: str, shown: str, *, as_typed: bool) -> None:
    assert without_user(typed) == shown
    itself = Candidate(url="https://example.org/found", origin="itself")
    assert address_of(itself, typed) == (typed if as_typed else itself.url)
    declared = Candidate(url="https://example.org/found", origin="declared")
    assert address_of(declared, typed) == declared.url
