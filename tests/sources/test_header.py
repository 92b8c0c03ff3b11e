"""Headers of documents: found, read safely, and saved where they are broken."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.sources import header
from reader.sources.loaders import LARGEST, HeaderMistaken, load


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\ntags: [a, b]\n---\nbody\n",
        "----\ntitle: x\ntags: [a, b]\n-----\nbody\n",
        "---  \t\ntitle: x\ntags:\n- a\n- b\n---  \nbody\n",
        "\n\n---\nTitle: x\nTags: [a, b]\n...\nbody\n",
        '+++\ntitle = "x"\ntags = ["a", "b"]\n+++\nbody\n',
        ';;;\n"title": "x",\n"tags": ["a", "b"],\n;;;\nbody\n',
        ';;;\n{"title": "x", "tags": ["a", "b"]}\n;;;\nbody\n',
        '{"title": "x", "tags": ["a", "b"]}\nbody\n',
        '{\n  "title": "x",\n  "tags": ["a", "b"]\n}\nbody\n',
    ],
)
def test_every_syntax_gives_the_same_fields(text: str) -> None:
    assert header.read(text) == header.Header({"title": "x", "tags": ["a", "b"]}, "body\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Just words.\n",
        "---\n",
        "----------\nA letter\n----------\n\nWords: many\n",
        "Words first.\n\n---\ntitle: not a header\n---\n",
        '{"data": [1, 2, 3]}',
        "{curly} words",
        "--- a/file\n+++ b/file\n",
        "Note: this is prose.\nAnd so is this.\n",
    ],
)
def test_a_text_without_a_header_stays_whole(text: str) -> None:
    found = header.read(text)
    assert (found.fields, found.body) == ({}, text)


def test_the_body_keeps_its_own_rules_and_blanks() -> None:
    found = header.read("---\ntitle: x\n---\n\n    code\n\n---\n\nend\n---\n")
    assert found.body == "\n    code\n\n---\n\nend\n---\n"


def test_scalars_stay_as_they_were_written() -> None:
    text = (
        "a: no\nb: 3.10\nc: 12:30:45\nd: 2026-02-30\ne: 010\nf: ~\ng:\nh: 'null'\ni: 1_000\n1: x\n"
    )
    assert header.read(f"---\n{text}---\n").fields == {
        "a": "no",
        "b": "3.10",
        "c": "12:30:45",
        "d": "2026-02-30",
        "e": "010",
        "f": None,
        "g": None,
        "h": "null",
        "i": "1_000",
        "1": "x",
    }


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('""Quoted", says source"', '"Quoted", says source'),
        ("a: b: c", "a: b: c"),
        ("`tick`", "`tick`"),
        ("- x", "- x"),
        ("*gone", "*gone"),
        ('"C:\\docs\\23"', "C:\\docs\\23"),
        ("'today's'", "today's"),
        ("[sure", "[sure"),
        ("%50 off", "%50 off"),
        ("@home", "@home"),
    ],
)
def test_one_mistake_costs_no_other_key(written: str, title: str) -> None:
    others = "tags:\n- one\n- two\nmore:\n  deep: [1]\n"
    found = header.read(f"---\ndate: 2026-01-02\ntitle: {written}\n{others}---\nbody")
    assert found.fields == {
        "date": "2026-01-02",
        "title": title,
        "tags": ["one", "two"],
        "more": {"deep": ["1"]},
    }
    assert found.body == "body"
    assert found.unread == ""
    (problem,) = found.problems
    assert problem.startswith("The header was read key by key: line ")


def test_a_broken_list_is_read_line_by_line() -> None:
    found = header.read("---\ntitle: x\ntags:\n- 'one'\n- 'today's'\n- two\n\n---\nbody")
    assert found.fields == {"title": "x", "tags": ["one", "today's", "two"]}


def test_lines_that_nothing_could_be_made_of_are_handed_on() -> None:
    found = header.read("---\nlost words\ntitle: x: y\n---\nbody")
    assert found.fields == {"title": "x: y"}
    assert found.unread == "lost words"


def test_broken_toml_and_json_are_saved_too() -> None:
    toml = header.read("+++\ntitle = No quotes\ndate = 2026-02-30\n[extra]\na = 'b'\n+++\nbody")
    assert toml.fields == {"title": "No quotes", "date": "2026-02-30", "extra": {"a": "b"}}
    assert toml.problems == (
        "The header was read key by key: line 2 is not valid TOML (invalid value).",
    )
    json = header.read('{\n"title": "say \\"hi\\"",\n"tags": ["a", "b"],\n"date": ,\n}\nbody')
    assert json.fields == {"title": 'say "hi"', "tags": ["a", "b"]}
    assert json.body == "body"
    assert "date" in json.unread


def test_a_header_that_is_never_closed_ends_with_its_keys() -> None:
    found = header.read("---\ntitle: x\ntags:\n- a\nlink: y\n\nThe text: it goes on.\n")
    assert found.fields == {"title": "x", "tags": ["a"], "link": "y"}
    assert found.body == "\nThe text: it goes on.\n"
    assert found.problems == ("The header is never closed; it was taken to end at line 5.",)


@pytest.mark.parametrize(
    ("lines", "kind"), [("- a\n- b\n", "a list"), ("only words\n", "text"), ("[1, 2]\n", "a list")]
)
def test_a_header_that_is_no_map_stays_visible(lines: str, kind: str) -> None:
    text = f"---\n{lines}---\nbody"
    assert header.read(text) == header.Header(
        {}, text, (f"The header is {kind} instead of keys and values.",)
    )


def test_a_header_nothing_could_be_made_of_stays_visible() -> None:
    text = "---\n}: {\n---\nbody"
    found = header.read(text)
    assert (found.fields, found.body) == ({}, text)
    assert found.problems[0].startswith("The header could not be read: line 2 is not valid YAML")


def test_keys_given_twice_are_told() -> None:
    assert header.read("---\na: 1\ntitle: one\ntitle: two\n---\n") == header.Header(
        {"a": "1", "title": "two"},
        "",
        ('Line 4: the key "title" is given twice; the last one counts.',),
    )
    found = header.read('{"title": "one", "title": "two"}\nbody')
    assert found.fields == {"title": "two"}
    assert found.problems == ('The key "title" is given twice; the last one counts.',)


def test_tags_that_could_act_are_not_obeyed() -> None:
    found = header.read(
        '---\ntitle: !!python/object/apply:os.system ["true"]\nlink: !include /etc/passwd\n'
        "name: !!python/name:os.system\ndate: !!str 2026-01-02\nset: !!set {a, b}\n---\n"
    )
    assert found.fields["title"] is None
    assert found.fields["link"] == "/etc/passwd"
    assert found.fields["date"] == "2026-01-02"
    assert found.problems[:2] == (
        "Line 2: the tag !!python/object/apply:os.system was not obeyed.",
        "Line 3: the tag !include was not obeyed.",
    )


@pytest.mark.parametrize(
    "value", ["!!map [a]", "!!seq {a: b}", "!!str [a]", "!!null {a: b}", "!!map x", "&a [*a]"]
)
def test_a_tag_that_does_not_fit_costs_no_other_key(value: str) -> None:
    assert header.read(f"---\nx: {value}\ntitle: y\n---\n").fields["title"] == "y"


def test_controls_in_a_header_do_not_cost_it() -> None:
    found = header.read("---\ntitle: a \x1b[31mred\x07 word\x00\n---\nbody")
    assert found.fields == {"title": "a red word"}
    assert found.problems == ("Control characters were taken out of the header.",)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Title: x\nDate: 2026-01-28 10:20\nTags: a, b\n\nbody", {"tags": "a, b"}),
        ("#+TITLE: x\n#+DATE: <2026-01-28 Wed>\n\nbody", {"date": "<2026-01-28 Wed>"}),
        ("<!--\ntitle: x\nslug: y\n-->\nbody", {"slug": "y"}),
        ("<!--\n---\ntitle: x\nslug: y\n---\n-->\nbody", {"slug": "y"}),
    ],
)
def test_keys_without_fences_are_a_header_where_one_is_the_title(
    text: str, fields: dict[str, str]
) -> None:
    found = header.read(text)
    assert found.body == "body"
    assert found.fields.items() >= {"title": "x", **fields}.items()


BOMBS = {
    "alias": "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "merge": "a: &a {k: v}\n"
    + "".join(
        f"{b}: &{b} {{<<: [{', '.join([f'*{a}'] * 9)}]}}\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ),
    "tagged merge": "a: &a {k: v}\n" + "b: {!!merge x: [*a, *a, *a]}\n" * 50,
    "brackets": "x: " + "[" * 60_000,
    "dashes": "x:\n  " + "- " * 30_000,
    "questions": "? " * 30_000,
    "braces": "x: " + "{a: " * 15_000,
    "steps": "".join(" " * depth + "a:\n" for depth in range(330)),
    "keys": "".join(f"k{number}: v\n" for number in range(6_000)),
    "twins": "k: v\n" * 12_000,
    "quotes": "x: '" + "''" * 30_000,
    "anchors": "".join(f"k{number}: &a{number} v\n" for number in range(3_000)),
    "flow": "x: [" + "a, " * 20_000 + "]",
    "digits": "x: " + "9" * 60_000,
    "colons": ":" * 60_000,
    "percent": "%" * 60_000,
    "long": "x: " + "long " * 100_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_neither_time_nor_the_title(name: str) -> None:
    start = time.process_time()
    found = header.read(f"---\ntitle: bomb\n{BOMBS[name]}\n---\nbody")
    assert time.process_time() - start < 60
    assert found.fields["title"] == "bomb"
    assert found.body == "body"


@pytest.mark.parametrize(
    "text",
    [
        "+++\ntitle = 'x'\ny = " + "[" * 60_000 + "\n+++\nbody",
        '{"title": "x", "y": ' + "[" * 60_000 + "\n\nbody",
        ';;;\n"title": "x", "y": ' + '{"a":' * 9_000 + "\n;;;\nbody",
        "---\ntitle: x\n" + "- " * 30_000,
    ],
)
def test_depth_is_refused_before_a_parser_meets_it(text: str) -> None:
    start = time.process_time()
    found = header.read(text)
    assert time.process_time() - start < 60
    assert found.fields["title"] == "x"
    assert found.problems


def test_a_header_that_is_too_long_is_salvaged_to_its_limit() -> None:
    lines = "title: x\n" + "".join(f"k{number}: {'v' * 50}\n" for number in range(5_000))
    assert len(lines) > LARGEST
    found = header.read(f"---\n{lines}---\nbody")
    assert found.fields["title"] == "x"
    assert found.body == "body"
    assert "k4999" in found.unread
    assert found.problems[0] == "The header was read key by key: it is longer than 64 kB."


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40)
KEYS = st.from_regex(r"[a-z]{1,8}", fullmatch=True)


@given(st.dictionaries(KEYS, st.one_of(WORDS, st.lists(WORDS, max_size=4)), min_size=1))
def test_what_a_yaml_writer_wrote_is_read_back(fields: dict[str, object]) -> None:
    import yaml

    written = yaml.safe_dump(fields, allow_unicode=True, default_style='"')
    found = header.read(f"---\n{written}---\nbody\n")
    assert found == header.Header(fields, "body\n")


@given(st.dictionaries(KEYS, st.one_of(WORDS, st.lists(WORDS, max_size=4)), min_size=1))
def test_what_a_json_writer_wrote_is_read_back(fields: dict[str, object]) -> None:
    import json

    found = header.read(json.dumps({"title": "x", **fields}) + "\nbody\n")
    assert found == header.Header({"title": "x", **fields}, "body\n")


FENCES = ["---", "+++", ";;;", "...", "-->", "<!--", "\n", "\n\n", "  ", "\t", "{", "}", "[", "]"]
MARKS = ["title: ", "date = ", '"a": ', "- ", "&a ", "*a ", "<<: ", "!!python/x ", "!t ", "|", ">"]
ODD = ["? ", ": ", "'", '"', "#", "%", "@", "\x00", "\x1b[m", "\ud800", "\u2028", "é", "漢字"]
HOSTILE = st.lists(
    st.one_of(st.sampled_from([*FENCES, *MARKS, *ODD]), st.text(max_size=6)), max_size=40
).map("".join)


@given(HOSTILE)
def test_no_text_makes_the_header_reader_fail_or_lose_the_body(text: str) -> None:
    found = header.read(text)
    assert text.endswith(found.body)
    for fence in ("---\n", "+++\n", ";;;\n", "{"):
        header.read(fence + text + "\n" + fence + "body")


@given(HOSTILE, st.sampled_from(["yaml", "toml", "json"]))
def test_a_loader_answers_or_says_why_not(text: str, syntax: str) -> None:
    try:
        load(text, syntax)  # type: ignore[arg-type]
    except HeaderMistaken as mistake:
        reason = str(mistake)
    else:
        return
    assert reason
