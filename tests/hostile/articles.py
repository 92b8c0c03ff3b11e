"""Writes folders of articles that hold a string everywhere a publisher can put one."""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path

_LONGEST_NAME = 200
_WORDS = "Enough words of text, so that nobody takes it for a file of bytes. " * 40


def write(folder: Path, texts: Sequence[str]) -> int:
    """One article for each text, in several formats by turns; how many were written.

    Their dates fall from the first to the last, so that a list shows them in their order.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        shape = (_yaml, _html, _toml, _broken, _json)[number % 5]
        suffix, content = shape(text, number, _date(number))
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + _name(text, number) + suffix))
        path.write_bytes(content)
        # Where a header cannot be read, the file's own time stands in its place.
        written = datetime.fromisoformat(_date(number)).timestamp()
        os.utime(path, (written, written))
    return len(texts)


def _date(number: int) -> str:
    return f"2025-{12 - number // 672:02}-{28 - number // 24 % 28:02}T{23 - number % 24:02}:00:00Z"


def _name(text: str, number: int) -> bytes:
    """A file name with the text in it, as far as a file system takes it."""
    safe = text.encode("utf-8", "surrogatepass").replace(b"\0", b"").replace(b"/", b"")
    return f"{number:04} ".encode() + safe[:_LONGEST_NAME].rstrip(b"~#")


def _quoted(text: str) -> str:
    """As a double-quoted string of YAML and TOML, whose escapes make it live again."""
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def first_words(number: int) -> str:
    """What the body of an article begins with, whatever is in it."""
    return f"Body {number:04}."


def _markdown(text: str, number: int) -> bytes:
    references = "".join(f"&#{ord(char)};" for char in text)
    return _raw(
        f"{first_words(number)}\n\n## {text}\n\nbefore {text} after {references}\n\n"
        f"- [{text}](https://example.org/a{text} '{text}')\n- ![{text}](https://example.org/{text}"
        f" '{text}')\n- <https://example.org/{text}>\n- `{text}`\n\n> {text}\n\n"
        f"```python\ndef f():  # {text}\n    return {text!r}\n```\n\n```{text}\n{text}\n```\n\n"
        f"| {text} | b |\n|---|---|\n| 1 | {text} |\n\nA note[^1].\n\n[^1]: {text}\n\n"
        f"{_WORDS}\n"
    )


def _yaml(text: str, number: int, date: str) -> tuple[bytes, bytes]:
    quoted = _quoted(text)
    head = (
        f"title: {_quoted(text + ' title')}\nauthor: [{quoted}, {_quoted('by ' + text)}]\n"
        f"date: {date}\nupdated: {quoted}\ntags: [{quoted}, {_quoted('tag ' + text)}]\n"
        f"source: {_quoted('paper ' + text)}\nlink: {_quoted('https://example.org/' + text)}\n"
        f"description: {_quoted('It says ' + text)}\nimage: {quoted}\nlang: {quoted}\n"
        f"{quoted}: {quoted}\ncategories: {{{quoted}: {quoted}}}\n"
    )
    return b".md", f"---\n{head}---\n".encode() + _markdown(text, number)


def _html(text: str, number: int, date: str) -> tuple[bytes, bytes]:
    shown, references = escape(text), "".join(f"&#{ord(char)};" for char in text)
    page = (
        f"<html lang='{shown}'><head><title>{shown} title</title>"
        f"<meta name='author' content='{references}'><meta name='keywords' content='{shown}'>"
        f"<meta property='og:site_name' content='{references}'>"
        f"<meta property='article:published_time' content='{date}'>"
        f"<link rel='canonical' href='https://example.org/{shown}'></head><body>"
        f"<p>{first_words(number)}</p><h1>{references}</h1><p>before {shown} after {references}</p>"
        f"<a href='https://example.org/{shown}' title='{shown}'>{shown}</a>"
        f"<a href='javascript:{shown}'>{shown}</a><img alt='{references}' src='{shown}'>"
        f"<figure><img alt='{shown}'><figcaption>{shown}</figcaption></figure>"
        f"<pre><code class='language-{shown}'>{shown}</code></pre><abbr title='{shown}'>A</abbr>"
        f"<iframe src='https://example.org/{shown}' title='{shown}'></iframe>"
        f"<video controls><source src='{shown}' type='{shown}'></video>"
        f"<details><summary>{shown}</summary>{shown}</details><dl><dt>{shown}<dd>{shown}</dl>"
        f"<table><caption>{shown}</caption><tr><th>{shown}<td>{references}</table>"
        f"<p>{_WORDS}</p></body></html>"
    )
    return b".html", _raw(page)


def _toml(text: str, number: int, date: str) -> tuple[bytes, bytes]:
    quoted = _quoted(_raw(text).decode())  # TOML has no half surrogates
    head = (
        f"title = {quoted}\ndate = {date}\nauthors = [{quoted}]\n{quoted} = {quoted}\n"
        f"[taxonomies]\ntags = [{quoted}]\ncategories = [{quoted}]\n[extra]\n{quoted} = {quoted}\n"
    )
    return b".md", f"+++\n{head}+++\n".encode() + _markdown(text, number)


def _broken(text: str, number: int, date: str) -> tuple[bytes, bytes]:
    """The text itself in a header of YAML: most are refused there, and told about."""
    head = f"title: a title {text}\ndate: {text}\ntags: [{text}\n{text}: {text}\n"
    head += f"published: {date}\n"
    return b".md", b"---\n" + _raw(head) + b"---\n" + _markdown(text, number)


def _json(text: str, number: int, date: str) -> tuple[bytes, bytes]:
    head = {
        "title": f"{text} title",
        "author": {"name": text, text: text},
        "date": date,
        "tags": text,
        "feed": {"title": text, text: [text]},
        "url": f"https://example.org/{text}",
        "summary": f"It says {text}",
        text: {text: text},
    }
    return b".md", json.dumps(head, indent=1).encode() + b"\n\n" + _markdown(text, number)
