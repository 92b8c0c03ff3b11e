"""The tables of a new library. Every index is preceded by the query it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

TABLES = """
CREATE TABLE migration (
    name TEXT PRIMARY KEY,
    applied_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- location: an absolute path as os.fsencode gives it, or a URL in UTF-8
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    location BLOB NOT NULL UNIQUE,
    added_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;

CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES category (id),
    title TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    collapsed INTEGER NOT NULL DEFAULT 0,
    attributes TEXT NOT NULL DEFAULT '',
    removed_at INTEGER
) STRICT;

-- attributes: what an imported OPML outline said that has no column, as JSON
-- key: names the feed inside its source; name: what the person calls it, '' for its title
-- the four counters count articles that are listed: neither away nor hidden
CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id),
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    site TEXT NOT NULL DEFAULT '',
    category_id INTEGER REFERENCES category (id),
    problem TEXT NOT NULL DEFAULT '',
    paused INTEGER NOT NULL DEFAULT 0,
    attributes TEXT NOT NULL DEFAULT '',
    added_at INTEGER NOT NULL,
    removed_at INTEGER,
    articles INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    starred_unread INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source_id, key)
) STRICT;

-- How fetching each web feed goes (see FetchState), and what the person set for it. Times in
-- seconds, 0 for never. holder is the process that fetches it now, until leased_until.
CREATE TABLE fetch (
    feed_id INTEGER PRIMARY KEY REFERENCES feed (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    next_due INTEGER NOT NULL DEFAULT 0,
    last_tried INTEGER NOT NULL DEFAULT 0,
    last_succeeded INTEGER NOT NULL DEFAULT 0,
    fetches INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    code TEXT NOT NULL DEFAULT '',
    problem TEXT NOT NULL DEFAULT '',
    advice TEXT NOT NULL DEFAULT '',
    moved_to TEXT NOT NULL DEFAULT '',
    moved_seen INTEGER NOT NULL DEFAULT 0,
    retired INTEGER NOT NULL DEFAULT 0,
    feed_interval_s INTEGER NOT NULL DEFAULT 0,
    skip_hours TEXT NOT NULL DEFAULT '',
    interval_s INTEGER NOT NULL DEFAULT 0,
    full_text INTEGER NOT NULL DEFAULT 0,
    selector TEXT NOT NULL DEFAULT '',
    unread_when_changed INTEGER NOT NULL DEFAULT 1,
    keep_articles INTEGER NOT NULL DEFAULT 0,
    keep_days INTEGER NOT NULL DEFAULT 0,
    holder TEXT NOT NULL DEFAULT '',
    leased_until INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The hosts that articles link to, without "www."; 0 in article.site_id is none.
CREATE TABLE site (
    id INTEGER PRIMARY KEY,
    host TEXT NOT NULL UNIQUE
) STRICT;

-- The languages that articles have, as they are written there.
CREATE TABLE language (
    code TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What lists draw, and what finds an article again. away: bits that say why it is in no
-- list (1 its file is gone, 2 its feed was removed, 4 it was old and its text was let go,
-- 8 it stands behind a copy, 16 it waits for a rule).
-- The *_key columns are the first 8 bytes of a hash: of the identity, the canonical link, the
-- digest, and the raw document. media: bits that say what comes with it (1 enclosures, 2 a
-- lead image).
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    feed_id INTEGER NOT NULL REFERENCES feed (id),
    published INTEGER NOT NULL,
    unread INTEGER NOT NULL DEFAULT 1,
    starred INTEGER NOT NULL DEFAULT 0,
    hidden INTEGER NOT NULL DEFAULT 0,
    away INTEGER NOT NULL DEFAULT 0,
    date_source INTEGER NOT NULL,
    words INTEGER NOT NULL,
    media INTEGER NOT NULL,
    site_id INTEGER NOT NULL,
    body_id INTEGER NOT NULL,
    identity_key INTEGER NOT NULL,
    link_key INTEGER,
    digest_key INTEGER NOT NULL,
    raw_key INTEGER NOT NULL,
    position REAL NOT NULL DEFAULT 0,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT NOT NULL,
    link TEXT NOT NULL
) STRICT;

-- What only the opened article shows. authors, enclosures and problems are JSON. hidden_by
-- is the rule that hid it last, '' for a person.
CREATE TABLE detail (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    identity BLOB NOT NULL,
    first_seen INTEGER NOT NULL,
    updated INTEGER,
    base TEXT NOT NULL,
    summary TEXT NOT NULL,
    authors TEXT NOT NULL,
    image TEXT NOT NULL,
    comments TEXT NOT NULL,
    enclosures TEXT NOT NULL,
    problems TEXT NOT NULL,
    digest TEXT NOT NULL,
    hidden_by TEXT NOT NULL DEFAULT ''
) STRICT;

-- Texts as they came, UTF-8 in zstd frames. An article's older rows are its revisions.
-- indexed: its words are in the full text. digested: all was found that is found behind.
CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    indexed INTEGER NOT NULL DEFAULT 0,
    digested INTEGER NOT NULL DEFAULT 0,
    raw BLOB NOT NULL
) STRICT;

-- What was found in an article behind the update. title_key is 8 bytes of a hash of its
-- title's words, topics what it may be about (see reader.storage.topics), NULL: not looked for.
-- compared: it was looked for among the other feeds' articles.
CREATE TABLE about (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    title_key INTEGER NOT NULL,
    compared INTEGER NOT NULL DEFAULT 0,
    topics BLOB
) STRICT;

-- The same article through several feeds is shown once: article_id stands behind shown_id,
-- because of kind and similarity (see reader.stories.Reason).
CREATE TABLE copy (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    shown_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    similarity REAL NOT NULL
) STRICT;

-- In how many articles each name was found, which decides the derived tags. key is 8 bytes
-- of a hash of what reader.text.topics counts; 0 counts the articles that were looked at.
-- first_id is the article it was found in first.
CREATE TABLE topic (
    key INTEGER PRIMARY KEY,
    articles INTEGER NOT NULL,
    first_id INTEGER NOT NULL,
    name TEXT NOT NULL
) STRICT;

-- The words of each body, by its id, folded by reader.text.words. It holds no text, so the
-- row of a replaced body cannot be taken out cheaply: it stays and is not joined.
CREATE VIRTUAL TABLE word USING fts5 (title, author, text, content = '', tokenize = 'ascii');

-- folded: what a given name is looked up by; name: what is shown, another one where a person
-- renamed the tag. merged_into: the tag that is meant where somebody gives this one.
-- articles and unread count listed articles, as in feed.
CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    merged_into INTEGER REFERENCES tag (id),
    colour TEXT NOT NULL DEFAULT '',
    hidden INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0
) STRICT;

-- published is the article's, so that this table is the newest-first list of each tag
CREATE TABLE article_tag (
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    published INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    PRIMARY KEY (tag_id, published, article_id)
) STRICT, WITHOUT ROWID;

-- A tag that a person took from an article: its source must not bring it back.
CREATE TABLE untagged (
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    PRIMARY KEY (article_id, tag_id)
) STRICT, WITHOUT ROWID;

-- The files of a folder as last seen, so that a rescan reads only what differs. article_id
-- is NULL for a file that was refused (problem says why); gone files keep their article.
CREATE TABLE file (
    source_id INTEGER NOT NULL REFERENCES source (id),
    path BLOB NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    article_id INTEGER REFERENCES article (id) ON DELETE CASCADE,
    problem TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (source_id, path)
) STRICT, WITHOUT ROWID;

-- Everything that happened. undoable rows are what a person sees and takes back; undone is
-- the id of the row that did. The others tell other sessions (session: who wrote it).
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    session INTEGER NOT NULL,
    actor TEXT NOT NULL,
    undoable INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0,
    verb TEXT NOT NULL,
    value INTEGER NOT NULL,
    subject TEXT NOT NULL,
    label TEXT NOT NULL,
    articles INTEGER NOT NULL,
    payload BLOB NOT NULL
) STRICT;

-- Saved queries. articles and unread are what was counted last.
CREATE TABLE smart (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    query TEXT NOT NULL,
    position INTEGER NOT NULL,
    removed_at INTEGER,
    articles INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE memory (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

INDEXES = """
-- every article, newest first: WHERE away = 0 AND hidden = 0 ORDER BY published DESC, id DESC
CREATE INDEX article_newest ON article (published) WHERE away = 0 AND hidden = 0;

-- the same with show = unread; next_unread over everything
CREATE INDEX article_unread ON article (published)
    WHERE away = 0 AND hidden = 0 AND unread = 1;

-- the same with show = starred
CREATE INDEX article_starred ON article (published)
    WHERE away = 0 AND hidden = 0 AND starred = 1;

-- one feed, newest first: WHERE feed_id = ? AND away = 0 AND hidden = 0 ORDER BY published DESC
CREATE INDEX article_feed_newest ON article (feed_id, published) WHERE away = 0 AND hidden = 0;

-- the same with show = unread; next_unread in a feed
CREATE INDEX article_feed_unread ON article (feed_id, published)
    WHERE away = 0 AND hidden = 0 AND unread = 1;

-- the same with show = starred
CREATE INDEX article_feed_starred ON article (feed_id, published)
    WHERE away = 0 AND hidden = 0 AND starred = 1;

-- what is in no list, few as it is: NOT EXISTS (SELECT 1 ... WHERE id = ? AND (away <> 0 OR
-- hidden <> 0)) spares the lists of tags from reading each article's row
CREATE INDEX article_unlisted ON article (id) WHERE away <> 0 OR hidden <> 0;

-- is this article known: WHERE feed_id = ? AND identity_key IN (...)
CREATE UNIQUE INDEX article_identity ON article (feed_id, identity_key);

-- is it known by its link, in its feed or elsewhere: WHERE link_key IN (...)
CREATE INDEX article_link ON article (link_key, feed_id) WHERE link_key IS NOT NULL;

-- is it known by its content: WHERE feed_id IN (...) AND digest_key IN (...). By feed first,
-- so that storing a feed's articles does not touch a page of this for each of them
CREATE INDEX article_digest ON article (feed_id, digest_key);

-- which article is this hit of the full text, and when: WHERE body_id = word.rowid AND
-- away = 0 AND hidden = 0
CREATE INDEX article_hit ON article (body_id, published) WHERE away = 0 AND hidden = 0;

-- queries that ask for none of the above: all they can ask about is looked through here,
-- in a tenth of the time that the articles' own rows take
CREATE INDEX article_facts ON article (published, feed_id, site_id, words, media, language)
    WHERE away = 0 AND hidden = 0;

-- what is hidden, newest first: WHERE away = 0 AND hidden = 1 ORDER BY published DESC, id DESC
CREATE INDEX article_hidden ON article (published) WHERE away = 0 AND hidden = 1;

-- the tags of an article: WHERE article_id = ?
CREATE INDEX article_tag_article ON article_tag (article_id);

-- the revisions of an article: WHERE article_id = ? ORDER BY id
CREATE INDEX body_article ON body (article_id);

-- what the full text still lacks: WHERE indexed = 0
CREATE INDEX body_pending ON body (id) WHERE indexed = 0;

-- what is still to be looked into: WHERE digested = 0 ORDER BY id
CREATE INDEX body_undigested ON body (id) WHERE digested = 0;

-- who else has this title: WHERE title_key = ?
CREATE INDEX about_title ON about (title_key);

-- which are still to be looked for among other feeds' articles: WHERE compared = 0
CREATE INDEX about_uncompared ON about (article_id) WHERE compared = 0;

-- what stands behind an article: WHERE shown_id = ?
CREATE INDEX copy_shown ON copy (shown_id);

-- derived tags are wanted again: WHERE topics IS NULL
CREATE INDEX about_unlearned ON about (article_id) WHERE topics IS NULL;

-- the file of an article: WHERE article_id = ?
CREATE INDEX file_article ON file (article_id) WHERE article_id IS NOT NULL;

-- history, undo and redo: WHERE undoable = 1 ORDER BY id DESC
CREATE INDEX journal_undoable ON journal (id) WHERE undoable = 1;
"""


def create(connection: sqlite3.Connection) -> None:
    """Make every table and index, inside the caller's transaction."""
    for statement in f"{TABLES}\n{INDEXES}".split(";\n"):
        if statement.strip():
            connection.execute(statement)
