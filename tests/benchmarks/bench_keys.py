"""How long a key takes to reach the screen while a thousand feeds are updated, and at rest.

``python -m tests.benchmarks.bench_keys --feeds 1000`` prints milliseconds and their ratio. The
program runs on a real pseudo-terminal; each key waits until what it does is drawn.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.bench_open import environ, fill
from tests.benchmarks.bench_update import publisher, run, urls
from tests.benchmarks.tables import table
from tests.terminal import Terminal

KEYS = ("j", "j", "k", "j", "j", "k", "j", " ")
"""Two steps forward and one back, and a page of the article, which marks it read."""
NAMES = {"j": "j", "k": "k", " ": "space"}
PAUSE_S = 0.03
"""Between a drawn key and the next: a held key repeats as often."""
AT_REST = 160
BUDGET = 2.0


@dataclass(slots=True)
class Waits:
    """Milliseconds from each key to the screen, by its name; and how often it never came."""

    ms: dict[str, list[float]] = field(default_factory=dict)
    lost: int = 0

    @property
    def every(self) -> list[float]:
        return [wait for waits in self.ms.values() for wait in waits]


def cursor_row(terminal: Terminal) -> int:
    """The line of the screen on which the cursor of the headlines stands, -1 for none."""
    for row in range(terminal.screen.lines):
        line = terminal.screen.buffer[row]
        if any(line[column].data == "▌" for column in range(20, 40)):
            return row
    return -1


def article(terminal: Terminal) -> str:
    """What is drawn of the article: below the line under the headlines, without the last one."""
    lines = terminal.text.splitlines()
    top = next((n for n, line in enumerate(lines) if "────────" in line[28:]), 0)
    return "\n".join(line[28:] for line in lines[top + 1 : -1])


def press(terminal: Terminal, key: str, waits: Waits) -> None:
    """Type a key and wait until it is drawn."""
    shown: Callable[[], bool]
    if key == " ":
        before = article(terminal)
        shown = lambda: article(terminal) != before  # noqa: E731
    else:
        row = cursor_row(terminal)
        shown = lambda: cursor_row(terminal) != row  # noqa: E731
    begun = time.perf_counter()
    terminal.send(key)
    while time.perf_counter() - begun < 2:
        if terminal.read(0.05) > 0:
            arrived = time.perf_counter()
            if shown():
                waits.ms.setdefault(NAMES[key], []).append((arrived - begun) * 1000)
                break
    else:
        waits.lost += 1
    pause = time.perf_counter() + PAUSE_S
    while (left := pause - time.perf_counter()) > 0:
        terminal.read(left)


def at_rest(terminal: Terminal) -> Waits:
    """Keys while nothing else happens."""
    waits = Waits()
    for place in range(AT_REST):
        press(terminal, KEYS[place % len(KEYS)], waits)
    return waits


def during(terminal: Terminal, finished: str) -> tuple[Waits, float]:
    """Keys from R until the update is done, and how many seconds that took."""
    waits = Waits()
    terminal.send("R")
    begun = time.perf_counter()
    place = 0
    while finished not in terminal.text and time.perf_counter() - begun < 180:
        press(terminal, KEYS[place % len(KEYS)], waits)
        place += 1
    return waits, time.perf_counter() - begun


def opml(feeds: Sequence[str]) -> str:
    """The feeds as a list."""
    lines = "".join(f'<outline type="rss" text="{url}" xmlUrl="{url}"/>' for url in feeds)
    return f'<opml version="2.0"><body>{lines}</body></opml>'


def rows(name: str, waits: Waits, base: Waits) -> list[list[str]]:
    """A row for each key and one for all."""
    found = []
    for key in (*waits.ms, "all") if waits.ms else ():
        here = waits.every if key == "all" else waits.ms[key]
        there = base.every if key == "all" else base.ms.get(key, here)
        median = statistics.median(here)
        worst = sorted(here)[int(len(here) * 0.95)]
        found.append(
            [
                name,
                key,
                f"{len(here)}",
                f"{median:.1f}",
                f"{worst:.1f}",
                f"{max(here):.0f}",
                f"{median / statistics.median(there):.2f}",
            ]
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--items", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsreader-keys-") as name:
        home = Path(name)
        env = environ(home, home / "library.db")
        fill(home / "library.db", 2000)
        program = [sys.executable, "-m", "reader"]
        with publisher(options.feeds, options.items):
            (home / "feeds.opml").write_text(opml(urls(options.feeds, hosts=100)))
            with Terminal(program, environ=env) as terminal:
                terminal.wait_for("Headline")
                # By another session, as this one fetches what is due when it starts.
                run([*program, "import", str(home / "feeds.opml")], env)
                terminal.wait_for("127.0.0.1")
                terminal.settle(quiet=1.0, seconds=20)
                rest = at_rest(terminal)
                busy, first_s = during(terminal, f"{options.feeds * options.items:,} new")
                terminal.settle(quiet=1.0, seconds=60)
                again, again_s = during(terminal, "Nothing new")
    head = ("keys", "key", "count", "median ms", "95 % ms", "most ms", "ratio")
    told = [
        *rows("at rest", rest, rest),
        *rows(f"first update, {first_s:.1f} s", busy, rest),
        *rows(f"unchanged, {again_s:.1f} s", again, rest),
    ]
    print(table(head, told))
    lost = rest.lost + busy.lost + again.lost
    ratio = statistics.median(busy.every) / statistics.median(rest.every)
    print(f"{lost} keys were not drawn within 2 s; ratio {ratio:.2f}, budget {BUDGET:g}")


if __name__ == "__main__":
    main()
