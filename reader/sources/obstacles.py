"""Tells a wall from an article: what a page is when it does not hold what it promises."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from reader.model.page import Obstacle
from reader.text.plain import visible_text

SENTENCES: Final[Mapping[Obstacle, str]] = {
    "": "",
    "paywall": "Only the beginning can be read: the rest is for subscribers.",
    "cookies": "The site shows a cookie wall instead of the article.",
    "sign-in": "The site asks to sign in first.",
    "robot": "The site wants to see a web browser and sends no article.",
    "script": "The page is made by JavaScript and holds no text.",
    "empty": "No article was found on this page.",
    "selector": "Nothing on the page fits this feed's CSS selector; the article was looked for.",
}

_LOOKED_AT: Final = 300_000
_SHORT, _TEASER, _STUMP, _NOTHING = 350, 250, 150, 30
"""Words of an article that may be one in spite of signs of a wall, each with weaker signs."""

_TITLE = re.compile(r"<title\b[^<>]*>([^<]{0,300})", re.IGNORECASE)
_ROBOT = re.compile(
    r"just a moment|attention required|access (?:to this page has been )?denied|robot"
    r"|human verification|security check|checking your browser|ddos-guard|client challenge"
    r"|pardon our interruption|verify(?:ing)? (?:that )?you are (?:a )?human|unusual traffic"
    r"|request blocked|one more step",
    re.IGNORECASE,
)
_CONSENT_PLACE = re.compile(
    r"//(?:[\w-]+\.)*(?:consent|myprivacy|privacy-?gate|cookiewall|guce|cmp|toestemming)\."
    r"|/(?:collect-?consent|cookie-?(?:wall|consent)|privacy-?(?:gate|wall)|consent)\b",
    re.IGNORECASE,
)
_CONSENT_WORD = re.compile(
    r"\b(?:cookies?|consent\w*|privacy|partners?|toestemming\w*|akkoord|voorkeuren|zustimm\w+"
    r"|einwillig\w+|datenschutz\w*|accepter|consentimiento|consenso|aceptar)\b",
    re.IGNORECASE,
)
_SIGN_IN_PLACE = re.compile(
    r"/(?:log-?in|sign-?in|signin|sso|oauth2?|authorize|authenticate|inloggen|anmelden"
    r"|connexion)(?:[/?.#]|$)",
    re.IGNORECASE,
)
_SCRIPT = re.compile(
    r"(?:enable|activate|turn on|requires?|needs?|without|activeer|schakel|aktivier\w+|activer)"
    r"\W+(?:\w+\W+){0,3}javascript|javascript\W+(?:\w+\W+){0,3}(?:required|disabled|enabled|nodig"
    r"|deaktiviert|aktiviert|désactivé)",
    re.IGNORECASE,
)
_NOT_FREE = re.compile(
    r"""["']isAccessibleForFree["']\s*:\s*["']?false|content_tier["']\s+content=["']locked""",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"""\b(?:class|id)=["'][^"'<>]{0,300}?(?<![\w])(?:paywall|pay-wall|regwall|registration-wall"""
    r"|premium-wall|subscriber-only|subscribers-only|tp-modal|tp-container|piano-offer"
    r"|barrier-page|article-barrier|metered-content|gateway-content)",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"[^.][.!?][\"'”’»)\]]*\s*$|[。！？]\s*$")
_PAY = re.compile(
    r"(?:subscribe|sign up|sign in|log ?in|register|create (?:a|an|your)(?: free)? account|join)"
    r"(?: now| today)?(?: for free)? to (?:continue|keep|read|unlock|view|access|finish)"
    r"|(?:to )?(?:continue|keep) reading[^.]{0,60}(?:subscri|register|sign|log ?in|account)"
    r"|(?:article|content|story|post) is (?:only |exclusively )?(?:for|available to|reserved for"
    r"|exclusive to)[^.]{0,30}(?:subscribers|members)|for (?:paid |paying )?subscribers(?: only)?\b"
    r"|(?:reached|used)[^.]{0,40}free (?:articles|stories)|unlock this (?:article|story)"
    r"|(?:alleen|exclusief|uitsluitend)[^.]{0,30}voor (?:abonnees|leden)|om verder te lezen"
    r"|word (?:nu )?(?:lid|abonnee)[^.]{0,40}(?:lezen|lees)|verder lezen\?|dit artikel lezen\?"
    r"|(?:nur|exklusiv)[^.]{0,20}für (?:abonnent|mitglieder|plus)|bereits abonnent|weiterlesen mit"
    r"|(?:artikel|text|beitrag) (?:mit|im)[^.]{0,30}(?:abo|plus)\b[^.]{0,30}lesen|jetzt weiterlesen"
    r"|réservé[es]* (?:aux|à nos) abonnés|pour lire la suite|il vous reste[^.]{0,40}à lire"
    r"|para (?:seguir|continuar) leyendo|(?:exclusivo|s[oó]lo) para suscriptores"
    r"|per continuare a leggere|riservat[oi] agli abbonati"
    r"|exclusivo para assinantes|para continuar lendo",
    re.IGNORECASE,
)


def obstacle_in(page: str, *, article: str, words: int, asked: str, url: str) -> Obstacle:
    """What stands between the reader and the text of a page.

    ``page`` is its HTML, ``article`` the visible text taken from it with so many ``words``;
    it was ``asked`` for at one address and came from ``url``. A wall around a text that came
    whole is none.
    """
    title = _TITLE.search(page, 0, _LOOKED_AT)
    if title and words < _STUMP and _ROBOT.search(title[1]):
        return "robot"
    if _is_consent(article, words, asked, url):
        return "cookies"
    if _SIGN_IN_PLACE.search(_path(url)) and not _SIGN_IN_PLACE.search(_path(asked)):
        return "sign-in"
    if words < _SHORT and _is_paid(page, article, words):
        return "paywall"
    if words < _NOTHING and _SCRIPT.search(page, 0, _LOOKED_AT):
        return "script"
    return "" if words else "empty"


def _is_consent(article: str, words: int, asked: str, url: str) -> bool:
    if _CONSENT_PLACE.search(url) and not _CONSENT_PLACE.search(asked):
        return True
    if not words or words > 2 * _SHORT:
        return False
    spoken = len(_CONSENT_WORD.findall(article))
    return spoken >= max(4, words / 20) and _CONSENT_WORD.search(article[:300]) is not None


def _is_paid(page: str, article: str, words: int) -> bool:
    if _NOT_FREE.search(page):
        return True
    if words < _STUMP and _WALL.search(page) and not _WHOLE.search(article):
        return True
    return words < _TEASER and _PAY.search(visible_text(page[:_LOOKED_AT], "html")) is not None


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
