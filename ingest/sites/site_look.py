"""One look at one site: its lists, every meeting that is due, its register of decisions."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import perf_counter

from corpus.errors import FetchError, MinutebookError, RefusedError, UnreadableError
from corpus.records import Meeting, Site, Source, SourceState, Watch
from corpus.site_record import SiteRecord
from corpus.store import Corpus
from corpus.versions import Outcome
from ingest.report import Listener, Looked, Remark
from ingest.sites.decision_look import look_at_decisions
from ingest.sites.finding import find_site, open_site
from ingest.sites.lists import Listing, Lists, as_listed
from ingest.sites.meeting_look import MeetingLook
from ingest.sites.schedule import next_look
from ingest.sites.site import Fetch
from ingest.sites.site import Site as LiveSite
from ingest.sites.visit import FAILURES_IN_A_ROW, SiteOptions, Visit

#: A site that could not be read for longer than this is looked into anew.
LOST_AFTER = timedelta(days=14)
#: How far back a site is read when nothing is said about it.
DAYS_BACK = 90


async def look_at_site(
    corpus: Corpus,
    source: Source,
    options: SiteOptions,
    fetch: Fetch,
    *,
    listener: Listener,
    now: datetime,
    is_kept: bool = True,
    found: Callable[[str], None] = lambda _: None,
) -> Looked:
    """Look at the site of `source` and store what is new; whatever goes wrong is in what is returned.

    Args:
        corpus: the record; other looks may write to it between two steps of this one.
        source: its `location` is an address of the site.
        options: what the operator says about it.
        fetch: asks the site.
        listener: hears of remarks and of every document.
        now: in UTC.
        is_kept: whether the source is remembered even when no site is found there; a mistyped address
            should not be.
        found: called with the site's base address once it is known.
    """
    record = SiteRecord(corpus, source.name)
    visit = Visit(source, record, options, now, listener, record.watches())
    started = perf_counter()
    state, reason = await _outcome(visit, fetch, found)
    good = visit.time if state is SourceState.OK else source.last_good
    if is_kept or record.site() is not None:
        corpus.put_source(
            Source(source.name, source.location, state, reason, last_look=visit.time, last_good=good)
        )
    return Looked(
        source=source.name,
        state=state,
        reason=reason,
        new=visit.outcomes[Outcome.NEW],
        changed=visit.outcomes[Outcome.CHANGED],
        unchanged=visit.outcomes[Outcome.UNCHANGED],
        missing=visit.missing.missing,
        withdrawn=visit.missing.withdrawn,
        failed=visit.failed,
        blocked=visit.blocked,
        seconds=round(perf_counter() - started, 3),
    )


async def _outcome(visit: Visit, fetch: Fetch, found: Callable[[str], None]) -> tuple[SourceState, str]:
    """Look, and return the state of the source with the reason in words."""
    try:
        return await _look(visit, fetch, found)
    except MinutebookError as error:
        visit.trouble(error, visit.source.name)
        return _state(error), str(error)
    except Exception as error:  # one site that the reader trips over must not end the night's work
        reason = f"cannot be read ({type(error).__name__}: {error}): please report this"
        visit.failed += 1
        visit.listener.remark(Remark(visit.source.name, reason))
        return SourceState.FAILING, reason


def _state(error: Exception) -> SourceState:
    return SourceState.BLOCKED if isinstance(error, RefusedError) else SourceState.FAILING


async def _look(visit: Visit, fetch: Fetch, found: Callable[[str], None]) -> tuple[SourceState, str]:
    site, since = await _open(visit, fetch, found)
    listing = await Lists(visit, site, since).read()
    error = await _look_at_meetings(visit, MeetingLook(visit, site, fetch, listing), listing, since)
    if error is not None:
        return _state(error), str(error)
    if visit.options.decisions:
        try:
            await look_at_decisions(visit, site, since)
        except (FetchError, UnreadableError) as trouble:
            # Where the web service is open, the pages with the register may be closed: the meetings count.
            visit.trouble(trouble, "the register of decisions")
            return SourceState.OK, f"without its register of decisions: {trouble}"
    return SourceState.OK, ""


async def _open(visit: Visit, fetch: Fetch, found: Callable[[str], None]) -> tuple[LiveSite, date]:
    """Return the site, and the first day that is read of it.

    A new location is looked into anew, and so is a site that could not be read for long: it may have closed
    its web service, or have moved to another software.
    """
    known = visit.record.site()
    address = f"{visit.source.name}/address"
    if known is not None and visit.shows(address, visit.source.location) and not _is_lost(visit):
        site, base = open_site(known.software, known.base, fetch), known.base
    else:
        site, base = await find_site(visit.source.location, fetch)
    since = visit.options.since or visit.today - timedelta(days=DAYS_BACK)
    if known is not None:
        since = min(since, date.fromisoformat(known.since))
    lasting = since.isoformat() if known is None or visit.options.is_lasting else known.since
    visit.record.put_site(Site(visit.source.name, site.software, base, lasting))
    visit.looked(address, visit.source.location)
    found(base)
    return site, since


def _is_lost(visit: Visit) -> bool:
    """Tell whether a site has not been read in full for so long that it may have become another."""
    source = visit.source
    if source.state not in (SourceState.BLOCKED, SourceState.FAILING) or source.last_good is None:
        return False
    return visit.today - date.fromisoformat(source.last_good[:10]) > LOST_AFTER


async def _look_at_meetings(
    visit: Visit, look: MeetingLook, listing: Listing, since: date
) -> Exception | None:
    """Look at all that is due, the newest meeting first: an interrupted backfill has what people ask for.

    Returns why the site was left alone, or why nothing of it could be read; None when it went well.
    """
    titles = {committee.title for committee in listing.committees.values()}
    parts = _parts_by_meeting(visit)
    read = in_a_row = 0
    last: Exception | None = None
    for meeting in sorted(visit.record.meetings().values(), key=lambda one: (one.date, one.id), reverse=True):
        if meeting.committee not in titles or meeting.date < since.isoformat():
            continue
        step = _step(visit, look, listing, meeting, parts.get(meeting.id, []))
        if step is None:
            continue
        try:
            await step.take()
            read, in_a_row = read + 1, 0
        except (FetchError, UnreadableError) as error:
            visit.trouble(error, meeting.url or meeting.id)
            refused = isinstance(error, RefusedError)
            if refused and step.is_part:
                continue  # a single file that is closed says nothing about the site
            last = error
            if isinstance(error, RefusedError) and error.by_robots:
                continue  # nothing was asked of the site, and other addresses may do
            in_a_row += 1
            if refused or in_a_row == FAILURES_IN_A_ROW:
                return error
    return None if read else last


@dataclass(frozen=True, slots=True)
class _Step:
    """What is to be done about a meeting tonight; `is_part` when that is a look at one file or item of it."""

    take: Callable[[], Awaitable[None]]
    is_part: bool


def _step(
    visit: Visit, look: MeetingLook, listing: Listing, meeting: Meeting, parts: list[Watch]
) -> _Step | None:
    """Return what is to be done about a meeting: look at it, look at one of its parts, or nothing.

    When nothing has changed, a meeting costs one request a night at most: its files and long items are
    looked at again on nights when the meeting itself is not due, the longest overdue one first.
    """
    happened = date.fromisoformat(meeting.date)
    listed = listing.meetings.get(meeting.id)
    named = listed or as_listed(meeting)
    is_listed = listing.may_name(meeting)
    urgent = meeting.id in listing.moved or meeting.id in listing.vanished
    due = [part for part in parts if visit.due(part.id, happened)]
    unread = any(not part.shown for part in due)
    if urgent or unread or visit.due(meeting.id, happened):
        return _Step(lambda: look.at(named, is_listed=is_listed), is_part=False)
    if due:
        longest = min(due, key=lambda part: (next_look(part, happened) or date.min, part.id))
        return _Step(lambda: look.at_part(longest, named, is_listed=is_listed), is_part=True)
    return None


def _parts_by_meeting(visit: Visit) -> dict[str, list[Watch]]:
    parts: dict[str, list[Watch]] = {}
    for watch in visit.watches.values():
        if watch.meeting:
            parts.setdefault(watch.meeting, []).append(watch)
    return parts
