"""Asks headless Chromium what it shows of pages: ``python -m tests.text.browser [CORPUS]``.

Writes the visible text (``innerText``) beside the pages of ``tests/data/article/innertext/``,
and that of cases of the corpus to ``corpus.json`` there. Needs ``chromium`` on the path; the
tests that compare (``test_browser.py``) do not.
"""

import html
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

PAGES = Path(__file__).resolve().parents[1] / "data/article/innertext"
CASES = PAGES / "corpus.json"
_MOST_OF_A_FILE = 25

_PAGE = """<!doctype html><meta charset="utf-8"><body>
<script id="pages" type="application/json">{pages}</script>
<script>
const pages = JSON.parse(document.getElementById("pages").textContent);
const found = [];
async function ask(source) {{
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-same-origin allow-scripts";
  frame.width = 800; frame.height = 600;
  document.body.append(frame);
  frame.srcdoc = source;
  await new Promise(done => {{ frame.onload = done; setTimeout(done, 2000); }});
  let text = null;
  try {{ text = frame.contentDocument.body.innerText ?? ""; }} catch (error) {{}}
  frame.remove();
  return text;
}}
(async () => {{
  for (const source of pages) found.push(await ask(source));
  document.body.replaceChildren();
  const out = document.createElement("output");
  out.textContent = JSON.stringify(found).replaceAll(/[\\u007f-\\uffff]/g,
    sign => "\\\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0"));
  document.body.append(out);
}})();
</script></body>"""


def corpus_cases(corpus: Path) -> Iterator[tuple[str, str]]:
    """Names and sources of cases of the corpus: html5lib's documents and feedparser's entries."""
    folder = corpus / "hostile/html/html5lib-tests/tree-construction"
    for path in sorted(folder.glob("*.dat")):
        cases = re.split(r"(?:\A|\n)#data\n", path.read_bytes().decode("utf-8", "replace"))[1:]
        step = max(1, len(cases) // _MOST_OF_A_FILE)
        for number, case in list(enumerate(cases))[::step]:
            source, _, rest = case.partition("\n#errors")
            if "#document-fragment" not in rest and "#script-off" not in rest:
                yield f"{path.name}/{number}", source
    from reader.sources import feed

    for path in sorted((corpus / "hostile/html/feedparser-sanitize").glob("*.xml"))[::3]:
        parsed = feed.parse(
            path.read_bytes(), url="https://example.org/", now=datetime(2026, 1, 1, tzinfo=UTC)
        )
        for article in parsed.articles[:1]:
            if article.body:
                yield path.name, article.body


def inner_texts(sources: list[str]) -> list[str | None]:
    """What the browser shows of each source; None where a page kept it from telling."""
    pages = json.dumps(sources).replace("<", "\\u003c")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(_PAGE.format(pages=pages), encoding="utf-8")
        run = subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={folder}/profile",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--virtual-time-budget=600000",
                "--dump-dom",
                page.as_uri(),
            ],
            capture_output=True,
            check=True,
            timeout=600,
            text=True,
        )
    found = re.search(r"<output>(.*)</output>", run.stdout, re.DOTALL)
    if found is None:
        sys.exit(f"The browser gave no answer: {run.stderr[-2000:]}")
    texts: list[str | None] = json.loads(html.unescape(found[1]))
    return texts


def digest(source: str) -> str:
    """What tells whether a case is the one that the browser was asked about."""
    return blake2b(source.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def _lines(text: str) -> list[str]:
    """The lines of a text without white space at their ends and empty lines."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def main() -> None:
    """Write the expected files anew."""
    pages = sorted(PAGES.glob("*.html"))
    for path, text in zip(
        pages, inner_texts([page.read_text("utf-8") for page in pages]), strict=True
    ):
        path.with_suffix(".txt").write_text("".join(f"{line}\n" for line in _lines(text or "")))
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("NEWSREADER_CORPUS", "")
    if not named:
        return
    cases = dict(corpus_cases(Path(named)))
    texts: Mapping[str, str | None] = dict(
        zip(cases, inner_texts(list(cases.values())), strict=True)
    )
    kept = {
        name: (digest(cases[name]), " ".join(text.split())) for name, text in texts.items() if text
    }
    rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in kept.items())
    CASES.write_text(f"{{\n{rows}\n}}\n")
    print(f"{len(pages)} pages, {len(kept)} of {len(cases)} cases with text")


if __name__ == "__main__":
    main()
