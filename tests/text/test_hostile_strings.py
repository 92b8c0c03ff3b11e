"""Every hostile string of the corpus, cleaned: nothing a terminal obeys is left."""

import base64
import json
from pathlib import Path

from reader.text.decode import decode
from reader.text.terminal import clean, clean_line
from tests.text.safety import forbidden


def assert_safe(text: str, name: str) -> None:
    safe = clean(text)
    assert forbidden(safe) == [], name
    assert clean(safe) == safe, name
    assert forbidden(clean_line(text), allowed="") == [], name


def test_terminal_vectors(corpus: Path) -> None:
    vectors = json.loads((corpus / "hostile/terminal/vectors-own/vectors.json").read_bytes())
    for vector in vectors:
        data = base64.b64decode(vector["b64"])
        for text in (
            data.decode("utf-8", "replace"),
            data.decode("latin-1"),
            data.decode("utf-8", "surrogateescape"),
            decode(data)[0],
        ):
            assert_safe(text, vector["name"])
            assert_safe(f"before {text} after\nthe next line", vector["name"])


def test_a_vector_takes_no_words_with_it(corpus: Path) -> None:
    vectors = json.loads((corpus / "hostile/terminal/vectors-own/vectors.json").read_bytes())
    for vector in vectors:
        text = base64.b64decode(vector["b64"]).decode("utf-8", "replace")
        safe = clean(f"before {text}\n\nthe next paragraph")
        assert safe.startswith("before"), vector["name"]
        assert safe.endswith("the next paragraph"), vector["name"]


def test_unicode_vectors(corpus: Path) -> None:
    for vector in json.loads((corpus / "hostile/unicode/vectors-own/vectors.json").read_bytes()):
        assert_safe(vector["text"], vector["name"])


def test_naughty_strings(corpus: Path) -> None:
    for text in json.loads((corpus / "hostile/unicode/blns/blns.json").read_bytes()):
        assert_safe(text, ascii(text))


def test_files_of_hostile_text(corpus: Path) -> None:
    folders = ("terminal/alacritty-recordings", "terminal/carriers", "terminal/vectors-own")
    paths = [p for f in (*folders, "unicode/articles") for p in (corpus / "hostile" / f).iterdir()]
    assert len(paths) > 50
    for path in paths:
        assert_safe(decode(path.read_bytes())[0], path.name)


def test_names_of_files(corpus: Path) -> None:
    for path in (corpus / "frontmatter/odd-names").rglob("*"):
        assert_safe(path.name, ascii(path.name))


def test_emoji_stay_whole(corpus: Path) -> None:
    """Every fully qualified emoji is kept as it is."""
    lines = (corpus / "hostile/unicode/ucd/emoji-test.txt").read_text("utf-8").splitlines()
    emoji = [
        "".join(chr(int(code, 16)) for code in line.split(";")[0].split())
        for line in lines
        if "; fully-qualified" in line
    ]
    assert len(emoji) > 3000
    assert [ascii(e) for e in emoji if clean(e) != e] == []
