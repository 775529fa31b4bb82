"""Sources put into minutebook.toml and taken out of it, with every other line left as a person wrote it.

The text is changed, not written anew: a table is put at its end, or the lines of one are taken out. What
comes out is read again before it replaces the file.
"""

import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tomlkit
from filelock import FileLock, Timeout
from tomlkit.items import Array

from corpus.errors import BusyError, SettingsError
from ui.settings import FILE, parse_settings, read_settings

#: How long another process may take to change the same file.
BUSY_SECONDS = 10.0

_SOURCE = re.compile(r"[ \t]*\[\[[ \t]*[\"']?sources[\"']?[ \t]*\]\]")
_TABLE = re.compile(r"[ \t]*\[")
_COMMENT = re.compile(r"\s*(#.*)?", re.DOTALL)


def add_source(data: Path, source: Mapping[str, Any]) -> Path:
    """Put a [[sources]] table into the settings of `data`; return the file.

    Raises:
        SettingsError: the name is there already, the settings are or would be wrong, or cannot be written.
        BusyError: another process is changing them.
    """
    path, name = data / FILE, source["name"]
    with _changing(path):
        text = _checked(path)
        if any(known["name"] == name for known in _sources(text)):
            raise SettingsError(
                f"{path}: a source called {name!r} is there already; change it there, "
                f"or first run: minutebook sources remove {name}"
            )
        _replace(path, with_source(text, source))
    return path


def remove_source(data: Path, name: str) -> Path:
    """Take a source out of the settings of `data`; return the file.

    Raises:
        SettingsError: there is none of this name, the settings are wrong, or cannot be written.
        BusyError: another process is changing them.
    """
    path = data / FILE
    with _changing(path):
        text = _checked(path)
        if all(known["name"] != name for known in _sources(text)):
            raise SettingsError(f"{path} has no source called {name!r}; see: minutebook sources list")
        changed = without_source(text, name)
        if changed is None:
            raise SettingsError(f"{path}: it is not clear which lines are {name!r}; take it out by hand")
        _replace(path, changed)
    return path


def with_source(text: str, source: Mapping[str, Any]) -> str:
    """Return TOML `text` with one source more, behind all others."""
    document = tomlkit.parse(text)
    listed = document.get("sources")
    if isinstance(listed, Array):
        inline = tomlkit.inline_table()
        inline.update(source)
        listed.append(inline)
        return document.as_string()
    end = "\r\n" if "\r\n" in text else "\n"
    table = f"[[sources]]\n{tomlkit.dumps(source)}".replace("\n", end)
    return f"{text.rstrip()}{end}{end}{table}" if text.strip() else table


def without_source(text: str, name: str) -> str | None:
    """Return TOML `text` without the source of this name, comments around it kept.

    None when its lines cannot be told from the others.
    """
    before = _sources(text)
    position = [source["name"] for source in before].index(name)
    document = tomlkit.parse(text)
    if isinstance(listed := document["sources"], Array):
        del listed[position]
        changed = document.as_string()
    else:
        changed = _without_table(text.splitlines(keepends=True), position)
    expected = {**tomllib.loads(text), "sources": before[:position] + before[position + 1 :]}
    try:
        found = {"sources": [], **tomllib.loads(changed)}
    except ValueError:  # the cut went through a text of several lines
        return None
    return changed if found == expected else None


def _without_table(lines: list[str], position: int) -> str:
    starts = [number for number, line in enumerate(lines) if _SOURCE.match(line)]
    start = starts[position] if position < len(starts) else len(lines)
    end = next((n for n in range(start + 1, len(lines)) if _TABLE.match(lines[n])), len(lines))
    # What stands behind its last key is the heading of what follows.
    while _COMMENT.fullmatch(lines[end - 1]):
        end -= 1
    before, after = lines[:start], lines[end:]
    if not before or not before[-1].strip():  # one blank line is enough
        if after and not after[0].strip():
            del after[0]
        elif before and not after:
            before.pop()
    return "".join(before + after)


def _sources(text: str) -> list[dict[str, Any]]:
    sources: list[dict[str, Any]] = tomllib.loads(text).get("sources", [])
    return sources


def _checked(path: Path) -> str:
    text = read_settings(path)
    parse_settings(text, path)
    return text


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """Keep other processes from changing the file meanwhile: the last would undo what the first did."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=BUSY_SECONDS):
            yield
    except Timeout as error:
        raise BusyError(f"another process is changing {path}; try again when it has finished") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error}") from error


def _replace(path: Path, text: str) -> None:
    """Put `text` into the file, whole or not at all, once it is known to be right."""
    parse_settings(text, path)
    real = path.resolve()  # a link stays one
    new = real.with_name(f".{real.name}.new")
    with new.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    if real.exists():
        shutil.copymode(real, new)
    new.replace(real)
