"""Bytes of every encoding in use come back as the text they were."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.decode import decode, is_binary

SENTENCES = {
    "nl": "Eén op de vijf coöperaties is geïnteresseerd, zei minister Müller – “niet één café”.",
    "fr": "L’Assemblée a voté à l’unanimité : où étaient donc passés les élèves ? Bel été !",
    "de": "Die Bürger hören die Straßenbahn für Jäger, Größen und Übungen „täglich“.",
    "es": "¿Qué pasará mañana? ¡Increíble! El pingüino llegó a Cádiz según la selección.",
    "pt": "As negociações continuarão à tarde em São Paulo; a seleção anunciou três opções.",
    "sv": "Våra läsare får följa målen live när det snöar över Malmö på lördag.",
    "is": "Sérfræðingar telja að það verði ekki auðvelt. Í Reykjavík er búist við snjó og þoku.",
    "pl": "Premier oświadczył w środę, że rozmowy będą kontynuowane w przyszłym tygodniu, żółć.",
    "cs": "Předseda vlády řekl, že jednání budou příští týden těžká; v Praze může sněžit už dříve.",
    "hu": "A miniszterelnök szerdán azt mondta, hogy a jövő héten új tárgyalások kezdődnek Győrben "
    "a hőmérséklet fűtés nélkül is megfelelő.",
    "tr": "Cumhurbaşkanı görüşmelerin önümüzdeki hafta süreceğini söyledi; İstanbul'da kar yağışı.",
    "ru": "Президент заявил в среду, что переговоры продолжатся на следующей неделе.",
    "uk": "Її їжа є смачною: сторони обговорили обмін полоненими та припинення вогню.",
    "el": "Ο πρωθυπουργός δήλωσε την Τετάρτη ότι οι συνομιλίες θα συνεχιστούν.",
    "he": "ראש הממשלה אמר ביום רביעי כי השיחות יימשכו בשבוע הבא, ולדבריו הצדדים דנו בהסכם.",
    "ar": "قال الرئيس يوم الأربعاء إن المحادثات ستستمر الأسبوع المقبل، ودعا إلى وقف إطلاق النار.",
    "th": "นายกรัฐมนตรีกล่าวเมื่อวันพุธว่าการเจรจาจะดำเนินต่อไปในสัปดาห์หน้า",
    "ja": "首相は水曜日、来週も協議を続けると述べた。東京では雪が降る見込みです。",
    "zh": "总统星期三表示，会谈将在下周继续进行。专家认为达成协议并不容易。",
    "tw": "總統星期三表示，會談將在下週繼續進行。專家認為達成協議並不容易。",
    "ko": "대통령은 수요일 협상이 다음 주에도 계속될 것이라고 밝혔다. 서울에는 눈이 내린다.",
}
ENCODINGS = [
    *((language, "cp1252") for language in ["nl", "fr", "de", "es", "pt", "sv", "is"]),
    *((language, "iso8859-15") for language in ("nl", "fr")),
    *(
        (language, encoding)
        for language in ["pl", "cs", "hu"]
        for encoding in ("cp1250", "iso8859-2")
    ),
    ("tr", "cp1254"),
    *(("ru", encoding) for encoding in ["cp1251", "koi8-r", "iso8859-5", "cp866"]),
    *(("uk", encoding) for encoding in ("cp1251", "koi8-u")),
    *(("el", encoding) for encoding in ("cp1253", "iso8859-7")),
    ("he", "cp1255"),
    *(("ar", encoding) for encoding in ("cp1256", "iso8859-6")),
    ("th", "cp874"),
    *(("ja", encoding) for encoding in ("cp932", "euc-jp", "iso2022_jp")),
    ("zh", "gb18030"),
    ("tw", "big5"),
    ("ko", "cp949"),
]
UNICODE = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
]


@pytest.mark.parametrize(("language", "encoding"), ENCODINGS)
def test_tells_encodings_apart(language: str, encoding: str) -> None:
    data = SENTENCES[language].encode(encoding, "ignore")
    assert decode(data)[0] == data.decode(encoding)


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("language", ["nl", "ru", "he"])
def test_reads_unicode_with_and_without_mark(language: str, encoding: str) -> None:
    text = "---\ntitle: x\n---\n" + SENTENCES[language] + "\n"
    assert decode(text.encode(encoding))[0] == text
    assert not is_binary(text.encode(encoding))


def test_reads_utf_16_of_another_alphabet_without_mark() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode(SENTENCES["ru"].encode(encoding)) == (SENTENCES["ru"], encoding)


def test_reads_utf_16_without_zeros_where_it_is_declared() -> None:
    data = SENTENCES["zh"].encode("utf-16-le")
    assert decode(data, declared="utf-16") == (SENTENCES["zh"], "utf-16-le")
    assert decode(SENTENCES["zh"].encode(), declared="utf-16") == (SENTENCES["zh"], "utf-8")


def test_names_what_it_used() -> None:
    assert decode(b"plain") == ("plain", "utf-8")
    assert decode("één".encode("cp1252")) == ("één", "windows-1252")
    assert decode(b"") == ("", "utf-8")


def test_what_is_declared_goes_before_what_is_likely() -> None:
    data = "Straße".encode("cp1252")
    assert decode(data, declared="ISO-8859-1") == ("Straße", "windows-1252")
    assert decode(data, declared="windows-1251")[0] == "StraЯe"
    assert decode(data, declared="cp437")[0] == data.decode("cp437")
    assert decode("Straße".encode(), declared="iso-8859-1") == ("Straße", "utf-8")
    japanese = SENTENCES["ja"]
    assert decode(japanese.encode("cp932"), declared="x-sjis")[0] == japanese
    assert decode(SENTENCES["zh"].encode("gbk"), declared="gb2312")[0] == SENTENCES["zh"]


@pytest.mark.parametrize(
    "declared",
    [
        "",
        "nonsense",
        "rot13",
        "unicode_escape",
        "utf-7",
        "idna",
        "zlib",
        "\0",
        "x" * 9999,
        "utf-16",
    ],
)
def test_a_useless_declaration_changes_nothing(declared: str) -> None:
    data = SENTENCES["nl"].encode("cp1252")
    assert decode(data, declared=declared)[0] == SENTENCES["nl"]
    assert decode(b"\\u001b +ABs-", declared=declared)[0] == "\\u001b +ABs-"


def test_damage_stays_small() -> None:
    text = "Één café, één koffie"
    assert decode(text.encode()[:-1] + b"\xff")[0] == text[:-1] + "\ufffd"
    assert decode("café één".encode()[:-1])[0].startswith("café één"[:-1])
    shift_jis = SENTENCES["ja"].encode("cp932") + b"\xff"
    assert decode(shift_jis, declared="shift_jis")[0].startswith(SENTENCES["ja"])


def test_a_named_language_speaks_for_its_encodings() -> None:
    feed = "<rss><channel><language>tr</language><title>Dağ ve ağaç</title></channel></rss>"
    assert decode(feed.encode("cp1254"))[0] == feed


@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "cp1252", "shift_jis", "utf-16"]))
def test_never_raises(data: bytes, declared: str) -> None:
    text, encoding = decode(data, declared=declared)
    assert isinstance(text, str)
    assert encoding
    is_binary(data)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf_8_is_always_utf_8(text: str) -> None:
    assert decode(text.encode()) == (text.removeprefix("\ufeff"), "utf-8")


def test_binaries_are_told() -> None:
    noise = random.Random(1).randbytes(4096)
    assert is_binary(noise)
    assert is_binary(b"\x1f\x8b\x08\0" + noise[:20])
    assert is_binary(b"\x89PNG\r\n\x1a\n" + noise)
    assert is_binary(b"%PDF-1.7\n%text that goes on")
    assert is_binary(b"\0" * 100)
    assert is_binary(b"\x7fELF\x02\x01\x01" + bytes(60))


def test_odd_text_is_no_binary() -> None:
    assert not is_binary(b"")
    assert not is_binary(b"a line with a \0 NUL in it, and more text after it, as it goes on\n" * 3)
    assert not is_binary(b"\x1b[31mred\x1b[0m \x07\x08 a terminal log\r\n")
    assert not is_binary(b"RIFFs and ID3 tags, explained")
    for language, encoding in ENCODINGS:
        assert not is_binary(SENTENCES[language].encode(encoding, "ignore")), encoding


def test_feeds_of_the_corpus(corpus: Path) -> None:
    folder = corpus / "feeds/encodings-own"
    for case in json.loads((folder / "_manifest.json").read_bytes()):
        data = (folder / case["file"]).read_bytes()
        header = case["http_content_type"].partition("charset=")[2]
        for declared in ("", case["declared"] or header):
            text = decode(data, declared=declared)[0]
            assert case["title"] in text, case["file"]
            assert case["body_text"] in text, case["file"]


def test_articles_of_the_corpus(corpus: Path) -> None:
    odd = corpus / "frontmatter/odd-bytes"
    assert {p.name for p in odd.iterdir() if is_binary(p.read_bytes())} == {"gzip.md", "random.md"}
    assert "title: Русская статья" in decode((odd / "koi8.md").read_bytes())[0]
    assert "title: 日本語の記事" in decode((odd / "sjis.md").read_bytes())[0]
    assert "title: UTF-16 zonder BOM" in decode((odd / "utf16-nobom.md").read_bytes())[0]
    for path in (corpus / "plain/news-derived").iterdir():
        text, encoding = decode(path.read_bytes())
        assert encoding in {"utf-8", "utf-16-le", "windows-1252"}, path.name
        assert "\ufffd" not in text
