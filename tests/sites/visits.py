"""Looks at fake sites within the test's own process: many nights in little time, and no reactor.

What decides about addresses, redirects, robots.txt and refusals is the real fetch of `ingest.sites`; only
the sending is plain: nothing waits, and every host is this machine.
"""

import asyncio
import ssl
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from corpus.records import Source
from corpus.store import Corpus
from ingest.report import Listener, Looked, Remark
from ingest.sites.answer import Answer, Trouble
from ingest.sites.fetching import Doorbook, SourceFetch
from ingest.sites.manners import Manners, Patience
from ingest.sites.pace import Paces
from ingest.sites.site_look import look_at_site
from ingest.sites.visit import SiteOptions

SECONDS = 10


@dataclass(frozen=True, slots=True)
class Send:
    """Sends one request to this machine, whatever host it is for; `trusting` is for sites with https."""

    trusting: ssl.SSLContext | None = None

    async def __call__(self, address: str, *, slot: str, agent: str, most: int) -> Answer | Trouble:
        parts = urlsplit(address)
        try:
            with closing(self._connection(parts.scheme, parts.port)) as connection:
                target = f"{parts.path}?{parts.query}" if parts.query else parts.path
                connection.request("GET", target, headers={"Host": parts.netloc, "User-Agent": agent})
                reply = connection.getresponse()
                body = reply.read(most + 1)
        except (OSError, HTTPException) as error:
            return Trouble(repr(error))
        media_type = reply.headers.get_content_type()
        return Answer(reply.status, body, media_type, reply.headers["Location"], reply.headers["Retry-After"])

    def _connection(self, scheme: str, port: int | None) -> HTTPConnection:
        if scheme == "https":
            return HTTPSConnection("127.0.0.1", port, timeout=SECONDS, context=self.trusting)
        return HTTPConnection("127.0.0.1", port, timeout=SECONDS)


@dataclass
class Visits:
    """One source over one record, looked at on days of the test's choosing."""

    data: Path
    name: str
    location: str
    options: SiteOptions = field(default_factory=SiteOptions)
    send: Send = field(default_factory=Send)
    remarks: list[Remark] = field(default_factory=list)

    def __call__(self, day: date, options: SiteOptions | None = None) -> Looked:
        """Look at the site in the night of `day`, at the hour at which the real command does in `Nights`."""
        with Corpus(self.data / "corpus.sqlite3") as corpus:
            return asyncio.run(self._look(corpus, day, options or self.options))

    async def _look(self, corpus: Corpus, day: date, options: SiteOptions) -> Looked:
        known = {source.name: source for source in corpus.sources()}
        source = replace(known.get(self.name, Source(self.name, "")), location=self.location)
        paces = Paces(lambda slot, seconds: None)
        manners, patience = Manners(self.location, pace=0.0), Patience(timeout=SECONDS, waits=())
        fetch = SourceFetch(manners, self.send, paces, Doorbook(), patience)
        looked = await look_at_site(
            corpus,
            source,
            options,
            fetch,
            listener=Listener(self.remarks.append, lambda _: None),
            now=datetime.combine(day, time(2, 30), UTC),
        )
        return replace(looked, requests=fetch.requests)
