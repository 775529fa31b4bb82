"""What the web service answers about committees and meetings."""

from collections.abc import Iterator
from urllib.parse import urlencode

from lxml import etree

from corpus.errors import AbsentError, UnreadableError
from ingest.sites.moderngov.addresses import meeting_url
from ingest.sites.moderngov.answers import answer, elements, is_true, key, value
from ingest.sites.moderngov.papers import printed_minutes
from ingest.sites.moderngov.service_items import named_files, read_item
from ingest.sites.moderngov.wording import MINUTES, asked_day, day, status
from ingest.sites.records import Item, ListedCommittee, ListedMeeting, Proceedings
from ingest.soup import check_tag_count


def operation(base: str, name: str, **parameters: str) -> str:
    """Return the address that carries out an operation of the web service."""
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{base}mgWebService.asmx/{name}{query}"


def meetings_asked(base: str, committee: str, since: str, until: str) -> str:
    """Return the address that lists the meetings of a committee, or of all of them ("0"), in these days."""
    return operation(
        base, "GetMeetings", lCommitteeId=committee, sFromDate=asked_day(since), sToDate=asked_day(until)
    )


def read_committees(data: bytes) -> tuple[ListedCommittee, ...]:
    """Return the committees of GetCommittees, deleted ones left out."""
    what = "GetCommittees"
    root = answer(data, "committees", what)
    found = tuple(
        ListedCommittee(number, value(one, "committeetitle"), is_true(one, "committeeexpired"))
        for one in elements(root, "committee")
        if (number := key(one, "committeeid")) and not is_true(one, "committeedeleted")
    )
    if not found:
        raise UnreadableError(f"{what}: the site lists no committee at all")
    return found


def read_meetings(
    data: bytes, base: str, since: str, until: str, only: ListedCommittee | None = None
) -> tuple[ListedMeeting, ...]:
    """Return the meetings of GetMeetings from `since` to `until`, `only` those of a committee if given.

    Some sites answer with all they have, whatever was asked.
    """
    root = answer(data, "getmeetings", "GetMeetings")
    return tuple(
        meeting
        for element in elements(root, "committee")
        if only is None or key(element, "committeeid") == only.key
        for meeting in _listed(element, base, only)
        if since <= meeting.date <= until
    )


def _listed(element: etree._Element, base: str, only: ListedCommittee | None) -> Iterator[ListedMeeting]:
    committee = only or ListedCommittee(key(element, "committeeid"), value(element, "committeetitle"))
    for one in elements(element, "committeemeetings/meeting"):
        number, held = key(one, "meetingid"), day(value(one, "meetingdate"))
        if number and held and committee.key:
            yield ListedMeeting(
                number, committee, held, meeting_url(base, number), status(value(one, "meetingstatus"))
            )


def read_meeting(data: bytes, base: str, listed: ListedMeeting) -> Proceedings:
    """Return the meeting of GetMeeting.

    Raises:
        AbsentError: the answer is about no meeting, or about another one.
        UnreadableError: it is no answer of this operation.
    """
    what = f"GetMeeting {listed.key}"
    root = answer(data, "meeting", what)
    if key(root, "meetingid") != listed.key:
        raise AbsentError(f"{what}: the site knows no such meeting")
    if (container := next(elements(root, "agendaitems"), None)) is None and is_true(root, "agendapublished"):
        raise UnreadableError(f"{what}: the agenda is published, and the answer holds none")
    state = status(value(root, "meetingstatus"))
    held = day(value(root, "meetingdate")) or listed.date
    if not is_true(root, "isdisplayallowed"):
        return Proceedings(
            listed.key, listed.committee.title, held, listed.url, state, withheld=state != "Cancelled"
        )
    try:
        # One after the other, many large texts would take as long as one that is too large.
        check_tag_count("".join(root.itertext()))
        items = () if container is None else tuple(_items(container, base))
    except UnreadableError as error:
        raise UnreadableError(f"{what}: {error}") from None
    read = {paper.key for item in items for paper in item.papers}
    approved = is_true(root, "minutepublished")
    minuted = any(part.label == MINUTES for item in items for part in item.parts)
    agenda = key(root, "agendaid")
    return Proceedings(
        key=listed.key,
        committee=listed.committee.title,
        date=held,
        url=listed.url,
        status=state,
        draft=minuted and not approved,
        minutes_published=minuted or approved,
        items=items,
        papers=(printed_minutes(base, agenda),) if approved and agenda else (),
        withheld_papers=tuple(file for file in named_files(root) if file not in read),
    )


def _items(container: etree._Element, base: str) -> Iterator[Item]:
    for element in elements(container, "agendaitem"):
        item = read_item(element, base)
        if item is None:
            raise UnreadableError("an item without its number, agendaitemid")
        yield item
