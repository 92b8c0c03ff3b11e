"""Reads articles saved as plain text: which of the first lines is title, deck, date, caption."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reader.text import dates

_HEAD_LINES = 12
_LONGEST_TITLE = 200
# Sections of papers and sites, by language.
_SECTIONS = (
    "news breaking breaking_news latest latest_news top_stories politics world business economy"
    " sport sports opinion editorial analysis comment commentary culture science health tech"
    " technology entertainment lifestyle travel weather local national international us uk"
    " europe video live live_blog update exclusive explainer interview feature column review"
    " actueel nieuws het_laatste_nieuws laatste_nieuws binnenland buitenland politiek economie"
    " sportnieuws opinie cultuur wetenschap gezondheid achtergrond analyse reportage"
    " regio cultuur_en_media tech_en_media"
    " aktuell aktuelles nachrichten schlagzeilen politik wirtschaft inland ausland meinung"
    " kultur wissen wissenschaft gesundheit panorama regional kommentar"
    " actualité actualités à_la_une politique économie monde société culture opinions"
    " international france sciences santé tribune éditorial"
    " noticias actualidad última_hora política economía mundo internacional deportes opinión"
    " cultura sociedad ciencia salud españa"
    " notizie attualità cronaca politica economia mondo esteri scienza salute"
    " notícias últimas_notícias esportes desporto opinião saúde ciência"
    " aktualności wiadomości polityka gospodarka świat kraj"
    " nyheter senaste_nytt inrikes utrikes nyheder indland udland uutiset"
    " haberler gündem dünya ekonomi spor"
    " новости политика экономика мир общество спорт культура мнения"
    " новини політика економіка світ"
    " أخبار سياسة اقتصاد رياضة ثقافة رأي الأخبار عاجل اخبار"
    " חדשות פוליטיקה"
    " 新闻 要闻 国际 国内 财经 体育 时事 政治 社会 经济 新聞 國際 財經 體育 時事 經濟"
    " ニュース 政治・経済 国際ニュース 社会 経済 スポーツ 뉴스 정치 경제 사회 국제"
)
_LABELS = frozenset(name.replace("_", " ") for name in _SECTIONS.split())
_SENTENCE_END = re.compile(r"[.。।։؟।…:;,][\"'”’»)\]]*$")
_INNER_END = re.compile(r"[.!?。！？؟][\"'”’»)\]]*\s+\S")


@dataclass(frozen=True, slots=True)
class PlainText:
    """What a plain text says about itself. ``body`` is what is left for the article."""

    title: str
    body: str
    summary: str = ""
    published: datetime | None = None


def read(text: str) -> PlainText:
    """Take title, deck and date line off the top of ``text``; the rest is the body.

    The title is the line that stands twice near the top, else the first line that is not
    a section label. A line above it or between its two places is the deck. Stray bold
    marks go, repeated lines of the top go.
    """
    lines = [_without_stray_marks(line.rstrip()) for line in text.split("\n")]
    top = [number for number, line in enumerate(lines) if line.strip()][:_HEAD_LINES]
    if not top:
        return PlainText("", "")
    title_at = _title_line(lines, top)
    title = lines[title_at].strip()
    if len(title) > _LONGEST_TITLE:
        return PlainText(_start_of(title), "\n".join(lines).strip("\n"))
    same = [number for number in top if lines[number].strip() == title]
    taken = set(same)
    deck = _deck(lines, top, same)
    taken.update(number for number in top if number < title_at and _is_label(lines[number]))
    if deck is not None:
        taken.add(deck)
    published = None
    for number in top:
        if number > title_at and (published := dates.in_line(lines[number].strip())):
            taken.add(number)
            break
    body = [line for number, line in enumerate(lines) if number not in taken]
    summary = lines[deck].strip() if deck is not None else ""
    return PlainText(title, "\n".join(body).strip("\n"), summary, published)


def _title_line(lines: Sequence[str], top: Sequence[int]) -> int:
    """The number of the title's line: repeated, or the first that is no section label."""
    stripped = {number: lines[number].strip() for number in top}
    repeated = [
        number
        for place, number in enumerate(top)
        if stripped[number] in [stripped[other] for other in top[place + 1 : place + 5]]
        and not _is_label(stripped[number])
        and len(stripped[number]) <= _LONGEST_TITLE
    ]
    if repeated:
        return min(
            repeated, key=lambda number: (_is_prose(stripped[number]), len(stripped[number]))
        )
    for number in top:
        if not _is_label(stripped[number]):
            return number
    return top[0]


def _deck(lines: Sequence[str], top: Sequence[int], same: Sequence[int]) -> int | None:
    """The line that sums up: above the title, between its two places, or set apart below it."""
    title = same[0]
    above = [number for number in top if number < title and not _is_label(lines[number])]
    if above:
        return above[-1]
    if len(same) > 1:
        between = [number for number in top if title < number < same[1]]
        return between[0] if between else None
    below = title + 1
    if below + 1 < len(lines) and lines[below].strip() and not lines[below + 1].strip():
        return below if not dates.in_line(lines[below].strip()) else None
    return None


def _is_label(line: str) -> bool:
    """Whether a line is the name of a section, such as "News" or "Actueel"."""
    words = re.sub(r"[^\w\s]+", " ", line.casefold()).split()
    return " ".join(words) in _LABELS


def _is_prose(line: str) -> bool:
    """Whether a line reads as sentences and not as a headline."""
    return bool(_SENTENCE_END.search(line) or _INNER_END.search(line))


def _without_stray_marks(line: str) -> str:
    """``line`` without bold marks that have no partner, and without those around all of it."""
    if "**" not in line:
        return line
    if line.count("**") % 2:
        return line[:-2].rstrip() if line.endswith("**") else line.replace("**", "", 1)
    inner = line.strip()
    return (
        inner[2:-2].strip()
        if inner.startswith("**") and inner.count("**") == 2 and inner.endswith("**")
        else line
    )


def _start_of(text: str) -> str:
    """The first sentence of a long line, at most a title's length."""
    first = re.split(r"(?<=[.!?。！？])\s", text[: _LONGEST_TITLE + 1], maxsplit=1)[0]
    return first if len(first) <= _LONGEST_TITLE else text[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
