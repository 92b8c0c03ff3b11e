"""The filter language as data: what completion, the help screen and the README show."""

from typing import Final

from msgspec import Struct


class Choice(Struct, frozen=True):
    """A fixed value of a field."""

    value: str
    help: str


class Field(Struct, frozen=True, kw_only=True):
    """A field of the language: written ``name:value``.

    ``choices`` are the values it knows by heart; ``from_library`` tells that further values
    are names the library holds. ``also`` are other names people try, told as mistakes.
    """

    name: str
    help: str
    example: str
    choices: tuple[Choice, ...] = ()
    from_library: bool = False
    also: tuple[str, ...] = ()


class Form(Struct, frozen=True):
    """A way to write a query that is not a field, with what it means."""

    example: str
    help: str


FORMS: Final = (
    Form("nato rutte", "articles with both words in title, author or text"),
    Form('"oval office"', "the words one after the other"),
    Form("econom*", "words that begin so"),
    Form("-football", "without; also before a field or a parenthesis"),
    Form("nato OR navo", "one or the other; binds looser than a space: a b OR c is (a b) OR c"),
    Form("(nato OR navo) is:unread", "parentheses group"),
    Form("#economy", "short for tag:economy"),
    Form(r"/wall ?street/", "a regular expression (RE2) on title, author and text, case ignored"),
    Form("title:/^opinion/", "the same on the title or the author alone"),
)

STATES: Final = (
    Choice("unread", "not read yet"),
    Choice("read", "read"),
    Choice("starred", "starred"),
    Choice("hidden", "hidden by a rule or by hand"),
    Choice("new", "arrived since you last looked"),
)

KINDS: Final = (
    Choice("enclosure", "comes with an audio, video or other file"),
    Choice("image", "comes with a picture"),
)

SORTS: Final = (
    Choice("date", "newest first"),
    Choice("score", "best match first"),
)

_DAYS: Final = (
    Choice("today", "since midnight"),
    Choice("yesterday", "since yesterday's midnight"),
    Choice("monday", "since the last Monday; any weekday"),
    Choice("week", "since this week's Monday"),
    Choice("month", "since the first of this month"),
    Choice("year", "since the first of January"),
)

_AGES: Final = (
    Choice("<1d", "younger than a day"),
    Choice("<3d", "younger than three days"),
    Choice("<1w", "younger than a week"),
    Choice(">2w", "older than two weeks"),
    Choice(">1mo", "older than a month of 30 days"),
)

_LENGTHS: Final = (
    Choice("<200", "under a minute to read"),
    Choice(">800", "more than about four minutes to read"),
)

FIELDS: Final = (
    Field(
        name="title",
        help="words of the title",
        example='title:"interest rate"',
        also=("intitle", "subject"),
    ),
    Field(
        name="author",
        help="words of the author's name",
        example="author:smith",
        from_library=True,
        also=("by", "from"),
    ),
    Field(
        name="feed",
        help="words of the feed's name",
        example='feed:"the guardian"',
        from_library=True,
        also=("source", "in"),
    ),
    Field(
        name="category",
        help="a category of the feed list, whole; tech* for a beginning",
        example="category:tech",
        from_library=True,
        also=("folder", "cat"),
    ),
    Field(
        name="tag",
        help="a tag, whole; eco* for a beginning, * alone for any tag",
        example='tag:"climate change"',
        from_library=True,
        also=("label", "tags", "topic"),
    ),
    Field(name="is", help="a state", example="is:unread", choices=STATES, also=("state", "status")),
    Field(
        name="lang",
        help="the language of the text, by code or English name",
        example="lang:nl",
        from_library=True,
        also=("language",),
    ),
    Field(
        name="after",
        help="published on that day or later",
        example="after:2026-01-31",
        choices=_DAYS,
        also=("newer",),
    ),
    Field(
        name="before",
        help="published before that day",
        example="before:2026-01",
        choices=_DAYS,
        also=("older", "until"),
    ),
    Field(
        name="since",
        help="the same as after",
        example="since:monday",
        choices=_DAYS,
        also=("date", "on"),
    ),
    Field(
        name="age",
        help="time since publication: min, h, d, w, mo (30 days), y",
        example="age:<3d",
        choices=_AGES,
    ),
    Field(
        name="has",
        help="something that comes with the article",
        example="has:enclosure",
        choices=KINDS,
        also=("with",),
    ),
    Field(
        name="words",
        help="length of the text in words",
        example="words:>800",
        choices=_LENGTHS,
        also=("length",),
    ),
    Field(
        name="url",
        help="part of the link",
        example="url:/live/",
        also=("inurl", "link"),
    ),
    Field(
        name="site",
        help="the link's site and what is below it",
        example="site:bbc.co.uk",
        from_library=True,
        also=("host", "domain", "outlet"),
    ),
    Field(
        name="sort",
        help="the order of the list",
        example="sort:score",
        choices=SORTS,
        also=("order", "orderby"),
    ),
)

BY_NAME: Final = {field.name: field for field in FIELDS}


def markdown_table() -> str:
    """The reference of the filter language, for the README."""
    lines = ["| write | finds |", "|---|---|"]
    lines += [f"| `{form.example}` | {form.help} |" for form in FORMS]
    for field in FIELDS:
        choices = (
            f": {', '.join(choice.value for choice in field.choices)}" if field.choices else ""
        )
        lines.append(f"| `{field.example}` | {field.help}{choices} |")
    return "\n".join(lines)
