"""What sets one council's site apart from another's, and what can go wrong with it."""

from dataclasses import dataclass, field
from enum import StrEnum

#: Rules with wildcards, as many sites of this kind have them.
ROBOTS = """\
User-agent: *
Crawl-delay: 1
Disallow: /*mgCalendar*
Disallow: /*ieDocSearch.aspx$
Disallow: /ieLogon.aspx
"""
#: The same without a delay, for tests that ask for much.
HASTY_ROBOTS = ROBOTS.replace("Crawl-delay: 1\n", "")
NO_ROBOTS = "User-agent: *\nDisallow: /\n"
ROBOTS_PAGE = "<!DOCTYPE html><html><head><title>Ashmere</title></head><body><p>Not found</p></body></html>"


class Pages(StrEnum):
    """Whether the pages for people are to be had."""

    ON = "on"
    OFF = "off"
    CHALLENGED = "challenged"


class AllCommittees(StrEnum):
    """What the web service makes of a question about committee 0, which means all."""

    SUPPORTED = "supported"
    ERROR = "error"
    #: Only the first half of the committees is in the answer.
    PARTIAL = "partial"


class Trouble(StrEnum):
    """The ways in which a site fails, or harms its guests."""

    FORBIDDEN = "403, Just a moment"
    CHALLENGE = "200 with a challenge page"
    WAF = "200 with the page of a firewall"
    ERROR_PAGE = "302 to mgError.aspx"
    BROKEN = "500"
    UNAVAILABLE = "503 with Retry-After"
    TOO_MANY = "429 with Retry-After"
    NOT_FOUND = "404"
    TRUNCATED = "half of the answer"
    SLOW = "an answer that comes late"
    DROPPED = "no answer, the connection closes"
    HUGE = "a page without end"
    ENDLESS = "redirects without end"
    REDIRECT = "a redirect to `to`"
    ENTITIES = "XML that swells"
    GZIP_BOMB = "a small body that unpacks to a huge one"


@dataclass(frozen=True, slots=True)
class Failure:
    """Trouble for the requests whose path and query match `where` (a regular expression, any case).

    Only the first `times` of them, or all where it is None. The default spares robots.txt. `seconds` is how
    long a slow answer takes, `retry_after` what the header says, `to` where a redirect leads, `size` how many
    bytes a huge page has, or a gzip bomb when unpacked.
    """

    trouble: Trouble
    where: str = r"^(?!/robots\.txt)"
    times: int | None = None
    seconds: float = 20.0
    retry_after: int = 1
    to: str = "http://169.254.169.254/latest/meta-data/"
    size: int = 50_000_000


@dataclass(frozen=True, slots=True)
class Chrome:
    """What a council puts round the pages. `bare_title` drops the class of the page's own h1."""

    site: str = "Ashmere Council Online"
    before: str = '<header id="page-header"><img src="SiteSpecific/res/img/Logo.png" alt="logo" /></header>'
    after: str = '<footer id="page-footer"><small>&copy; Ashmere Borough Council</small></footer>'
    bare_title: bool = False
    welsh: bool = False


#: A site with its own headings above and beside the page's.
DECOY = Chrome(
    site="Ashmere Borough Council",
    before=(
        '<header><h1 class="site-title">Ashmere Borough Council</h1><h2>Minutes:</h2>'
        '<p class="mgAiTitleTxt">Search our site</p></header><main><h1>Meetings and decisions</h1>'
    ),
    after=(
        '</main><aside><h1>News</h1><p class="mgSubItemTitleTxt">Decision:</p><p>Bins on Monday.</p></aside>'
    ),
    bare_title=True,
)
#: A bilingual site.
WELSH = Chrome(
    site="Cyngor Llanfair-y-bryn Council",
    before='<header><h1>Cyngor Llanfair-y-bryn Council</h1><a href="/cy/">Cymraeg</a></header>',
    after="<footer><p>Croesawn ohebiaeth yn Gymraeg</p></footer>",
    welsh=True,
)


@dataclass(frozen=True, slots=True)
class Traits:
    """One council's site. The default is the most obliging one.

    `foreign_links` puts links to another host into meetings, `tricky_names` path tricks into names of files.
    `counts_only_when_empty` leaves out the committee where there are no meetings. `rows` is how many meetings
    a list without a year shows, `rows_cap` one of a year. `printed_everywhere` prints the minutes of every
    meeting, not only where its items carry none. `session` sends every page through a cookieless session.
    `former_committees` lists the committees that meet no more on the page that lists committees, too.
    """

    service: bool = True
    pages: Pages = Pages.ON
    honours_dates: bool = True
    all_committees: AllCommittees = AllCommittees.SUPPORTED
    counts_only_when_empty: bool = True
    http_addresses: bool = False
    robots: str | None = ROBOTS
    session: bool = False
    chrome: Chrome = field(default_factory=Chrome)
    rows: int = 15
    rows_cap: int = 51
    printed_everywhere: bool = False
    former_committees: bool = True
    foreign_links: str = ""
    tricky_names: bool = False
    failure: Failure | None = None
