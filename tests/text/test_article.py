"""What a document knows besides how it looks: links, pictures, styles, laziness."""

import time

import pytest

from reader.text.article import MAX_BODY, Document, document
from reader.text.blocks import Code, Heading, Line, Paragraph, Span, Table
from reader.text.layout import lay_out


def spans_of(article: Document) -> list[Span]:
    return [span for line in lay_out(article.blocks(), 80) for span in line.spans]


def lines_of(body: str, width: int = 80) -> list[Line]:
    return list(lay_out(document(body, "html").blocks(), width))


def style_of(article: Document, text: str) -> set[str]:
    return set(next(span for span in spans_of(article) if text in span.text).style.split())


def test_links_are_numbered_once_in_order_and_made_absolute() -> None:
    body = (
        '<p><a href="/a?x=1&amp;y=2">first</a> <a href="https://other.example/">second</a>'
        ' <a href="/a?x=1&amp;y=2">again</a></p>'
    )
    article = document(body, "html", base="https://example.org/dir/page")
    assert [span.link for span in spans_of(article) if span.link >= 0] == [0, 1, 0]
    assert [(link.number, link.url, link.text) for link in article.links] == [
        (0, "https://example.org/a?x=1&y=2", "first"),
        (1, "https://other.example/", "second"),
    ]
    assert all(link.openable for link in article.links)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,hello",
        "file:///etc/passwd",
        "vbscript:x",
        "ftp://example.org/x",
    ],
)
@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_links_outside_the_allow_list_are_shown_and_not_openable(address: str, kind: str) -> None:
    body = f'<p><a href="{address}">the words</a></p>'
    article = document(body, "markdown" if kind == "markdown" else "html")
    assert "the words" in "".join(span.text for span in spans_of(article))
    assert not any(link.openable for link in article.links)


def test_markdown_link_with_a_dangerous_address_keeps_its_words() -> None:
    article = document("[the words](javascript:alert(1)) and more", "markdown")
    shown = "".join(span.text for span in spans_of(article))
    assert shown == "the words and more"
    assert [link.openable for link in article.links] == [False]


def test_a_link_around_blocks_reaches_all_of_them() -> None:
    article = document('<a href="https://x.example/"><h2>Head</h2><p>para</p></a>', "html")
    assert [(span.text, span.link) for span in spans_of(article)] == [("Head", 0), ("para", 0)]


def test_bare_addresses_become_links_in_every_kind_of_body() -> None:
    for kind in ("html", "markdown", "text"):
        article = document("see https://example.org/x(1), there", kind)
        list(article.blocks())
        assert [link.url for link in article.links] == ["https://example.org/x(1)"]


def test_addresses_in_code_stay_code() -> None:
    article = document("<p><code>https://example.org</code></p>", "html")
    assert [(span.style, span.link) for span in spans_of(article)] == [("code", -1)]


def test_pictures_are_listed_with_their_words() -> None:
    article = document('<p><img src="a.png" alt="A cat"></p>', "html", base="https://e.example/")
    assert [(span.text, span.image) for span in spans_of(article)] == [("[image: A cat]", 0)]
    assert [(image.url, image.text) for image in article.images] == [
        ("https://e.example/a.png", "A cat")
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('alt="A cat" width="640" height="480"', "[image: A cat, 640×480]"),
        ("width=640px height=480.5", "[image: 640×480]"),
        ('alt="A cat" style="height:480px; width: 640px"', "[image: A cat, 640×480]"),
        ('alt="A cat" width="640"', "[image: A cat]"),
        ('alt="A cat" width="100%" height="480"', "[image: A cat]"),
        ('alt="Logo" width="16" height="16"', "[image: Logo]"),
        ('alt="Big" width="99999999999999" height="2"', "[image: Big, 999999×2]"),
    ],
)
def test_the_size_of_a_picture_is_told_with_its_words(written: str, shown: str) -> None:
    article = document(f"<p><img src=a.png {written}></p>", "html")
    assert [line.text for line in lay_out(article.blocks(), 80)] == [shown]
    assert "×" not in article.images[0].text


def test_a_caption_that_repeats_the_words_of_a_picture_with_a_size_is_left_out() -> None:
    picture = '<img src="a.png" alt="A cat" width="640" height="480">'
    shown = lines_of(f"<figure>{picture}<figcaption>A cat</figcaption></figure>")
    assert [line.text for line in shown] == ["[image: A cat, 640×480]"]


def test_tracking_pixels_are_not_listed() -> None:
    article = document(
        '<p>x<img src="a" width="1" height=1><img src=b style="width:1px;height:1px"></p>', "html"
    )
    assert [span.text for span in spans_of(article)] == ["x"]
    assert article.images == []


def test_styles_of_text() -> None:
    article = document(
        "<p><b>bold</b> <i>it</i> <del>gone</del> <ins>new</ins> <mark>lit</mark> "
        '<code>x = 1</code> <font color="#6f6f6f">outlet</font></p>'
        "<h3>head</h3><blockquote>quoted</blockquote><ul><li>item</li></ul>"
        "<figure><figcaption>words</figcaption></figure>",
        "html",
    )
    assert style_of(article, "bold") == {"strong"}
    assert style_of(article, "it") == {"emphasis"}
    assert style_of(article, "gone") == {"strike"}
    assert style_of(article, "new") == {"insert"}
    assert style_of(article, "lit") == {"mark"}
    assert style_of(article, "x = 1") == {"code"}
    assert style_of(article, "outlet") == {"dim"}
    assert style_of(article, "head") == {"heading3"}
    assert style_of(article, "│") == {"quote"}
    assert style_of(article, "•") == {"marker"}
    assert style_of(article, "words") == {"caption"}


def test_style_that_is_never_closed_goes_on_in_the_next_paragraph() -> None:
    article = document("<p><b>one</p><p>two</b></p><p>three</p>", "html")
    assert [span.style for span in spans_of(article)] == ["strong", "strong", ""]


def test_listings_are_coloured_where_the_language_is_known() -> None:
    article = document('<pre class="language-python">def f(): return 1</pre>', "html")
    (code,) = article.blocks()
    assert isinstance(code, Code)
    assert code.language == "python"
    assert {span.style for span in code.spans} >= {"code tok-k", "code tok-nf", "code tok-mi"}
    assert "".join(span.text for span in code.spans) == "def f(): return 1"


def test_listing_in_an_unknown_language_stays_plain() -> None:
    article = document("```nosuchlanguage\nx = 1\n```\n", "markdown")
    (code,) = article.blocks()
    assert isinstance(code, Code)
    assert [span.style for span in code.spans] == ["code"]


def test_links_in_listings_stay_links() -> None:
    article = document(
        '<pre class="lang-c">#include <a href="http://x.example/">x</a></pre>', "html"
    )
    assert [span.link for span in spans_of(article)] == [-1, 0]


def test_a_first_heading_that_repeats_the_title_is_left_out() -> None:
    for body in (
        "<h1>The  Title</h1><p>x</p>",
        '<img src=a.png alt="p"><h2>the title</h2><p>x</p>',
    ):
        article = document(body, "html", title="The Title")
        assert not any(isinstance(block, Heading) for block in article.blocks())
    kept = document("<p>x</p><h1>The Title</h1>", "html", title="The Title")
    assert any(isinstance(block, Heading) for block in kept.blocks())


def test_lines_tell_their_block_and_heading() -> None:
    lines = lines_of("<h2>Head that is long</h2><p>text</p>", 10)
    assert [(line.block, line.heading) for line in lines] == [(0, 2), (0, 0), (1, 0), (1, 0)]


def test_wide_lines_of_code_are_marked_and_not_cut() -> None:
    (line,) = lines_of(f"<pre>{'x ' * 60}</pre>")
    assert line.wide
    assert len(line.text) == 120


def test_an_empty_body_has_no_lines() -> None:
    for kind in ("html", "markdown", "text"):
        assert list(lay_out(document("", kind).blocks(), 80)) == []
        assert list(lay_out(document(" \n\n ", kind).blocks(), 80)) == []


def test_blocks_may_be_asked_for_again_and_are_the_same() -> None:
    article = document("<p>x</p>" * 3000, "html")
    first = next(iter(article.blocks()))
    everything = list(article.blocks())
    assert everything[0] is first
    assert list(article.blocks()) == everything
    assert len(everything) == 3000


def test_the_first_blocks_do_not_wait_for_the_rest() -> None:
    body = "<p>Some words <b>and</b> more of <a href=x>them</a>.</p>" * 50_000
    list(document("<p>x</p>", "html").blocks())
    begin = time.process_time()
    article = document(body, "html")
    next(article.blocks())
    first = time.process_time() - begin
    some = 0
    for some, _ in enumerate(article.blocks()):
        if some == 5_000:
            break
    tenth = time.process_time() - begin
    assert some == 5_000
    assert first < tenth / 5


def test_a_body_without_end_is_cut_and_says_so() -> None:
    article = document("word " * (MAX_BODY // 5 + 100), "text")
    *_, last = article.blocks()
    assert isinstance(last, Paragraph)
    assert last.spans[0].style == "problem"


def test_long_tables_come_in_parts_with_the_same_columns() -> None:
    rows = "".join(f"<tr><td>{n}<td>name {n}" for n in range(500))
    article = document(f"<table><tr><th>No<th>Name{rows}</table>", "html")
    tables = [block for block in article.blocks() if isinstance(block, Table)]
    assert len(tables) > 3
    assert len({table.number for table in tables}) == 1
    assert [table.head for table in tables] == [1] + [0] * (len(tables) - 1)
    lines = [line.text for line in lay_out(article.blocks(), 80)]
    assert len(lines) == 502
    assert len({line.index("name") for line in lines[2:]}) == 1


def test_long_markdown_tables_and_listings_stay_whole() -> None:
    table = "| No | Name |\n|---|---|\n" + "".join(f"| {n} | name {n} |\n" for n in range(3000))
    lines = [line.text for line in lay_out(document(table, "markdown").blocks(), 80)]
    assert len(lines) == 3002
    assert all("|" not in line for line in lines)
    code = "```python\n" + "".join(f"line_{n} = {n}\n" for n in range(5000)) + "```\n\nEnd.\n"
    lines = [line.text for line in lay_out(document(code, "markdown").blocks(), 80)]
    assert lines == [f"line_{n} = {n}" for n in range(5000)] + ["", "End."]


def test_markdown_references_reach_across_the_whole_text() -> None:
    filler = "Some words to fill a portion.\n\n" * 1000
    article = document(f"[first][ref]\n\n{filler}[ref]: https://example.org/ref\n", "markdown")
    list(article.blocks())
    assert [(link.url, link.text) for link in article.links] == [
        ("https://example.org/ref", "first")
    ]


def test_justified_paragraphs_fill_their_lines() -> None:
    body = (
        "<p>"
        + "some words <b>of different</b> length, and more " * 6
        + "</p><h2>A head of words</h2>"
    )
    plain: list[str] = [line.text for line in lay_out(document(body, "html").blocks(), 40)]
    full: list[str] = [
        line.text for line in lay_out(document(body, "html").blocks(), 40, justify=True)
    ]
    last = plain.index("") - 1
    assert all(len(line) == 40 for line in full[:last])
    assert full[last:] == plain[last:]
    assert [line.split() for line in full] == [line.split() for line in plain]


def test_breaks_that_were_asked_for_are_not_justified() -> None:
    body = "<p>a short line<br>another one of them</p>"
    assert [line.text for line in lay_out(document(body, "html").blocks(), 24, justify=True)] == [
        "a short line",
        "another one of them",
    ]


def test_invisible_breaks_are_no_text() -> None:
    assert [line.text for line in lines_of("<p>hy&shy;phen zero&#8203;width w<wbr>br</p>")] == [
        "hyphen zerowidth wbr"
    ]


def test_a_comment_that_never_ends_hides_nothing() -> None:
    body = "one\n\n{% comment %}\n\ntwo\n\n{% comment %}x{% endcomment %}three\n"
    for written in ("one\n\n{% comment %}\n\ntwo\n", body):
        shown = [line.text for line in lay_out(document(written, "markdown").blocks(), 80)]
        assert shown[0] == "one"
        assert shown[-1] in ("two", "three")
    split = "one\n{% comment %}<!-- x -->{%\nendcomment %}\n\ntwo\n"
    shown = [line.text for line in lay_out(document(split, "markdown").blocks(), 80)]
    assert shown == ["one", "", "two"]


def test_what_shows_nothing_over_many_lines_is_not_taken_for_text() -> None:
    data = "data:image/png;base64," + "iVBORw0KGgo" * 100_000
    filler = "words that are not to be seen\n\n" * 2000
    for written in (
        f"before ![][picture]\n\n[picture]: <{data}>\n\nafter",
        f"before ![]({data})\n\nafter",
        f'before <img src="{data}">\n\nafter',
        f"before [image]\n\n<!--\n{filler}-->\n\nafter",
        f"before [image]\n<!--\n{filler}-->\nafter",
        f"before [image]\n\n<style>\n{filler}</style>\n\nafter",
        f"before [image]\n\n<svg width=1>\n{filler}</svg>\n\nafter",
    ):
        shown = [line.text for line in lay_out(document(written, "markdown").blocks(), 80)]
        assert shown == ["before [image]", "", "after"], written[:60]


def test_a_drawing_that_never_ends_hides_nothing() -> None:
    written = "one\n\n```\n</svg>\n```\n\n<svg>\n\ntwo\n\nthree\n"
    shown = [line.text for line in lay_out(document(written, "markdown").blocks(), 80)]
    assert shown == ["one", "", "</svg>", "", "two", "", "three"]


def test_a_body_that_shows_nothing_says_that_the_rest_is_left_out() -> None:
    for kind, body in (("html", "<p><i></i>" * 200_000), ("markdown", "*\n" * 300_000)):
        article = document(body, "markdown" if kind == "markdown" else "html")
        *_, last = lay_out(article.blocks(), 80)
        assert last.spans[0].style == "problem"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<msup><mi>x</mi><mn>12</mn></msup>", "x¹²"),
        ("<msup><mi>e</mi><mrow><mi>i</mi><mi>π</mi></mrow></msup>", "e^(iπ)"),
        ("<msub><mi>x</mi><mi>i</mi></msub><mo>=</mo><mn>1</mn>", "x_i = 1"),
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "a/(b+1)"),
        ("<msqrt><mn>2</mn></msqrt><mroot><mi>n</mi><mn>3</mn></mroot>", "√2³√n"),
        ("<munderover><mo>∑</mo><mn>0</mn><mi>n</mi></munderover>", "∑_0^n"),
        ("<mtable><mtr><mtd>a</mtd><mtd>b</mtd></mtr><mtr><mtd>c</mtd></mtr></mtable>", "a, b; c"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced></mrow></mi>", "(a, b)"),
        ("<mrow>" * 50 + "<mi>x</mi>" + "</mrow>" * 50, "x"),
        ("<mi>x</mi><annotation encoding=tex>x^{2}</annotation>", "x^{2}"),
    ],
)
def test_formulas_are_written_on_a_line(source: str, shown: str) -> None:
    assert [line.text for line in lines_of(f"<math>{source}</math>")] == [shown]
