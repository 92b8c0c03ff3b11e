"""What is installed: the wheel alone, outside of the checkout, in a home with nothing in it."""

import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from reader import __version__
from tests.terminal import Terminal

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGE = REPOSITORY / "reader"

pytestmark = pytest.mark.skipif(
    find_spec("hatchling") is None, reason="hatchling, which builds the wheel, is not installed"
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel holds; what it needs comes from this environment."""
    place = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    [wheel] = place.glob("newsreader-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "site")
    return place / "site"


def environ(installed: Path, home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(installed),
    }


def test_everything_that_is_no_code_is_in_it(installed: Path) -> None:
    kept = {
        path.relative_to(REPOSITORY)
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {path.suffix for path in kept} >= {".py", ".md", ".tcss", ".txt", ".html"}
    there = {path.relative_to(installed) for path in (installed / "reader").rglob("*")}
    assert kept <= there
    names = {
        path.parts[0] for path in installed.rglob("*") for path in [path.relative_to(installed)]
    }
    assert names == {"reader", f"newsreader-{__version__}.dist-info"}


def test_it_runs_where_nothing_else_of_ours_is(installed: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-P", "-m", "reader", *arguments],
            env=environ(installed, tmp_path),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )

    version = run("--version")
    assert (version.returncode, version.stdout) == (0, f"newsreader {__version__}\n")
    assert run("list").returncode == 3
    with Terminal(
        [sys.executable, "-P", "-m", "reader"],
        environ=environ(installed, tmp_path),
        columns=120,
        rows=40,
    ) as terminal:
        terminal.wait_for(lambda text: "Start here" in text and "A page saved from the web" in text)
    listed = run("list")
    assert listed.returncode == 0, listed.stderr
    assert "Start here" in listed.stdout
    assert str(installed) in run("feeds").stdout
