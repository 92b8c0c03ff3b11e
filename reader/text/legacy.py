"""Tells which encoding of before Unicode bytes are in, by what each would make of them.

Every candidate decodes a sample; what comes out is scored by how common its characters are
in the languages written so, by their case, and by the company they keep. General detectors
need more text than a headline or a feed of three items has.
"""

import codecs
import re
from functools import cache
from itertools import islice
from typing import NamedTuple

_LOOKED_AT = 50_000
_COUNTED = 400
_HIGH = re.compile(rb"[\x80-\xff]")
_NON_ASCII = re.compile("[^\x00-\x7f]")
_LANGUAGE = re.compile(rb"""\blang(?:uage)?["']?\s*[=:>]\s*["']?([a-z]{2})\b""", re.IGNORECASE)
_OUTSIDE_WORDS = frozenset("“”„‘’‚–—…«»€•·©®£°±§½¼²³µ×\xa0")
_DEFAULT = "cp1252"
_DEFAULT_BONUS = 1.5
_MOST = 3.0
_LANGUAGE_BONUS = 1.2


class _Script(NamedTuple):
    """The languages of an alphabet, its letters beyond ASCII from common to rare, and the
    encodings they were written in, the likeliest first. ``shared`` are letters that Western
    Europe has too: they tell nothing, but do not speak against it.
    """

    languages: str
    letters: str
    encodings: str
    shared: str = ""


_LATIN = (
    _Script(
        "nl en de fr es it pt sv da nb no fi is ca gl eu ga",
        "éèüäöóáíñçàêåøãëôúßæâïœîþðýûõòùìÿ",
        "cp1252 iso8859-15",
    ),
    _Script(
        "pl cs sk hu hr sl ro bs sq",
        "łčąžřęšěśżőćůńűźťňďăşţđľ",
        "cp1250 iso8859-2",
        "áéíóúýöüäôâîçëß",
    ),
    _Script("tr az", "ışğ", "cp1254", "üöçâîû"),
)
_OTHER = (
    _Script(
        "ru uk be bg sr mk",
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэіїєъґўёјљњћђџ",
        "cp1251 koi8-r koi8-u iso8859-5 cp866",
    ),
    _Script("el", "αοιετσνηυρπκμλςωδγίχάόέήθφβώύξζψϊϋΐΰ", "cp1253 iso8859-7"),
    _Script("he yi", "יוהלארתבשםמנקדחפגטעצזסכןךףץ", "cp1255"),
    _Script("ar fa ur", "الينمروتبهدسعكفةقحجأشصطىخإضذزءثئغآظؤ،؟ـًٌَُِّْ", "cp1256 iso8859-6"),
    _Script("th", "านรกอเ่งมยล้วดทสต็ัะีิปบคหแจพชขใไโผซธณศษถ์ืุูึำญฟภฉๆ", "cp874"),
)
_COMMON_CHINESE = frozenset(
    "的一是不了在人有我他这個个上们来到时時大地为為子中你说說生国國年着就那和要她出也得里裡"
    "后後自以会會家可下而过過天去能对對小多然于於心学學么麼之都好看起发發当當没沒成只如事把"
    "还還用第样樣道想作种種开開美总總从從无無情面最女但现現前些所同日手又行意动動方期它头頭"
    "经經长長今新闻聞段我本文"
)


def encoding_of(data: bytes) -> str:
    """The name of the most plausible encoding of ``data``, which is not UTF-8.

    windows-1252 unless another is clearly better. A language that the text names
    (``lang="ru"``, ``<language>ru``, ``lang: ru``) speaks for its encodings.
    """
    high = [found.start() for found in islice(_HIGH.finditer(data, 0, _LOOKED_AT), _COUNTED)]
    if not high:
        return _DEFAULT
    sample = data[max(0, high[0] - 40) : high[-1] + 40]
    hint = _LANGUAGE.search(data[:4096])
    language = hint[1].decode().lower() if hint else ""
    best, best_score = _DEFAULT, -9.0 * len(high)
    for candidate in _candidates():
        try:
            text = codecs.getincrementaldecoder(candidate.encoding)("strict").decode(sample)
        except UnicodeDecodeError:
            continue
        score = _score(text, candidate)
        if language in candidate.languages:
            score += _LANGUAGE_BONUS * len(high)
        if candidate.encoding == _DEFAULT:
            score += _DEFAULT_BONUS
        if score > best_score:
            best, best_score = candidate.encoding, score
    return best


class _Candidate(NamedTuple):
    """An encoding and what each byte of its characters says for it: 3 for a common one, 0
    for a possible one, -2 for what is not in ``weights``.
    """

    encoding: str
    languages: frozenset[str]
    weights: dict[str, float]
    latin: bool
    bytes_each: int = 1


@cache
def _candidates() -> tuple[_Candidate, ...]:
    found: list[_Candidate] = []
    western: dict[str, float] = {}
    for script in (*_LATIN, *_OTHER):
        latin = script in _LATIN
        step = (_MOST - (0.5 if latin else -1.0)) / len(script.letters)
        weights = {char: _MOST - place * step for place, char in enumerate(script.letters)}
        if latin:
            western = western or weights
            weights |= {char: western[char] for char in script.shared}
        weights |= dict.fromkeys(_OUTSIDE_WORDS, 1.5) | dict.fromkeys("¿¡", 2.5)
        languages = frozenset(script.languages.split())
        found += [
            _Candidate(encoding, languages, weights, latin) for encoding in script.encodings.split()
        ]
    japanese = dict.fromkeys(_decoded("euc-jp", range(0xB0, 0xD0)), 2.0)
    japanese |= dict.fromkeys(_decoded("euc-jp", range(0xA4, 0xA6)), 3.0)
    simplified = dict.fromkeys(_decoded("gb2312", range(0xB0, 0xD8)), 2.0)
    traditional = dict.fromkeys(_decoded("big5", range(0xA4, 0xC7)), 2.0)
    korean = dict.fromkeys(_decoded("euc-kr", range(0xB0, 0xC9)), 2.8)
    for chinese in (simplified, traditional):
        chinese.update(dict.fromkeys(_COMMON_CHINESE & chinese.keys(), 3.0))
    for weights in (japanese, simplified, traditional, korean):
        weights.update(dict.fromkeys("、。「」『』・ー！？，：；（）《》　“”‘’…—", 2.5))
    found += [
        _Candidate("cp932", frozenset({"ja"}), japanese, latin=False, bytes_each=2),
        _Candidate("euc-jp", frozenset({"ja"}), japanese, latin=False, bytes_each=2),
        _Candidate("gb18030", frozenset({"zh"}), simplified, latin=False, bytes_each=2),
        _Candidate("big5", frozenset({"zh"}), traditional, latin=False, bytes_each=2),
        _Candidate("cp949", frozenset({"ko"}), korean, latin=False, bytes_each=2),
    ]
    return tuple(found)


def _decoded(encoding: str, leads: range) -> str:
    """Every character of a two-byte encoding with one of the lead bytes."""
    pairs = (bytes((lead, trail)) for lead in leads for trail in range(0x40, 0xFF))
    return "".join(pair.decode(encoding, "ignore") for pair in pairs if pair[1] != 0x7F)


def _score(text: str, candidate: _Candidate) -> float:
    """What the characters beyond ASCII say for ``candidate``, all together."""
    weights = candidate.weights
    company = _latin_company if candidate.latin else _other_company
    total = 0.0
    for found in _NON_ASCII.finditer(text):
        char, place = found[0], found.start()
        small = char.lower()
        total += weights.get(small, -2.0)
        total += company(text[place - 1 : place], char, text[place + 1 : place + 2])
        if char != small and text[place - 1 : place].islower():
            total -= 3.0  # a capital inside a word: letters of another encoding
    return total * candidate.bytes_each


def _latin_company(before: str, char: str, after: str) -> float:
    """Accented letters stand between plain ones; signs stand outside words."""
    if char.isalpha():
        strange = before > "\x7f" and before.isalpha() and before != char and before != "ç"
        shouted = char.islower() and after.isupper()
        return -1.5 if strange or shouted or (before + after).isdigit() else 0.0
    return -2.0 if before.isalpha() and after.isalpha() and char not in "’·" else 0.0


def _other_company(before: str, char: str, after: str) -> float:
    """Letters of another alphabet stand together, seldom all capitals, and never in an
    English word.
    """
    if not char.isalpha():
        return 0.0
    if (before + after).isascii():
        return -3.0 if before.isalpha() or after.isalpha() else -1.0
    return -0.8 if before > "\x7f" and before.isupper() else 0.0
