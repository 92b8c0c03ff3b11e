"""Inputs that once broke something never do again."""

from pathlib import Path

import pytest

from tests.hostile.targets import TARGETS, run

FOUND = Path(__file__).resolve().parents[1] / "data/hostile"
CASES = sorted(path for name in TARGETS for path in (FOUND / name).glob("*"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_stays_mended(path: Path) -> None:
    run(path.parent.name, path.read_bytes())
