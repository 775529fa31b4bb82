"""What every page has round its own contents: head, the council's own chrome, side navigation, line ends."""

from dataclasses import dataclass
from datetime import date

from tests.sites.markup import attribute, entities
from tests.sites.publishing import Meeting
from tests.sites.traits import Chrome

_NAVIGATION = (
    ("mgCalendarMonthView.aspx?GL=1&amp;bcr=1", "Calendar"),
    ("mgListCommittees.aspx?bcr=1", "Committees"),
    ("mgMemberIndex.aspx?bcr=1", "Councillors"),
    ("mgDelegatedDecisions.aspx?bcr=1&amp;DM=0&amp;DS=2&amp;K=0&amp;DR=&amp;V=0", "Decisions"),
    ("mgPlansHome.aspx?bcr=1", "Forward plans"),
    ("ecCatDisplay.aspx?bcr=1&amp;sch=doc", "Library"),
    ("ieDocHome.aspx?bcr=1", "Meetings"),
    ("ieDocSearch.aspx?bcr=1", "Search documents"),
    ("mgWhatsNew.aspx?bcr=1", "What's New"),
)
_SCRIPT = """\
<script type="text/javascript">
	if(window.$ModernGov === undefined)
	{
		Object.defineProperty(window, "$ModernGov", { value: {} });
		Object.defineProperty($ModernGov, "Settings", {value: {} });
	}
</script>
"""


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a page. `content` and `links` are markup, `title` and `heading` plain text.

    `sub` is markup for the second heading. `day` and `modified` stand in the head, where there is a day.
    """

    title: str
    heading: str
    content: str
    sub: str = ""
    links: str = ""
    day: date | None = None
    modified: date | None = None


def rendered(page: Page, chrome: Chrome) -> bytes:
    """Return the page as it is sent: ASCII, with CRLF and LF mixed."""
    name = entities(f"{page.title} - {chrome.site}")
    style = "" if chrome.bare_title else ' class="mgMainTitleTxt" '
    sub = (
        f'<div class="mgSubTitle" >\t\n<h2 class="mgSubTitleTxt">{page.sub}</h2>\n</div>\n'
        if page.sub
        else ""
    )
    html = (
        f'<!DOCTYPE html>\n\n<html lang="{"cy" if chrome.welsh else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f"{_metas(page)}<title>{name}</title>\n"
        '<link href="sitespecific/ssMgStyles.css" rel="stylesheet" type="text/css" />\n</head>\n<body>\n'
        f"{chrome.before}\n{_navigation()}"
        f'<div id="modgov"><!-- modern.gov reverse CMS --><div class="mgHeader"><h1 {style}>'
        f"{entities(page.heading)}</h1></div>\n{sub}"
        "<p>You can view the individual reports for this meeting by selecting the headings below.</p>\n"
        f'<a href="https://ashmere.public-i.example/core/portal/home">Watch Council meetings here</a>\n'
        f"{_SCRIPT}"
        f'\t<div class="mgLinks" >\n\n\n<ul  class="mgActionList" >\n{page.links}</ul>\n</div>\n'
        f'<div class="mgContent" >\n{page.content}\n</div>\n<div class="mgFooter" >\t\t\n\n\t<p>&nbsp;</p>'
        f"\n</div>\n"
        '<!--#79852 remove trailing slash-->\n<script type="text/javascript" src="mgMediaPlayer.js">'
        "</script>\n"
        f"</div><!-- end of modgov -->\n{_navigation()}{chrome.after}\n</body>\n</html>\n"
    )
    return _line_ends(html).encode("ascii", "xmlcharrefreplace")


def link(href: str, text: str, title: str = "", style: str = "") -> str:
    """Return a link, `text` being markup, with the blanks that the software puts into its tags."""
    kind = f' class="{style}" ' if style else ""
    return f'<a {kind} href="{href}"  title="{attribute(title or text)}">{text}</a>'


def action(href: str, text: str, title: str = "") -> str:
    """Return an entry of a list of actions."""
    return f"\t\t<li>{link(href, text, title)}</li>\n"


def meeting_address(meeting: Meeting, item: int = 0) -> str:
    """Return the address of a meeting's page, of one item on it when one is given."""
    place = f"#AI{item}" if item else ""
    return f"ieListDocuments.aspx?CId={meeting.committee.id}&amp;MId={meeting.id}&amp;Ver=4{place}"


def error_page(chrome: Chrome) -> bytes:
    """Return what stands at mgError.aspx."""
    content = '<p class="mgErrorTxt">The page you requested cannot be shown.</p>'
    return rendered(Page("Error", "Error", content), chrome)


def _metas(page: Page) -> str:
    metas = [("DC.title", "", page.title)]
    metas.append(("DC.description", "", f"All published information for {page.title}"))
    if page.day is not None:
        metas.append(("DC.date", "W3CDTF", page.day.isoformat()))
    if page.modified is not None:
        metas.append(("DC.date.modified", "W3CDTF", page.modified.isoformat()))
    metas += [("DC.subject", "eGMS.IPSV", "Local government"), ("DC.subject", "eGMS.IPSV", "Decision making")]
    return "".join(
        f'<meta name="{name}" {f"scheme={chr(34)}{scheme}{chr(34)}" if scheme else ""} '
        f'content="{entities(text)}"/>\n'
        for name, scheme, text in metas
    )


def _navigation() -> str:
    links = "".join(
        f'<li><a href="{href}" title="Link to {text}">{text}</a></li>\n' for href, text in _NAVIGATION
    )
    return f'<nav id="side-nav"><div class="menu"><ul class="menu-list">\n{links}</ul></div></nav>\n'


def _line_ends(html: str) -> str:
    """Pages are put together from files of both kinds."""
    lines = html.split("\n")
    return (
        "".join(line + ("\n" if i % 5 in (2, 3) else "\r\n") for i, line in enumerate(lines[:-1])) + lines[-1]
    )
