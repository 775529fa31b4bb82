"""Sources that are council sites: what is to be looked at there, and how; and the looks themselves."""

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from filelock import FileLock, Timeout
from pydantic import ValidationError

from corpus.errors import BusyError, UsageError
from corpus.records import Source
from corpus.store import Corpus
from ingest.report import Listener, Looked
from ingest.sites.manners import Manners
from ingest.sites.visit import SiteOptions
from ui.settings import SitesSettings, SourceSettings

#: What sites of councils are called before their own name, and what all their hosts end in.
_COMMON = re.compile(
    r"^(?:www|democracy|moderngov|modgov|committees?|meetings|minutes|councillors?|council|cmis|w3)\.(?=[^.]+\.)"
    r"|\.(?:gov\.uk|gov\.wales|llyw\.cymru|moderngov\.co\.uk|cmis\.uk\.com|org\.uk)$"
)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is said about one look at sites, beside their settings: None and () say nothing."""

    since: date | None = None
    committees: tuple[str, ...] = ()
    everything: bool = False


#: Nothing is said.
EVERYTHING = Narrowed()


@dataclass(frozen=True, slots=True)
class SiteTarget:
    """A site to look at. `new` is its table for minutebook.toml when it does not stand there yet."""

    source: Source
    options: SiteOptions
    manners: Manners
    new: dict[str, Any] | None = None


def site_target(
    settings: SourceSettings, sites: SitesSettings, known: Source | None, narrowed: Narrowed, *, is_new: bool
) -> SiteTarget:
    """Return what the settings of a site come to.

    Args:
        settings: of the site.
        sites: what holds for all sites.
        known: what the record knows of the source.
        narrowed: what is said about this look; a new source keeps it as its settings.
        is_new: whether the site does not stand in minutebook.toml yet.
    """
    held = sites.of(settings)
    options = SiteOptions(
        council=settings.council,
        since=narrowed.since or settings.since,
        committees=narrowed.committees or settings.committees,
        attachments=held.attachments,
        decisions=settings.decisions,
        everything=narrowed.everything,
        # A backfill of one committee is no wish for that of all.
        is_lasting=is_new or not narrowed.committees,
    )
    source = replace(known or Source(settings.name, ""), location=settings.location)
    manners = Manners(settings.location, frozenset(settings.hosts), held.pace, held.contact)
    return SiteTarget(source, options, manners, _table(settings, options) if is_new else None)


def site_name(address: str, taken: Callable[[str], bool]) -> str:
    """Return a name for the site at `address`: what is its own in the host, numbered where it is taken."""
    host = urlsplit(address).netloc.casefold()
    own = _COMMON.sub("", _COMMON.sub("", host)) or host
    name = re.sub(r"[^a-z0-9]+", "-", own).strip("-")[:60] or "site"
    numbered = (f"{name}-{number}" for number in range(2, 1_000))
    return name if not taken(name) else next(each for each in numbered if not taken(each))


def is_within(address: str, location: str) -> bool:
    """Tell whether `address` is on the site at `location`: in its directory, or a page beside it."""
    asked, known = urlsplit(address.casefold()), urlsplit(location.casefold())
    folder = known.path.rpartition("/")[0]
    return asked.netloc == known.netloc and f"{asked.path.rstrip('/')}/".startswith(f"{folder}/")


def new_site(name: str, address: str, council: str) -> SourceSettings:
    """Return the settings of a site that someone has named by its address.

    Raises:
        UsageError: that is no address.
    """
    try:
        return SourceSettings(name=name, location=address, council=council)
    except ValidationError as error:
        raise UsageError(f"{address}: {error.errors()[0]['msg'].removeprefix('Value error, ')}") from error


def look_at_sites(
    corpus: Corpus,
    targets: Sequence[SiteTarget],
    listener: Listener,
    *,
    now: datetime,
    found: Callable[[SiteTarget, str], None],
    looked: Callable[[Looked], None],
) -> None:
    """Look at all sites at once, each at its own pace.

    Args:
        corpus: the record.
        targets: the sites.
        listener: who hears of the looks.
        now: in UTC.
        found: called with a site's base address once it is known.
        looked: called with the report on each site when it is done.

    Raises:
        BusyError: another process is looking at sites; together they would be twice as fast as they may.
        KeyboardInterrupt: it was told to end; what has been stored stays.
    """
    # Scrapy takes a second to import: only those who look at sites wait for it.
    from ingest.sites.crawl import SourceFetch, crawl
    from ingest.sites.site_look import look_at_site

    def visit(target: SiteTarget) -> Callable[[SourceFetch], Awaitable[None]]:
        async def look(fetch: SourceFetch) -> None:
            report = await look_at_site(
                corpus,
                target.source,
                target.options,
                fetch,
                listener=listener,
                now=now,
                is_kept=target.new is None,
                found=lambda base: found(target, base),
            )
            looked(replace(report, requests=fetch.requests))

        return look

    with _alone(corpus.path.parent):
        crawl([(target.manners, visit(target)) for target in targets])


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    try:
        with FileLock(data / "sites.lock", timeout=0):
            yield
    except Timeout as error:
        raise BusyError("another process is looking at sites; wait until it is done, or end it") from error


def _table(settings: SourceSettings, options: SiteOptions) -> dict[str, Any]:
    said = {
        "name": settings.name,
        "location": settings.location,
        "council": settings.council,
        "since": options.since,
        "committees": list(options.committees),
    }
    return {key: value for key, value in said.items() if value not in (None, "", [])}
