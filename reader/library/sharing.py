"""The verbs that take articles out of the library: saved as files, or handed to a program."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from reader.library.door import Door
from reader.model.errors import SavingRefused, SourceUnreadable

if TYPE_CHECKING:
    from pathlib import Path

    from reader.text.export import Exported

Form = Literal["md", "html", "text", "epub"]
"""Front-matter Markdown that opens here again, a page of its own, plain text, an e-book."""

ENDINGS: dict[Form, str] = {"md": ".md", "html": ".html", "text": ".txt", "epub": ".epub"}


class SharingVerbs(Door):
    """Nothing that is saved fetches anything when it is opened."""

    def exported(self, article_id: int, form: Form, *, own: bool = False, width: int = 80) -> bytes:
        """An article as a file's content, in UTF-8.

        With its full text where that was fetched, or with ``own`` as its feed gave it.
        ``width`` is that of plain text, in columns. Raises ``SourceUnreadable`` when it is gone.
        """
        # Imported late: it knows how to write every kind of block.
        from reader.text import export

        article = self._exported(article_id, own=own)
        if form == "epub":
            return export.as_epub([article], title=article.title, now=self._clock())
        if form == "text":
            return export.as_text(article, width).encode(errors="replace")
        text = export.as_html(article) if form == "html" else export.as_markdown(article)
        return text.encode(errors="replace")

    def save_article(self, article_id: int, form: Form, folder: Path, *, own: bool = False) -> Path:
        """Save an article as a new file in ``folder``, made where it is missing; where it is.

        The file is named after its date and title and never replaces another. Raises
        ``SavingRefused`` where the disk does not play along.
        """
        from reader.text.filenames import free_path, stem

        data = self.exported(article_id, form, own=own)
        article = self._exported(article_id, own=True)
        name = f"{article.published.astimezone():%Y-%m-%d}-{stem(article.title)}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = free_path(folder, name, ENDINGS[form])
            _write(path, data)
        except OSError as error:
            problem = error.strerror or str(error)
            raise SavingRefused(f"{folder} could not be written: {problem}.") from error
        return path

    def _exported(self, article_id: int, *, own: bool) -> Exported:
        from reader.storage import pages, reading
        from reader.text.article import document
        from reader.text.export import Exported

        with self.store.read() as connection:
            article = reading.article(connection, article_id)
            page = None if own else pages.stored(connection, article_id)
        if article is None:
            raise SourceUnreadable("This article is gone.")
        content = article.content
        body, kind, base = content.body, content.kind, content.base
        if page is not None and page.complete:
            body, kind, base = page.body, page.kind, page.base
        return Exported(
            title=content.title,
            document=document(body, kind, base=base or content.link, title=content.title),
            published=content.published,
            link=content.link,
            feed=article.headline.feed,
            authors=content.authors,
            tags=tuple(tag.name for tag in article.tags if tag.kind != "derived"),
            summary=content.summary,
            image=content.image,
            language=content.language,
        )


def _write(path: Path, data: bytes) -> None:
    """Write a file at one stroke: nobody who watches the folder sees half of it."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink()
