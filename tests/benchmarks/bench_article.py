"""How fast an article opens: ``python -m tests.benchmarks.bench_article [--rivals]``.

Every number is processor time of this run. The first screen is 40 lines at 80 columns; the
rivals are Textual's Markdown parsing (without its widgets, which cost far more) and rich's
Markdown rendering, both of the whole text, as neither can do with less.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from reader.text.article import document
from reader.text.blocks import BodyKind
from reader.text.layout import lay_out
from reader.text.plain import visible_text

SCREEN = 40
PARAGRAPH = (
    "<p>Lorem ipsum <b>dolor</b> sit amet, <a href='https://example.org/{0}'>consectetur</a>"
    " adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. Ut"
    " enim ad minim veniam, quis <em>nostrud</em> exercitation.</p>\n"
)
MARKDOWN = (
    "Lorem ipsum **dolor** sit amet, [consectetur](https://example.org/{0}) adipiscing elit, sed"
    " do eiusmod tempor incididunt ut labore et dolore magna aliqua. Ut enim ad minim veniam,"
    " quis *nostrud* exercitation.\n\n"
)
SIZES = {"5 kB": 5_000, "50 kB": 50_000, "500 kB": 500_000, "5 MB": 5_000_000}
HOSTILE: dict[str, str] = {
    "100,000 nested <div>": "<div>" * 100_000 + "x",
    "10,000-row table": "<table>" + "<tr><td>one<td>two and more<td>3" * 10_000,
    "one word of 1 MB": "a" * 1_000_000,
    "50,000 links": "".join(
        f'<a href="https://e.example/{n}">link {n}</a> ' for n in range(50_000)
    ),
    "1M newlines": "<p>" + "\n" * 1_000_000 + "x",
    "1M ampersands": "&" * 1_000_000,
    "50,000 <!--": "<!--" * 50_000,
    "200,000 <": "<" * 200_000,
    "5 MB of <p>": "<p>" * 1_666_666,
    "100,000 attributes": "<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">x",
    "50,000 nested lists": "<ul><li>" * 50_000 + "x",
    "50,000 nested quotes": "<blockquote>x" * 50_000,
}


def filled(pattern: str, size: int) -> str:
    """Paragraphs of about ``size`` characters."""
    return "".join(pattern.format(n) for n in range(size // len(pattern) + 1))


def processor_ms(action: Callable[[], object], repeats: int) -> float:
    """The median processor time of an action in milliseconds."""
    times = []
    for _ in range(repeats):
        begin = time.process_time()
        action()
        times.append((time.process_time() - begin) * 1000)
    return statistics.median(times)


def first_screen(body: str, kind: BodyKind) -> None:
    for number, _ in enumerate(lay_out(document(body, kind).blocks(), 80)):
        if number == SCREEN:
            break


def whole(body: str, kind: BodyKind) -> None:
    for _ in lay_out(document(body, kind).blocks(), 80):
        pass


def longest_step(body: str, kind: BodyKind) -> float:
    """The longest time between two blocks, in milliseconds."""
    longest, before = 0.0, time.process_time()
    for _ in document(body, kind).blocks():
        now = time.process_time()
        longest, before = max(longest, now - before), now
    return longest * 1000


def rich_markdown(body: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(width=80, file=None)
    console.render_lines(Markdown(body), console.options)


def textual_parse(body: str) -> None:
    from markdown_it import MarkdownIt

    MarkdownIt("gfm-like", {"linkify": False}).parse(body)


KINDS: tuple[tuple[BodyKind, str], ...] = (
    ("html", PARAGRAPH),
    ("markdown", MARKDOWN),
    ("text", MARKDOWN),
)


def print_sizes(folder: Path, *, rivals: bool) -> float:
    """A row for every kind and size; gives the slowest first screen in milliseconds."""
    slowest = 0.0
    for kind, pattern in KINDS:
        for name, size in SIZES.items():
            body = filled(pattern, size)
            path = folder / "article"
            path.write_text(body, encoding="utf-8")
            repeats = 3 if size < 1_000_000 else 1
            first = processor_ms(partial(first_screen, body, kind), 5)
            slowest = max(slowest, first)
            row = [
                f"{kind + ' ' + name:18}",
                f"{processor_ms(partial(path.read_text, encoding='utf-8'), 3):10.2f}",
                f"{first:14.1f}",
                f"{processor_ms(partial(whole, body, kind), repeats):11.1f}",
                f"{longest_step(body, kind):8.1f}",
                f"{processor_ms(partial(visible_text, body, kind), repeats):8.1f}",
            ]
            if rivals and kind == "markdown" and size < 1_000_000:
                row.append(f"{processor_ms(partial(rich_markdown, body), 1):10.1f}")
                row.append(f"{processor_ms(partial(textual_parse, body), 1):10.1f}")
            print("".join(row))
    return slowest


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rivals", action="store_true", help="measure rich and a parser too")
    rivals = options.parse_args().rivals
    first_screen(PARAGRAPH, "html")
    first_screen(MARKDOWN, "markdown")
    print(f"{'ms':18}{'read file':>10}{'first screen':>14}{'all lines':>11}{'step':>8}{'index':>8}"
          + (f"{'rich':>10}{'parser':>10}" if rivals else ""))  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        slowest = print_sizes(Path(folder), rivals=rivals)
    print(f"\nHostile bodies (the slowest first screen above was {slowest:.1f} ms)")
    for name, body in HOSTILE.items():
        first = processor_ms(partial(first_screen, body, "html"), 1)
        index = processor_ms(partial(visible_text, body, "html"), 1)
        step = longest_step(body, "html")
        print(f"{name:22}{first:10.1f} ms, step {step:7.1f}, index {index:7.1f}")


if __name__ == "__main__":
    main()
