"""What rules tell: articles to know of, mistakes until they are corrected."""

from pathlib import Path

import pytest

from reader.config import Config, RulesConfig
from reader.library import Library
from reader.model.change import ArticlesNotified, RulesMistaken, UpdateFinished
from reader.text.terminal import SafeText
from reader.tui.app import NewsreaderApp
from reader.tui.pauses import NONE
from reader.tui.screens.ruling import short
from tests.fakes.library import NOW, small
from tests.tui.conftest import Seat, Sit, calm

WRONG = '[[rule]]\nname = "Weather"\nquery = "storm"\ndo = "hyde"\n'
RIGHT = WRONG.replace("hyde", "hide")


async def test_a_notice_names_the_rule_how_many_and_the_first(sit: Sit) -> None:
    async with sit(small()) as seat:
        notice = ArticlesNotified(rule=SafeText("War"), ids=(2, 3))
        await seat.happens(notice)
        assert "War: 2 articles: Headline number 2" in seat.status
        await seat.happens(UpdateFinished(new=2, changed=0, unchanged=4))
        assert "2 new · War: 2 articles: Headline number 2" in seat.status
        await seat.happens(UpdateFinished(new=1, changed=0, unchanged=5))
        assert "War" not in seat.status
        await seat.happens(ArticlesNotified(rule=SafeText("War"), ids=(4,)))
        assert "War: Headline number 4" in seat.status


@pytest.mark.parametrize("bell", [False, True])
async def test_the_bell_rings_where_the_settings_want_it(
    bell: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(NewsreaderApp, "bell", lambda _app: rung.append(True))
    library = small()
    config = Config(rules=RulesConfig(bell=bell))
    app = NewsreaderApp(library, config, clock=lambda: NOW, waits=NONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await calm(app)
        seat = Seat(app, pilot, library)
        await seat.happens(ArticlesNotified(rule=SafeText("War"), ids=(2,)))
        assert rung == [True] * bell


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_mistake_stays_until_it_is_corrected(sit: Sit, size: tuple[int, int]) -> None:
    told = "/home/me/.config/newsreader/rules.toml: line 4: do must be read, star; hide was meant?"
    async with sit(small(), size=size) as seat:
        await seat.happens(RulesMistaken(problems=(SafeText(told),)))
        await seat.press("j", "j", "m")
        assert "rules.toml:4: hide was meant?" in seat.status
        await seat.happens(RulesMistaken(problems=()))
        assert "rules.toml" not in seat.status


def test_what_is_no_place_in_a_file_is_told_as_it_is() -> None:
    assert short(SafeText("rules.toml cannot be read")) == "rules.toml cannot be read"
    assert short(SafeText("/a b/x.toml: line 2: q: unknown")) == "x.toml:2: q: unknown"


def test_the_file_of_rules_is_looked_at_whenever_it_changes(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    library = Library.open(tmp_path / "library.db", clock=lambda: NOW, rules=rules)
    library.look_around()
    assert library.look_around() == []
    rules.write_text(WRONG)
    (mistaken,) = library.look_around()
    assert isinstance(mistaken, RulesMistaken)
    assert "line 4" in mistaken.problems[0]
    assert "hide was meant?" in mistaken.problems[0]
    assert library.look_around() == []
    rules.write_text(RIGHT + "\n")
    assert library.look_around() == [RulesMistaken(problems=())]
    rules.write_text(WRONG)
    assert len(library.look_around()) == 1
    rules.unlink()
    assert library.look_around() == [RulesMistaken(problems=())]
    library.close()
