"""The README says what is so."""

import re
from pathlib import Path

from reader.cli.exits import Exit
from reader.cli.parser import build_parser, command_names
from reader.commands import markdown_table
from reader.query import fields

README = Path(__file__).parents[1] / "README.md"


def between(name: str) -> str:
    found = re.search(f"<!-- {name} -->\n(.*?)\n?<!-- /{name} -->", README.read_text(), re.DOTALL)
    assert found
    return found[1]


def test_the_key_table_is_the_command_table() -> None:
    """Where this fails, put the output of ``newsreader keys --markdown`` there."""
    assert between("keys") == markdown_table()


def test_the_query_table_is_the_language_s_own() -> None:
    assert between("query") == fields.markdown_table()


def test_every_exit_code_is_explained() -> None:
    codes = [int(code) for code in re.findall(r"^\| (\d+) \|", README.read_text(), re.MULTILINE)]
    assert codes == [int(code) for code in Exit]


def test_every_command_is_named() -> None:
    words = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`]*)`", README.read_text()))))
    assert command_names(build_parser()) - words == set()
