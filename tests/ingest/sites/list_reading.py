"""Lists of a scripted site, read on one day after another; two committees have met."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

from corpus.records import Committee, Source
from corpus.site_record import SiteRecord
from ingest.report import Listener, Remark
from ingest.sites.lists import Listing, Lists
from ingest.sites.visit import SiteOptions, Visit
from tests.ingest.sites.scripted import BASE, ROADS, TODAY, ScriptedSite, meeting

SINCE = date(2025, 1, 1)
RECENT = TODAY - timedelta(days=30)
OLD = TODAY - timedelta(days=300)


class Reading:
    """Reads the lists of a site on one day after another."""

    def __init__(self, corpus) -> None:
        self.record = SiteRecord(corpus, "ashmere")
        self.site = ScriptedSite()
        self.site.publish(
            meeting("1", RECENT), meeting("2", RECENT, committee=ROADS), meeting("3", OLD, committee=ROADS)
        )
        self.remarks: list[Remark] = []

    def __call__(self, day: date = TODAY, since: date = SINCE, **options: object) -> Listing:
        self.site.take_asked()
        self.site.windows.clear()
        visit = Visit(
            Source("ashmere", BASE),
            self.record,
            SiteOptions(**options),  # type: ignore[arg-type]
            datetime.combine(day, time(2, 30), UTC),
            Listener(self.remarks.append, lambda _: None),
            self.record.watches(),
        )
        return asyncio.run(Lists(visit, self.site, since).read())

    @property
    def asked(self) -> list[str]:
        return self.site.take_asked()

    def committee(self, key: str) -> Committee:
        return next(one for one in self.record.committees() if one.key == key)


def keys(listing: Listing) -> set[str]:
    return {one.removeprefix("ashmere/meeting/") for one in listing.meetings}
