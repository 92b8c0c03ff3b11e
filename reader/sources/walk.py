"""Tells which files of a folder are articles; never leaves the folder, never writes."""

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from reader.text.terminal import clean_line

ARTICLE_SUFFIXES = frozenset({".md", ".markdown", ".html", ".htm", ".txt"})

_OTHER_KINDS = (
    # pictures, sound, film, archives, documents, programs, databases, fonts, parts of pages
    ".png .jpg .jpeg .gif .webp .avif .bmp .ico .tif .tiff .heic .svgz .psd .mp3 .m4a .ogg .oga"
    " .opus .flac .wav .aac .mp4 .m4v .mkv .webm .mov .avi .mpg .mpeg .zip .gz .tgz .bz2 .xz .zst"
    " .7z .rar .tar .lz4 .iso .dmg .deb .rpm .apk .jar .whl .pdf .epub .mobi .azw3 .djvu .doc"
    " .docx .xls .xlsx .ppt .pptx .odt .ods .odp .exe .dll .so .dylib .o .a .class .pyc .wasm .db"
    " .sqlite .sqlite3 .ttf .otf .woff .woff2 .eot .css .js .json .map"
    # not front matter, though they may begin as it does
    " .yaml .yml"
)
_BACKUPS = ".bak .swp .swo .swx .orig .rej .tmp .temp .save .part .partial .crdownload .download"
_NEVER_ARTICLES = frozenset(_OTHER_KINDS.split())
_LEFT_ALONE_SUFFIXES = frozenset(_BACKUPS.split())
_LEFT_ALONE_FOLDERS = frozenset({"node_modules", "__pycache__", "__MACOSX", "lost+found"})
_FENCED = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:-{3,}|\+{3,}|;{3,})[ \t]*\r?\n")
_CLOSED = re.compile(rb"\r?\n(?:-{3,}|\+{3,}|;{3,}|\.\.\.)[ \t]*(?:\r?\n|$)")
_KEYED = re.compile(rb"""(?:^|\n)["']?\w[\w .-]*["']?[ \t]*[:=]""")
_SNIFFED_BYTES = 64 * 1024


class FileStat(Struct, frozen=True):
    """One file that counts as an article.

    ``path`` is relative to the root with "/" between its parts; bytes that are not UTF-8
    are surrogates, as ``os.fsdecode`` makes them, so it opens the file but must be cleaned
    before it is shown. ``size`` is in bytes, ``mtime_ns`` in nanoseconds since 1970.
    """

    path: str
    size: int
    mtime_ns: int


def walk(root: Path, *, problem: Callable[[str], None] = lambda _: None) -> Iterator[FileStat]:
    """Every article below ``root``, folders and names in order, without leaving ``root``.

    A ``root`` that is itself a file is one article, whatever its name. A folder that
    cannot be read is told to ``problem`` in a sentence and left out. Links to folders are
    not followed; a link to a file counts where its target lies in ``root`` and is not
    found at its own place anyway.
    """
    try:
        given = root.stat()
    except OSError as error:
        problem(_unreadable(str(root), error))
        return
    if stat.S_ISREG(given.st_mode):
        yield FileStat(root.name, given.st_size, given.st_mtime_ns)
        return
    top = os.fspath(root)
    real_top = os.path.realpath(top)
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(f"{top}/{folder}") as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            problem(_unreadable(folder or top, error))
            continue
        below = []
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                if not folder_left_alone(entry.name):
                    below.append(path)
            elif found := _file(entry, path, real_top):
                yield found
        waiting.extend(reversed(below))


def locate(root: Path, path: str) -> Path:
    """Where the article ``path`` is: below ``root``, or ``root`` itself where that is a file."""
    return root if path == root.name and root.is_file() else root / path


def folder_left_alone(name: str) -> bool:
    """Whether folders of this name hold no articles: hidden, or somebody's machinery."""
    return name.startswith(".") or name in _LEFT_ALONE_FOLDERS


def file_left_alone(name: str) -> bool:
    """Whether files of this name are hidden, an editor's back-up or a half-made download."""
    return (
        name.startswith((".", "~$"))
        or name.endswith("~")
        or (name.startswith("#") and name.endswith("#"))
        or _suffix(name) in _LEFT_ALONE_SUFFIXES
    )


def may_matter(path: str) -> bool:
    """Whether something that happened to ``path`` (relative) can change what ``walk`` finds."""
    *folders, name = path.split("/")
    if any(map(folder_left_alone, folders)):
        return False
    left_alone = file_left_alone(name) or name in _LEFT_ALONE_FOLDERS
    return not (left_alone or _suffix(name) in _NEVER_ARTICLES)


def _file(entry: "os.DirEntry[str]", path: str, real_top: str) -> FileStat | None:
    """What ``walk`` tells of a file, None where it is no article."""
    name = entry.name
    if file_left_alone(name):
        return None
    suffix = _suffix(name)
    named = suffix in ARTICLE_SUFFIXES
    if not named and suffix in _NEVER_ARTICLES:
        return None
    try:
        if entry.is_symlink() and not _counts_as_link(entry.path, real_top):
            return None
        info = entry.stat()
        if not stat.S_ISREG(info.st_mode) or not (named or _begins_with_front_matter(entry.path)):
            return None
    except OSError:
        return None
    return FileStat(path, info.st_size, info.st_mtime_ns)


def _counts_as_link(link: str, real_top: str) -> bool:
    """Whether a link leads to a file of the folder that ``walk`` does not meet anyway."""
    target = os.path.realpath(link)
    if not target.startswith(real_top.rstrip("/") + "/"):
        return False
    *folders, name = target[len(real_top) :].strip("/").split("/")
    met = not (any(map(folder_left_alone, folders)) or file_left_alone(name))
    return not (met and _suffix(name) in ARTICLE_SUFFIXES)


def _begins_with_front_matter(file: str) -> bool:
    """Whether a file of an unknown kind begins with a closed header of keys."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        start = os.read(descriptor, 64)
        opened = _FENCED.match(start)
        if not opened:
            return False
        start += os.read(descriptor, _SNIFFED_BYTES)
    finally:
        os.close(descriptor)
    closed = _CLOSED.search(start, opened.end() - 1)
    return closed is not None and _KEYED.search(start, opened.end() - 1, closed.start()) is not None


def _suffix(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return dot + suffix.lower() if stem else ""


def _unreadable(folder: str, error: OSError) -> str:
    reason = {
        errno.EACCES: "you may not read it",
        errno.ENOENT: "it is gone",
        errno.ELOOP: "its links lead in a circle",
    }.get(error.errno or 0, (error.strerror or "unknown error").lower())
    return f"The folder {clean_line(folder, 200)} was left out: {reason}."
