"""What the README says is there."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from ui.command import app
from ui.settings import Settings
from ui.tables import cells
from ui.tables.cells import defused

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(get_command(app).commands))  # type: ignore[attr-defined]
def test_every_command_is_shown(command):
    assert f"minutebook {command}" in README or f"make {command}" in README


def test_every_target_of_make_that_is_shown_is_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"^    make ([a-z-]+)", README, re.MULTILINE)) <= targets


def test_the_settings_that_are_shown_can_be_read():
    shown = README.partition("    [[sources]]")[2].partition("\n\nA generation")[0]
    settings = Settings(**tomllib.loads("[[sources]]" + shown.replace("\n    ", "\n")))
    assert settings.sources[0].name == "ashmere"
    assert settings.web == Settings().web
    assert settings.model == Settings().model
    assert settings.answer == Settings().answer


def test_every_file_that_is_linked_is_there():
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README) + re.findall(r"`(corpus/[^`]+)`", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_what_takes_the_apostrophes_away_is_what_put_them_there():
    shown = README.partition("    unseen = ")[2].partition("\n\n")[0]
    found = re.fullmatch(r'(".+")\n    re\.sub\(f(".+"), r"\\1", cell\)', shown)
    assert found is not None
    unseen, pattern = found.groups()
    pattern = ast.literal_eval(pattern).format(unseen=ast.literal_eval(unseen))
    for cell in ("=1+1", "a;\0=1", "\ufeff@x\n-y|\xa0＝z", "it's; 'fine'"):
        assert re.sub(pattern, r"\1", defused(cell)) == cell
    assert pattern == cells._DEFUSED.pattern
