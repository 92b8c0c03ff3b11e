"""The visible text of a body, as it is indexed and searched for names."""

from reader.text.plain import visible_text


def test_an_outlet_behind_a_headline_stays_apart_from_it() -> None:
    body = "<li><a href='x'>It goes  on without the US</a>&nbsp;&nbsp;<font>CNN</font></li>"
    assert visible_text(body, "html") == "It goes on without the US\xa0\xa0CNN"
