"""A site that answers what a test has written, and a record that visits it day after day.

What stands in `ScriptedSite` is what the site publishes now; tests change it between two visits. Everything
that is asked of it is noted in `asked`: "committees", "list 1", "list all", "meeting 7", "whole 71",
"register", "decision 5", and the addresses of files.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from unittest.mock import patch

from corpus.errors import AbsentError, FetchError
from corpus.records import Document, Meeting, Source, SourceState, Watch
from corpus.site_record import SiteRecord
from corpus.store import Corpus
from ingest.report import Listener, Looked, Remark
from ingest.sites.records import (
    Decision,
    Item,
    ListedCommittee,
    ListedDecision,
    ListedMeeting,
    Paper,
    PaperKind,
    Part,
    Proceedings,
    Software,
)
from ingest.sites.site import PAGE_BYTES, Fetched, Site
from ingest.sites.site_look import look_at_site
from ingest.sites.visit import SiteOptions

BASE = "https://ashmere.example/"
CABINET = ListedCommittee("1", "Cabinet")
ROADS = ListedCommittee("2", "Roads and Bridges Committee")
TODAY = date(2026, 3, 2)
#: Eight weeks before TODAY: whatever rests since then is looked at again after fourteen days.
HELD = TODAY - timedelta(days=56)
AGAIN = TODAY + timedelta(days=14)


@dataclass
class ScriptedSite:
    """A site with one or two committees.

    `held` are the meetings by key; one in `unlisted` stands in no list, one that is not in `held` is absent.
    `listed_on` are days that the lists give in place of those of the meetings. `wholes` are items that are
    shown cut, in full. `errors` are raised where they are asked for, by what is asked (see `asked`).
    `lists_all` tells whether one list names the meetings of all committees, and `in_all` which of them.
    """

    software: Software = Software.MODERNGOV_PAGES
    committee_list: list[ListedCommittee] = field(default_factory=lambda: [CABINET, ROADS])
    held: dict[str, Proceedings] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)
    listed_on: dict[str, str] = field(default_factory=dict)
    wholes: dict[str, Item] = field(default_factory=dict)
    register: dict[str, Decision] = field(default_factory=dict)
    entered: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    errors: dict[str, Exception] = field(default_factory=dict)
    lists_all: bool = False
    in_all: Callable[[ListedMeeting], bool] = lambda _: True
    asked: list[str] = field(default_factory=list)
    windows: list[tuple[str, str]] = field(default_factory=list)

    def publish(self, *proceedings: Proceedings) -> None:
        """Publish meetings, in place of those with the same key."""
        self.held |= {one.key: one for one in proceedings}

    def enter(self, *decisions: Decision) -> None:
        """Enter decisions into the register on their day, in place of those with the same key."""
        self.register |= {one.key: one for one in decisions}

    def take_asked(self) -> list[str]:
        """Return what was asked since the last call."""
        asked, self.asked = self.asked, []
        return asked

    async def fetch(self, address: str, *, most: int = PAGE_BYTES) -> Fetched:
        self._ask(address)
        if address not in self.files:
            raise AbsentError(f"{address}: there is nothing at this address")
        return Fetched(address, self.files[address][:most], "text/plain")

    @property
    def lists_every_committee(self) -> bool:
        return self.software is not Software.CMIS

    @property
    def addresses_last(self) -> bool:
        return self.software is not Software.CMIS

    async def committees(self) -> tuple[ListedCommittee, ...]:
        self._ask("committees")
        return tuple(self.committee_list)

    async def meetings(self, committee: ListedCommittee, since: str, until: str) -> tuple[ListedMeeting, ...]:
        self._ask(f"list {committee.key}")
        self.windows.append((since, until))
        return tuple(one for one in self._listed(since, until) if one.committee.key == committee.key)

    async def all_meetings(self, since: str, until: str) -> tuple[ListedMeeting, ...] | None:
        self._ask("list all")
        self.windows.append((since, until))
        if not self.lists_all:
            return None
        return tuple(one for one in self._listed(since, until) if self.in_all(one))

    async def meeting(self, listed: ListedMeeting) -> Proceedings:
        self._ask(f"meeting {listed.key}")
        if listed.key not in self.held:
            raise AbsentError(f"{listed.url}: there is nothing at this address")
        return self.held[listed.key]

    async def whole(self, item: Item) -> Item:
        self._ask(f"whole {item.key}")
        if item.key not in self.wholes:
            raise AbsentError(f"{item.url}: there is nothing at this address")
        return self.wholes[item.key]

    async def decisions(self, since: str, until: str) -> tuple[ListedDecision, ...]:
        self._ask("register")
        self.windows.append((since, until))
        return tuple(
            ListedDecision(one.key, one.title, one.url)
            for one in self.register.values()
            if since <= self.entered.get(one.key, one.date or "") <= until
        )

    async def decision(self, listed: ListedDecision) -> Decision:
        self._ask(f"decision {listed.key}")
        if listed.key not in self.register:
            raise AbsentError(f"{listed.url}: there is nothing at this address")
        return self.register[listed.key]

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if (error := self.errors.get(what)) is not None:
            raise error

    def _listed(self, since: str, until: str) -> list[ListedMeeting]:
        known = {one.title: one for one in self.committee_list}
        found = []
        for one in self.held.values():
            day = self.listed_on.get(one.key, one.date)
            if one.key not in self.unlisted and since <= day <= until and one.committee in known:
                found.append(ListedMeeting(one.key, known[one.committee], day, one.url, one.status))
        return found


@dataclass
class Visits:
    """Visits of one site, each on a day, over one record."""

    corpus: Corpus
    site: ScriptedSite = field(default_factory=ScriptedSite)
    source: Source = field(default_factory=lambda: Source("ashmere", BASE))
    remarks: list[Remark] = field(default_factory=list)
    finds: int = 0
    trouble_finding: Exception | None = None
    found: Callable[[str], None] = lambda _: None

    def __call__(self, day: date, *, is_kept: bool = True, **options: Any) -> Looked:
        """Look at the site on `day`; `options` are those of `SiteOptions`."""
        options = {"since": date(2026, 1, 1), **options}
        with patch.multiple("ingest.sites.site_look", find_site=self._find, open_site=lambda *_: self.site):
            looked = asyncio.run(
                look_at_site(
                    self.corpus,
                    self.source,
                    SiteOptions(**options),
                    self.site.fetch,
                    listener=Listener(self.remarks.append, lambda _: None),
                    now=datetime.combine(day, time(2, 30), UTC),
                    is_kept=is_kept,
                    found=self.found,
                )
            )
        self.source = self.stored or self.source
        return looked

    def nights(self, first: date, count: int, **options: Any) -> list[Looked]:
        """Look at the site on so many days in a row."""
        return [self(first + timedelta(days=number), **options) for number in range(count)]

    @property
    def stored(self) -> Source | None:
        """The source as it stands in the record."""
        return next((one for one in self.corpus.sources() if one.name == self.source.name), None)

    @property
    def record(self) -> SiteRecord:
        return SiteRecord(self.corpus, self.source.name)

    @property
    def texts(self) -> dict[str, str]:
        """What is published now: the words by the id without the source."""
        return {one.id.removeprefix("ashmere/"): one.text for one in self.corpus.documents()}

    @property
    def said(self) -> list[str]:
        return [str(remark) for remark in self.remarks]

    def document(self, id: str) -> Document:
        document = self.corpus.document(f"ashmere/{id}")
        assert document is not None, f"{id} is not among {sorted(self.texts)}"
        return document

    def meeting(self, key: str) -> Meeting:
        return self.record.meetings()[f"ashmere/meeting/{key}"]

    def watch(self, id: str) -> Watch:
        return self.record.watches()[f"ashmere/{id}"]

    async def _find(self, address: str, _: object) -> tuple[Site, str]:
        self.finds += 1
        if self.trouble_finding is not None:
            raise self.trouble_finding
        return self.site, address


def look_asking(visits: Visits, day: date, **options: Any) -> tuple[Looked, list[str]]:
    """Look at a site without its register; return the report, and what was asked beside the lists."""
    visits.site.take_asked()
    looked = visits(day, **{"decisions": False, **options})
    lists = ("committees", "list")
    return looked, [what for what in visits.site.take_asked() if not what.startswith(lists)]


def url(key: str) -> str:
    """Return the address of the file `key`."""
    return f"{BASE}documents/{key}.txt"


def meeting(
    key: str, day: str | date, *items: Item, committee: ListedCommittee = CABINET, **fields: object
) -> Proceedings:
    """Return a meeting with these items."""
    defaults = {"url": f"{BASE}meeting/{key}", "items": items, "minutes_published": bool(items)}
    return Proceedings(key, committee.title, str(day), **(defaults | fields))  # type: ignore[arg-type]


def item(
    key: str, words: str = "The mill bridge was closed.", label: str = "minutes", **fields: object
) -> Item:
    """Return an item with one part."""
    parts = (Part(label, f"<p>{words}</p>"),) if words else ()
    defaults = {"number": key, "title": f"Matter {key}", "url": f"{BASE}item/{key}", "parts": parts}
    return Item(key, **(defaults | fields))  # type: ignore[arg-type]


def paper(key: str, kind: PaperKind = PaperKind.REPORT, **fields: object) -> Paper:
    """Return a file that is plain text."""
    defaults = {"title": f"File {key}", "address": url(key), "url": url(key)}
    return Paper(key, kind=kind, **(defaults | fields))  # type: ignore[arg-type]


def decision(key: str, day: str | None, words: str = "The lane is closed.", **fields: object) -> Decision:
    """Return a decision of the leader."""
    parts = (Part("decision", f"<p>{words}</p>"),) if words else ()
    defaults = {"title": f"Decision {key}", "url": f"{BASE}decision/{key}", "maker": "The Leader"}
    return Decision(key, date=day, parts=parts, **(defaults | fields))  # type: ignore[arg-type]


def broken(what: str) -> FetchError:
    """Return the error of an address that answers with an error of its server."""
    return FetchError(f"{BASE}{what}: answers 500")


OK = SourceState.OK
