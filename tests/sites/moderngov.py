"""A fake ModernGov on loopback: which address gets which answer.

    with ModernGov(council(), today=date(2026, 2, 1)) as site:
        fetch(f"{site.base}mgWebService.asmx/GetCommittees")
        site.today = date(2026, 2, 2)
        site.traits = Traits(service=False)

Addresses and keys are read in any case, as on the real servers; the key of a meeting is its number alone.
"""

import re
import ssl
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from threading import Lock
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.sites import lists, meeting_page, papers, register_pages, service, troubles
from tests.sites.chrome import Page, error_page, rendered
from tests.sites.markup import entities
from tests.sites.meeting_page import Printing
from tests.sites.publishing import Council
from tests.sites.serving import Answer, Asked, Logged, Serving
from tests.sites.traits import Failure, Pages, Traits, Trouble

_SESSION = re.compile(r"^\(X\(1\)S\([a-z0-9]{24}\)\)/", re.IGNORECASE)
_PAPER = re.compile(r"^documents/s(\d+)/", re.IGNORECASE)
_PRINTED = re.compile(r"^documents/g(\d+)/", re.IGNORECASE)
_PDF = papers.PDF


class ModernGov:
    """One council's site in the directory `path`; `today` and `traits` may be set while it runs."""

    def __init__(
        self,
        council: Council,
        *,
        today: date,
        traits: Traits | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        path: str = "/",
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self.today = today
        self.path = f"/{path.strip('/')}/".replace("//", "/")
        self._traits = traits or Traits()
        self._published = lru_cache(4)(council.on)
        self._lock = Lock()
        self._failed = 0
        self._sessions = 0
        self._serving = Serving(self._answer, host, port, ssl_context)

    @property
    def base(self) -> str:
        """The address of the directory, with a slash at the end."""
        return f"{self._serving.origin}{self.path}"

    @property
    def traits(self) -> Traits:
        """How the site behaves now."""
        return self._traits

    @traits.setter
    def traits(self, traits: Traits) -> None:
        with self._lock:
            self._traits = traits
            self._failed = 0

    @property
    def requests(self) -> list[Logged]:
        """All requests so far, in the order in which they came in."""
        return self._serving.requests

    def forget(self) -> None:
        """Begin a new log of requests."""
        self._serving.forget()

    def __enter__(self) -> Self:
        self._serving.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._serving.__exit__(kind, error, trace)

    def _answer(self, asked: Asked) -> Answer:
        traits = self._traits
        turn = self._turn(traits.failure, asked.target)
        if turn is None or traits.failure is None:
            return self._right(asked, traits)
        if traits.failure.trouble is Trouble.ERROR_PAGE:
            return self._to_error()
        return troubles.troubled(traits.failure, self._right(asked, traits), asked.target, turn)

    def _turn(self, failure: Failure | None, target: str) -> int | None:
        """Count a request that is to fail; None when this one is not."""
        if failure is None or not re.search(failure.where, target, re.IGNORECASE):
            return None
        if failure.trouble is Trouble.ERROR_PAGE and "mgerror" in target.lower():
            return None
        with self._lock:
            if failure.times is not None and self._failed >= failure.times:
                return None
            self._failed += 1
            return self._failed

    def _right(self, asked: Asked, traits: Traits) -> Answer:
        parts = urlsplit(asked.target)
        path = unquote(parts.path)
        if path.lower() == "/robots.txt":
            return self._robots(traits)
        if not path.lower().startswith(self.path.lower()):
            return Answer(404, b"<html><body>Not Found</body></html>")
        local = path[len(self.path) :]
        in_session = _SESSION.match(local) is not None
        local = _SESSION.sub("", local)
        form = (
            asked.body.decode("utf-8", "replace") if "form" in asked.headers.get("content-type", "") else ""
        )
        pairs = parse_qsl(parts.query, keep_blank_values=True) + parse_qsl(form, keep_blank_values=True)
        query = {key.lower(): value for key, value in pairs}
        if local.lower().startswith("mgwebservice.asmx"):
            return self._service(asked, local, query, traits)
        if traits.pages is Pages.CHALLENGED:
            return troubles.challenge()
        # Files are to be had where the pages about them are not.
        if traits.pages is Pages.OFF and not local.lower().startswith(("documents/", "mgconvert2pdf")):
            return Answer(404, b"<html><body>Not Found</body></html>")
        if traits.session and not in_session and local.lower().endswith(".aspx"):
            return self._into_session(local, parts.query)
        return self._page(local, query, traits, self._base_for(asked))

    def _robots(self, traits: Traits) -> Answer:
        if traits.robots is None:
            return Answer(404, b"<html><body>Not Found</body></html>")
        kind = "text/html" if traits.robots.lstrip().startswith("<") else "text/plain"
        return Answer(200, traits.robots.encode(), kind)

    def _service(self, asked: Asked, local: str, query: dict[str, str], traits: Traits) -> Answer:
        if not traits.service:
            return Answer(404, b"<html><body>Not Found</body></html>")
        operation = local.partition("/")[2].strip("/")
        if not operation and asked.method == "GET":
            return service.wsdl() if "wsdl" in query else service.index_page()
        published = self._published(self.today)
        return service.answered(asked, operation, query, published, traits, self._base_for(asked))

    def _base_for(self, asked: Asked) -> str:
        """Return the address of the directory, on the host that the guest has asked."""
        host = asked.headers.get("host")
        return f"{self.base.partition('://')[0]}://{host}{self.path}" if host else self.base

    def _into_session(self, local: str, query: str) -> Answer:
        with self._lock:
            self._sessions += 1
            session = f"{self._sessions:a>24}"
        target = f"{self.path}(X(1)S({session}))/{local}{f'?{query}' if query else ''}"
        return Answer(302, headers={"Location": target})

    def _to_error(self) -> Answer:
        return Answer(302, headers={"Location": f"{self.path}mgError.aspx"})

    def _page(self, local: str, query: dict[str, str], traits: Traits, base: str) -> Answer:
        printing = Printing(traits, self._published(self.today))
        if found := _PAPER.match(local):
            return self._paper(int(found[1]), printing)
        if found := _PRINTED.match(local):
            return self._printed(int(found[1]), query.get("t", "0"), printing)
        name = local.lower()
        if name == "mgconvert2pdf.aspx":
            return self._converted(query, printing)
        if name == "mgrss.aspx":
            committee = next(
                (c for c in printing.published.committees if str(c.id) == query.get("cid")), None
            )
            if committee is None:
                return self._to_error()
            return Answer(200, register_pages.feed(committee, printing, base), "text/xml; charset=utf-8")
        if name == "mgerror.aspx":
            return Answer(200, error_page(traits.chrome))
        make = _PAGES.get(name)
        page = make(query, printing) if make else None
        return self._to_error() if page is None else Answer(200, rendered(page, traits.chrome))

    def _paper(self, id: int, printing: Printing) -> Answer:
        # A restricted paper is served all the same: nobody should come to ask for it.
        paper = next((paper for paper in printing.published.papers() if paper.id == id), None)
        if paper is None:
            return self._to_error()
        kind = papers.WORD if paper.form == "docx" else _PDF
        return Answer(200, meeting_page.paper_bytes(paper, printing.published), kind)

    def _printed(self, agenda: int, kind: str, printing: Printing) -> Answer:
        meeting = next((m for m in printing.published.meetings if m.agenda_id == agenda), None)
        if meeting is None or not meeting.has_agenda or not meeting.displayed:
            return self._to_error()
        if kind == "1" and not meeting_page.has_printed(meeting, printing.traits):
            return self._to_error()
        if kind == "2" and not meeting.has_decisions:
            return self._to_error()
        makers = {"0": papers.frontsheet, "1": papers.printed, "2": papers.decisions, "10": papers.pack}
        make = makers.get(kind)
        return self._to_error() if make is None else Answer(200, make(meeting), _PDF)

    def _converted(self, query: dict[str, str], printing: Printing) -> Answer:
        number = query.get("id", "")
        if not number.isdigit():
            return self._to_error()
        if "t" in query:
            return self._printed(int(number), query["t"], printing)
        return self._paper(int(number), printing)


def _number(query: dict[str, str], *keys: str) -> int:
    """Return the first of the keys that holds a number, 0 when none does."""
    return next((int(query[key]) for key in keys if query.get(key, "").isdigit()), 0)


def _structure(query: dict[str, str], printing: Printing) -> Page:
    return lists.structure(printing.published, printing.traits)


def _details(query: dict[str, str], printing: Printing) -> Page | None:
    wanted = _number(query, "id", "cid")
    return next((lists.details(c) for c in printing.published.committees if c.id == wanted), None)


def _meetings(query: dict[str, str], printing: Printing) -> Page | None:
    wanted = _number(query, "cid", "committeeid", "hcommitteeid")
    committee = next((c for c in printing.published.committees if c.id == wanted), None)
    if committee is None:
        return None
    return lists.meetings(printing.published, committee, printing.traits, query)


def _meeting(query: dict[str, str], printing: Printing) -> Page | None:
    meeting = printing.published.meeting(_number(query, "mid", "meetingid"))
    return None if meeting is None else meeting_page.meeting_page(meeting, printing)


def _old_meeting(query: dict[str, str], printing: Printing) -> Page | None:
    if _number(query, "meetingid") != 88:
        return None
    held = f"{printing.published.committees[0].title} - {meeting_page.long_day(lists.OLD_MEETING)}"
    content = '<p><a href="ceConvert2PDF.aspx?ID=12">Agenda</a></p>'
    return Page("Meeting", "Meeting documents", content, entities(held))


def _item(query: dict[str, str], printing: Printing) -> Page | None:
    found = printing.published.found_item(_number(query, "id"))
    if found is None or not found[0].displayed or not found[1].displayed:
        return None
    return meeting_page.item_page(*found, printing)


def _packs(query: dict[str, str], printing: Printing) -> Page | None:
    agenda = _number(query, "id")
    if not any(m.agenda_id == agenda and m.has_agenda and m.displayed for m in printing.published.meetings):
        return None
    content = f'<p><a  href="mgConvert2PDF.aspx?ID={agenda}&amp;T=10" >Agenda reports pack</a></p>'
    return Page("Choose agenda document pack", "Choose agenda document pack", content)


def _ruling(query: dict[str, str], printing: Printing) -> Page | None:
    wanted = _number(query, "id")
    ruling = next((r for r in printing.published.rulings if r.id == wanted), None) if wanted else None
    if item := _number(query, "aiid"):
        ruling = register_pages.ruling_of_item(printing, item)
    return None if ruling is None else register_pages.ruling_page(ruling, printing)


def _issue(query: dict[str, str], printing: Printing) -> Page | None:
    wanted = _number(query, "iid")
    return next(
        (register_pages.issue_page(i, printing) for i in printing.published.issues if i.id == wanted), None
    )


def _attendance(query: dict[str, str], printing: Printing) -> Page | None:
    meeting = printing.published.meeting(_number(query, "id"))
    return None if meeting is None else register_pages.attendance(meeting)


def _home(query: dict[str, str], printing: Printing) -> Page:
    return Page(
        "Browse meetings", "Browse meetings", '<p><a href="mgListCommittees.aspx?bcr=1">Committees</a></p>'
    )


_PAGES: dict[str, Callable[[dict[str, str], Printing], Page | None]] = {
    "": _home,
    "iedochome.aspx": _home,
    "mgwhatsnew.aspx": _home,
    "mglistcommittees.aspx": _structure,
    "mgcommitteestructure.aspx": _structure,
    "mgcommitteedetails.aspx": _details,
    "ielistmeetings.aspx": _meetings,
    "ielistdocuments.aspx": _meeting,
    "celistdocuments.aspx": _old_meeting,
    "mgai.aspx": _item,
    "mgchoosedocpack.aspx": _packs,
    "iedecisiondetails.aspx": _ruling,
    "mgissuehistoryhome.aspx": _issue,
    "mgissuehistorychronology.aspx": _issue,
    "ieissuedetails.aspx": _issue,
    "mgmeetingattendance.aspx": _attendance,
    "mgdelegateddecisions.aspx": lambda query, printing: register_pages.register(
        printing, query, officers=False
    ),
    "mglistofficerdecisions.aspx": lambda query, printing: register_pages.register(
        printing, query, officers=True
    ),
    "iesearchresults2.aspx": lambda query, printing: register_pages.search(printing, query),
}
