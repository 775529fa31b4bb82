import os
import tomllib
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.errors import BusyError, SettingsError
from ui import settings_file
from ui.settings import load_settings
from ui.settings_file import add_source, remove_source, with_source, without_source

ASHMERE = {"name": "ashmere", "location": "https://democracy.ashmere.example/"}

WRITTEN = """\
# Kept by the clerk.
[model]
name = "hash"   # quick

# Roads
[[sources]]
name = "tarnwick" # moved in May
location = 'https://tarnwick.example/'
committees = [
  "Cabinet",  # the one that matters
  "Roads & Bridges",
]

# The old minutes,
# scanned.
[[sources]]
location = "old"
name = "old"

# Only here
[web]
port = 8000
"""


def file(folder: Path, text: str = WRITTEN) -> Path:
    path = folder / "minutebook.toml"
    path.write_bytes(text.encode())
    return path


def names(folder: Path) -> list[str]:
    return [source.name for source in load_settings(folder).sources]


def test_a_source_is_put_behind_everything_and_all_else_stays(tmp_path):
    path = file(tmp_path)
    assert add_source(tmp_path, ASHMERE) == path
    added = '\n[[sources]]\nname = "ashmere"\nlocation = "https://democracy.ashmere.example/"\n'
    assert path.read_text() == WRITTEN + added
    assert names(tmp_path) == ["tarnwick", "old", "ashmere"]


def test_every_kind_of_value_is_written_so_that_it_is_read_again(tmp_path):
    add_source(
        tmp_path,
        {
            **ASHMERE,
            "council": 'The "Ashmere" \\ Llanfair-y-bryn Council\u2028',
            "since": date(2015, 1, 31),
            "committees": ["Cabinet", "Roads\n& Bridges"],
            "attachments": "all",
            "pace": 2.5,
        },
    )
    (source,) = load_settings(tmp_path).sources
    assert source.council == 'The "Ashmere" \\ Llanfair-y-bryn Council\u2028'
    assert (source.since, source.pace, source.attachments) == (date(2015, 1, 31), 2.5, "all")
    assert source.committees == ("Cabinet", "Roads\n& Bridges")


def test_the_file_and_its_folder_are_made_when_there_are_none(tmp_path):
    path = add_source(tmp_path / "new" / "data", ASHMERE)
    assert (
        path.read_text() == '[[sources]]\nname = "ashmere"\nlocation = "https://democracy.ashmere.example/"\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        WRITTEN,
        WRITTEN.replace("\n", "\r\n"),
        "# nothing yet\n",
        '[[sources]]\nname = "a"\nlocation = "b"\n',
        'sources = [{name = "a", location = "b"}]\n[web]\nport = 1\n',
    ],
)
def test_what_is_put_in_and_taken_out_again_leaves_no_trace(text):
    changed = with_source(text, ASHMERE)
    assert tomllib.loads(changed)["sources"][-1] == ASHMERE
    assert ("\r\n" in changed) == ("\r\n" in text)
    assert "\n" not in changed.replace("\r\n", "") or "\r\n" not in text
    assert without_source(changed, "ashmere") == text


def test_a_file_without_a_last_line_end_gets_one():
    assert with_source("[web]\nport = 1", ASHMERE).startswith("[web]\nport = 1\n\n[[sources]]\n")


def test_a_source_is_taken_out_and_the_comments_of_the_others_stay(tmp_path):
    path = file(tmp_path)
    assert remove_source(tmp_path, "tarnwick") == path
    assert path.read_text() == (
        "# Kept by the clerk.\n"
        "[model]\n"
        'name = "hash"   # quick\n'
        "\n"
        "# Roads\n"
        "\n"
        "# The old minutes,\n"
        "# scanned.\n"
        "[[sources]]\n"
        'location = "old"\n'
        'name = "old"\n'
        "\n"
        "# Only here\n"
        "[web]\n"
        "port = 8000\n"
    )
    remove_source(tmp_path, "old")
    assert names(tmp_path) == []
    assert path.read_text().endswith("# scanned.\n\n# Only here\n[web]\nport = 8000\n")
    assert load_settings(tmp_path).web.port == 8000


@pytest.mark.parametrize("name", ["tarnwick", "old"])
def test_a_source_is_taken_out_of_a_list_in_one_line(name):
    text = (
        "sources = [\n  {name = 'tarnwick', location = 'a'}, # first\n  {name = 'old', location = 'b'},\n]\n"
        "[web]\nport = 1\n"
    )
    changed = without_source(text, name)
    assert changed is not None
    assert [source["name"] for source in tomllib.loads(changed)["sources"]] == [
        other for other in ("tarnwick", "old") if other != name
    ]
    assert changed.endswith("[web]\nport = 1\n")


def test_no_blank_lines_are_left_at_the_top():
    text = '[[sources]]\nname = "a"\nlocation = "b"\n\n# Only here\n[web]\nport = 1\n'
    assert without_source(text, "a") == "# Only here\n[web]\nport = 1\n"


def test_tables_between_the_sources_stay_where_they_are():
    text = (
        '[[sources]]\nname = "a"\nlocation = "x"\n[web]\nport = 1\n'
        '[[ "sources" ]]\nname = "b"\nlocation = "y"\n  [model]\nname = "hash"\n'
    )
    assert without_source(text, "a") == text.partition("[web]")[1] + text.partition("[web]")[2]
    assert without_source(text, "b") == text.partition('[[ "')[0] + '  [model]\nname = "hash"\n'


@pytest.mark.parametrize(
    "text",
    [
        '[[sources]]\nname = "a"\nlocation = "x"\ncouncil = """\n[[sources]]\nname = "b"\n"""\n'
        '[[sources]]\nname = "b"\nlocation = "y"\n',
        '[[sources]]\nname = "b"\nlocation = "x"\ncouncil = """\n[Ashmere]\n"""\n',
        '[["so\\u0075rces"]]\nname = "b"\nlocation = "x"\n',
    ],
)
def test_lines_that_only_look_like_a_table_are_never_taken_out(tmp_path, text):
    path = file(tmp_path, text)
    with pytest.raises(SettingsError, match="'b'; take it out by hand"):
        remove_source(tmp_path, "b")
    assert path.read_text() == text


def test_a_name_that_is_there_already_is_an_error_with_the_remedy(tmp_path):
    path = file(tmp_path)
    with pytest.raises(
        SettingsError, match=r"'old' is there already.*minutebook sources remove old"
    ) as caught:
        add_source(tmp_path, {"name": "old", "location": "elsewhere"})
    assert str(path) in str(caught.value)
    assert path.read_text() == WRITTEN


def test_a_name_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match=r"no source called 'ashmere'.*sources list"):
        remove_source(tmp_path, "ashmere")
    assert not (tmp_path / "minutebook.toml").exists()


@pytest.mark.parametrize(
    "source",
    [
        {**ASHMERE, "pace": -1.0},
        {**ASHMERE, "colour": "red"},
        {**ASHMERE, "name": "Ash mere"},
        {"name": "ashmere", "location": "ftp://ashmere.example"},
    ],
)
def test_settings_that_would_be_wrong_never_replace_the_file(tmp_path, source):
    path = file(tmp_path)
    with pytest.raises(SettingsError, match=r"sources\.2"):
        add_source(tmp_path, source)
    assert path.read_text() == WRITTEN
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".new")] == []


@pytest.mark.parametrize("text", ["not toml", "colour = 'red'", "[[sources]]\nname = 'a'", "sources = 3"])
def test_a_file_that_is_wrong_already_is_named_and_not_touched(tmp_path, text):
    path = file(tmp_path, text)
    for change in (lambda: add_source(tmp_path, ASHMERE), lambda: remove_source(tmp_path, "a")):
        with pytest.raises(SettingsError, match=r"minutebook\.toml"):
            change()
    assert path.read_text() == text


def test_the_file_keeps_its_mode_and_its_link(tmp_path):
    real = file(tmp_path)
    real.chmod(0o640)
    data = tmp_path / "data"
    data.mkdir()
    (data / "minutebook.toml").symlink_to(real)
    add_source(data, ASHMERE)
    assert (data / "minutebook.toml").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "ashmere" in real.read_text()


def test_a_kill_before_the_file_is_replaced_leaves_the_old_one(tmp_path, monkeypatch):
    path = file(tmp_path)

    def killed(descriptor: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            add_source(tmp_path, ASHMERE)
    assert path.read_text() == WRITTEN
    add_source(tmp_path, ASHMERE)
    assert names(tmp_path) == ["tarnwick", "old", "ashmere"]


def test_what_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "minutebook.toml").touch()
    with pytest.raises(SettingsError, match="cannot be"):
        add_source(tmp_path / "minutebook.toml", ASHMERE)


def test_a_change_waits_for_another_and_says_so_when_it_takes_too_long(tmp_path, monkeypatch):
    file(tmp_path)
    monkeypatch.setattr(settings_file, "BUSY_SECONDS", 0.05)
    with (
        FileLock(tmp_path / ".minutebook.toml.lock"),
        pytest.raises(BusyError, match="another process is changing"),
    ):
        add_source(tmp_path, ASHMERE)


def _add(folder: Path, number: int) -> None:
    add_source(folder, {"name": f"source-{number}", "location": "somewhere"})


def test_of_many_changes_at_once_none_is_lost(tmp_path):
    with get_context("spawn").Pool(4) as pool:
        pool.starmap_async(_add, [(tmp_path, number) for number in range(12)]).get(timeout=60)
    assert sorted(names(tmp_path)) == sorted(f"source-{number}" for number in range(12))
