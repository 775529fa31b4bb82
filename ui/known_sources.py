"""Which sources there are, configured or remembered, what is set for each, and how each stands."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from corpus.errors import UsageError
from corpus.records import Source
from ingest.sites.directory import Council, councils, find_council, near
from ui.library import Library
from ui.settings import SitesSettings, SourceSettings
from ui.terminal import printable

#: What is said in place of a setting that is empty.
_EMPTY = {"committees": "all", "hosts": "no others", "since": "the usual while back"}


@dataclass(frozen=True, slots=True)
class Known:
    """A source, and its `settings` when it stands in minutebook.toml; the state is in `source`."""

    source: Source
    settings: SourceSettings | None = None

    def as_dict(self, sites: SitesSettings) -> dict[str, Any]:
        """Return its place, its state and all that is set for it, ready for JSON; `settings` may be None."""
        held = effective(self.settings, sites) if self.settings else None
        return {**asdict(self.source), "settings": held}


def known_sources(library: Library) -> tuple[Known, ...]:
    """Return the configured sources in the order of the file, then those that only the record remembers.

    Raises:
        CorpusError: the record cannot be opened.
    """
    recorded: dict[str, Source] = {}
    if library.record.exists():
        with library.corpus() as corpus:
            recorded = {source.name: source for source in corpus.sources()}
    configured = [
        Known(replace(recorded.pop(one.name, Source(one.name, "")), location=one.location), one)
        for one in library.settings.sources
    ]
    return (*configured, *map(Known, recorded.values()))


def source_called(library: Library, named: str) -> Known | Council:
    """Return the source of this name, or else the council of the directory.

    Raises:
        UsageError: there is neither; the message has the nearest names.
        CorpusError: the record cannot be opened.
    """
    known = {one.source.name: one for one in known_sources(library)}
    council = find_council(named)
    if named in known:
        return known[named]
    if council is None:
        raise UsageError(f"no source and no council is called {named!r}{nearest(named)}")
    return known.get(council.key, council)


def nearest(named: str) -> str:
    """Return the end of a sentence about a council that is not known: the names that may be meant."""
    keys = [council.key for council in near(named)]
    return f"; did you mean {' or '.join(keys)}?" if keys else "; see: minutebook sources list --known"


def councils_with(word: str) -> tuple[Council, ...]:
    """Return the councils with `word` in their name or address; when none has it, those near it."""
    sought = word.strip().casefold()
    found = [one for one in councils() if sought in f"{one.key} {one.name} {one.base}".casefold()]
    return tuple(found) or near(word)


def effective(settings: SourceSettings, sites: SitesSettings) -> dict[str, Any]:
    """Return all that holds for a source, ready for JSON: its own settings, else those of [sites]."""
    said = settings.model_dump(mode="json", include=set(settings.keys))
    return {**said, **sites.of(settings).model_dump(mode="json")} if settings.is_site else said


def with_word(known: tuple[Known, ...], word: str) -> tuple[Known, ...]:
    """Return those with `word` in their name or location."""
    sought = word.strip().casefold()
    return tuple(one for one in known if sought in f"{one.source.name} {one.source.location}".casefold())


def sources_text(known: tuple[Known, ...], word: str = "") -> str:
    """Return one line for each source; `word` is what they were chosen by."""
    if not known and word:
        return _lines(
            [f"no source has {word!r} in its name or location; see: minutebook sources list --known"]
        )
    if not known:
        return "no sources yet; run: minutebook sources add NAME, or minutebook ingest FOLDER"
    lines = []
    for one in known:
        place = f"  {one.source.location}" if one.source.location != one.source.name else ""
        unset = "" if one.settings else ", not in minutebook.toml"
        lines.append(f"{one.source.name}{place}  {state_words(one.source)}{unset}")
    return _lines(lines)


def councils_text(found: tuple[Council, ...], word: str = "") -> str:
    """Return one line for each council; `word` is what they were chosen by."""
    if not found:
        return _lines([f"no council is known with {word!r} in its name or address; its address will do, too"])
    return _lines(f"{one.key}  {one.name}  {one.software}  {one.base}" for one in found)


def source_text(known: Known, sites: SitesSettings) -> str:
    """Return all that is set for a source and how it stands, one line each."""
    rows = {"name": known.source.name, "location": known.source.location}
    if known.settings:
        held = effective(known.settings, sites)
        rows |= {key: _in_words(value) or _EMPTY.get(key, "not set") for key, value in held.items()}
    else:
        rows["settings"] = "none: it does not stand in minutebook.toml"
    return _table({**rows, "state": state_words(known.source)})


def council_text(council: Council) -> str:
    """Return what the directory holds about a council, one line each."""
    rows = {
        "name": council.key,
        "council": council.name,
        "software": council.software,
        "location": council.base,
    }
    return _table({**rows, "state": f"no source yet; run: minutebook sources add {council.key}"})


def state_words(source: Source) -> str:
    """Say how a source stands, and when it was looked at."""
    reason = f": {source.reason}" if source.reason else ""
    looked = f"last looked at {source.last_look}" if source.last_look else "never looked at"
    good = f", last in full {source.last_good}" if source.last_good not in (None, source.last_look) else ""
    return f"{source.state}{reason}  ({looked}{good})"


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value)


def _table(rows: dict[str, str]) -> str:
    width = max(map(len, rows))
    return _lines(f"{key:{width}}  {value}" for key, value in rows.items())


def _lines(lines: Iterable[str]) -> str:
    """Put lines together; what a site said may hold anything, and never makes a line of its own."""
    return "\n".join(printable(line).replace("\n", " ") for line in lines)
