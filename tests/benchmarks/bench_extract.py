"""The extraction of articles beside other libraries: words lost and added, and speed.

``python -m tests.benchmarks.bench_extract [CORPUS]``; readability-lxml, trafilatura
and resiliparse are measured too where they are installed.
"""

import importlib
import importlib.util
import logging
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from reader.sources.extract import extract
from reader.text.decode import decode
from reader.text.plain import visible_text
from tests.benchmarks.tables import table


class Score(NamedTuple):
    """How much of what was found is wanted, how much of what is wanted was found, and time."""

    precision: float
    recall: float
    seconds: float

    @property
    def f1(self) -> float:
        """Both as one number."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main() -> None:
    """Print the table."""
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("NEWSREADER_CORPUS", "")
    pages = sorted(Path(named, "html", "readability").glob("*/source.html")) if named else []
    if not pages:
        sys.exit("Name the folder of the corpus as the argument.")
    logging.disable(logging.CRITICAL)
    tools: dict[str, Callable[[str], str]] = {
        "newsreader": lambda text: extract(text, url="http://fakehost/test/page.html").body,
        "readability-lxml alone": _alone,
        **{name: tool for name, tool in _RIVALS.items() if importlib.util.find_spec(name)},
        "all of the page": lambda text: text,
    }
    scores = {name: [_score(tool, page) for page in pages] for name, tool in tools.items()}
    rows = []
    for name, found in scores.items():
        times = sorted(one.seconds for one in found)
        rows.append(
            [
                name,
                *(
                    f"{sum(column) / len(found):.3f}"
                    for column in zip(*_columns(found), strict=True)
                ),
                str(sum(one.f1 < 0.9 for one in found)),
                f"{1000 * times[len(times) // 2]:.0f}",
                f"{1000 * times[-1]:.0f}",
            ]
        )
    head = ["words of the article", "F1", "precision", "recall", "F1 < .9", "ms, median", "most"]
    print(f"Extraction, {len(pages)} pages\n\n{table(head, rows)}")
    worst = sorted(zip(pages, *scores.values(), strict=True), key=lambda row: row[1].f1)[:8]
    print(
        table(
            ["page", *scores],
            [[page.parent.name, *(f"{one.f1:.3f}" for one in found)] for page, *found in worst],
        )
    )


def _columns(found: list[Score]) -> list[tuple[float, float, float]]:
    return [(one.f1, one.precision, one.recall) for one in found]


def _alone(text: str) -> str:
    from readability import Document

    return str(Document(text).summary(html_partial=True))


def _trafilatura(text: str) -> str:
    trafilatura: Any = importlib.import_module("trafilatura")
    return escape(trafilatura.extract(text, favor_recall=True, include_comments=False) or "")


def _resiliparse(text: str) -> str:
    library: Any = importlib.import_module("resiliparse.extract.html2text")
    found: str = library.extract_plain_text(text, main_content=True)
    return escape(found)


_RIVALS: dict[str, Callable[[str], str]] = {
    "trafilatura": _trafilatura,
    "resiliparse": _resiliparse,
}


def _score(tool: Callable[[str], str], page: Path) -> Score:
    source, _ = decode(page.read_bytes())
    started = time.process_time()
    body = tool(source)
    seconds = time.process_time() - started
    got, wanted = _words(body), _words((page.parent / "expected.html").read_text("utf-8"))
    common = (got & wanted).total()
    return Score(common / max(1, got.total()), common / max(1, wanted.total()), seconds)


def _words(body: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", visible_text(body, "html", 10_000_000)))


if __name__ == "__main__":
    main()
