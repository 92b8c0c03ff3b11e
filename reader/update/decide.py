"""Decides what becomes of what a source gave: pure, from what is known to intents."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from reader.model.records import replace
from reader.storage.intents import Incoming, Intent, Known, Replace, Store, Touch


class Decision(Struct, frozen=True):
    """What a batch leads to: intents, and for each of its items the article it became.

    ``article_ids`` stand in the order of the items; None where the item is new.
    ``unchanged`` counts the items that were known as they came.
    """

    intents: tuple[Intent, ...]
    article_ids: tuple[int | None, ...]
    unchanged: int


def decide_files(
    items: Sequence[Incoming],
    known: Sequence[Known],
    *,
    at_path: Mapping[str, int],
    missing: Collection[int],
) -> Decision:
    """What the files of a folder lead to.

    ``at_path`` gives the article of each path, also of one that was empty for a while;
    ``missing`` are the articles whose file is not at its path. A file is the article of its
    path where that was not missing; else a missing one with its text or its link (it was
    renamed or moved); else the one that was at its path before; else a new one. Two files
    that are both there are never one article.
    """
    by_id = {one.id: one for one in known}
    free = {one.id: one for one in known if one.id in set(missing)}
    intents: list[Intent] = []
    ids: list[int | None] = []
    unchanged = 0
    for item in items:
        here = by_id.get(at_path.get(item.path, 0))
        match = here
        if here is None or here.id in free:
            match = _moved(item, free.values()) or (here if here and here.id in free else None)
        if match is None:
            intents.append(Store(item))
            ids.append(None)
            continue
        free.pop(match.id, None)
        ids.append(match.id)
        if match.raw_key == item.raw_key and match.identity_key == item.identity_key:
            unchanged += 1
            if match.away:
                intents.append(Touch(match.id))
        else:
            intents.append(Replace(match.id, item))
    return Decision(tuple(intents), tuple(ids), unchanged)


def _moved(item: Incoming, free: Iterable[Known]) -> Known | None:
    candidates = list(free)
    for one in candidates:
        if one.digest_key == item.digest_key:
            return one
    for one in candidates:
        if one.link_key is not None and one.link_key == item.link_key:
            return one
    return None


def decide_feed(items: Sequence[Incoming], known: Sequence[Known]) -> Decision:
    """What the document of a web feed leads to; articles it no longer names are left alone.

    An item is the article of its id. One with an unknown id is a known article whose id
    the document no longer names, if text and date agree, or link and date: publishers do
    change ids, and what was read must not come back. All else is new.
    """
    by_identity = {one.identity_key: one for one in known}
    named = {item.identity_key for item in items}
    free = [one for one in known if one.identity_key not in named]
    intents: list[Intent] = []
    ids: list[int | None] = []
    unchanged = 0
    seen: set[int] = set()
    for item in items:
        if item.identity_key in seen:
            ids.append(None)
            continue
        seen.add(item.identity_key)
        match = by_identity.get(item.identity_key) or _renamed(item, free)
        if match is None:
            intents.append(Store(item))
            ids.append(None)
            continue
        free = [one for one in free if one.id != match.id]
        ids.append(match.id)
        if match.raw_key == item.raw_key and match.identity_key == item.identity_key:
            unchanged += 1
            continue
        intents.append(Replace(match.id, _dated(item, match)))
    return Decision(tuple(intents), tuple(ids), unchanged)


MATERIAL_WORDS = 5
MATERIAL_SHARE = 0.05
"""An edit is material from so many words, and from such a share of all words."""


def is_material(before: str, after: str) -> bool:
    """Whether an edit says something new: a corrected letter or a changed link does not."""
    old, new = Counter(before.split()), Counter(after.split())
    different = (old - new).total() + (new - old).total()
    return different >= max(MATERIAL_WORDS, MATERIAL_SHARE * (old.total() + new.total()))


def _dated(item: Incoming, match: Known) -> Incoming:
    """An item without a date keeps the moment it was first seen."""
    if item.article.date_source != "seen":
        return item
    first_seen = datetime.fromtimestamp(match.published, UTC)
    return replace(item, article=replace(item.article, published=first_seen))


def _renamed(item: Incoming, free: Sequence[Known]) -> Known | None:
    when = int(item.article.published.timestamp())
    undated = item.article.date_source == "seen"
    for one in free:
        if one.digest_key == item.digest_key and (undated or one.published == when):
            return one
    if item.link_key is None or undated:
        return None
    for one in free:
        if one.link_key == item.link_key and one.published == when:
            return one
    return None
