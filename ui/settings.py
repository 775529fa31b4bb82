"""What an operator may set: minutebook.toml in the data directory, MINUTEBOOK_* in the environment.

The environment goes before the file ("MINUTEBOOK_WEB__PORT=8080" is port in [web]). Unknown keys are errors.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from corpus.errors import SettingsError
from corpus.records import Kind
from index.settings import AnswerSettings, ModelSettings

FILE = "minutebook.toml"
_PREFIX = "MINUTEBOOK_"
#: Names the data directory; that cannot stand in a file inside it.
_DATA = f"{_PREFIX}DATA"


class SourceSettings(BaseModel):
    """A folder or file that is ingested, and what holds for all its documents that do not say otherwise.

    A relative `location` counts from the data directory.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")
    location: str = Field(min_length=1)
    council: str = ""
    committee: str = ""
    kind: Kind | None = None


class WebSettings(BaseModel):
    """Where the web page listens; `root_path` is the path under which a proxy serves it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65_535)
    root_path: str = ""


class Settings(BaseSettings):
    """All settings."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix=_PREFIX, env_nested_delimiter="__"
    )

    model: ModelSettings = ModelSettings()
    answer: AnswerSettings = AnswerSettings()
    web: WebSettings = WebSettings()
    sources: tuple[SourceSettings, ...] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment go before the file, whose values are handed to the constructor."""
        return env_settings, init_settings


def data_directory(chosen: Path | None) -> Path:
    """Return the data directory: the one that was chosen, else MINUTEBOOK_DATA, else the platform's own."""
    named = os.environ.get(_DATA)
    return chosen or (Path(named) if named else platformdirs.user_data_path("minutebook", appauthor=False))


def load_settings(data: Path) -> Settings:
    """Read the settings of a data directory; without a file all have their defaults.

    Raises:
        SettingsError: the file is no TOML, a key is unknown, or a value is out of bounds.
    """
    path = data / FILE
    _check_environment(os.environ)
    try:
        settings = Settings(**_read(path))
    except ValidationError as error:
        raise SettingsError(f"{path}: {_in_words(error)}") from error
    names = [source.name for source in settings.sources]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise SettingsError(f"{path}: two sources are called {twice!r}; give each a name of its own")
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read: {error}; correct it or remove it") from error


def _check_environment(environment: Mapping[str, str]) -> None:
    known = {f"{_PREFIX}{name}".upper() for name in Settings.model_fields} | {_DATA}
    for name in environment:
        if name.startswith(_PREFIX) and name.partition("__")[0].upper() not in known:
            raise SettingsError(
                f"{name} in the environment is no setting; known are {', '.join(sorted(known))}"
            )


def _in_words(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"]))
    if first["type"] == "extra_forbidden":
        return f"{where} is no setting; remove it or correct its spelling"
    return f"{where}: {first['msg'][0].lower()}{first['msg'][1:]}"
