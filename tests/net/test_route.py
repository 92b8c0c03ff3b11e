"""What a chain of redirects may do, without a network."""

import pytest

from reader.model.errors import AnswerUnusable
from reader.net.route import Route


def test_privacy_is_lost_for_good_on_the_open_internet() -> None:
    route = Route.start("http://nas.local/", may_be_private=True)
    inside = route.follow(302, "http://other.local/", was_private=True, limit=9)
    assert inside.may_be_private
    outside = inside.follow(302, "http://example.org/", was_private=False, limit=9)
    assert not outside.may_be_private
    assert not outside.follow(302, "/", was_private=True, limit=9).may_be_private


def test_secrets_go_along_to_the_https_of_the_same_host_only() -> None:
    route = Route.start("http://example.org/", may_be_private=False)
    secure = route.follow(301, "https://example.org/", was_private=False, limit=9)
    assert secure.secrets
    assert not secure.follow(301, "http://example.org/", was_private=False, limit=9).secrets
    assert not secure.follow(302, "https://cdn.example.org/", was_private=False, limit=9).secrets


def test_the_limit() -> None:
    route = Route.start("http://example.org/", may_be_private=False)
    for _ in range(3):
        route = route.follow(302, "/", was_private=False, limit=3)
    with pytest.raises(AnswerUnusable):
        route.follow(302, "/", was_private=False, limit=3)
