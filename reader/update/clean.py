"""Makes an article safe: RawArticle in, Article and its searchable text out. Pure."""

import re
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct

from reader.model.article import Article, Enclosure, RawArticle
from reader.model.records import replace
from reader.text import urls
from reader.text.terminal import SafeText, clean_line

TITLE_LIMIT = 500
SUMMARY_LIMIT = 1000
NAME_LIMIT = 120
MOST_TAGS = 64
MOST_AUTHORS = 16
INDEXED_CHARACTERS = 1_000_000

_MARKUP = re.compile(r"</[a-z][a-z0-9]*>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,31});", re.IGNORECASE)


class Cleaned(Struct, frozen=True):
    """An article that may be stored, and the visible text of its body for the index.

    ``text`` is None where that was left for later; ``words`` is 0 then, and ``digest`` the
    hash of the raw body.
    """

    article: Article
    text: SafeText | None


def clean(raw: RawArticle, *, now: datetime, of_feed: bool = False) -> Cleaned:
    """Clean every field that is ever drawn; nothing is fetched and nothing is executed.

    An article without a date is dated ``now`` with ``date_source`` "seen"; one without a
    title is called by the first words of its text; one without an id is known by its link,
    else by its text. An article ``of_feed`` has a title that is text already; its visible
    text, half of the work, is left for when it is indexed.
    """
    summary = _marked_up(raw.summary, SUMMARY_LIMIT)
    title = clean_line(raw.title, TITLE_LIMIT) if of_feed else _title(raw.title)
    text = None
    if not (of_feed and title):
        text = _visible(raw)
        title = title or _first_words(text) or _first_words(summary) or SafeText("(untitled)")
    link = urls.absolute(raw.link, raw.base)
    fingerprint = _raw_digest(title, raw.body) if text is None else digest(title, text)
    article = Article(
        identity=raw.identity or link or fingerprint,
        feed=clean_line(raw.feed, NAME_LIMIT),
        title=title,
        body=raw.body,
        kind=raw.kind,
        link=link,
        base=raw.base,
        published=raw.published or now,
        date_source=raw.date_source if raw.published else "seen",
        updated=raw.updated,
        summary=summary,
        authors=_names(raw.authors)[:MOST_AUTHORS],
        tags=_names((*raw.tags, "draft") if raw.draft else raw.tags)[:MOST_TAGS],
        language=clean_line(raw.language, 12),
        image=urls.absolute(raw.image, raw.base),
        comments=urls.absolute(raw.comments, raw.base),
        enclosures=tuple(map(_enclosure, raw.enclosures)),
        words=0 if text is None else _words(text),
        digest=fingerprint,
        problems=tuple(clean_line(problem) for problem in raw.problems),
        outlet=clean_line(raw.outlet, NAME_LIMIT),
    )
    return Cleaned(article, text)


def digest(title: str, text: str) -> str:
    """What tells a material edit from a touched file: a hash of title and visible text.

    White space does not count: a renamed file may be read as another kind of text.
    """
    letters = f"{title}\0{''.join(text.split())}"
    return blake2b(letters.encode(errors="replace"), digest_size=16).hexdigest()


def _raw_digest(title: str, body: str) -> str:
    return blake2b(f"{title}\0{body}".encode(errors="replace"), digest_size=16).hexdigest()


def _visible(raw: RawArticle) -> SafeText:
    # Imported late: a feed's articles seldom need it here.
    from reader.text.plain import visible_text

    return visible_text(raw.body, raw.kind, INDEXED_CHARACTERS)


def _words(text: SafeText) -> int:
    from reader.text.plain import count_words

    return count_words(text)


def _title(text: str) -> SafeText:
    """A document's title. What only looks like markup, as in ``List<T>``, is left alone."""
    if _MARKUP.search(text):
        return _marked_up(text, TITLE_LIMIT)
    return clean_line(text, TITLE_LIMIT)


def _marked_up(text: str, limit: int) -> SafeText:
    """One safe line; markup and character references in it become what they show."""
    if "<" in text or "&" in text:
        from reader.text.plain import visible_text

        return clean_line(visible_text(text, "html", limit * 8), limit)
    return clean_line(text, limit)


def _enclosure(raw: Enclosure) -> Enclosure:
    return replace(raw, mime=clean_line(raw.mime, 80), title=clean_line(raw.title, 300))


def _first_words(text: str) -> SafeText:
    return clean_line(text[:2000], 80)


@lru_cache(maxsize=1000)
def _names(names: tuple[str, ...]) -> tuple[SafeText, ...]:
    """Cleaned names, each once whatever its case, in their first order.

    The articles of a feed have the same few.
    """
    seen: dict[str, SafeText] = {}
    for name in names:
        safe = clean_line(name, NAME_LIMIT)
        if safe:
            seen.setdefault(safe.casefold(), safe)
    return tuple(seen.values())
