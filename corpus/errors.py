"""Every error that Minutebook raises on purpose.

    MinutebookError                  one clear line for a person: what, and the remedy
    ├── UsageError                   the command, the question or a setting is wrong          exit 2
    │   └── SettingsError            minutebook.toml or the environment
    ├── UnreadableError              one file, line or page of many cannot be read            exit 1
    ├── FetchError                   one address of a site gives no answer that can be used   exit 1
    │   ├── RefusedError             the site does not want it to be fetched
    │   ├── AbsentError              there is nothing at this address
    │   └── ForeignError             it leads away from the source's own hosts
    └── NothingDoneError             the whole command can do nothing                         exit 3
        ├── CorpusError              the record, or the feedback beside it, cannot be opened
        ├── GenerationError          no generation, or a broken one
        │   └── ModelMismatchError   it was embedded with another model than the configured one
        └── BusyError                another process is building

The message of each names the thing and what to do about it; no traceback reaches a person.
"""

from typing import ClassVar


class MinutebookError(Exception):
    """Anything that goes wrong in a way that was foreseen."""

    exit_code: ClassVar[int] = 3


class UsageError(MinutebookError):
    """The request itself cannot be carried out as it was put."""

    exit_code = 2


class SettingsError(UsageError):
    """A setting is unknown or out of bounds."""


class UnreadableError(MinutebookError):
    """One input among many cannot be read; the others go on."""

    exit_code = 1


class FetchError(MinutebookError):
    """One address of a site gives no answer that can be used; what is stored stays as it is."""

    exit_code = 1


class RefusedError(FetchError):
    """The site does not want this to be fetched: its robots.txt, a refusal, a challenge page.

    `by_robots` when its robots.txt says so: then nothing was asked of the site, and other addresses may do.
    """

    def __init__(self, message: str, *, by_robots: bool = False) -> None:
        super().__init__(message)
        self.by_robots = by_robots


class AbsentError(FetchError):
    """There is nothing at this address: never there, or there no more."""


class ForeignError(FetchError):
    """An address or a redirect leads away from the source's own hosts; it is not followed."""


class NothingDoneError(MinutebookError):
    """Nothing could be done."""


class CorpusError(NothingDoneError):
    """The record, or the feedback, cannot be opened or written, or is a newer version's."""


class GenerationError(NothingDoneError):
    """There is no generation to read, or it is broken."""


class ModelMismatchError(GenerationError):
    """The generation and the settings name different embedding models."""


class BusyError(NothingDoneError):
    """Another process holds the lock."""
