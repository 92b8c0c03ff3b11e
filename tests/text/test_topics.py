"""Derived tags are names and subjects, in every language, and merge what is one thing."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.errors import SourceUnreadable
from reader.sources.folder import read, walk
from reader.text.gazetteer import form, known
from reader.text.subjects import LANGUAGES, vocabulary
from reader.text.topics import MOST_CANDIDATES, Topic, candidates, choose, counted
from reader.text.words import fold, key
from reader.update.clean import clean

NOW = datetime(2026, 9, 1, tzinfo=UTC)


def alone(title: str, text: str, language: str) -> tuple[str, ...]:
    """The tags of an article that is the only one."""
    topics = candidates(title, text, language)
    return choose(topics, lambda folded: int(folded in counted(topics)), 1)


def library(articles: list[list[Topic]]) -> list[tuple[str, ...]]:
    """The tags of articles that make up a library."""
    df = Counter(folded for topics in articles for folded in counted(topics))
    return [choose(topics, df.__getitem__, len(articles)) for topics in articles]


def documents(root: Path, most: int = 150) -> list[list[Topic]]:
    found: list[list[Topic]] = []
    for file in walk(root):
        try:
            cleaned = clean(read(root, file.path, now=NOW), now=NOW)
        except SourceUnreadable:
            continue
        article = cleaned.article
        found.append(candidates(article.title, cleaned.text or "", article.language))
        if len(found) == most:
            break
    return found


def test_the_seeds_are_about_rutte_nato_and_trump(seeds: Path) -> None:
    tags = library(documents(seeds))
    assert len(tags) == 5
    for name in ("Rutte", "NATO", "Trump"):
        assert sum(name in chosen for chosen in tags) >= 4, name


NO_TOPICS = [
    "actueel",
    "photo",
    "foto",
    "image",
    "read",
    "more",
    "lees",
    "meer",
    "video",
    "the",
    "de",
    "het",
    "een",
    "der",
    "die",
    "das",
    "le",
    "la",
    "les",
    "el",
    "los",
    "and",
    "und",
    "et",
    "y",
    "en",
    "van",
    "von",
    "of",
    "this",
    "that",
    "deze",
    "dit",
    "diese",
    "cette",
    "este",
    "we",
    "you",
    "i",
    "ik",
    "wij",
    "also",
    "ook",
    "auch",
    "new",
    "nieuw",
    "neu",
    "nouveau",
    "nuevo",
    "monday",
    "maandag",
    "montag",
    "lundi",
    "lunes",
    "january",
    "januari",
    "januar",
    "janvier",
    "enero",
    "today",
    "vandaag",
    "heute",
    "aujourd'hui",
    "hoy",
    "president",
    "minister",
    "mr",
    "mrs",
    "share",
    "subscribe",
    "newsletter",
    "nieuwsbrief",
    "cookie",
    "cookies",
    "click",
    "klik",
    "advertisement",
    "advertentie",
    "getty",
    "reuters",
    "afp",
    "anp",
    "ap",
    "home",
    "menu",
    "contact",
    "about",
    "login",
    "search",
    "zoeken",
    "tags",
    "comments",
    "reacties",
    "posted",
    "by",
    "door",
    "update",
    "updated",
    "announcing",
    "bijeenkomst",
    "bijeenkomsten",
    "workshop",
    "workshops",
    "programma",
    "tijd",
    "datum",
    "locatie",
    "leden",
    "release",
    "releases",
    "issue",
    "issues",
    "version",
    "team",
    "example",
    "people",
    "time",
    "year",
    "week",
    "day",
    "note",
    "see",
    "if",
    "when",
    "how",
    "what",
    "why",
    "who",
    "dutch",
    "english",
    "nederlandse",
    "deutsche",
    "omroep",
    "voorbeeld",
    "nieuws",
    "news",
    "article",
]


def test_the_top_fifty_of_a_mixed_library_are_names_and_subjects(corpus: Path) -> None:
    folders = [*(corpus / "frontmatter").iterdir(), corpus / "plain"]
    articles = [topics for folder in sorted(folders) for topics in documents(folder)]
    assert len(articles) >= 1000
    tags = library(articles)
    top = [name for name, _ in Counter(name for c in tags for name in c).most_common(50)]
    assert len(top) == 50
    subjects = {name for code in LANGUAGES for name in vocabulary(code).words.values()}
    for name in top:
        assert key(name) not in NO_TOPICS
        assert name in subjects or any(char.isupper() for char in name)
    assert all(len(chosen) <= 8 for chosen in tags)


@dataclass(frozen=True)
class Sample:
    """An article, what it is about, and what is no topic of it."""

    language: str
    title: str
    text: str
    about: frozenset[str]
    no_topic: frozenset[str]


SAMPLES = (
    Sample(
        language="en",
        title="Fed Holds Rates Steady As Inflation Cools",
        text=(
            "WASHINGTON (AP) — The Federal Reserve left its key interest rate unchanged on "
            "Wednesday. Chair Jerome Powell said inflation had eased. “We're in no hurry,” "
            "Powell told reporters. President Donald Trump has criticized Powell. Analysts "
            "at Goldman Sachs expect two cuts this year.\n"
            "Read more: What the Fed Decision Means\n"
            "Photo: Getty Images\n"
            "Share on Facebook\n"
            "Sen. Elizabeth Warren called for cuts. Warren said the Fed was too slow. "
            "However, Inflation has been falling."
        ),
        about=frozenset(
            ("Federal Reserve", "Goldman Sachs", "Inflation", "Powell", "Trump", "Warren")
        ),
        no_topic=frozenset(
            ("AP", "Chair", "Facebook", "Getty Images", "However", "President", "Wednesday")
        ),
    ),
    Sample(
        language="nl",
        title="Rutte: NAVO moet meer uitgeven aan defensie",
        text=(
            "De nieuwe secretaris-generaal van de NAVO, Mark Rutte, vindt dat Europa meer "
            "moet uitgeven aan defensie. Volgens Rutte is Rusland een bedreiging. Minister "
            "Ruben Brekelmans van Defensie steunt Rutte. De Tweede Kamer debatteert "
            "donderdag. Geert Wilders van de PVV is tegen. De PVV wil geen geld naar "
            "Oekraïne. Foto: ANP\n"
            "Lees ook: Actueel nieuws uit Den Haag\n"
            "In Den Haag demonstreerden honderden mensen. Trumps plannen baren zorgen; "
            "Trump zelf zweeg."
        ),
        about=frozenset(("Defence", "NATO", "PVV", "Rutte", "The Hague", "Trump", "Tweede Kamer")),
        no_topic=frozenset(("ANP", "Actueel", "Haag", "Kamer", "Minister", "Trumps", "Volgens")),
    ),
    Sample(
        language="de",
        title="Merz kündigt schärferen Kurs in der Migrationspolitik an",
        text=(
            "Berlin – Bundeskanzler Friedrich Merz hat am Dienstag im Bundestag einen "
            "schärferen Kurs in der Migrationspolitik angekündigt. Merz sagte, die "
            "Europäische Union müsse ihre Außengrenzen besser schützen. SPD-Chef Lars "
            "Klingbeil forderte ein gemeinsames Vorgehen. Klingbeil sagte, die Regierung "
            "müsse sich an das Grundgesetz halten. In Brüssel hieß es, man werde die Pläne "
            "prüfen. US-Präsident Donald Trump lobte den Kanzler. Trump schrieb, "
            "Deutschland gehe den richtigen Weg. Viele Menschen warten."
        ),
        about=frozenset(
            ("Brussels", "European Union", "Germany", "Immigration", "Klingbeil", "Merz", "Trump")
        ),
        no_topic=frozenset(
            ("Dienstag", "Grundgesetz", "Kanzler", "Kurs", "Menschen", "Pläne", "Vorgehen", "Weg")
        ),
    ),
    Sample(
        language="fr",
        title="Emmanuel Macron reçoit Volodymyr Zelensky à l'Élysée",
        text=(
            "Le président de la République Emmanuel Macron a reçu mercredi à l'Élysée "
            "Volodymyr Zelensky. M. Macron a réaffirmé le soutien de la France à l'Ukraine. "
            "L'OTAN et l'Union européenne préparent des sanctions contre la Russie. Ces "
            "sanctions seront discutées à Bruxelles. Des sanctions viseront Gazprom. La "
            "Banque de France s'inquiète. L'ambassadeur des États-Unis était présent. Les "
            "sanctions continuent.\n"
            "Lire aussi : Notre Dossier Complet\n"
            "D'Emmanuel Macron, on attendait davantage."
        ),
        about=frozenset(("Banque de France", "Macron", "United States", "Zelensky", "Élysée")),
        no_topic=frozenset(
            ("Dossier Complet", "Le", "M.", "République Emmanuel Macron", "Volodymyr")
        ),
    ),
    Sample(
        language="es",
        title="Pedro Sánchez anuncia elecciones anticipadas en España",
        text=(
            "El presidente del Gobierno, Pedro Sánchez, anunció el lunes elecciones "
            "anticipadas. Sánchez dijo que los ciudadanos deben decidir. El Partido Popular "
            "de Alberto Núñez Feijóo celebró la decisión. Según El País, las elecciones se "
            "celebrarán en julio. Las encuestas dan ventaja al Partido Popular. Felipe VI "
            "firmó el decreto."
        ),
        about=frozenset(("El País", "Elections", "Partido Popular", "Spain", "Sánchez")),
        no_topic=frozenset(("El", "Gobierno", "Las", "País", "Según", "VI")),
    ),
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.language)
def test_each_language_gives_its_names_and_subjects(sample: Sample) -> None:
    for code in (sample.language, ""):
        names = {topic.name for topic in candidates(sample.title, sample.text, code)}
        assert not names & sample.no_topic
    tags = set(alone(sample.title, sample.text, sample.language))
    assert len(sample.about & tags) >= len(sample.about) - 1, sample.about - tags


@pytest.mark.parametrize(
    "text",
    [
        "NATOのマルク・ルッテ事務総長は25日、ハーグで演説した。Donald Trump大統領も出席した。",
        "北约秘书长马克·吕特表示,NATO将继续支持乌克兰。",
        "나토 사무총장은 NATO가 강하다고 말했다.",
        "เลขาธิการ NATO กล่าวว่า",
        "قال الأمين العام لحلف NATO إن التحالف قوي.",
        "מזכ״ל NATO אמר",
        "नाटो NATO महासचिव ने कहा",
    ],
)
def test_other_scripts_give_only_the_names_written_in_letters_with_capitals(text: str) -> None:
    names = {topic.name for topic in candidates("", text, "")}
    assert "NATO" in names
    assert names <= {"NATO", "Donald Trump"}


def test_scripts_with_capitals_are_read() -> None:
    names = {
        topic.name
        for topic in candidates("", "Сегодня господин Рютте прибыл. Сегодня Рютте там.", "ru")
    }
    assert "Рютте" in names
    assert "Сегодня" not in names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("NAVO", "NATO"), ("OTAN", "NATO"), ("VS", "United States"), ("U.S.", "United States"),
        ("US", "United States"), ("États-Unis", "United States"), ("Oekraïne", "Ukraine"),
        ("Den Haag", "The Hague"), ("Selenskyj", "Zelensky"), ("Poutine", "Putin"),
    ],
)  # fmt: skip
def test_translations_are_one(written: str, name: str) -> None:
    assert known()[form(written)] == name
    topics = candidates("", f"They spoke of {written} and again of {written} there.", "en")
    assert [topic.name for topic in topics] == [name]


def test_short_capitals_count_only_in_capitals() -> None:
    assert candidates("", "they told us that us is vs them, and un is it", "en") == []


def test_a_name_is_not_known_twice_differently() -> None:
    assert all(form(name) in known() and known()[form(name)] == name for name in known().values())


def test_a_person_is_merged_within_an_article() -> None:
    text = "Then Mark Rutte spoke. Later Rutte left; Rutte’s car and NATO chief Mark Rutte too."
    (person,) = [topic for topic in candidates("", text, "en") if topic.surname]
    assert (person.name, person.key, person.surname, person.alone) == (
        "Mark Rutte", "mark rutte", "Rutte", True,
    )  # fmt: skip
    assert counted([person]) == {"mark rutte", "~rutte", "rutte"}


def test_people_with_one_surname_stay_apart_across_articles() -> None:
    def about(name: str) -> list[Topic]:
        return candidates(f"An evening with {name}", f"We met {name} and liked {name}.", "en")

    articles = [about("Jane Smith"), about("John Smith"), about("Paul Smith"), about("Jane Smith")]
    assert [tags[0] for tags in library(articles)] == [
        "Jane Smith", "John Smith", "Paul Smith", "Jane Smith",
    ]  # fmt: skip


def test_a_person_known_by_surname_is_called_so() -> None:
    full = candidates("An evening with Mark Rutte", "They met Mark Rutte there.", "en")
    short = candidates("Why Rutte left", "They say that Rutte left and Rutte returned.", "en")
    assert {tags[0] for tags in library([full, short, short])} == {"Rutte"}


def test_in_a_larger_library_passing_singular_names_are_left_out() -> None:
    once = candidates("", "A walk with Somebody there.", "en")
    assert choose(once, lambda folded: 1, 1000) == ()
    plain = candidates("Why Gadgetron fell", "We liked Gadgetron, and Gadgetron fell." * 4, "en")
    assert choose(plain, lambda folded: 1, 1000) == ("Gadgetron",)


def test_headings_and_sentence_starts_are_no_evidence() -> None:
    text = (
        "Critics say no.\nGetting Started With Things\nReaders liked it. Critics left. 1. Sign it"
    )
    assert candidates("Getting Started With Things", text, "en") == []


def test_code_links_and_outlets_are_passed_over() -> None:
    text = (
        "```\nclass Wrong: pass\n```\nsee `Wrong Thing` and https://x.org/Wrong/Page or"
        " [it](http://x.org/Wrong) {% include Wrong.md %}\n   A Headline \u00a0\u00a0 Wrong News\n"
        "[1]: http://x.org Wrong\n as Euronews.com wrote, there was much said"
        " about Bright Corp, and Bright Corp"
    )
    names = {
        topic.name for topic in candidates("A headline of some length - Wrong News", text, "en")
    }
    assert names == {"Bright Corp"}


@given(
    title=st.text(max_size=60),
    text=st.text(max_size=300)
    | st.lists(st.sampled_from(["Mark", "Rutte", "the", "de", "van", "NATO-baas", "U.S.", ". ",
                                "\n",
                                "’s", "-", "Le", "Pen", "\u00a0\u00a0", "President", "ДОМ", "東"]),
               max_size=60).map(" ".join),
    language=st.sampled_from(["", "en", "nl", "de", "fr", "es", "xx", "nl-BE"]),
)  # fmt: skip
def test_any_text_gives_well_formed_topics(title: str, text: str, language: str) -> None:
    topics = candidates(title, text, language)
    assert len(topics) <= MOST_CANDIDATES
    for topic in topics:
        assert topic.name
        assert topic.key == key(topic.name)
        assert topic.score > 0
        assert any(char.isupper() for char in topic.name)
    assert len({topic.key for topic in topics}) == len(topics)
    assert len(set(map(key, alone(title, text, language)))) == len(alone(title, text, language))


@pytest.mark.parametrize(
    "piece",
    ["A", "Aa ", "A-", "<", "{{", "](", "[", "`", "U.", "Mark R", "\u00a0", " ", "é", "東", "’",
     "Van De ",     "https://x ", "\n", "x\n", "of ", "Xx of ", "*",
     "Follow us "],
)  # fmt: skip
def test_hostile_texts_cost_little(piece: str) -> None:
    candidates("warm up", "the lists", "en")
    started = time.process_time()
    candidates(piece * 200, piece * 200_000, "en")
    assert time.process_time() - started < 60


def test_words_of_subjects_are_folded_as_text_is() -> None:
    for code in LANGUAGES:
        found = vocabulary(code)
        stems = [stem for listed in found.stems.values() for stem, _ in listed]
        phrases = [phrase for listed in found.phrases.values() for phrase in listed]
        for word in (*found.words, *stems, *phrases):
            assert fold(word) == word
        assert all(len(stem) >= 4 for stem in stems)
