"""What an operator may set: minutebook.toml in the data directory, MINUTEBOOK_* in the environment.

The environment goes before the file ("MINUTEBOOK_WEB__PORT=8080" is port in [web]). Unknown keys are errors.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

import platformdirs
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from corpus.errors import SettingsError
from corpus.records import Kind
from index.settings import AnswerSettings, ModelSettings, RerankSettings
from ingest.sites.records import Attachments
from ui.web.settings import WebSettings

FILE = "minutebook.toml"
#: What a source may be called.
SOURCE_NAME = r"^[a-z0-9][a-z0-9_-]{0,63}$"
_PREFIX = "MINUTEBOOK_"
#: Names the data directory; that cannot stand in a file inside it.
_DATA = f"{_PREFIX}DATA"
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


def is_address(location: str) -> bool:
    """Tell whether a location is a site's address rather than a folder or file."""
    return location.casefold().startswith(("http://", "https://"))


def _location(location: str) -> str:
    if "://" not in location:
        return location
    if not is_address(location):
        raise ValueError(
            f"{location} is neither a folder nor an address that begins with https:// or http://"
        )
    parts = urlsplit(location)  # says itself what is wrong with brackets
    if not location.isprintable() or " " in location or "@" in parts.netloc or not parts.hostname:
        raise ValueError(
            f"{location!r} is no site's address; write it like https://democracy.example.gov.uk/"
        )
    return location


def _contact(contact: str) -> str:
    """Keep what would end a header, or the brackets that it stands in there, out of it."""
    if not (contact.isascii() and contact.isprintable()) or re.search(r"[][(){}<>]", contact):
        raise ValueError("write a mail or web address: plain letters in one line, without brackets")
    return contact.strip()


def _day(value: object) -> object:
    """Refuse numbers, which would count seconds: since = 2015 is no day in 1970."""
    if not isinstance(value, date) and not (isinstance(value, str) and "-" in value):
        raise ValueError("write a day such as 2015-01-31")
    return value


def _host(host: str) -> str:
    if not _HOST.fullmatch(host.casefold()):
        raise ValueError(f"{host!r} is no host; write it like minutes.example.gov.uk, without https:// and /")
    return host.casefold()


Contact = Annotated[str, AfterValidator(_contact)]
Pace = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Title = Annotated[str, Field(min_length=1)]

#: What means something for a folder only, and for a site only.
_OF_FOLDERS = ("committee", "kind")
_OF_SITES = ("since", "committees", "attachments", "pace", "contact", "hosts", "decisions")


class SourceSettings(BaseModel):
    """A site, folder or file that is ingested.

    A `location` that begins with https:// or http:// is a site's; a relative path counts from the data
    directory. `council` holds for all documents that do not name one.

    For folders, `committee` and `kind` hold for all documents that do not say otherwise.

    For sites, `since` is the first day to read, None for the usual while back. `committees` are the titles of
    those to read, in any case, all when empty. `hosts` are further hosts of the same site, to which links and
    redirects may lead. `decisions` tells whether its register of decisions is read. `attachments`, `pace` and
    `contact` go before those of [sites]; None and "" leave it at those.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=SOURCE_NAME)
    location: Annotated[str, Field(min_length=1), AfterValidator(_location)]
    council: str = ""
    committee: str = ""
    kind: Kind | None = None
    since: Annotated[date | None, BeforeValidator(_day)] = None
    committees: tuple[Title, ...] = ()
    attachments: Attachments | None = None
    pace: Pace | None = None
    contact: Contact = ""
    hosts: tuple[Annotated[str, AfterValidator(_host)], ...] = ()
    decisions: bool = True

    @property
    def is_site(self) -> bool:
        """Whether the location is a site's address."""
        return is_address(self.location)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that mean something for such a location."""
        useless = _OF_FOLDERS if self.is_site else _OF_SITES
        return tuple(key for key in type(self).model_fields if key not in useless)

    @model_validator(mode="after")
    def _keys_fit_the_location(self) -> Self:
        for key in type(self).model_fields:
            if key in self.model_fields_set and key not in self.keys:
                kind = "folders" if self.is_site else "sites"
                remedy = "write committees" if key == "committee" else "remove it"
                raise ValueError(f"{key} is for {kind}, and {self.location} is none; {remedy}")
        return self


class SitesSettings(BaseModel):
    """How sites are asked, unless a source says otherwise.

    `contact`, a mail or web address, is told to each site with every request. `pace` is the number of seconds
    from one request to the next. `attachments` are the files that are read beside the items.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    contact: Contact = ""
    pace: Pace = 1.0
    attachments: Attachments = Attachments.MINUTES

    def of(self, source: SourceSettings) -> "SitesSettings":
        """Return what holds for one source."""
        return SitesSettings(
            contact=source.contact or self.contact,
            pace=self.pace if source.pace is None else source.pace,
            attachments=source.attachments or self.attachments,
        )


class Settings(BaseSettings):
    """All settings."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix=_PREFIX, env_nested_delimiter="__"
    )

    model: ModelSettings = ModelSettings()
    rerank: RerankSettings = RerankSettings()
    answer: AnswerSettings = AnswerSettings()
    web: WebSettings = WebSettings()
    sites: SitesSettings = SitesSettings()
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
    return parse_settings(read_settings(path), path)


def read_settings(path: Path) -> str:
    """Return what stands in the file of settings, "" when there is none; line ends stay as they are.

    Raises:
        SettingsError: it cannot be read.
    """
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def parse_settings(text: str, path: Path) -> Settings:
    """Return the settings that `text` makes with the environment; errors name `path`.

    Raises:
        SettingsError: it is no TOML, a key is unknown, or a value is out of bounds.
    """
    _check_environment(os.environ)
    try:
        stated = tomllib.loads(text)
    except ValueError as error:
        raise _unreadable(path, error) from error
    if isinstance(web := stated.get("web"), dict) and "secret" in web:
        raise SettingsError(
            f"{path}: web.secret stands in the environment only; remove it there and set {_PREFIX}WEB__SECRET"
        )
    try:
        settings = Settings(**stated)
    except ValidationError as error:
        raise SettingsError(f"{path}: {_in_words(error)}") from error
    except ValueError as error:  # a variable that should hold JSON and does not
        raise SettingsError(f"{_PREFIX}* in the environment cannot be read: {error}; correct it") from error
    names = [source.name for source in settings.sources]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise SettingsError(f"{path}: two sources are called {twice!r}; give each a name of its own")
    return settings


def _unreadable(path: Path, error: Exception) -> SettingsError:
    return SettingsError(f"{path} cannot be read: {error}; correct it or remove it")


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
    where = where if where.isprintable() else repr(where)
    if first["type"] == "extra_forbidden":
        return f"{where} is no setting; remove it or correct its spelling"
    if first["type"] == "value_error":
        return f"{where}: {first['ctx']['error']}"
    return f"{where}: {first['msg'][0].lower()}{first['msg'][1:]}"
