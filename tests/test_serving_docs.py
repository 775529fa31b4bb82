"""What docs/serving.md says is there."""

import re
import tomllib
from pathlib import Path

from typer.main import get_command

from ui.command import app
from ui.settings import Settings
from ui.web import feedback
from ui.web.access import doorkeeper
from ui.web.settings import SHORTEST_SECRET, WebSettings

ROOT = Path(__file__).parents[1]
DOCS = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")


def test_the_settings_that_are_shown_are_all_there_are_and_have_their_defaults():
    shown = DOCS.partition("    [web]\n")[2].partition("\n\nEach can also")[0]
    read = tomllib.loads(re.sub(r"^    ", "", shown, flags=re.MULTILINE))
    assert set(read) | {"users", "secret"} == set(WebSettings.model_fields)
    settings = Settings(web=read)  # type: ignore[arg-type]
    assert settings.web == WebSettings(allowed_hosts=("minutes.example.org",))


def test_every_command_that_is_shown_is_there():
    commands = get_command(app).commands  # type: ignore[attr-defined]
    for line in re.findall(r"minutebook ([a-z][a-z -]*[a-z])", DOCS):
        name, *rest = line.split(" ")
        assert name in commands
        if rest and hasattr(commands[name], "commands") and not rest[0].startswith("-"):
            assert rest[0] in commands[name].commands


def test_the_numbers_that_are_said_are_those_that_hold():
    words = " ".join(DOCS.split())
    assert f"after {doorkeeper.ADDRESS_AT_ONCE} wrong passwords, one address may try once a minute" in words
    assert doorkeeper.ADDRESS_SECONDS == 60
    assert f"after {doorkeeper.NAME_AT_ONCE}, a name may be tried twice a minute" in words
    assert doorkeeper.NAME_SECONDS == 30
    assert f"{SHORTEST_SECRET} characters or more" in words
    assert f"Feedback is limited further: {feedback.AT_ONCE} at once, then one every ten seconds" in words
    assert feedback.SECONDS == 10
