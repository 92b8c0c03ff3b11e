"""What the keys of a header mean, in every dialect: names, dates, links, people and tags."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from reader.text import dates, urls
from reader.text.terminal import clean

Fields = Mapping[str, object]
"""A header's values under lower-case keys without "-", "_" and blanks."""


def _keys(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_TITLE = _keys("title headline metatitle ogtitle")
_PUBLISHED = _keys(
    "date published pubdate publishdate publisheddate publishedat publishedon publicationdate"
    " datepublished publishedtime articlepublishedtime firstpublished created createdat"
    " creationdate createddate datecreated dcdate datetime"
)
_UPDATED = _keys(
    "updated lastmod modified lastupdated updatedat updateddate dateupdated datemodified"
    " modifieddate modifiedat lastmodified articlemodifiedtime"
)
_SUMMARY = _keys(
    "description summary excerpt deck dek subtitle abstract lead lede standfirst teaser"
    " metadescription ogdescription"
)
_LINK = _keys(
    "link url canonical canonicalurl permalink originalurl original sourceurl articleurl"
    " weburl uri href guid ogurl source"
)
_FEED = _keys("source feed publisher publication outlet newspaper site sitename website ogsitename")
_AUTHOR = _keys("author authors byline creator creators by writer writers dccreator articleauthor")
_IMAGE = _keys(
    "image cover thumbnail coverimage featuredimage featureimage heroimage headerimage banner"
    " hero feature images ogimage"
)
_TAGS = _keys("tags tag keywords categories category topics topic labels subjects section sections")
_LANGUAGE = _keys("lang language locale langcode languagecode inlanguage oglocale")
_NESTED_TAGS = ("taxonomies", "taxonomy", "extra", "params")

_EARLIEST = 1500
_AHEAD = timedelta(days=2)
_MOST_NAMES = 200
_DEEPEST = 4
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]]*)\]\(([^()\s]*)[^()]*\)")
_FEED_FILE = re.compile(r"(?:\.(?:xml|rss|atom|rdf|json)|/(?:feed|rss|atom))/?$", re.IGNORECASE)
_LANGUAGE_CODE = re.compile(r"([a-z]{2})(?:[-_.].*)?$", re.IGNORECASE)


def title(fields: Fields) -> str:
    """The title, "" where none is given."""
    return next((text for value in _values(fields, _TITLE) if (text := _text(value))), "")


def summary(fields: Fields) -> str:
    """The description, summary, deck or excerpt: the first that is not empty."""
    return next((text for value in _values(fields, _SUMMARY) if (text := _text(value))), "")


def published(fields: Fields, *, now: datetime) -> tuple[datetime | None, str]:
    """The date of publication and "", or None and the text that stands where it should be."""
    return _date(fields, _PUBLISHED, now)


def updated(fields: Fields, *, now: datetime) -> datetime | None:
    """When the article was changed last."""
    return _date(fields, _UPDATED, now)[0]


def link(fields: Fields) -> str:
    """The article's address on the web: the first absolute one that is not a feed's."""
    for key, value in _items(fields, _LINK):
        url = _url(value)
        if url and not (key == "source" and _FEED_FILE.search(url.partition("?")[0])):
            return url
    return ""


def feed(fields: Fields) -> str:
    """Who published it: a name if one is given, else the host of an address, else ""."""
    host = ""
    for value in _told(fields, _FEED):
        url = _url(value)
        name = _text(_named(value))
        if name and not _is_url(name):
            return _plain(name)
        host = host or urls.outlet(url)
    return host


def authors(fields: Fields) -> tuple[str, ...]:
    """Names of the authors, given as text, list or map."""
    names: list[str] = []
    for value in _told(fields, _AUTHOR):
        for part in _flat(value):
            if _is_url(part):
                continue
            name = re.sub(r"^by\s+", "", _plain(part), flags=re.IGNORECASE)
            names += [half.strip() for half in name.split(";")]
        if names:
            break
    return _each_once(names)


def tags(fields: Fields, *, feed: str) -> tuple[str, ...]:
    """Tags, keywords and categories, without the category that only names the feed."""
    found: list[str] = []
    for value in _tag_values(fields):
        if isinstance(value, str):
            found += _split_tags(clean(value))
        else:
            found += [_plain(part).lstrip("#").strip() for part in _flat(value)]
    names = {feed.casefold(), feed.casefold().removeprefix("www.")}
    return tuple(tag for tag in _each_once(found) if tag.casefold() not in names)


def image(fields: Fields) -> str:
    """The address of the article's picture, absolute or as it stands."""
    for value in _told(fields, _IMAGE):
        for part in _flat(value, keys=("src", "url", "path", "image", "relative")):
            return part
    return ""


def language(fields: Fields) -> str:
    """The ISO 639-1 code that is given, "" where none is or it is no code."""
    for value in _values(fields, _LANGUAGE):
        if isinstance(value, str) and (code := _LANGUAGE_CODE.match(value.strip())):
            return code[1].lower()
    return ""


def draft(fields: Fields) -> bool:
    """Whether the article says that it is not published."""
    return (
        _truth(fields.get("draft")) is True
        or _truth(fields.get("published")) is False
        or str(fields.get("status")).lower() == "draft"
    )


def comments(fields: Fields) -> str:
    """The address of the discussion, "" where none is given."""
    return next((url for v in _values(fields, ("comments", "commentsurl")) if (url := _url(v))), "")


def content(fields: Fields) -> str:
    """Text of the article that stands in the header, for a document with nothing below it."""
    return next((v for v in _values(fields, ("text", "content", "body")) if isinstance(v, str)), "")


def sane(moment: datetime | None, *, now: datetime) -> datetime | None:
    """``moment`` where it can be the date of an article that exists at ``now``."""
    return moment if moment and moment.year >= _EARLIEST and moment <= now + _AHEAD else None


def _items(fields: Fields, keys: Iterable[str]) -> Iterator[tuple[str, object]]:
    return ((key, fields[key]) for key in keys if key in fields and fields[key] not in (None, ""))


def _values(fields: Fields, keys: Iterable[str]) -> Iterator[object]:
    return (value for _, value in _items(fields, keys))


def _told(fields: Fields, keys: Iterable[str]) -> Iterator[object]:
    """The values that say more than yes or no."""
    return (value for value in _values(fields, keys) if _truth(value) is None)


def _date(fields: Fields, keys: Iterable[str], now: datetime) -> tuple[datetime | None, str]:
    mistaken = ""
    for value in _told(fields, keys):
        if moment := sane(dates.parse(value), now=now):
            return moment, ""
        mistaken = mistaken or _text(value) or "{…}"
    return None, mistaken


def _text(value: object) -> str:
    """A value as text; a list's parts are joined by commas, a map is no text.

    It is cleaned here, as cutting a name at a comma could cut an escape sequence in two.
    """
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, list):
        return ", ".join(_flat(value))
    if isinstance(value, int | float | date) and not isinstance(value, bool):
        return str(value)
    return ""


def _named(value: object) -> object:
    """The name that a map gives, or the value itself."""
    if isinstance(value, dict):
        return next((value[k] for k in ("name", "title", "label") if value.get(k)), None)
    if isinstance(value, list) and value:
        return _named(value[0])
    return value


def _flat(
    value: object, keys: tuple[str, ...] = ("name", "title", "label", "tag", "slug")
) -> list[str]:
    """The texts in a value, lists in lists and maps included; the number of them is bounded."""
    found: list[str] = []
    waiting: list[tuple[object, int]] = [(value, 0)]
    for _ in range(_MOST_NAMES * 4):
        if not waiting or len(found) >= _MOST_NAMES:
            break
        part, depth = waiting.pop()
        if isinstance(part, dict):
            named = [part[key] for key in keys if part.get(key)][:1]
            inner: list[object] = named or [
                value if any(key in value for key in keys) else name
                for name, value in part.items()
                if isinstance(value, dict)
            ]
            waiting += [(each, depth + 1) for each in reversed(inner[:_MOST_NAMES])]
        elif isinstance(part, list) and depth < _DEEPEST:
            waiting += [(each, depth + 1) for each in reversed(part[:_MOST_NAMES])]
        elif isinstance(part, bool):
            found.append(str(part).lower())
        elif text := _text(part) if not isinstance(part, list) else "":
            found.append(text)
    return found


def _tag_values(fields: Fields) -> Iterator[object]:
    yield from _values(fields, _TAGS)
    for group in _NESTED_TAGS:
        nested = fields.get(group)
        if isinstance(nested, dict):
            yield from (nested[key] for key in _TAGS if nested.get(key))


def _split_tags(text: str) -> list[str]:
    """Tags in one text: between commas or semicolons, else between the marks of hashtags."""
    if "," in text or ";" in text or "\n" in text:
        parts = re.split(r"[,;\n]", text)
    elif re.match(r"\s*#\S", text):
        parts = text.split()
    else:
        parts = [text]
    return [_plain(part).lstrip("#").strip() for part in parts[:_MOST_NAMES]]


def _plain(text: str) -> str:
    """``text`` without the brackets of wiki links and Markdown links."""
    if "[" not in text:
        return text.strip()
    return _MARKDOWN_LINK.sub(r"\1", _WIKI_LINK.sub(r"\1", text)).strip()


def _url(value: object) -> str:
    """The first absolute web address in a value, "" where there is none."""
    for part in _flat(value, keys=("url", "href", "link")):
        marked = _MARKDOWN_LINK.fullmatch(part)
        url = (marked[2] if marked else part).strip("<> ")
        if _is_url(url):
            return urls.absolute(url, "")
    return ""


def _is_url(text: str) -> bool:
    return text[:8].lower().startswith(("http://", "https://")) and urls.openable(text)


def _truth(value: object) -> bool | None:
    """What a value says as yes or no, None where it is neither."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in ("true", "yes", "on"):
        return True
    if isinstance(value, str) and value.strip().lower() in ("false", "no", "off"):
        return False
    return None


def _each_once(names: list[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for name in names:
        if name:
            first.setdefault(name.casefold(), name)
    return tuple(first.values())
