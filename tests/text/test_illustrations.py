"""Room for pictures among the lines of an article, and which pictures those are."""

from collections.abc import Iterator

import pytest

from reader.text.article import Document, document
from reader.text.blocks import Illustration, Item, Line
from reader.text.layout import lay_out
from reader.text.outline import outline
from reader.text.terminal import SafeText

BODY = """<h2>A</h2><p>One.</p><blockquote><ul><li><img src="a.png" alt="Boats"></ul></blockquote>
<h3>B</h3><p>Two.</p>"""


def illustrated(source: Document, **room: object) -> Iterator[Item]:
    """The blocks, with room after the one that holds a picture."""
    for block in source.blocks():
        yield block
        for span in getattr(block, "spans", ()):
            if span.image >= 0:
                yield Illustration(image=span.image, inside=block.inside, **room)  # type: ignore[arg-type]


def lines(**room: object) -> list[Line]:
    return list(lay_out(illustrated(document(BODY, "html"), **room), 30))


def test_a_picture_stands_where_its_words_do() -> None:
    shown = lines(columns=4, rows=2)
    assert [line.text.rstrip() for line in shown] == [
        "A", "", "One.", "", "│ • [image: Boats]", "│", "│", "", "B", "", "Two.",
    ]  # fmt: skip
    rows = [line.spans[-1] for line in shown if line.spans and line.spans[-1].text == "    "]
    assert [(span.style, span.image) for span in rows] == [("picture 0", 0), ("picture 1", 0)]


def test_it_is_no_wider_than_there_is_room() -> None:
    assert max(len(line.text) for line in lines(columns=100, rows=3)) == 30


def test_why_a_picture_is_missing_is_said_below_its_words() -> None:
    shown = lines(problem=SafeText("Not shown: The server answers 404: not found."))
    at = [str(line.text) for line in shown].index("│ • [image: Boats]")
    assert [line.text for line in shown[at + 1 : at + 3]] == [
        "│   Not shown: The server",
        "│   answers 404: not found.",
    ]


def test_places_stay_what_they_are_without_pictures() -> None:
    plain = {line.text: line.block for line in lay_out(document(BODY, "html").blocks(), 30)}
    with_room = {line.text: line.block for line in lines(columns=4, rows=2) if line.text.strip()}
    assert {text: with_room[text] for text in plain if text.strip()} == {
        text: block for text, block in plain.items() if text.strip()
    }
    found = outline(illustrated(document(BODY, "html"), columns=4, rows=2))
    assert list(found) == list(outline(document(BODY, "html").blocks()))


def test_a_picture_keeps_its_address_as_it_is_written() -> None:
    body = '<img src="../pics/a%20b.png?x=1" alt="A"><img src="data:image/png;base64,AA" alt="B">'
    shown = document(body, "html", base="https://example.org/news/one.html")
    list(shown.blocks())
    assert [(image.url, image.written) for image in shown.images] == [
        ("https://example.org/pics/a%20b.png?x=1", "../pics/a%20b.png?x=1"),
        ("", ""),
    ]
    local = document("![A](pics/a.png)", "markdown")
    list(local.blocks())
    assert [(image.url, image.written) for image in local.images] == [("", "pics/a.png")]


@pytest.mark.parametrize(
    "address",
    [
        "https://pixel.example.org/i?x=1",
        "https://example.org/pixel.gif?u=1",
        "https://example.org/img/1x1.png",
        "https://feeds.feedburner.com/~r/Blog/~4/abc",
        "https://mail.example.org/wf/open?upn=abc",
        "https://www.google-analytics.com/collect?x",
        "/count?id=3",
    ],
)
def test_what_counts_readers_is_no_picture(address: str) -> None:
    shown = document(f'<p>Text <img src="{address}"></p><img src="{address}" alt="A">', "html")
    assert sum(span.image >= 0 for b in shown.blocks() for span in getattr(b, "spans", ())) == 1
    assert [image.text for image in shown.images] == ["A"]


@pytest.mark.parametrize(
    "address", ["https://example.org/pixel-art.png", "/country/a.jpg", "/discount/b.gif", "a.png"]
)
def test_what_is_only_called_alike_is_one(address: str) -> None:
    shown = document(f'<p><img src="{address}"></p>', "html", base="https://example.org/")
    assert list(shown.blocks())
    assert len(shown.images) == 1
