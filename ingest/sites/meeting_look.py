"""One look at one meeting: its answer, what that has of new, and what is no longer in it."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from hashlib import sha256

from corpus.errors import AbsentError, FetchError, ForeignError, UnreadableError
from corpus.records import Document, Kind, Meeting, Status, Watch
from corpus.versions import Missing, Outcome
from ingest.sites.documents import (
    Setting,
    issue_id,
    item_document,
    item_id,
    meeting_id,
    paper_document,
    paper_id,
    papers_of,
)
from ingest.sites.item_text import compose_parts, to_html
from ingest.sites.lists import WITHDRAWN, Listing, as_listed
from ingest.sites.papers import read_paper, wanted_papers
from ingest.sites.records import Item, ListedMeeting, Paper, PaperKind, Proceedings
from ingest.sites.repeated import own_day, own_meeting, repeats
from ingest.sites.site import PAPER_BYTES, Fetch, Fetched, Site
from ingest.sites.visit import Visit

#: Part of what every look remembers: raised when reading changes, so that everything is read again.
READER = 1
#: So much of a paper's words standing in a meeting's own minutes make it the same minutes again.
SAME_WORDS = 0.7


class MeetingLook:
    """Looks at meetings of one site during one visit."""

    def __init__(self, visit: Visit, site: Site, fetch: Fetch, listing: Listing) -> None:
        self._visit = visit
        self._site = site
        self._fetch = fetch
        self._listing = listing
        self._meetings = visit.record.meetings()
        self._has_answered = False
        #: The part that is read anew, whatever its meeting's page shows of it.
        self._afresh = ""

    async def at(self, listed: ListedMeeting, *, is_listed: bool) -> None:
        """Look at a meeting; one that a list no longer names and the site knows no more counts as missing.

        Raises:
            FetchError: the meeting cannot be looked at; nothing has changed.
            UnreadableError: the answer is none of the software's; nothing has changed.
        """
        identity = meeting_id(self._visit.source.name, listed.key)
        try:
            await self._look(listed, identity, is_listed=is_listed)
        except (FetchError, UnreadableError):
            self._visit.failed_at(identity)
            raise

    async def at_part(self, watch: Watch, listed: ListedMeeting, *, is_listed: bool) -> None:
        """Look again at one item or file of a meeting that is itself not due; a change leads to all of it.

        Raises:
            FetchError: the part or its meeting cannot be looked at; what is stored has not changed.
            UnreadableError: the answer is none of the software's.
        """
        visit = self._visit
        try:
            is_same = await self._is_same(watch)
        except AbsentError:
            is_same = False  # the meeting's page knows where it is now, or no more of it
        except (FetchError, UnreadableError):
            visit.failed_at(watch.id, meeting=watch.meeting, address=watch.address)
            raise
        if not is_same:
            self._afresh = watch.id
            await self.at(listed, is_listed=is_listed)
        if visit.watches[watch.id] == watch:  # the same, or no longer among the parts of the meeting
            visit.looked(watch.id, watch.shown, meeting=watch.meeting, address=watch.address)

    async def _look(self, listed: ListedMeeting, identity: str, *, is_listed: bool) -> None:
        try:
            proceedings = await self._site.meeting(listed)
        except AbsentError:
            if is_listed:
                raise
            await self._check_that_others_are_there(listed, identity)
            self._gone(listed, identity)
            return
        self._has_answered = True
        await self._take(proceedings, identity)

    async def _check_that_others_are_there(self, absent: ListedMeeting, identity: str) -> None:
        """Believe that a meeting is gone only of a site that still shows another one.

        Raises:
            FetchError: it does not; sites that are being moved answer like that to everything.
        """
        if self._has_answered:
            return
        # A list that was not due has named nothing today; what is known stands in for it.
        known = (
            as_listed(one)
            for one in self._meetings.values()
            if one.id != identity and one.status != WITHDRAWN
        )
        others = self._listing.meetings.values() or known
        newest = max(others, key=lambda one: (one.date, one.key), default=None)
        if newest is None:
            raise FetchError(f"{absent.url or absent.key}: is gone, and so is every other meeting")
        await self._site.meeting(newest)
        self._has_answered = True

    async def _is_same(self, watch: Watch) -> bool:
        visit = self._visit
        document = visit.record.document(watch.id)
        if document is None or not watch.address:
            return document is None  # without an address of its own, only its meeting's page leads there
        key = watch.id.removeprefix(item_id(visit.source.name, ""))
        if key != watch.id:
            whole = await self._site.whole(
                Item(key, document.item_number, document.title, document.url, cut=True)
            )
            return compose_parts(whole.parts, title=document.title)[0] == document.text
        body = (await self._fetch(watch.address, most=PAPER_BYTES)).body
        return visit.record.input_hash(watch.id) == _hash(body)

    def _gone(self, listed: ListedMeeting, identity: str) -> None:
        visit = self._visit
        self._count_missing(identity, frozenset())
        visit.looked(identity, WITHDRAWN)
        if not visit.record.documents_of(identity):
            self._put_meeting(identity, listed.committee.title, listed.date, listed.url, WITHDRAWN)
        else:
            visit.soon(identity)

    def _count_missing(self, identity: str, seen: Collection[str]) -> Missing:
        """Count what a look at a meeting did not see."""
        visit = self._visit
        missing = visit.record.count_missing(identity, seen)
        visit.missing += missing
        if missing.withdrawn:
            for watch in [one for one in visit.watches.values() if one.meeting == identity]:
                if watch.id not in seen and visit.record.document(watch.id) is None:
                    self._let_return(watch.id)
        return missing

    def _let_return(self, document_id: str) -> None:
        """Have a part that is no longer published read again should it return, even as it was."""
        if (known := self._visit.watches.get(document_id)) is not None:
            self._visit.looked(document_id, WITHDRAWN, meeting=known.meeting, address=known.address)

    def _put_meeting(self, identity: str, committee: str, day: str, url: str, status: str) -> None:
        visit = self._visit
        meeting = Meeting(identity, visit.source.name, visit.options.council, committee, day, url, status)
        self._meetings[identity] = meeting
        visit.record.put_meeting(meeting)

    async def _take(self, proceedings: Proceedings, identity: str) -> None:
        visit = self._visit
        shown = _fingerprint(_lasting(proceedings))
        same = visit.shows(identity, shown) and not visit.options.everything
        setting = visit.setting(proceedings)
        self._put_meeting(
            identity, proceedings.committee, proceedings.date, proceedings.url, proceedings.status
        )
        self._forget(proceedings)
        seen: set[str] = set()
        for item in proceedings.items:
            if item.parts and not item.withheld:
                seen.add(item_id(setting.source, item.key))
                await self._take_item(item, setting, identity, same=same)
        for paper in wanted_papers(proceedings, visit.options.attachments):
            seen.add(paper_id(setting.source, paper))
            await self._take_paper(paper, setting, identity)
        if not same:
            self._drop_repeats(identity, proceedings)
        missing = self._count_missing(identity, seen)
        # Only now: a look that is interrupted before is made again.
        visit.looked(identity, shown)
        if missing.missing > missing.withdrawn:
            visit.soon(identity)

    def _forget(self, proceedings: Proceedings) -> None:
        """Erase what was public once and is withheld now.

        A meeting that may not be displayed loses its documents at once, but not their history: cancelled
        meetings carry the same mark, and nothing in them was ever confidential.
        """
        visit, source = self._visit, self._visit.source.name
        meeting = meeting_id(source, proceedings.key)
        kinds = ("paper", *PaperKind)
        files = [f"{source}/{kind}/{key}" for key in proceedings.withheld_papers for kind in kinds]
        # A number that means something else on some site must not cost another meeting its file.
        files = [each for each in files if visit.record.meeting_of(each) == meeting]
        for document_id in (*(item_id(source, one.key) for one in proceedings.items if one.withheld), *files):
            if visit.record.erase(document_id):
                visit.missing += Missing(withdrawn=1)
                visit.say(document_id, "withheld by the council now: its words are erased")
                self._let_return(document_id)
        if proceedings.withheld:
            for document in visit.record.documents_of(meeting):
                visit.record.withdraw(document.id)
                visit.missing += Missing(withdrawn=1)
                self._let_return(document.id)

    async def _take_item(self, item: Item, setting: Setting, meeting: str, *, same: bool) -> None:
        visit, document_id = self._visit, item_id(setting.source, item.key)
        if item.issue:
            visit.record.put_issue(document_id, issue_id(setting.source, item.issue))
        shown = _fingerprint((replace(item, papers=()), setting.committee, setting.date, setting.status))
        if self._rests(document_id, shown) if item.cut else same:
            visit.count(Outcome.UNCHANGED, document_id)
            return
        if was_cut := item.cut:
            try:
                item = await self._site.whole(item)
            except (FetchError, UnreadableError) as error:
                visit.trouble(error, item.url)
                visit.failed_at(document_id, meeting=meeting, address=item.url)
                return
        document = item_document(item, setting)
        changed = document is not None and self._put(document, to_html(item.parts), "text/html", meeting)
        if was_cut:
            visit.looked(document_id, shown, meeting=meeting, address=item.url)
            if changed:
                visit.soon(document_id)

    async def _take_paper(self, paper: Paper, setting: Setting, meeting: str) -> None:
        visit, document_id = self._visit, paper_id(setting.source, paper)
        known = visit.watches.get(document_id)
        if known is not None and known.meeting not in ("", meeting) and known.shown != WITHDRAWN:
            return  # attached to two meetings: it stays with the one that had it first
        status = setting.status if paper.kind is PaperKind.MINUTES else ""
        shown = _fingerprint(
            (paper.title, paper.version, paper.kind, setting.committee, setting.date, status)
        )
        if self._rests(document_id, shown):
            if visit.record.document(document_id) is not None:
                visit.count(Outcome.UNCHANGED, document_id)
            return
        # Without an address that lasts, only the meeting's page leads to the file again.
        address = paper.address if self._site.addresses_last else ""
        try:
            fetched = await self._fetch(paper.address, most=PAPER_BYTES)
        except ForeignError:
            visit.leads_away(paper.address)
            visit.looked(document_id, shown, meeting=meeting)
            return
        except FetchError as error:
            visit.trouble(error, paper.title)
            visit.failed_at(document_id, meeting=meeting, address=address)
            return
        changed = False
        try:
            changed = await self._take_file(paper, fetched, setting, meeting)
        except UnreadableError as error:
            visit.trouble(error, f"{paper.title} ({paper.url})")
        # Not before its words are stored: a file that an interrupt has cost its words is fetched again.
        visit.looked(document_id, shown, meeting=meeting, address=address)
        if changed:
            visit.soon(document_id)

    async def _take_file(self, paper: Paper, fetched: Fetched, setting: Setting, meeting: str) -> bool:
        """Store the words of a file; tell whether they are others than before."""
        parsed = await read_paper(fetched.body, fetched.url, paper.title)
        if not parsed.text:
            raise UnreadableError("holds nothing but how to reach people")
        document = paper_document(paper, parsed, setting)
        if paper.kind is PaperKind.MINUTES and paper.item:
            tied = self._of_its_own_meeting(document, setting)
            if tied is None:
                self._visit.record.withdraw(document.id)
                return False
            document = tied
        return self._put(document, fetched.body, fetched.media_type, meeting)

    def _rests(self, document_id: str, shown: str) -> bool:
        """Tell whether a part shows what it did, or could not be read lately and is not to be tried yet."""
        known = self._visit.watches.get(document_id)
        if document_id == self._afresh:
            return False
        if known is not None and not known.shown:
            return not self._visit.due(document_id, self._visit.today)
        return self._visit.shows(document_id, shown) and not self._visit.options.everything

    def _of_its_own_meeting(self, document: Document, setting: Setting) -> Document | None:
        """Tie minutes that are a paper of a later meeting to their own, None when that has these words."""
        before = setting.date or ""
        day = own_day(document.text, before, document.title)
        own = own_meeting(document.text, setting.committee, before, self._meetings_of(setting.committee))
        if own is not None and self._repeats(document, self._visit.record.documents_of(own)):
            return None
        return replace(document, meeting_date=day, status=Status.UNKNOWN)

    def _meetings_of(self, committee: str) -> list[tuple[str, str]]:
        return [(one.id, one.date) for one in self._meetings.values() if one.committee == committee]

    def _drop_repeats(self, identity: str, proceedings: Proceedings) -> None:
        """Withdraw papers of later meetings that repeat the minutes this meeting has got itself by now."""
        record = self._visit.record
        own = record.documents_of(identity)
        for document in record.minutes_elsewhere(
            identity, proceedings.committee, proceedings.date, among=papers_of(self._visit.source.name)
        ):
            if self._repeats(document, own):
                record.withdraw(document.id)

    @staticmethod
    def _repeats(document: Document, own: Iterable[Document]) -> bool:
        texts = [one.text for one in own if one.kind is Kind.MINUTES and one.id != document.id]
        return bool(texts) and repeats(document.text, texts) >= SAME_WORDS

    def _put(self, document: Document, raw: bytes, media_type: str, meeting: str) -> bool:
        """Store a document; tell whether it is another than before."""
        outcome = self._visit.record.put(
            document, input_hash=_hash(raw), raw=raw, media_type=media_type, meeting=meeting
        )
        self._visit.count(outcome, document.id)
        return outcome is Outcome.CHANGED


def _lasting(proceedings: Proceedings) -> Proceedings:
    """The proceedings without the addresses of files: on some sites each view of a page has others."""
    items = (replace(item, papers=_without_addresses(item.papers)) for item in proceedings.items)
    return replace(proceedings, items=tuple(items), papers=_without_addresses(proceedings.papers))


def _without_addresses(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    return tuple(replace(paper, address="") for paper in papers)


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _fingerprint(shown: object) -> str:
    """A hash of what a page says, whatever its markup, session or date of delivery."""
    return sha256(repr((READER, shown)).encode("utf-8", "replace")).hexdigest()
