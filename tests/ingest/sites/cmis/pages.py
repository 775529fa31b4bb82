"""Fragments in the frame that CMIS puts round everything."""

from ingest.sites.cmis.addresses import Module
from ingest.sites.records import ListedCommittee, ListedMeeting

ROOT = "https://democracy.tarnwick.example/cmis5"
PAGE = f"{ROOT}/Meetings/tabid/70"
MODULE = Module(PAGE, "397")
MEETING_PAGE = f"{PAGE}/ctl/ViewMeetingPublic/mid/397/Meeting/15042/Committee/4/Default.aspx"
LISTED = ListedMeeting("15042", ListedCommittee("4", "Planning Committee"), "2026-07-09", MEETING_PAGE)


def page(content: str) -> bytes:
    """Return a whole page with `content` in the middle."""
    return (
        '<!DOCTYPE html><html><head><title>Tarnwick</title></head><body id="Body"><h1>Tarnwick Council</h1>'
        f'<div id="dnn_ContentPane"><div class="DNNModuleContent ModCMISMeetingsC">{content}</div></div>'
        "</body>\r\n</html>\r\n"
    ).encode()


def holder(label: str, value: str, inner: str = "") -> str:
    """Return a labelled value; the one class that its parts have in common says nothing."""
    return (
        f'<div class="holder"><div class="DNNLabel VenueLabel"><div class="dnnLabel"><label>{label}:</label>'
        f'</div></div><div class="Value Venue">{value}</div>{inner}</div>'
    )


def details(day: str = "9 Jul 2026 - 11:00", status: str = "Scheduled") -> str:
    """Return the details of a meeting of the Planning Committee."""
    return (
        "<h1>Meeting Details</h1>"
        + holder("Committee", "Planning Committee")
        + holder("Date/Time", day)
        + holder("Status", status, holder("Venue", '<a href="/v">Rooms 3 &amp; 4</a>'))
    )


def document(title: str, size: str = "156Kb", *, href: str = "/cmis5/Document.ashx?czJK=abc%3d") -> str:
    """Return an entry of a list of documents."""
    return (
        '<li class="DocumentListItem"><img class="FileTypeImage" src="/pdf.gif" alt="pdf" />'
        f'<a class="TitleLink" href="{href}" title="Click to view">{title}</a>'
        f'<span class="FileSize">({size})</span></li>'
    )


def documents(*entries: str) -> str:
    """Return a list of documents."""
    return f'<ul class="DocumentList CmisDocumentList">{"".join(entries)}</ul>'
