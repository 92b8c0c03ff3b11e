"""What changed between two versions of a text, as blocks to read."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from reader.text.blocks import Paragraph, Span
from reader.text.terminal import SafeText, clean

MAX_TEXT: Final = 400_000
"""Characters of each version that are compared."""
_MAX_PAIRS: Final = 100_000
_MAX_STEPS: Final = 4_000_000
"""Equal pairs, and looks at them, that a comparison may need; beyond, all is replaced."""
_WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")

_Step = tuple[str, int, int, int, int]


def changes(old: str, new: str, *, context: int = 1) -> list[Paragraph]:
    """Paragraphs (lines) of ``new`` with what was added (``insert``) and taken out (``strike``).

    Of what did not change, ``context`` paragraphs before and after a change are kept and
    the rest is counted in a dim line. Empty where nothing changed but white space. Time is
    bounded: texts that have little in common are shown as replaced.
    """
    before, after = _paragraphs(old), _paragraphs(new)
    steps = list(_steps(before, after))
    if all(kind == "equal" for kind, *_ in steps):
        return []
    blocks: list[Paragraph] = []
    for place, (kind, a, b, c, d) in enumerate(steps):
        if kind == "equal":
            blocks.extend(
                _kept(after[c:d], context, first=place == 0, last=place == len(steps) - 1)
            )
        else:
            blocks.extend(_changed(before[a:b], after[c:d]))
    return blocks


def _paragraphs(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in clean(text[:MAX_TEXT]).split("\n"))
    return [line for line in lines if line]


def _kept(
    paragraphs: Sequence[str], context: int, *, first: bool, last: bool
) -> Iterator[Paragraph]:
    """Paragraphs that did not change, without those far from any change."""
    head = 0 if first else context
    tail = 0 if last else context
    left_out = len(paragraphs) - head - tail
    if left_out <= 1:
        yield from (_paragraph([Span(SafeText(text))]) for text in paragraphs)
        return
    yield from (_paragraph([Span(SafeText(text))]) for text in paragraphs[:head])
    yield _paragraph([Span(SafeText(f"… {left_out} unchanged paragraphs"), "dim")])
    kept_tail = paragraphs[len(paragraphs) - tail :] if tail else ()
    yield from (_paragraph([Span(SafeText(text))]) for text in kept_tail)


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs that were edited, side by side; then what is only in one version."""
    paired = min(len(before), len(after))
    for old, new in zip(before[:paired], after[:paired], strict=True):
        yield _paragraph(_words(old, new))
    yield from (_paragraph([Span(SafeText(text), "strike")]) for text in before[paired:])
    yield from (_paragraph([Span(SafeText(text), "insert")]) for text in after[paired:])


def _words(old: str, new: str) -> list[Span]:
    """One paragraph with its words marked."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    spans: list[Span] = []
    for kind, a, b, c, d in _steps(before, after):
        if kind == "equal":
            spans.append(Span(SafeText("".join(after[c:d]))))
            continue
        if b > a:
            spans.append(Span(SafeText("".join(before[a:b])), "strike"))
        if d > c:
            spans.append(Span(SafeText("".join(after[c:d])), "insert"))
    return spans


def _steps(before: Sequence[str], after: Sequence[str]) -> Iterator[_Step]:
    """How ``before`` becomes ``after``: kind and the stretches of both, in order."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    if start:
        yield "equal", 0, start, 0, start
    a, b = before[start : len(before) - end], after[start : len(after) - end]
    if _is_affordable(a, b):
        for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            yield kind, start + i, start + j, start + k, start + m
    elif a or b:
        yield "replace", start, start + len(a), start, start + len(b)
    if end:
        yield "equal", len(before) - end, len(before), len(after) - end, len(after)


def _is_affordable(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the matcher, quadratic at worst, stays within bounds."""
    if not before or not after or len(before) + len(after) > 20_000:
        return False
    counts = Counter(after)
    pairs = sum(counts[item] for item in before)
    return pairs < _MAX_PAIRS and pairs * min(len(before), len(after)) < _MAX_STEPS


def _paragraph(spans: Sequence[Span]) -> Paragraph:
    return Paragraph(spans=tuple(spans))
