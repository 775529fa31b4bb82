"""Sites that mean harm, all read in one run beside one that means well: each is refused in one line.

Every site has an address of its own on this machine, so none has to wait for another. What they lead away
to is a server at 127.0.0.9, which must never be asked for anything.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.records import Document, Source
from corpus.store import Corpus
from index.browse import Extent, History
from index.records import Filters
from tests.sites import serving
from tests.sites.chrome import Page, rendered
from tests.sites.council import council
from tests.sites.moderngov import ModernGov
from tests.sites.nights import Nights, source
from tests.sites.publishing import Council, Item
from tests.sites.serving import Answer, Asked, Serving
from tests.sites.traits import HASTY_ROBOTS, Failure, Traits, Trouble
from tests.ui.web.fake import SILENCE
from ui.library import Library
from ui.web.handlers.records import Answered, DocumentShown, Searched
from ui.web.markup.answer import answered
from ui.web.markup.document import document as markup_document
from ui.web.state import State

pytestmark = pytest.mark.xdist_group("hostile")

TONIGHT = date(2025, 7, 16)
SINCE = date(2025, 6, 1)
MEETINGS = r"GetMeeting\?"
#: What a terminal would take for a command, in seven bits and in eight, and a turn of the writing.
STEERING = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Seconds for one whole answer, and for the whole run.
PATIENCE = 30.0
SECONDS = 100.0
#: Bytes that the run may take, its libraries included.
MEMORY = 350_000_000
NOT_ITS_HOST = "which is not one of its hosts"

Handle = Callable[[Asked], Answer]


def failing(trouble: Trouble, where: str = MEETINGS, **more: object) -> Traits:
    return Traits(robots=HASTY_ROBOTS, failure=Failure(trouble, where, **more))  # type: ignore[arg-type]


def leading_to(to: str, where: str = MEETINGS) -> Traits:
    return failing(Trouble.REDIRECT, where, to=to)


def attacks(outside: str) -> dict[str, tuple[Traits, str]]:
    """Return sites by name, each with its traits and the reason that must be given for its failing."""
    place = urlsplit(outside).netloc
    return {
        "huge": (failing(Trouble.HUGE), "is larger than 10 MB"),
        "huge-robots": (failing(Trouble.HUGE, "^/robots"), "cannot be read (is larger than 10 MB)"),
        "bomb": (failing(Trouble.GZIP_BOMB, size=200_000_000), "is larger than 10 MB"),
        "endless": (failing(Trouble.ENDLESS), "redirects more than 5 times in a row"),
        "entities": (failing(Trouble.ENTITIES), "GetMeeting 2044: broken XML (Maximum entity"),
        "metadata": (
            leading_to("http://169.254.169.254/latest/meta-data/"),
            f"redirects to http://169.254.169.254/latest/meta-data/, {NOT_ITS_HOST}",
        ),
        "file": (leading_to("file:///etc/passwd"), f"redirects to file:///etc/passwd, {NOT_ITS_HOST}"),
        "elsewhere": (leading_to(outside), f"redirects to {outside}, {NOT_ITS_HOST}"),
        "without-scheme": (leading_to(f"//{place}/x"), f"redirects to {outside}x, {NOT_ITS_HOST}"),
        "as-user": (leading_to(f"http://127.0.0.1@{place}/"), f"redirects to {outside}, {NOT_ITS_HOST}"),
        "steering": (leading_to(f"http://\x9b31m{place}/"), f"31m{place}/, {NOT_ITS_HOST}"),
        "robots-elsewhere": (
            leading_to(f"{outside}robots.txt", "^/robots"),
            f"its robots.txt cannot be read (redirects to {outside}robots.txt, {NOT_ITS_HOST})",
        ),
    }


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one run over all of the sites."""

    folder: Path
    nights: Nights
    told: list[str]
    seconds: float
    memory: int
    sources: dict[str, Source]
    documents: dict[str, Document]
    reasons: dict[str, str]
    asked: dict[str, list[str]]
    outside: str
    caught: list[str]

    def of(self, name: str) -> list[Document]:
        """Return the documents of one source."""
        return [document for document in self.documents.values() if document.source == name]


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("hostile")
    with ExitStack() as stack:
        # With many large answers at once, one of them may take long.
        stack.enter_context(pytest.MonkeyPatch.context()).setattr(serving, "IDLE_SECONDS", SECONDS)
        outsider = stack.enter_context(Serving(lambda _: Answer(200, b"caught"), "127.0.0.9"))
        outside = f"{outsider.origin}/"
        plain = Traits(robots=HASTY_ROBOTS)
        tricky = replace(plain, tricky_names=True)
        traits = {name: traits for name, (traits, _) in attacks(outside).items()} | {
            "well": plain,
            "links": replace(tricky, foreign_links=outside),
            "links-on-pages": replace(tricky, foreign_links=outside, service=False),
            "names": replace(tricky, service=False),
            "steering-titles": plain,
            "steering-titles-on-pages": replace(plain, service=False),
        }
        sites: dict[str, ModernGov | Serving] = {
            name: ModernGov(
                steering_council() if "titles" in name else council(),
                today=TONIGHT,
                traits=each,
                host=f"127.0.1.{number}",
            )
            for number, (name, each) in enumerate(traits.items(), start=1)
        }
        handles = {name: handle for name, (handle, _) in HANDMADE.items()} | {"long-titles": LONG_TITLES}
        for number, (name, handle) in enumerate(handles.items(), start=1):
            sites[name] = Serving(handle, f"127.0.2.{number}")
        for site in sites.values():
            stack.enter_context(site)
        bases = {
            name: site.base if isinstance(site, ModernGov) else site.origin for name, site in sites.items()
        }
        settings = "".join(source(name, base, since=SINCE) for name, base in bases.items())
        nights = Nights(folder / "data", f'attachments = "all"\n{settings}', timeout=PATIENCE, waits=())
        told, seconds, memory = watched(nights, folder, sites)
        with Corpus(nights.data / "corpus.sqlite3") as corpus:
            sources = {one.name: one for one in corpus.sources()}
        yield Run(
            folder=folder,
            nights=nights,
            told=told,
            seconds=seconds,
            memory=memory,
            sources=sources,
            documents=nights.documents(),
            reasons={name: reason for name, (_, reason) in (attacks(outside) | HANDMADE).items()},
            asked={name: [logged.path for logged in site.requests] for name, site in sites.items()},
            outside=outside,
            caught=[logged.path for logged in outsider.requests],
        )


def watched(nights: Nights, folder: Path, names: Iterable[str]) -> tuple[list[str], float, int]:
    """Look at all sites in one process; return what it said, its seconds and its bytes."""
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder / "home"))
        patch.setenv("TMPDIR", str(folder / "tmp"))
        began = monotonic()
        process = nights.start(TONIGHT, "ingest", *names)
        assert process.stderr is not None
        with process.stderr as stderr:
            told = stderr.read()
        process.wait(SECONDS)
    assert process.returncode == 1, told
    assert "Traceback" not in told
    peak = int(nights.peak.read_text())
    nights.peak.unlink()
    return told.splitlines(), monotonic() - began, peak


def steering_council() -> Council:
    """Return a council whose titles are full of commands to terminals and browsers."""
    plain = council()
    committees = {one.id: replace(one, title=f"{one.title} {STEERING}{SCRIPT}") for one in plain.committees}
    meetings = tuple(
        replace(
            one,
            committee=committees[one.committee.id],
            items=tuple(steering_item(item) for item in one.items),
        )
        for one in plain.meetings
    )
    return replace(plain, committees=tuple(committees.values()), meetings=meetings)


def steering_item(plain: Item) -> Item:
    minutes = f"The zeppelin of item {plain.id} was moored.\n\n{plain.minutes}" if plain.minutes else ""
    return replace(plain, title=f"{plain.title} {STEERING}{SCRIPT}", minutes=minutes, draft="")


def page(content: str) -> Answer:
    return Answer(body=rendered(Page("Browse meetings", "Browse meetings", content), Traits().chrome))


def xml(*lines: str) -> Answer:
    return Answer(body="".join(('<?xml version="1.0" encoding="utf-8"?>', *lines)).encode(), type="text/xml")


def by_pages(lists: Callable[[int], str]) -> Handle:
    """Return a site of pages with one committee, whose list of meetings is `lists` of the step asked for."""

    def handle(asked: Asked) -> Answer:
        parts = urlsplit(asked.target)
        if parts.path.endswith("mgListCommittees.aspx"):
            return page('<ul><li><a href="mgCommitteeDetails.aspx?ID=1">Cabinet</a></li></ul>')
        if parts.path.endswith("ieListMeetings.aspx"):
            return page(lists(int(parse_qs(parts.query).get("D", ["0"])[0])))
        return Answer(404)

    return handle


def by_service(meeting: Callable[[], str], committee: str = "Cabinet") -> Handle:
    """Return a site with a web service and one meeting, whose contents are `meeting`."""
    listed = "<meetingid>7</meetingid><meetingdate>01/07/2025</meetingdate>"
    named = f"<committeeid>1</committeeid><committeetitle>{committee}</committeetitle>"
    answers: dict[str, Callable[[], str]] = {
        "GetCommittees": lambda: f"<committees><committee>{named}</committee></committees>",
        "GetMeetings": lambda: (
            f"<getmeetings><committee>{named}<committeemeetings><meeting>{listed}</meeting>"
            "</committeemeetings></committee></getmeetings>"
        ),
        "GetMeeting": lambda: (
            f"<meeting>{listed}<isdisplayallowed>True</isdisplayallowed>{meeting()}</meeting>"
        ),
    }

    def handle(asked: Asked) -> Answer:
        name = urlsplit(asked.target).path.rpartition("/")[2]
        return xml(answers[name]()) if name in answers else Answer(404)

    return handle


def one_more_page(step: int) -> str:
    """Return a list with one meeting, and a link to an earlier one."""
    return (
        f'<ul id="YearSelect"><li><a href="ieListDocuments.aspx?MId={1000 + step}">1 Jul 2025</a></li></ul>'
        f'<a href="ieListMeetings.aspx?Act=earlier&amp;CId=1&amp;D={step + 1}">Earlier</a>'
    )


def item(minutes: str, *, key: str = "70", title: str = "Roads") -> str:
    return (
        f"<agendaitems><agendaitem><agendaitemid>{key}</agendaitemid><agendaitemtitle>{title}</agendaitemtitle>"
        "<isdisplayallowed>True</isdisplayallowed><isminutepublished>True</isminutepublished>"
        f"<minutesnonemptyhtmlbody>{minutes}</minutesnonemptyhtmlbody></agendaitem></agendaitems>"
    )


def dripping(asked: Asked) -> Answer:
    """Answer without end, a little at a time."""

    def drops() -> Iterator[bytes]:
        until = monotonic() + SECONDS
        while monotonic() < until:
            yield b"<p>"
            sleep(0.2)

    return Answer(404) if asked.target == "/robots.txt" else Answer(body=drops())


LONG = "Roads " * 400_000
#: Where it stands before the site, its words are the reason.
CHALLENGE = Answer(403, f"<title>Just a moment {escape(SCRIPT)} {STEERING}</title>".encode())
#: Sites made by hand, and why they fail.
HANDMADE: dict[str, tuple[Handle, str]] = {
    "list-without-end": (by_pages(one_more_page), "the list goes on after 200 pages"),
    "deep-page": (by_pages(lambda _: "<div>" * 20_000), "tags nested more than 500 deep"),
    "page-of-tags": (by_pages(lambda _: "<div>" * 1_990_000), "tags, where 200,000 is the most"),
    "minutes-of-tags": (
        by_service(lambda: item(escape("<b>") * 1_000_000)),
        "tags, where 200,000 is the most",
    ),
    "deep-xml": (by_service(lambda: "<a>" * 3_000_000), "broken XML"),
    "long-number": (by_service(lambda: item("Roads", key="9" * 5_000_000)), "without its number"),
    "challenge": (lambda _: CHALLENGE, "shows a challenge page (Just a moment <script>"),
}
#: One that is read.
LONG_TITLES = by_service(lambda: item(escape("<p>The road was closed.</p>"), title=LONG), committee=LONG)


def test_each_is_refused_with_a_reason_in_one_line(run):
    for name, reason in run.reasons.items():
        told = run.sources[name]
        assert (name, told.state) == (name, "blocked" if "challenge" in name else "failing")
        assert reason in told.reason
        assert len(told.reason) < 400
        assert "\n" not in told.reason
        assert any(line.startswith(f"{name}: ") and reason in line for line in run.told), name
        assert run.of(name) == [], name


def test_one_that_means_well_is_read_all_the_same(run):
    assert run.sources["well"].state == "ok"
    assert len(run.of("well")) > 10


def test_time_and_memory_have_bounds(run):
    assert run.seconds < SECONDS
    assert run.memory < MEMORY


@pytest.mark.slow
def test_an_answer_that_comes_in_drops_is_not_waited_for(tmp_path):
    nights = Nights(tmp_path / "data", timeout=1.0, waits=())
    with Serving(dripping) as site:
        began = monotonic()
        done = nights(TONIGHT, "ingest", site.origin)
    assert done.code == 3
    assert "gives no whole answer within 1 s" in done.err
    assert monotonic() - began < SECONDS / 2


def test_nothing_is_asked_of_other_hosts(run):
    assert run.caught == []
    for name in ("links", "links-on-pages"):
        assert (run.sources[name].state, run.sources[name].reason) == ("ok", "")
        # Said once for the host, and what the pages themselves have is read.
        (line,) = (line for line in run.told if line.startswith(f"{name}: files on "))
        assert urlsplit(run.outside).netloc in line
        assert "are left out" in line
        assert len(run.of(name)) == sum("/paper/" not in one.id for one in run.of("well"))


def test_nothing_is_written_but_the_data_directory(run):
    assert sorted(path.name for path in run.folder.iterdir()) == ["data", "home", "tmp"]
    assert list((run.folder / "home").rglob("*")) == []
    assert list((run.folder / "tmp").rglob("*")) == []
    names = {path.name for path in run.nights.data.rglob("*")}
    assert names <= {
        "minutebook.toml",
        "corpus.sqlite3",
        "corpus.sqlite3-wal",
        "corpus.sqlite3-shm",
        "sites.lock",
    }


def test_titles_are_no_longer_than_titles(run):
    (document,) = run.of("long-titles")
    assert (run.sources["long-titles"].state, document.text) == ("ok", "The road was closed.")
    assert len(document.title) <= 1000
    assert len(document.committee) <= 1000


def test_what_would_steer_a_terminal_is_never_printed(run):
    assert run.nights.here(TONIGHT, "index").code == 0
    status = run.nights.here(TONIGHT, "status").out
    found = run.nights.here(TONIGHT, "search", "zeppelin").out
    assert "<script>" in status
    assert "<script>" in found
    for line in [*run.told, *status.split("\n"), *found.split("\n")]:
        assert not STEERS.search(line), repr(line)


def test_what_would_run_in_a_browser_is_shown_as_words(run):
    titled = [*run.of("steering-titles"), *run.of("steering-titles-on-pages")]
    assert sum("<script>" in document.title for document in titled) >= 20
    pages = [
        markup_document(DocumentShown(State(), document, 0, 10, document.url, History()), root="")
        for document in titled
    ]
    warnings = Library.at(run.nights.data).warnings()
    assert any("<script>" in warning for warning in warnings)
    searched = Searched(Extent(1, None, None), Filters(), (), warnings, "000001")
    silence = answered(Answered(State(), SILENCE, (), frozenset(), searched), root="")
    assert "&lt;script&gt;" in silence
    pages.append(silence)
    for shown in pages:
        assert "<script" not in shown
        assert "<img" not in shown
