"""The README says what is so."""

import re
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

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


@pytest.mark.skipif(which("systemd-analyze") is None, reason="systemd is not installed")
def test_the_systemd_units_are_sound(tmp_path: Path) -> None:
    [text] = re.findall(r"^```ini\n(.*?)^```", README.read_text(), re.MULTILINE | re.DOTALL)
    units = re.findall(r"^# ~/\S*/(\S+)\n(.*?)(?=^# ~|\Z)", text, re.MULTILINE | re.DOTALL)
    assert [name for name, _ in units] == ["newsreader.service", "newsreader.timer"]
    for name, unit in units:
        body = re.sub(r"ExecStart=\S+", f"ExecStart={sys.executable}", unit)
        (tmp_path / name).write_text(body)
    done = subprocess.run(
        ["systemd-analyze", "verify", *(tmp_path / name for name, _ in units)],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stderr.splitlines() if "newsreader" in line]
    assert (done.returncode, told) == (0, [])
