"""Where well-known sites keep their feeds, as a table from page addresses to feed addresses."""

import re
from typing import NamedTuple


class Rule(NamedTuple):
    """Pages whose address ``pattern`` matches have feeds at ``feeds`` (template, title)."""

    pattern: re.Pattern[str]
    feeds: tuple[tuple[str, str], ...]


class PageRule(NamedTuple):
    """Pages at ``pattern`` name in their source (``text``) what their feed's address needs."""

    pattern: re.Pattern[str]
    text: re.Pattern[str]
    feed: str


def _rule(pattern: str, *feeds: tuple[str, str]) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE), feeds)


_YOUTUBE = r"https?://(?:www\.|m\.|music\.)?youtube\.com"
_VIDEOS = "https://www.youtube.com/feeds/videos.xml"
_CODE = r"(https?://(?:gitea|forgejo|git|code)\.[^/]+|https?://codeberg\.org)"
# Names that look like a user or group in an address, but are pages of the site.
_NOT_OWNERS = (
    r"(?!(?:about|account|apps|blog|collections|contact|customer-stories|enterprise|events"
    r"|explore|features|help|issues|join|login|marketplace|new|notifications|orgs|pricing"
    r"|pulls|search|security|settings|signup|site|sponsors|team|topics|trending|users)(?:[/?]|$))"
)

# The first rule that matches counts; hosts of one kind come before rules for any host.
RULES: tuple[Rule, ...] = (
    _rule(_YOUTUBE + r"/channel/(UC[\w-]+)", (_VIDEOS + r"?channel_id=\1", "Videos")),
    _rule(
        _YOUTUBE + r"/(?:playlist|watch)\?(?:[^#]*&)?list=([\w-]+)",
        (_VIDEOS + r"?playlist_id=\1", "Playlist"),
    ),
    _rule(_YOUTUBE + r"/user/([\w.-]+)", (_VIDEOS + r"?user=\1", "Videos")),
    _rule(_YOUTUBE + r"/"),
    _rule(
        r"https?://github\.com/([^/?#]+)/([^/?#]+)/(?:commits|tree)/([^?#]+?)/?(?:[?#]|$)",
        (r"https://github.com/\1/\2/commits/\3.atom", "Commits"),
    ),
    _rule(
        rf"https?://github\.com/{_NOT_OWNERS}([^/?#]+)/([^/?#]+?)(?:\.git)?(?:[/?#]|$)",
        (r"https://github.com/\1/\2/releases.atom", "Releases"),
        (r"https://github.com/\1/\2/tags.atom", "Tags"),
        (r"https://github.com/\1/\2/commits.atom", "Commits"),
    ),
    _rule(
        rf"https?://github\.com/{_NOT_OWNERS}([^/?#]+)/?$",
        (r"https://github.com/\1.atom", "Activity"),
    ),
    _rule(
        rf"(https?://gitlab\.[^/]+)/{_NOT_OWNERS}((?:(?!-/)[\w.-]+/)+(?!-/)[\w.-]+?)"
        r"(?:/-/.*|/)?(?:[?#]|$)",
        (r"\1/\2/-/releases.atom", "Releases"),
        (r"\1/\2/-/tags?format=atom", "Tags"),
        (r"\1/\2.atom", "Activity"),
    ),
    _rule(
        rf"{_CODE}/{_NOT_OWNERS}([\w.-]+)/([\w.-]+?)(?:\.git)?(?:[/?#]|$)",
        (r"\1/\2/\3/releases.rss", "Releases"),
        (r"\1/\2/\3/tags.rss", "Tags"),
        (r"\1/\2/\3.rss", "Activity"),
    ),
    _rule(rf"{_CODE}/{_NOT_OWNERS}([\w.-]+)/?$", (r"\1/\2.rss", "Activity")),
    _rule(
        r"https?://git\.sr\.ht/(~[^/]+/[^/?#]+)",
        (r"https://git.sr.ht/\1/refs/rss.xml", "Releases"),
        (r"https://git.sr.ht/\1/log/rss.xml", "Commits"),
    ),
    _rule(
        r"https?://(?:www\.|old\.|new\.|m\.)?reddit\.com/"
        r"((?:r/[^/?#]+(?:/comments/[^/?#]+)?|u(?:ser)?/[^/?#]+(?:/m/[^/?#]+)?))",
        (r"https://www.reddit.com/\1/.rss", "Posts"),
    ),
    _rule(
        r"https?://(?:www\.|old\.|new\.|m\.)?reddit\.com/?$",
        ("https://www.reddit.com/.rss", "Posts"),
    ),
    _rule(
        r"https?://bsky\.app/profile/([^/?#]+)",
        (r"https://bsky.app/profile/\1/rss", "Posts"),
    ),
    _rule(
        r"https?://medium\.com/(tag/[^/?#]+|@[\w.-]+)",
        (r"https://medium.com/feed/\1", "Stories"),
    ),
    _rule(
        rf"https?://medium\.com/{_NOT_OWNERS}([\w.-]+)",
        (r"https://medium.com/feed/\1", "Stories"),
    ),
    _rule(r"https?://([\w-]+\.medium\.com)(?:[/?#]|$)", (r"https://\1/feed", "Stories")),
    _rule(
        r"https?://substack\.com/@([\w-]+)/?(?:[?#]|$)",
        (r"https://\1.substack.com/feed", "Letters"),
    ),
    _rule(
        r"https?://(?!www\.)([\w-]+\.substack\.com)(?:[/?#]|$)",
        (r"https://\1/feed", "Letters"),
    ),
    _rule(r"https?://([\w-]+\.wordpress\.com)(?:[/?#]|$)", (r"https://\1/feed/", "Posts")),
    _rule(
        r"https?://([\w-]+\.blogspot\.[a-z.]+)(?:[/?#]|$)",
        (r"https://\1/feeds/posts/default", "Posts"),
    ),
    _rule(
        r"https?://(?:www\.)?tumblr\.com/(?:blog/)?(?!dashboard|explore|search)([\w-]+)/?(?:[?#]|$)",
        (r"https://\1.tumblr.com/rss", "Posts"),
    ),
    _rule(
        r"https?://(?!www\.)([\w-]+\.tumblr\.com)(?:[/?#]|$)",
        (r"https://\1/rss", "Posts"),
    ),
    _rule(r"https?://dev\.to/([\w-]+)/?$", (r"https://dev.to/feed/\1", "Posts")),
    _rule(
        r"https?://news\.ycombinator\.com/user\?id=([\w-]+)",
        (r"https://hnrss.org/submitted?id=\1", "Submissions"),
        (r"https://hnrss.org/threads?id=\1", "Comments"),
    ),
    _rule(
        r"https?://news\.ycombinator\.com/(newest|ask|show|jobs)\b",
        (r"https://hnrss.org/\1", "Stories"),
    ),
    _rule(
        r"https?://news\.ycombinator\.com(?:/(?:news)?)?$",
        ("https://news.ycombinator.com/rss", "Front page"),
    ),
    _rule(r"https?://lobste\.rs/(t/[\w,-]+)", (r"https://lobste.rs/\1.rss", "Stories")),
    _rule(r"https?://lobste\.rs(?:[/?#]|$)", ("https://lobste.rs/rss", "Front page")),
    _rule(
        r"(https?://(?:[\w-]+\.stackexchange|stackoverflow|serverfault|superuser|askubuntu)"
        r"\.com)/questions/tagged/([^/?#]+)",
        (r"\1/feeds/tag?tagnames=\2&sort=newest", "Questions"),
    ),
    _rule(
        r"(https?://(?:[\w-]+\.stackexchange|stackoverflow|serverfault|superuser|askubuntu)"
        r"\.com)/(question|user)s/(\d+)",
        (r"\1/feeds/\2/\3", "Answers"),
    ),
    _rule(
        r"https?://arxiv\.org/list/([\w.-]+)",
        (r"https://rss.arxiv.org/atom/\1", "New papers"),
    ),
    _rule(r"https?://vimeo\.com/([a-z][\w-]+)/?$", (r"https://vimeo.com/\1/videos/rss", "Videos")),
    _rule(
        r"https?://(?:www\.)?dailymotion\.com/(?!video)([\w-]+)/?$",
        (r"https://www.dailymotion.com/rss/user/\1", "Videos"),
    ),
    _rule(
        r"https?://letterboxd\.com/(?!film|films|list|lists)([\w-]+)(?:[/?#]|$)",
        (r"https://letterboxd.com/\1/rss/", "Diary"),
    ),
    _rule(
        r"https?://store\.steampowered\.com/app/(\d+)",
        (r"https://store.steampowered.com/feeds/news/app/\1/", "News"),
    ),
    # Servers of the fediverse stand anywhere: Mastodon and its kin, then Lemmy.
    _rule(r"(https?://[^/]+)/@([\w.-]+)/?(?:[?#]|$)", (r"\1/@\2.rss", "Posts")),
    _rule(r"(https?://[^/]+)/tags/([^/?#]+)/?$", (r"\1/tags/\2.rss", "Posts")),
    _rule(r"(https?://[^/]+)/users/([\w.-]+)/?$", (r"\1/users/\2.rss", "Posts")),
    _rule(r"(https?://[^/]+)/(c|u)/([\w.@-]+)/?$", (r"\1/feeds/\2/\3.xml?sort=New", "Posts")),
)

PAGE_RULES: tuple[PageRule, ...] = (
    PageRule(
        re.compile(_YOUTUBE + "/", re.IGNORECASE),
        re.compile(
            r'(?:"(?:externalId|channelId|browseId)":"'
            r'|itemprop="(?:identifier|channelId)" content="'
            r'|rel="canonical" href="https://www\.youtube\.com/channel/)(UC[\w-]{20,24})"'
        ),
        _VIDEOS + r"?channel_id=\1",
    ),
)

COMMON_PATHS = (
    "feed",
    "feed/",
    "rss",
    "rss.xml",
    "atom.xml",
    "feed.xml",
    "index.xml",
    "index.rss",
    "feeds/posts/default",
    "feed.json",
    "rss/",
    "blog/feed",
    "blog/index.xml",
    "?feed=rss2",
)


def feeds_of(url: str) -> tuple[tuple[str, str], ...]:
    """The feeds (address, title) that a page at a well-known site has; () for any other."""
    for rule in RULES:
        if match := rule.pattern.match(url):
            return tuple((match.expand(template), title) for template, title in rule.feeds)
    return ()


def feed_in(url: str, html: str) -> str:
    """The feed that a page of a well-known site names in its source, "" for none."""
    for rule in PAGE_RULES:
        if rule.pattern.match(url) and (match := rule.text.search(html)):
            return match.expand(rule.feed)
    return ""


def fediverse(text: str) -> str:
    """The page of a person of the fediverse written as ``@name@host``, "" for anything else."""
    match = re.fullmatch(r"@?([\w.-]+)@([\w-]+(?:\.[\w-]+)+)", text.strip())
    return f"https://{match[2]}/@{match[1]}" if match else ""
