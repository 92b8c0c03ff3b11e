"""Reads articles saved as plain text: which of the first lines is title, deck, date, caption."""

import re
from collections.abc import Sequence, Set
from datetime import datetime
from itertools import pairwise

from msgspec import Struct

from reader.text import dates

_HEAD_LINES = 12
_DATE_LINES = 5
_LINES_SPLIT = 100
_SHORTEST_CUT = 40
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
_LETTER = re.compile(r"[^\W\d_]")
_LINE_WITH_MARKS = re.compile(r"^[^\n]*\*\*[^\n]*$", re.MULTILINE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)


class PlainText(Struct, frozen=True):
    """What a plain text says about itself. ``body`` is what is left for the article."""

    title: str
    body: str
    summary: str = ""
    published: datetime | None = None


def read(text: str) -> PlainText:
    """Take title, deck and date line off the top of ``text``; the rest is the body.

    The title is the headline that stands twice near the top, else the first line that is
    not a section label, an address or a date. What stands above it, between its two places
    or by itself below it is the deck. Stray bold marks go, and lines of the top said twice.
    A text that begins in the middle of its prose is called by its first words and left whole.
    """
    text = _LINE_WITH_MARKS.sub(lambda line: _without_stray_marks(line[0]), text).strip("\n")
    # Only the start is taken apart: a text may have millions of lines.
    lines = text.split("\n", _LINES_SPLIT)
    top = [number for number, line in enumerate(lines[:_LINES_SPLIT]) if line.strip()][:_HEAD_LINES]
    titles = [number for number in top if _may_be_title(lines[number].strip())]
    if not titles:
        return PlainText("", text)
    place = _title_place(lines, top, titles)
    title = lines[place].strip()
    if len(title) > _LONGEST_TITLE or _runs_on(lines, place):
        return PlainText(_first_words(title), text)
    same = [number for number in top if lines[number].strip() == title]
    taken = {*same, *(number for number in top if number < place and _is_label(lines[number]))}
    taken |= {a for a, b in pairwise(top) if _is_start_of(lines[a], lines[b])}
    published = None
    for number in [number for number in top if number > place][:_DATE_LINES]:
        if published := dates.in_line(lines[number].strip()):
            taken.add(number)
            break
    deck = _deck(lines, top, same)
    body = _left(lines, taken | {deck} if deck is not None else taken)
    if deck is not None and not body:
        deck, body = None, _left(lines, taken)
    return PlainText(title, body, lines[deck].strip() if deck is not None else "", published)


def _left(lines: Sequence[str], taken: Set[int]) -> str:
    left = [line for number, line in enumerate(lines) if number not in taken]
    return "\n".join(left).strip("\n")


def _title_place(lines: Sequence[str], top: Sequence[int], titles: Sequence[int]) -> int:
    """The number of the title's line: the best headline of those said twice and the first."""
    said = {number: lines[number].strip() for number in top}
    repeated = {
        number
        for place, number in enumerate(top)
        if number in titles
        and said[number] in [said[other] for other in top[place + 1 : place + 5]]
        and len(said[number]) <= _LONGEST_TITLE
    }

    def worth(number: int) -> tuple[bool, bool, int]:
        return _is_prose(said[number]), number not in repeated, len(said[number])

    return min({titles[0], *repeated}, key=worth)


def _deck(lines: Sequence[str], top: Sequence[int], same: Sequence[int]) -> int | None:
    """The line that sums up: above the title, between its two places, or set apart below it."""
    title = same[0]
    above = [number for number in top if number < title and _is_prose(lines[number].strip())]
    if above:
        return above[-1]
    if len(same) > 1:
        between = [number for number in top if title < number < same[1]]
        return between[0] if between else None
    below = title + 1
    if below + 1 < len(lines) and lines[below].strip() and not lines[below + 1].strip():
        return None if dates.in_line(lines[below].strip()) else below
    return None


def _may_be_title(line: str) -> bool:
    """Whether a line may be what the article is called."""
    return bool(_LETTER.search(line)) and not (
        _is_label(line) or _ADDRESS.match(line) or dates.in_line(line)
    )


def _is_start_of(line: str, next_line: str) -> bool:
    """Whether ``next_line`` says ``line`` again, whole or with what was cut off."""
    start = line.strip(" .…")
    return len(start) > _SHORTEST_CUT and next_line.strip().startswith(start)


def _is_label(line: str) -> bool:
    """Whether a line is the name of a section, such as "News" or "Actueel"."""
    words = re.sub(r"[^\w\s]+", " ", line[:60].casefold()).split()
    return bool(words) and (" ".join(words) in _LABELS or all(word in _LABELS for word in words))


def _is_prose(line: str) -> bool:
    """Whether a line reads as sentences and not as a headline."""
    return bool(_SENTENCE_END.search(line) or _INNER_END.search(line))


def _runs_on(lines: Sequence[str], place: int) -> bool:
    """Whether the sentence of a line goes on in the next, as in text wrapped by its writer."""
    below = lines[place + 1] if place + 1 < len(lines) else ""
    return below[:1].islower() and not _SENTENCE_END.search(lines[place])


def _without_stray_marks(line: str) -> str:
    """``line`` without bold marks that have no partner, and without those around all of it."""
    if "**" not in line:
        return line
    if line.count("**") % 2:
        return line[:-2].rstrip() if line.endswith("**") else line.replace("**", "", 1)
    inner = line.strip()
    whole = inner.startswith("**") and inner.endswith("**") and inner.count("**") == 2
    return inner[2:-2].strip() if whole else line


def _first_words(text: str) -> str:
    """The first sentence of a long line, at most a title's length."""
    first = re.split(r"(?<=[.!?。！？])\s", text[: _LONGEST_TITLE + 1], maxsplit=1)[0]
    return first if len(first) <= _LONGEST_TITLE else text[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
