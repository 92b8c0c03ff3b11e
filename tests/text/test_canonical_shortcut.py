"""The short way to a canonical address is the long way's answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text import urls

PATHS = st.text(alphabet="abcZ09-._~/!$&'()*+,;=:@%?#", max_size=24)
HOSTS = st.sampled_from(["example.org", "a-b.example.co.uk", "EXAMPLE.org", "example.org:8080"])


@given(scheme=st.sampled_from(["http", "https"]), host=HOSTS, path=PATHS)
def test_both_ways_agree(scheme: str, host: str, path: str) -> None:
    url = f"{scheme}://{host}/{path}"
    short = urls.canonical(url)
    # A trailing space keeps the short way from being taken; it is trimmed.
    assert short == urls.canonical(f"{url} ")


@pytest.mark.parametrize("url", ["http://example.org/a/b/", "https://example.org"])
def test_the_short_way_is_taken(url: str) -> None:
    assert urls._PLAIN_PAGE.fullmatch(url)
