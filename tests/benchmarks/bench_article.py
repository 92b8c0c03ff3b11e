"""How fast an article opens: ``python -m tests.benchmarks.bench_article [--rivals]``.

Every number is processor time of this run. The first screen is 40 lines at 80 columns; the
rivals are Textual's Markdown parsing (without its widgets, which cost far more) and rich's
Markdown rendering, both of the whole text, as neither can do with less.
"""

import argparse
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from reader.text.article import document
from reader.text.blocks import BodyKind
from reader.text.layout import lay_out
from reader.text.plain import visible_text

SCREEN = 40
FIRST_MS = 500
FREEZE_MS = 100
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
HOSTILE: dict[str, tuple[BodyKind, str]] = {
    "100,000 nested <div>": ("html", "<div>" * 100_000 + "x"),
    "10,000-row table": ("html", "<table>" + "<tr><td>one<td>two and more<td>3" * 10_000),
    "100,000 cells in a row": ("html", "<table><tr>" + "<td>x" * 100_000),
    "100,000 <p> in a cell": ("html", "<table><tr><td>a<td>b<tr><td>" + "<p>word" * 100_000),
    "cells over each other": (
        "html", "<table>" + ("<tr>" + "<td rowspan=100 colspan=100>x" * 50) * 500,
    ),
    "one word of 1 MB": ("html", "a" * 1_000_000),
    "50,000 links": (
        "html", "".join(f'<a href="https://e.example/{n}">link {n}</a> ' for n in range(50_000)),
    ),
    "1M newlines": ("html", "<p>" + "\n" * 1_000_000 + "x"),
    "1M ampersands": ("html", "&" * 1_000_000),
    "200,000 &amp;": ("html", "&amp;" * 200_000),
    "50,000 <!--": ("html", "<!--" * 50_000),
    "200,000 <": ("html", "<" * 200_000),
    "5 MB of <p>": ("html", "<p>" * 1_666_666),
    "50,000 open <b>": ("html", "<b>x" * 50_000),
    "100,000 <br>": ("html", "x<br> " * 100_000),
    "100,000 attributes": ("html", "<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">x"),
    "attribute of 1 MB": ("html", "<p class='" + "a" * 1_000_000 + "'>x</p>"),
    "50,000 nested lists": ("html", "<ul><li>" * 50_000 + "x"),
    "50,000 nested quotes": ("html", "<blockquote>x" * 50_000),
    "80,000 hidden <p>": ("html", "<p hidden>x</p>" * 80_000 + "x"),
    "1 MB of Japanese": ("html", "日本語の文章" * 60_000),
    "1 MB of Arabic": ("html", "كلمة عربية " * 50_000),
    "1M combining marks": ("html", "a" + "\u0301" * 1_000_000),
    "listing of 5 MB": ("html", "<pre class=language-python>" + "x = 1\n" * 800_000),
    "100,000 footnotes": (
        "markdown",
        "".join(f"word[^{n}] and\n\n" for n in range(100_000))
        + "".join(f"[^{n}]: note {n}\n" for n in range(100_000)),
    ),
    "a footnote of 1 MB": ("markdown", "x[^1]\n\n[^1]: a\n" + "    word and word\n\n" * 50_000),
    "100,000 references": (
        "markdown", "".join(f"[r{n}]: http://x/{n}\n" for n in range(100_000)),
    ),
    "100,000 fences": ("markdown", "```\n" * 100_001),
    "100,000 listings": ("markdown", "```python\nx = 1\n```\n\n" * 100_000),
    "100,000 headings": ("markdown", "# h\n" * 100_000),
    "100,000 definitions": ("markdown", "term\n: meaning\n\n" * 100_000),
    "200,000 items": ("markdown", "- x\n" * 200_000),
    "empty items": ("markdown", "*\n" * 500_000),
    "escaped line ends": ("markdown", "\\\n" * 500_000),
    "back ticks on lines": ("markdown", "`\n" * 500_000),
    "blank lines": ("markdown", " \n" * 500_000),
    "table of 100,000 rows": ("markdown", "| a | b |\n|---|---|\n" + "| x | y |\n" * 100_000),
    "200 quotes deep": ("markdown", (">" * 200 + " x\n") * 3000),
    "1 MB of *a": ("markdown", "*a" * 500_000),
    "1 MB of _a": ("markdown", "_a" * 500_000),
    "1 MB of [": ("markdown", "[" * 1_000_000),
    "1 MB of `": ("markdown", "`a" * 500_000),
    "300,000 inline tags": ("markdown", "<b>" * 300_000),
    "escape characters": ("markdown", "\x1b[" * 500_000),
    "{% raw %}": ("markdown", "{% raw %}" * 100_000),
    "a picture as data": (
        "markdown", "x ![](data:image/png;base64," + "A" * 5_000_000 + ")\n\nend",
    ),
    "a comment of 2 MB": ("markdown", "x\n\n<!--\n" + "words\n\n" * 300_000 + "-->\n\nend"),
    "one line of 2 MB": ("text", "word " * 400_000),
    "teasers": ("text", "1 jaar geleden x\n" * 70_000),
}  # fmt: skip


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


def longest_freeze(body: str, kind: BodyKind, seconds: float = 2.0) -> float:
    """The longest time in milliseconds for which a key would wait while lines are laid out in
    another thread: what one call holds of the processor. Two seconds are looked at.
    """
    done = threading.Event()

    def work() -> None:
        end = time.monotonic() + seconds
        for _ in lay_out(document(body, kind).blocks(), 80):
            if time.monotonic() > end:
                break
        done.set()

    worker = threading.Thread(target=work)
    longest, before = 0.0, time.process_time()
    worker.start()
    while not done.wait(0.0005):
        now = time.process_time()
        longest, before = max(longest, now - before), now
    worker.join()
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


def print_sizes(folder: Path, *, rivals: bool) -> None:
    """A row for every kind and size."""
    for kind, pattern in KINDS:
        for name, size in SIZES.items():
            body = filled(pattern, size)
            path = folder / "article"
            path.write_text(body, encoding="utf-8")
            repeats = 3 if size < 1_000_000 else 1
            first = processor_ms(partial(first_screen, body, kind), 5)
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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rivals", action="store_true", help="measure rich and a parser too")
    rivals = options.parse_args().rivals
    first_screen(PARAGRAPH, "html")
    first_screen(MARKDOWN, "markdown")
    print(f"{'ms':18}{'read file':>10}{'first screen':>14}{'all lines':>11}{'step':>8}{'index':>8}"
          + (f"{'rich':>10}{'parser':>10}" if rivals else ""))  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        print_sizes(Path(folder), rivals=rivals)
    print_hostile()


def print_hostile() -> None:
    """A row for every hostile body, and those that are over the budget once more."""
    plain: dict[BodyKind, float] = {
        kind: processor_ms(partial(first_screen, filled(pattern, 1_000_000), kind), 3)
        for kind, pattern in KINDS
    }
    slow: list[str] = []
    print(f"\n{'Hostile bodies, ms':26}{'first screen':>14}{'freeze':>8}{'index':>8}")
    for name, (kind, body) in HOSTILE.items():
        first = processor_ms(partial(first_screen, body, kind), 1)
        index = processor_ms(partial(visible_text, body, kind), 1)
        freeze = longest_freeze(body, kind)
        print(f"{name:26}{first:14.1f}{freeze:8.1f}{index:8.1f}")
        if first > plain[kind] + FIRST_MS or freeze > FREEZE_MS:
            slow.append(name)
    print(
        f"over budget ({FIRST_MS} ms more than a plain article's first screen, {FREEZE_MS} ms"
        f" of freeze): {', '.join(slow) or 'none'}"
    )


if __name__ == "__main__":
    main()
