"""One visit to one site: what it is about, what it may do, and what it comes to."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from corpus.errors import FetchError, RefusedError
from corpus.records import Source, Status, Watch
from corpus.site_record import SiteRecord
from corpus.versions import Missing, Outcome
from ingest.report import Listener, Remark
from ingest.sites.documents import Setting
from ingest.sites.records import Attachments, Proceedings
from ingest.sites.schedule import MOST_DAYS, is_due

#: So many meetings, lists or decisions in a row that fail mean that the site is not well: it is left alone.
FAILURES_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What an operator may say about a site.

    `since` is the first day of meetings that are read, None for the last 90 days before the first visit.
    `committees` are titles or parts of them, in any case; () means all. `everything` looks at what is not
    due, too. `is_lasting` is whether later visits go as far back as `since`, too.
    """

    council: str = ""
    since: date | None = None
    committees: tuple[str, ...] = ()
    attachments: Attachments = Attachments.MINUTES
    decisions: bool = True
    everything: bool = False
    is_lasting: bool = True


@dataclass(slots=True)
class Visit:
    """What a visit knows and counts. `now` is in UTC; the schedule counts in its days."""

    source: Source
    record: SiteRecord
    options: SiteOptions
    now: datetime
    listener: Listener
    watches: dict[str, Watch]
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    missing: Missing = field(default_factory=Missing)
    failed: int = 0
    blocked: int = 0
    foreign: set[str] = field(default_factory=set)

    @property
    def today(self) -> date:
        """The day of the visit."""
        return self.now.date()

    @property
    def time(self) -> str:
        """The time of the visit, ISO 8601 in UTC."""
        return self.now.isoformat(timespec="seconds")

    def due(self, watch_id: str, happened: date, *, most: int = MOST_DAYS) -> bool:
        """Tell whether something is to be looked at now."""
        return self.options.everything or is_due(self.watches.get(watch_id), happened, self.today, most=most)

    def shows(self, watch_id: str, shown: str) -> bool:
        """Tell whether something shows what it showed at the last look."""
        known = self.watches.get(watch_id)
        return known is not None and known.shown == shown

    def looked(self, watch_id: str, shown: str, *, meeting: str = "", address: str = "") -> None:
        """Remember that something was looked at now and what it showed; the first look is no change."""
        known = self.watches.get(watch_id)
        changed = known.last_change if known else None
        if known and known.shown != shown:
            changed = self.time
        self._put(Watch(watch_id, self.source.name, meeting, address, shown, self.time, changed))

    def failed_at(self, watch_id: str, *, meeting: str = "", address: str = "") -> None:
        """Remember that something could not be read, so that it is tried again soon, and ever more rarely."""
        known = self.watches.get(watch_id)
        failing_since = known.last_change if known and not known.shown and known.last_change else self.time
        self._put(Watch(watch_id, self.source.name, meeting, address, "", self.time, failing_since))

    def soon(self, watch_id: str) -> None:
        """Let something be due at the next visit, whatever it showed now."""
        if (known := self.watches.get(watch_id)) is not None:
            self._put(replace(known, last_change=self.time))

    def count(self, outcome: Outcome, where: str) -> None:
        """Count one document."""
        self.outcomes[outcome] += 1
        self.listener.done(where)

    def say(self, where: str, reason: str) -> None:
        """Remark on something that went well enough."""
        self.listener.remark(Remark(where, reason, failed=False))

    def trouble(self, error: Exception, where: str) -> None:
        """Count and report what could not be looked at."""
        if isinstance(error, RefusedError):
            self.blocked += 1
        else:
            self.failed += 1
        # The errors of fetching begin with the address, which says more than the name of the source.
        told = str(error) if isinstance(error, FetchError) else f"{where}: {error}"
        self.listener.remark(Remark(self.source.name, told))

    def leads_away(self, address: str) -> None:
        """Say once a visit that files on a host are left out: no failure, for it stays so every night."""
        host = urlsplit(address).netloc
        if host not in self.foreign:
            self.foreign.add(host)
            self.say(
                self.source.name,
                f"files on {host} are left out, which is none of its hosts; if it is the same site, "
                f"put it into hosts in minutebook.toml, then run: minutebook ingest {self.source.name} --all",
            )

    def setting(self, proceedings: Proceedings) -> Setting:
        """Return what the documents of a meeting share."""
        final = Status.FINAL if proceedings.minutes_published else Status.UNKNOWN
        return Setting(
            source=self.source.name,
            council=self.options.council,
            committee=proceedings.committee,
            date=proceedings.date or None,
            status=Status.DRAFT if proceedings.draft else final,
            now=self.time,
        )

    def _put(self, watch: Watch) -> None:
        self.watches[watch.id] = watch
        self.record.put_watch(watch)
