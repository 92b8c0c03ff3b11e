"""Makes HTML of Markdown bodies, in portions, so that they take the road of HTML."""

from collections.abc import Iterator


def to_html(body: str) -> Iterator[str]:
    """HTML of a Markdown body (CommonMark, tables, strikethrough), a portion at a time."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    yield parser.render(body)
