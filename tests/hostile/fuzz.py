"""Looks for inputs that break a target: ``python -m tests.hostile.fuzz TARGET [SECONDS]``.

By coverage with atheris where it is installed, else (or with ``--mutate``) by mutations of
the corpus, which also find what takes too long. What is found is written to
``tests/data/hostile/TARGET/``, where ``test_found.py`` keeps it from coming back.
"""

import argparse
import importlib.util
import os
import random
import re
import sys
import time
import traceback
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

FOUND = Path(__file__).resolve().parents[1] / "data/hostile"
CORPUS = Path(
    os.environ.get("NEWSREADER_CORPUS", Path(__file__).resolve().parents[3] / "corpus/open")
)
LONGEST = 200_000

SEEDS = {
    "clean": ("hostile/terminal/**/*", "hostile/unicode/**/*"),
    "article": ("html/**/*.html", "frontmatter/**/*.md", "hostile/html/**/*", "plain/**/*"),
    "folder": ("frontmatter/**/*", "plain/**/*", "hostile/yaml/**/*", "hostile/unicode/**/*"),
    "feed": ("feeds/**/*", "hostile/feeds-own/*", "hostile/terminal/carriers/*", "hostile/xml/*"),
    "page": ("html/**/*.html", "feeds/feedfinder-autodiscovery/*", "hostile/html/**/*"),
    "outline": ("opml/**/*", "hostile/terminal/carriers/*.opml"),
    "query": (),
    "address": ("hostile/html/owasp/*",),
}
"""Files of the corpus to begin with; targets that read a kind first get one put before."""

KINDED = frozenset({"article", "folder", "view"})
TOKENS: dict[str, tuple[str, ...]] = {
    "clean": (
        "\x1b[", "\x1b]0;", "\x1bP", "\x1b\\", "\x07", "\x9b", "\x9d", "\x9c", "\x18", "\u202e",
        "\u200d", "\ufe0f", "\u0301", "\U0001f3fb", "\U0001f1f3", "\U0001f468", "\r", "\u2028",
        "\ud800", "\u3164", "\U000e0067", "\U000e007f", "\U0001f3f4", "\u1100", "\uac00", "\u0e33",
    ),
    "article": (
        "<", ">", "</", "<!--", "-->", "<p>", "<table>", "<tr>", "<td colspan=99 rowspan=99>",
        "<pre>", "<code>", "</code>", "<a href='", "<ul><li>", "<blockquote>", "<svg>", "<math>",
        "<template>", "<script>", "<style>", "<![CDATA[", "<details>", "<dl><dt>", "<sup>", "&#27;",
        "&amp;", "&#x9b;", "[", "](", "![", "[^1]", "[^1]: ", "```", "~~~", "> ", "- ", "1. ", "|",
        "---", "===", "# ", "**", "__", "`", "$$", "{{<", ">}}", "{%", "%}", "\\", "\t", "\u202e",
        "\u0301", "\u65e5", "\u05d0", "<ruby>", "<rt>", "<select><option>", "<img alt='", "<br>",
        "<textarea>", "<title>", "<iframe src='", "<plaintext>", "<noscript>", "<frameset>",
    ),
    "folder": (
        "---\n", "+++\n", ";;;\n", "{\"", "title: ", "date: ", "tags: ", "- ", "[", "{", "}", "]",
        "&a ", "*a", "<<: ", "!!python/object:", "|", ">", "? ", ": ", "%YAML", "'''", '"""',
        "2026-02-30", "2026-01-01T00:00:00Z", "0x", ".inf", "\ufeff", "\0", "author: ", "link: ",
        "source: ", "\\e", "\\x9b", "Published: ", "January", "By ", "# ", "=====", "<html>",
    ),
    "feed": (
        "<?xml version='1.0' encoding='", "<rss>", "<channel>", "<item>", "<title>", "<link>",
        "<description>", "<![CDATA[", "]]>", "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>", "<content type='xhtml'>", "<!DOCTYPE a [", "<!ENTITY a '", "&a;", "&#27;",
        "<pubDate>", "<guid>", "<enclosure url='", "xml:base='", "<rdf:RDF>", "{\"version\":",
        "\"items\":[", "<media:content url='", "//[b]/", "<category>", "<author>", "\xff\xfe",
    ),
    "outline": (
        "<opml>", "<body>", "<outline text='", "xmlUrl='", "</outline>", "&#27;", "//[b]/",
        "~title", "!hidden", "query:a:", "exec:", "filter:", "ignore-article ", "\"", "\\", "`",
    ),
    "query": (
        "title:", "tag:", "is:", "has:", "-", "(", ")", " OR ", " AND ", "NOT ", "\"", "/", "~",
        "date:", ">", "<", "<=", "=", "..", "age:", "words:", "sort:", "lang:", "link:", "site:",
        "*", "?", "\\", "(a+)+", "[a-", "{1,999}", "today", "2026-02-30", "|", ",", ":", "#", "@",
    ),
    "address": (
        "http://", "https://", "//", "mailto:", "javascript:", "file:", "[", "]", "[::1]", "%",
        "%2e", "..", "/./", "?", "#", "@", ":", ":99999", "\\", "\t", "utm_source=a", "\u2100",
        "xn--", "Mon, ", "January", "2026-", "T", "Z", "+25:00", "24:60:60", "令和", "年", "月",
        "일", "мая",
    ),
}  # fmt: skip
TOKENS["page"] = TOKENS["view"] = TOKENS["article"]
SEEDS["view"] = SEEDS["article"]


def seeds(name: str) -> Iterator[bytes]:
    """What is known of the kind: the corpus, and what was found before."""
    yield b""
    for token in TOKENS[name]:
        yield token.encode("utf-8", "surrogatepass")
    for pattern in SEEDS[name]:
        for path in sorted(CORPUS.glob(pattern)):
            if path.is_file() and path.stat().st_size < LONGEST:
                data = path.read_bytes()
                yield bytes([len(path.suffix)]) + data if name in KINDED else data
    for path in sorted((FOUND / name).glob("*")):
        yield path.read_bytes()


def mutated(data: bytes, others: list[bytes], tokens: list[bytes], rng: random.Random) -> bytes:
    """One to six small changes; now and then a stretch repeated very often."""
    buffer = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randint(0, len(buffer))
        end = min(len(buffer), at + rng.choice((1, 2, 8, 40, 400)))
        match rng.randrange(8):
            case 0:
                buffer[at:end] = b""
            case 1:
                buffer[at:at] = rng.choice(tokens)
            case 2:
                buffer[at:end] = rng.choice(tokens)
            case 3:
                other = rng.choice(others)
                start = rng.randint(0, len(other))
                buffer[at:end] = other[start : start + rng.choice((4, 40, 400, 4000))]
            case 4:
                buffer[at:at] = bytes(buffer[at:end]) * rng.randint(1, 8)
            case 5 if buffer:
                buffer[at % len(buffer)] = rng.randrange(256)
            case 6:
                piece = bytes(buffer[at:end]) or rng.choice(tokens)
                if rng.random() < 0.3:
                    piece += rng.choice(tokens)
                if rng.random() < 0.2:
                    buffer[at:at] = piece * rng.randint(100, max(101, 60_000 // len(piece)))
            case _:
                buffer[at:at] = rng.choice(tokens) + bytes(buffer[at:end]) + rng.choice(tokens)
    return bytes(buffer[:LONGEST])


def keep(name: str, data: bytes, error: BaseException) -> None:
    """Write down an input that broke the target, under a name made of what broke."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "/reader/" in frame.filename
    ]
    where = f"{Path(frames[-1].filename).stem}-{frames[-1].lineno}" if frames else "check"
    kind = re.sub(r"\W+", "-", f"{type(error).__name__}-{where}").lower()
    folder = FOUND / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kind}-{blake2b(data, digest_size=4).hexdigest()}"
    if len(list(folder.glob(f"{kind}-*"))) < 3:
        path.write_bytes(data)
    print(f"{path.name}: {len(data)} bytes: {ascii(str(error))[:300]}", flush=True)


def mutate(name: str, seconds: float, seed: int) -> int:
    """Mutate until the time is over; how many inputs broke the target."""
    from tests.hostile.targets import run

    rng = random.Random(seed)
    pool = list(seeds(name))
    tokens = [token.encode("utf-8", "surrogatepass") for token in TOKENS[name]]
    until = time.monotonic() + seconds
    done = broken = 0
    slowest = 0.0
    while time.monotonic() < until:
        data = mutated(rng.choice(pool), pool, tokens, rng)
        start = time.process_time()
        try:
            run(name, data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            broken += 1
            keep(name, data, error)
        took = time.process_time() - start
        slowest = max(slowest, took / max(len(data), 2_000))
        if rng.random() < 0.02 and len(data) < 20_000:
            pool.append(data)
        done += 1
    print(f"{name}: {done:,} inputs, {broken} broke it, slowest {slowest * 1e6:.1f} s a megabyte")
    return broken


def guided(name: str, seconds: float) -> None:
    """Let atheris look; it ends at the first input that breaks the target."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["reader"]):
        from tests.hostile.targets import run

    def one(data: bytes) -> None:
        try:
            run(name, data)
        except Exception as error:
            keep(name, data, error)
            raise

    work = Path(os.environ.get("FUZZ_CORPUS", f"/tmp/newsreader-fuzz-{name}"))
    work.mkdir(parents=True, exist_ok=True)
    for data in seeds(name):
        if len(data) < 8_000:
            (work / blake2b(data, digest_size=8).hexdigest()).write_bytes(data)
    options = [
        "-max_len=8000",
        f"-max_total_time={seconds:.0f}",
        f"-artifact_prefix={work}/",
        "-timeout=20",
        "-rss_limit_mb=2000",
    ]
    atheris.Setup([sys.argv[0], str(work), *options], one)
    atheris.Fuzz()


def main() -> None:
    """Run one target."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target", choices=sorted(TOKENS))
    parser.add_argument("seconds", nargs="?", type=float, default=60)
    parser.add_argument("--mutate", action="store_true", help="no coverage, larger inputs")
    parser.add_argument("--seed", type=int, default=time.time_ns() & 0xFFFF)
    options = parser.parse_args()
    if options.mutate or importlib.util.find_spec("atheris") is None:
        sys.exit(mutate(options.target, options.seconds, options.seed) > 0)
    guided(options.target, options.seconds)


if __name__ == "__main__":
    main()
