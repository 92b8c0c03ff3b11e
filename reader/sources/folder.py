"""A folder of saved documents as a source: reads what each of its files says."""

import errno
import os
import re
import stat
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from msgspec import Struct

from reader.model.article import DateSource, RawArticle
from reader.model.errors import SourceUnreadable
from reader.sources import fields, header, page, plaintext
from reader.sources.body import kind_of, markdown_title, prose, repeats, with_unread
from reader.sources.loaders import LARGEST as LARGEST_HEADER
from reader.sources.walk import FileStat, locate, walk
from reader.sources.watch import FolderChanged, watch
from reader.text import dates, urls
from reader.text import language as languages
from reader.text.blocks import BodyKind
from reader.text.decode import decode, is_binary
from reader.text.terminal import clean_line

__all__ = ["LARGEST_READ", "FileStat", "FolderChanged", "locate", "read", "walk", "watch"]

LARGEST_READ = 8 * 1024 * 1024
"""Bytes of a file that are read; what is longer is shown up to here."""

_MEGABYTE = 1024 * 1024
_MAGIC = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
    b"SQLite format 3\0": "an SQLite database",
}
_CHARSET = re.compile(rb"""<meta[^<>]{1,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_ABOVE_ASCII = bytes(range(0x80, 0x100))
_INDEXES = frozenset({"index", "_index", "readme"})


def read(root: Path, path: str, *, now: datetime) -> RawArticle:
    """Read the article ``path`` of the folder (or file) ``root``, at most ``LARGEST_READ`` bytes.

    ``now`` is the aware time it is read at: dates far ahead of it are not believed. Raises
    ``SourceUnreadable`` with a sentence where the file is gone, no regular file, outside of
    the root, not allowed or not text.
    """
    file = locate(root, path)
    text, info, problems = _opened(root, file)
    modified = datetime.fromtimestamp(max(0.0, min(info.st_mtime, now.timestamp())), UTC)
    folder = _folder_title(root, path, single=file is root)
    return _article(text, path, folder=folder, modified=modified, now=now, problems=problems)


def document(root: Path, path: str) -> tuple[str, tuple[str, ...]]:
    """The text of the document ``path`` as it is in the file, and what is wrong with that.

    Bounded, and raises, as ``read`` does. An empty ``path`` is a ``root`` that is a file.
    """
    text, _info, problems = _opened(root, locate(root, path) if path else root)
    return text, tuple(problems)


def _opened(root: Path, file: Path) -> tuple[str, os.stat_result, list[str]]:
    """The text of a file, what the disk says of it, and what is wrong with it."""
    data, info = _bytes(root, file)
    problems: list[str] = []
    if info.st_size > len(data):
        problems.append(
            f"The file is {info.st_size / _MEGABYTE:.0f} MB; only the first"
            f" {len(data) / _MEGABYTE:.0f} MB are shown."
        )
        data = _up_to_whole_character(data)
    if is_binary(data):
        kind = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), "")
        raise SourceUnreadable(f"It is {kind or 'a binary file'}, not text.")
    text = _text(data, problems)
    return text, info, problems


def _bytes(root: Path, file: Path) -> tuple[bytes, os.stat_result]:
    """The start of a regular file below ``root``; nothing else is ever opened for long."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
    try:
        try:
            descriptor = os.open(file, flags | os.O_NOFOLLOW)
        except OSError as error:
            if error.errno != errno.ELOOP or not _inside(root, file):
                raise
            descriptor = os.open(file, flags)
        with os.fdopen(descriptor, "rb", buffering=0) as stream:
            info = os.fstat(descriptor)
            if not stat.S_ISREG(info.st_mode):
                raise SourceUnreadable("It is no regular file.")
            chunks = []
            left = LARGEST_READ
            while left > 0 and (chunk := stream.read(left)):
                chunks.append(chunk)
                left -= len(chunk)
            return b"".join(chunks), info
    except OSError as error:
        reason = {
            errno.ENOENT: "It is gone.",
            errno.EACCES: "You may not read it.",
            errno.ELOOP: "It is a link that leads out of the folder.",
            errno.EISDIR: "It is a folder.",
            errno.ENXIO: "It is no regular file.",
        }.get(error.errno or 0)
        raise SourceUnreadable(reason or f"It cannot be read ({error.strerror}).") from None
    except ValueError:
        raise SourceUnreadable("Its name cannot be opened.") from None


def _inside(root: Path, file: Path) -> bool:
    if file is root:
        return True
    top = os.path.realpath(root).rstrip("/") + "/"
    return os.path.realpath(file).startswith(top)


def _up_to_whole_character(data: bytes) -> bytes:
    """``data`` without a last character that was cut in two."""
    if b"\0" in data[:64]:
        return data[: len(data) // 4 * 4]
    return data.rstrip(_ABOVE_ASCII) or data


def _text(data: bytes, problems: list[str]) -> str:
    """The text of a file with line feeds between its lines and without NUL characters."""
    declared = _CHARSET.search(data, 0, 4096)
    text, _encoding = decode(data, declared=declared[1].decode() if declared else "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if nulls := text.count("\0"):
        text = text.replace("\0", "")
        problems.append(f"{nulls} NUL character{'s were' if nulls > 1 else ' was'} left out.")
    return text.removeprefix("\ufeff")


def _folder_title(root: Path, path: str, *, single: bool) -> str:
    """The feed of articles that name none: their sub-folder, at the top the root's own name."""
    if single:
        return root.absolute().parent.name
    place = PurePosixPath(path)
    folder = place.parent
    if place.stem.lower() in _INDEXES and len(folder.parts) > 1:
        folder = folder.parent
    return folder.as_posix() if folder.parts else (root.name or root.absolute().name or "/")


class _Content(Struct, frozen=True):
    """A body, and what it says of itself: ``fields`` as a header would, ``date`` in a line."""

    body: str
    kind: BodyKind
    fields: fields.Fields
    base: str = ""
    date: datetime | None = None


def _article(
    text: str, path: str, *, folder: str, modified: datetime, now: datetime, problems: list[str]
) -> RawArticle:
    """The article that ``text`` is, told apart by what it holds."""
    head = header.read(text)
    problems.extend(head.problems)
    body = head.body if head.body.strip() else fields.content(head.fields) or head.body
    content = _content(body, path, head.fields, headed=len(head.body) < len(text))
    said = {key: value for key, value in head.fields.items() if value not in (None, "")}
    given = {**content.fields, **said}
    title = fields.title(given) or _title_of(path)
    feed = fields.feed(given) or folder
    link = fields.link(given)
    published, date_source, mistaken = _published(given, content.date, modified, now)
    if mistaken:
        problems.append(_date_problem(mistaken, text, now))
    summary = fields.summary(given)
    return RawArticle(
        identity=path,
        title=title,
        body=with_unread(content.body, content.kind, head.unread),
        kind=content.kind,
        feed=feed,
        link=link,
        base=urls.absolute(content.base, link) or link,
        published=published,
        updated=fields.updated(given, now=now),
        date_source=date_source,
        summary="" if repeats(summary, title, content.body) else summary,
        authors=fields.authors(given),
        tags=fields.tags(given, feed=feed),
        language=fields.language(given) or languages.detect(prose(title, content.body)),
        image=fields.image(given),
        comments=fields.comments(given),
        draft=fields.draft(given),
        problems=tuple(problems),
    )


def _content(body: str, path: str, given: fields.Fields, *, headed: bool) -> _Content:
    """What a body is, and what it says where its header does not."""
    if page.is_page(body):
        whole = page.read(body)
        return _Content(whole.body, "html", header.plain_keys(whole.fields), whole.base)
    kind = kind_of(body, PurePosixPath(path).suffix.lower(), headed=headed)
    if fields.title(given):
        return _Content(body, kind, {})
    if kind == "text":
        plain = plaintext.read(body)
        told = {"title": plain.title, "deck": plain.summary}
        return _Content(plain.body, kind, told, date=plain.published)
    title = page.heading(body) if kind == "html" else markdown_title(body)
    return _Content(body, kind, {"title": title})


def _published(
    given: fields.Fields, text_date: datetime | None, modified: datetime, now: datetime
) -> tuple[datetime, DateSource, str]:
    """When it was published, who says so, and the text that should have been a date."""
    published, mistaken = fields.published(given, now=now)
    if published:
        return published, "given", ""
    if text_date := fields.sane(text_date, now=now):
        return text_date, "text", mistaken
    return modified, "file", mistaken


def _date_problem(mistaken: str, text: str, now: datetime) -> str:
    """What is wrong with a date, and in which line it stands."""
    at = text.find(mistaken, 0, LARGEST_HEADER)
    line = f"Line {text.count(chr(10), 0, at) + 1}: " if at >= 0 else ""
    moment = dates.parse(mistaken)
    wrong = "is not a date" if moment is None else "lies ahead" if moment > now else "is too old"
    return f'{line}"{clean_line(mistaken, 60)}" {wrong}.'


def _title_of(path: str) -> str:
    """A title made of the file's name: its words, without a date in front."""
    place = PurePosixPath(path)
    name = place.stem
    if name.lower() in _INDEXES and place.parent.name:
        name = place.parent.name
    name = re.sub(r"^\d{4}-\d\d-\d\d[-_ ]+(?=\S)", "", name)
    if " " not in name:
        name = re.sub(r"[-_]+", " ", name).strip() or name
    shown = clean_line(name, 200)
    return shown[:1].upper() + shown[1:] or "(no name)"
