"""The shelves: sources, councils, committees by year, a meeting with its items."""

from collections.abc import Sequence

from corpus.records import SourceState
from index.browse import CommitteeSummary, CouncilSummary, MeetingSummary, Year
from index.records import Header
from ui.web.backend import SourceSummary
from ui.web.handlers.records import CommitteeShown, CouncilShown, MeetingShown, ShelvesShown
from ui.web.markup.escape import text
from ui.web.markup.links import at_document, beside, within
from ui.web.markup.searched import freshness
from ui.web.markup.sources import DRAFT
from ui.web.markup.words import counted, date_in_words, day_or_none, kind_in_words, span_in_words, titled
from ui.web.state import State, View

#: What bodies without a name, and meetings without a day, are called.
NAMELESS_COUNCIL, NAMELESS_COMMITTEE, NO_DAY = "No council named", "No committee named", "Day not known"


def shelves(record: ShelvesShown, *, root: str) -> str:
    """Return where browsing begins."""
    holdings = record.holdings
    days = span_in_words(holdings.extent.first, holdings.extent.last)
    whole = counted(holdings.extent.documents, "document") + (f", meetings of {days}" if days else "")
    councils = "".join(_council(one, root=root) for one in holdings.councils)
    return (
        f"<h1>What is there</h1><p>{text(whole)}. Indexed {text(day_or_none(holdings.built_at))}, "
        f"index {text(holdings.generation)}.</p>"
        f'<h2 id="mb-councils">Councils and committees</h2><div class="mb-shelves">{councils}</div>'
        f"{_sources(record.sources)}"
    )


def council(record: CouncilShown, *, root: str) -> str:
    """Return one council with its committees."""
    one = record.council
    return (
        f"{trail((), root=root)}<h1>{text(one.council or NAMELESS_COUNCIL)}</h1>"
        f'<p class="mb-about">{text(_amount(one))}</p><h2>Committees</h2>'
        f"{_committees(one.committees, root=root)}"
    )


def committee(record: CommitteeShown, *, root: str) -> str:
    """Return one committee with its meetings by year."""
    one = record.shelf.committee
    years = "".join(_year(year, root=root) for year in record.shelf.years)
    return (
        f"{trail((one.council,), root=root)}<h1>{text(one.committee or NAMELESS_COMMITTEE)}</h1>"
        f'<p class="mb-about">{text(_amount(one))}</p>{years}'
    )


def meeting(record: MeetingShown, *, root: str) -> str:
    """Return one meeting with its items."""
    shelf = record.shelf
    one = shelf.meeting
    items = "".join(f"<li>{_item(header, root=root)}</li>" for header in shelf.documents)
    day = date_in_words(one.date) if one.date else NO_DAY
    before, after = (
        (at(one.council, one.committee, other), date_in_words(other)) if other else None
        for other in (shelf.earlier, shelf.later)
    )
    return (
        f"{trail((one.council, one.committee), root=root)}"
        f"<h1>{text(one.committee or NAMELESS_COMMITTEE)}, {text(day)}</h1>"
        f'<p class="mb-about">{text(counted(one.documents, "document"))}'
        f"{', some of them drafts ' + DRAFT if one.draft else ''}</p>"
        f'<ol class="mb-items">{items}</ol>'
        f"{beside(before, after, 'Meetings before and after', root=root)}"
    )


def at(*place: str) -> State:
    """Return the state in which a place on the shelves is open."""
    return State(view=View.BROWSE, place=place)


def trail(place: tuple[str, ...], *, root: str) -> str:
    """Return the way up from what is open: everything, then the parts of `place`."""
    named = [("Everything", at())]
    nameless = (NAMELESS_COUNCIL, NAMELESS_COMMITTEE, NO_DAY)
    for depth, part in enumerate(place):
        words = part if depth < 2 else day_or_none(part)
        named.append((words or nameless[depth], at(*place[: depth + 1])))
    items = "".join(f"<li>{within(root, state, words)}</li>" for words, state in named)
    return f'<nav class="mb-trail" aria-label="Where this stands"><ol>{items}</ol></nav>'


def _council(one: CouncilSummary, *, root: str) -> str:
    """Return a council among others, with its committees; one without any leads straight to its meetings."""
    bodies = [committee.committee for committee in one.committees]
    place = at(one.council, "") if bodies == [""] else at(one.council)
    below = "" if bodies == [""] else _committees(one.committees, root=root)
    return (
        f"<section><h3>{within(root, place, one.council or NAMELESS_COUNCIL)}</h3>"
        f'<p class="mb-about">{text(_amount(one))}</p>{below}</section>'
    )


def _committees(committees: Sequence[CommitteeSummary], *, root: str) -> str:
    lines = "".join(
        f"<li>{within(root, at(one.council, one.committee), one.committee or NAMELESS_COMMITTEE)} "
        f'<span class="mb-about">{text(_amount(one))}</span></li>'
        for one in committees
    )
    return f'<ul class="mb-bodies">{lines}</ul>'


def _amount(one: CommitteeSummary | CouncilSummary) -> str:
    meetings = counted(one.meetings, "meeting") if one.meetings else ""
    parts = (meetings, counted(one.documents, "document"), span_in_words(one.first, one.last))
    return ", ".join(part for part in parts if part)


def _year(year: Year, *, root: str) -> str:
    lines = "".join(f"<li>{_meeting(one, root=root)}</li>" for one in year.meetings)
    return f'<section><h2>{text(year.year or NO_DAY)}</h2><ul class="mb-bodies">{lines}</ul></section>'


def _meeting(one: MeetingSummary, *, root: str) -> str:
    day = date_in_words(one.date) if one.date else NO_DAY
    draft = f" {DRAFT}" if one.draft else ""
    if one.only:
        title = f" {text(titled(one.only.title))}"
        return f"{within(root, at_document(one.only.id), day)}{title}{draft}"
    place = at(one.council, one.committee, one.date or "")
    amount = f'<span class="mb-about">{text(counted(one.documents, "document"))}</span>'
    return f"{within(root, place, day)} {amount}{draft}"


def _item(header: Header, *, root: str) -> str:
    kind = f' <span class="mb-about">{text(kind_in_words(header.kind))}</span>'
    draft = f" {DRAFT}" if header.draft else ""
    return f"{within(root, at_document(header.id), titled(header.title))}{kind}{draft}"


def _sources(sources: Sequence[SourceSummary]) -> str:
    if not sources:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{text(one.name)}</th><td>{text(one.kind)}</td>'
        f"<td>{one.documents:,}</td><td>{_state(one)}</td></tr>"
        for one in sources
    )
    return (
        '<h2 id="mb-kept">Sources</h2>'
        '<div class="mb-table" role="region" aria-labelledby="mb-kept" tabindex="0"><table>'
        '<thead><tr><th scope="col">Source</th><th scope="col">Kind</th><th scope="col">Documents</th>'
        f'<th scope="col">How fresh</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _state(one: SourceSummary) -> str:
    words = text(freshness(one))
    return words if one.state is SourceState.OK else f'<strong class="mb-late">{words}</strong>'
