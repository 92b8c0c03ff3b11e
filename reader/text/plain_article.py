"""Reads plain text as an article: its paragraphs, headings, captions, lists and links.

Saved pages come as lines that are paragraphs, as hard-wrapped lines, or with empty lines
between; which one is told from the lines themselves.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from textwrap import dedent
from typing import Final

from reader.text.blocks import Block, Code, Container, Heading, Paragraph, Role, Rule, Span
from reader.text.direction import is_rtl
from reader.text.flow import PIECE, Register
from reader.text.linkify import linked
from reader.text.terminal import SafeText, clean
from reader.text.width import width

_SAMPLE: Final = 60_000
_STEP: Final = 100
_LONG: Final = 120
_SHORTEST_WRAP: Final = 50
_TAIL: Final = 20_000

_ITEM = re.compile(r"([ \t]{0,8})([-*•‣◦–·]|\d{1,3}[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"\s*(?:[-*_=~—–#][ \t]*){3,}\s*")
_QUOTED = re.compile(r"((?:>[ \t]?)+)(.*)")
_CAPTION = re.compile(
    r".{0,400}?(?:(?:\b(?:photo|foto|image|beeld|bild|photograph|picture|crédit|credit|fotografie"
    r"|imagen|video|фото)s?(?: by| door| von| par)?|写真|撮影|照片|图片|사진|صورة|تصوير|צילום)"
    r"\s*[:：/|©]\s*\S.{0,80}"
    r"|[\s.”\"’'](?:/|©|\||\()\s*(?:AFP|AP|Reuters|Getty(?: Images)?|EPA|ANP|Belga|dpa"
    r"|Shutterstock|EFE|Xinhua|AA|TASS|Bloomberg|NurPhoto|Unsplash)\b.{0,60})\s*",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?P<label>[^\d\n]{0,40}?)[ \t]*(?P<ago>(?:\d{1,3}|een|a|an|one) (?:seconden?|minu(?:ut|ten)"
    r"|uur|uren|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar|jaren) geleden"
    r"|(?:\d{1,3}|an?|one) (?:second|minute|hour|day|week|month|year)s? ago"
    r"|vor \d{1,3} (?:Minuten?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?)"
    r"|il y a \d{1,3} (?:minutes?|heures?|jours?|semaines?|mois|ans?))[ \t]*(?P<title>.*)",
    re.IGNORECASE,
)
_READ_MORE = re.compile(
    r"(?:lees (?:ook|verder|meer)|zie ook|read (?:more|also|next)|also read|related(?: articles?)?"
    r"|see also|more (?:on this|from|stories)|recommended|weiterlesen|mehr zum thema|lesen sie auch"
    r"|lire aussi|à lire aussi|lea también|ook interessant|meer over)\b.{0,160}",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.,:;!…\"”’»。、，．：；！」』۔؛،।]$")
_OPENS_UPPER = re.compile(r"[\W_]*(?:[^\W\d_]|\d)")


def plain_blocks(body: str, register: Register) -> Iterator[list[Block]]:
    """The blocks of a plain text in portions."""
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    reading = _Reading(register, _wrapped_at(body[:_SAMPLE]))
    tail = _teasers_from(body)
    blocks: list[Block] = []
    for lines in _groups(body[:tail]):
        blocks.extend(reading.group(lines))
        if len(blocks) >= _STEP:
            yield blocks
            blocks = []
    blocks.extend(reading.teasers(body[tail:]))
    yield blocks


def _groups(body: str) -> Iterator[list[str]]:
    """Runs of lines that are not empty."""
    group: list[str] = []
    place, size = 0, len(body)
    while place < size:
        end = body.find("\n", place)
        end = size if end < 0 else end
        line = body[place:end].rstrip()
        place = end + 1
        if line:
            group.append(line)
        if group and (not line or len(group) >= _STEP):
            yield group
            group = []
    if group:
        yield group


def _wrapped_at(sample: str) -> int:
    """The length lines were wrapped at by hand; 0 where they were not.

    Where many lines are longer than a screen, every line is a paragraph.
    """
    lengths = [width(line[: 2 * _LONG]) for line in map(str.rstrip, sample.split("\n")) if line]
    longest = sum(length > _LONG for length in lengths)
    if longest * 5 >= len(lengths):
        return 0
    usual = max(length for length in lengths if length <= _LONG)
    return usual if usual >= _SHORTEST_WRAP else -1


class _Reading:
    """Makes blocks of groups of lines."""

    def __init__(self, register: Register, wrapped_at: int) -> None:
        self._register = register
        self._wrapped_at = wrapped_at
        self._containers = 0

    def group(self, lines: list[str]) -> Iterator[Block]:
        """The blocks of lines without an empty one between them."""
        if len(lines) > 1 and all(line.startswith(("    ", "\t")) for line in lines):
            yield Code(spans=(Span(clean(dedent("\n".join(lines))), "code"),))
            return
        gap = True
        for place, (kind, text, marker) in enumerate(self._paragraphs(lines)):
            following = lines[place + 1] if place + 1 < len(lines) else ""
            if kind == "rule":
                yield Rule()
            elif kind == "item":
                yield from self._text(text, gap=gap, inside=(self._container("item", marker),))
                gap = False
                continue
            elif kind == "quote":
                inside = tuple(self._container("quote", "") for _ in range(min(len(marker), 5)))
                yield from self._text(text, inside=inside)
            elif _is_heading(
                text, following, alone=len(lines) == 1, lines_are_paragraphs=not self._wrapped_at
            ):
                yield self._heading(text)
            else:
                yield from self._text(text, role=_role(text))
            gap = True

    def _paragraphs(self, lines: list[str]) -> Iterator[tuple[str, str, str]]:
        """What belongs together: kind, text and marker (bullet, number or quote signs)."""
        kind, marker = "", ""
        gathered: list[str] = []
        for written in lines:
            line = _without_stray_stars(written)
            item = _ITEM.match(line)
            quoted = _QUOTED.match(line)
            if _RULE.fullmatch(line):
                found, text, mark = "rule", "", ""
            elif item:
                found, text, mark = "item", line[item.end() :], _bullet(item[2])
            elif quoted:
                found, text, mark = "quote", quoted[2], ">" * quoted[1].count(">")
            else:
                found, text, mark = "text", line.strip(), ""
            goes_on = gathered and (
                (found == "text" and kind in ("text", "item") and self._wrapped_at != 0)
                or (found == kind == "quote" and mark == marker)
            )
            if goes_on:
                gathered.append(text)
                continue
            if gathered:
                yield kind, self._joined(gathered, kind), marker
            kind, marker, gathered = found, mark, [text]
        if gathered:
            yield kind, self._joined(gathered, kind), marker

    def _joined(self, lines: list[str], kind: str) -> str:
        """Lines as one text: filled anew where they were wrapped by hand."""
        if kind == "quote" or self._is_wrapped(lines):
            return " ".join(lines)
        return "\n".join(lines)

    def _is_wrapped(self, lines: list[str]) -> bool:
        """Whether most lines end because the next word did not fit."""
        if self._wrapped_at <= 0:
            return False
        full = sum(
            len(line) + 1 + len(after.split(" ", 1)[0]) > self._wrapped_at
            for line, after in pairwise(lines)
        )
        return full * 2 > len(lines) - 1

    def teasers(self, tail: str) -> Iterator[Block]:
        """What a saved page says of other articles at its end: dimmed, one a line."""
        gap = True
        for line in tail.split("\n"):
            text = _without_stray_stars(line.strip()).lstrip("-*•– ").strip()
            if not text:
                continue
            ago = _AGO.fullmatch(text)
            if ago:
                text = " · ".join(part for part in ago.group("label", "ago", "title") if part)
            yield from self._text(
                text, gap=gap, role="aside", inside=(self._container("item", "•"),)
            )
            gap = False

    def _container(self, kind: str, marker: str) -> Container:
        self._containers += 1
        if kind == "quote":
            return Container("quote", self._containers, SafeText(""))
        return Container("item", self._containers, clean(marker))

    def _heading(self, text: str) -> Heading:
        spans = (Span(clean(text), "heading2"),)
        return Heading(spans=spans, level=2, rtl=is_rtl(spans))

    def _text(
        self,
        text: str,
        *,
        gap: bool = True,
        role: Role = "",
        inside: tuple[Container, ...] = (),
    ) -> Iterator[Paragraph]:
        style = {"caption": "caption", "aside": "dim"}.get(role, "")
        for part in _pieces(text):
            spans = tuple(linked((Span(clean(part), style),), self._register))
            yield Paragraph(spans=spans, gap=gap, role=role, inside=inside, rtl=is_rtl(spans))
            gap = False


def _pieces(text: str) -> Iterator[str]:
    """A long text in parts that can be laid out one by one."""
    place = 0
    while len(text) - place > PIECE:
        cut = text.rfind(" ", place, place + PIECE) + 1
        cut = cut if cut > place else place + PIECE
        yield text[place:cut]
        place = cut
    yield text[place:]


def _bullet(mark: str) -> str:
    return mark if mark[0].isdigit() else "•"


def _without_stray_stars(line: str) -> str:
    """The line without a ``**`` at its end that has no partner."""
    if line.endswith("**") and line.count("**") % 2:
        return line[:-2].rstrip()
    return line


def _role(text: str) -> Role:
    if len(text) < 500 and _CAPTION.fullmatch(text):
        return "caption"
    if len(text) < 200 and _READ_MORE.fullmatch(text):
        return "aside"
    return ""


def _is_heading(text: str, following: str, *, alone: bool, lines_are_paragraphs: bool) -> bool:
    """Whether a short line without an end stands over a longer text."""
    if (
        len(text) > 90
        or width(text) > 90
        or "\n" in text
        or _ENDS_SENTENCE.search(text)
        or _role(text)
    ):
        return False
    if not _OPENS_UPPER.match(text) or text[:1].islower() or "://" in text:
        return False
    if alone:
        return 1 < len(text.split()) <= 14 or text.isalpha()
    if not lines_are_paragraphs:
        return False
    return len(following) > max(_SHORTEST_WRAP, len(text)) or following[-1:] in ".!?…。！？۔؟।"


def _teasers_from(body: str) -> int:
    """Where the list of other articles at the end begins; the length of the body if none."""
    start = max(0, len(body) - _TAIL)
    end = len(body)
    teasers = 0
    while end > start:
        begin = body.rfind("\n", start, end) + 1 or start
        line = body[begin:end].strip()
        if _AGO.fullmatch(line.lstrip("-*•– ")):
            teasers += 1
        elif line.strip("-*•– "):
            break
        end = begin - 1
    return end + 1 if teasers >= 2 else len(body)
