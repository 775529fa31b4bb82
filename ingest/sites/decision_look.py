"""One look at the register of decisions: what is new in it, and what is looked at again."""

from datetime import date, timedelta
from hashlib import sha256

from corpus.errors import AbsentError, FetchError, UnreadableError
from corpus.records import Status
from corpus.versions import Missing, Outcome
from ingest.sites.documents import Setting, decision_document, decision_id, issue_id
from ingest.sites.item_text import to_html
from ingest.sites.records import ListedDecision
from ingest.sites.site import Site
from ingest.sites.visit import FAILURES_IN_A_ROW, Visit

#: Registers are asked for so many days at a time: some sites need minutes for years.
DAYS_AT_A_TIME = 90
#: On an ordinary night the register is read for so many days back: decisions are entered late.
RECENT_DAYS = 28
#: Later than any day.
LATER = "9999-12-31"


async def look_at_decisions(visit: Visit, site: Site, since: date) -> None:
    """Read what the register has published since; what it published before is looked at ever more rarely.

    Raises:
        FetchError, UnreadableError: the register cannot be read.
    """
    register = f"{visit.source.name}/register"
    known = visit.watches.get(register)
    reached = known.shown if known and known.shown else LATER
    if since.isoformat() >= reached and not visit.due(register, visit.today):
        return
    start = since if since.isoformat() < reached else max(since, visit.today - timedelta(days=RECENT_DAYS))
    listed: dict[str, ListedDecision] = {}
    for first, last in _windows(start, visit.today):
        for one in await site.decisions(first.isoformat(), last.isoformat()):
            listed[decision_id(visit.source.name, one.key)] = one
    failures = 0
    for identity, one in {**_remembered(visit), **listed}.items():
        if not visit.due(identity, _published(visit, identity)):
            visit.count(Outcome.UNCHANGED, identity)
            continue
        try:
            # That one is gone is believed only of a register that shows others.
            await _look_at(visit, site, one, identity, may_be_gone=bool(listed) and identity not in listed)
            failures = 0
        except (FetchError, UnreadableError) as error:
            visit.failed_at(identity)
            failures += 1
            if failures == FAILURES_IN_A_ROW:
                raise
            visit.trouble(error, one.url)
    visit.looked(register, min(since.isoformat(), reached))


def _remembered(visit: Visit) -> dict[str, ListedDecision]:
    """Return the decisions that were read before, whether the register still lists them or not."""
    prefix = decision_id(visit.source.name, "")
    found = {}
    for identity in visit.watches:
        if identity.startswith(prefix) and (document := visit.record.document(identity)) is not None:
            found[identity] = ListedDecision(identity.removeprefix(prefix), document.title, document.url)
    return found


async def _look_at(
    visit: Visit, site: Site, listed: ListedDecision, identity: str, *, may_be_gone: bool
) -> None:
    try:
        decision = await site.decision(listed)
    except AbsentError:
        if not may_be_gone:
            raise
        visit.missing += visit.record.count_missing(identity, ())
        visit.looked(identity, "")
        visit.soon(identity)
        return
    if decision.withheld:
        if visit.record.erase(identity):
            visit.missing += Missing(withdrawn=1)
            visit.say(identity, "withheld by the council now: its words are erased")
        visit.looked(identity, "withheld")
        return
    setting = Setting(
        visit.source.name, visit.options.council, decision.maker, decision.date, Status.UNKNOWN, visit.time
    )
    document = decision_document(decision, setting)
    shown = sha256(repr(decision).encode("utf-8", "replace")).hexdigest()
    if document is not None:
        raw = to_html(decision.parts)
        outcome = visit.record.put(
            document, input_hash=shown, raw=raw, media_type="text/html", meeting=identity
        )
        visit.count(outcome, identity)
        if decision.issue:
            visit.record.put_issue(identity, issue_id(visit.source.name, decision.issue))
    visit.looked(identity, shown)


def _published(visit: Visit, identity: str) -> date:
    """The day of a decision; of one without a day or words, that of the first or last look that saw it so."""
    document, known = visit.record.document(identity), visit.watches.get(identity)
    if document is not None:
        return date.fromisoformat(document.meeting_date or document.fetched_at[:10])
    return date.fromisoformat(known.last_change[:10]) if known and known.last_change else visit.today


def _windows(start: date, end: date) -> list[tuple[date, date]]:
    """Divide the days from `start` to `end` into stretches, newest first."""
    windows = []
    while end >= start:
        first = max(start, end - timedelta(days=DAYS_AT_A_TIME - 1))
        windows.append((first, end))
        end = first - timedelta(days=1)
    return windows
