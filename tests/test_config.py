"""Settings: defaults, the documented default file, mistakes told with their line."""

import tomllib
from pathlib import Path

import pytest

from reader.config import Config, ConfigUnusable, as_dict, default_text, load
from reader.paths import paths


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == (Config(), ())


def test_values_are_taken(tmp_path: Path) -> None:
    config, problems = load(write(tmp_path, "[article]\nwidth = 66\n[folder]\nwatch = false\n"))
    assert problems == ()
    assert config.article.width == 66
    assert config.folder.watch is False


def test_an_unknown_key_names_its_line_and_the_nearest_known_key(tmp_path: Path) -> None:
    config, problems = load(write(tmp_path, "# mine\n\n[article]\nwidht = 70\n"))
    assert config == Config()
    (problem,) = problems
    assert "config.toml:4:" in problem
    assert "'widht' in [article]" in problem
    assert "did you mean 'width'" in problem


def test_an_unknown_section_names_the_nearest(tmp_path: Path) -> None:
    _, (problem,) = load(write(tmp_path, "[articles]\nwidth = 70\n"))
    assert ":1: unknown setting 'articles'; did you mean 'article'" in problem


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("width = 'wide'", "must be a whole number"),
        ("width = true", "must be a whole number"),
        ("width = 3", "must be from 20 to 400"),
    ],
)
def test_an_unusable_value_is_told_and_the_default_kept(
    tmp_path: Path, line: str, told: str
) -> None:
    config, (problem,) = load(write(tmp_path, f"[article]\n{line}\n"))
    assert config == Config()
    assert ":2: article.width " + told in problem


def test_a_choice_names_what_is_allowed(tmp_path: Path) -> None:
    config, (problem,) = load(write(tmp_path, "[list]\nshow = 'new'\n"))
    assert config == Config()
    assert "must be one of 'all', 'unread', 'starred'" in problem


def test_a_setting_where_a_table_belongs(tmp_path: Path) -> None:
    _, (problem,) = load(write(tmp_path, "article = 3\n"))
    assert "[article] must be a table" in problem


def test_a_file_that_is_not_toml_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(ConfigUnusable, match="line 1"):
        load(write(tmp_path, "width: 3\n"))


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigUnusable, match="cannot be read"):
        load(path)


def test_the_default_file_documents_every_setting_and_changes_nothing(tmp_path: Path) -> None:
    text = default_text()
    assert load(write(tmp_path, text)) == (Config(), ())
    uncommented = "\n".join(
        line.removeprefix("# ") if " = " in line else line for line in text.splitlines()
    )
    assert tomllib.loads(uncommented) == as_dict(Config())


def test_commands_are_lists_of_arguments(tmp_path: Path) -> None:
    config, problems = load(
        write(
            tmp_path,
            '[media]\nplayer = ["mpv", "--", "{url}"]\n[openers]\n"*.pdf" = ["zathura", "{url}"]\n',
        )
    )
    assert problems == ()
    assert config.media.player == ("mpv", "--", "{url}")
    assert config.openers == {"*.pdf": ("zathura", "{url}")}
    assert as_dict(config)["openers"] == {"*.pdf": ["zathura", "{url}"]}


@pytest.mark.parametrize("value", ['"mpv {url}"', "[1]", "[]", "true"])
def test_a_command_that_is_no_list_of_texts_is_told(tmp_path: Path, value: str) -> None:
    config, (problem,) = load(write(tmp_path, f"[openers]\n'*.pdf' = {value}\n"))
    assert config == Config()
    assert "config.toml:2: openers.*.pdf must" in problem


def test_the_library_is_chosen_by_option_then_environment(tmp_path: Path) -> None:
    named = str(tmp_path / "a.db")
    assert paths({"NEWSREADER_LIBRARY": "/b.db"}, library=named).library == Path(named)
    assert paths({"NEWSREADER_LIBRARY": "/b.db"}).library == Path("/b.db")
    assert paths({}).library.name == "library.db"
