from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.records import Kind
from ui.settings import data_directory, load_settings


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch):
    monkeypatch.delenv("MINUTEBOOK_DATA", raising=False)


def write(folder: Path, text: str) -> Path:
    (folder / "minutebook.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_everything_has_its_default(tmp_path):
    settings = load_settings(tmp_path / "not there yet")
    assert settings.model.name == "all-MiniLM-L6-v2"
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 7860)
    assert settings.sources == ()


def test_the_file_is_read(tmp_path):
    settings = load_settings(
        write(
            tmp_path,
            """
            [model]
            name = "hash"
            [answer]
            threshold = 0.7
            [[sources]]
            name = "ashmere"
            location = "minutes"
            council = "Ashmere Borough Council"
            kind = "report"
            """,
        )
    )
    assert (settings.model.name, settings.answer.threshold) == ("hash", 0.7)
    assert [(s.name, s.location, s.council, s.kind) for s in settings.sources] == [
        ("ashmere", "minutes", "Ashmere Borough Council", Kind.REPORT)
    ]


def test_the_environment_goes_before_the_file(tmp_path, monkeypatch):
    write(tmp_path, "[web]\nport = 8000\nhost = '0.0.0.0'")
    monkeypatch.setenv("MINUTEBOOK_WEB__PORT", "8080")
    settings = load_settings(tmp_path)
    assert (settings.web.port, settings.web.host) == (8080, "0.0.0.0")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 'red'", "colour is no setting"),
        ("[model]\nnaem = 'x'", "model.naem is no setting"),
        ("[answer]\nthreshold = 2", "answer.threshold"),
        ("[web]\nport = 70000", "web.port"),
        ("[[sources]]\nname = 'a/b'\nlocation = 'x'", "sources.0.name"),
        ("[[sources]]\nname = 'a'", "sources.0.location"),
        ("[[sources]]\nname = 'a'\nlocation = 'x'\n[[sources]]\nname = 'a'\nlocation = 'y'", "two sources"),
        ("not toml", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(tmp_path, text, named):
    with pytest.raises(SettingsError) as caught:
        load_settings(write(tmp_path, text))
    assert named in str(caught.value)
    assert str(tmp_path / "minutebook.toml") in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / "minutebook.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path)


def test_an_unknown_variable_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("MINUTEBOOK_PORT", "80")
    with pytest.raises(SettingsError, match="MINUTEBOOK_PORT in the environment is no setting"):
        load_settings(tmp_path)


def test_an_unknown_variable_inside_a_group_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("MINUTEBOOK_WEB__PROT", "80")
    with pytest.raises(SettingsError, match="prot"):
        load_settings(tmp_path)


def test_the_data_directory_is_chosen_named_or_the_users_own(tmp_path, monkeypatch):
    assert data_directory(tmp_path) == tmp_path
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert tmp_path in data_directory(None).parents
    monkeypatch.setenv("MINUTEBOOK_DATA", str(tmp_path / "named"))
    assert data_directory(None) == tmp_path / "named"
    assert data_directory(tmp_path) == tmp_path
