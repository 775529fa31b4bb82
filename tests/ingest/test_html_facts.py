import pytest
from bs4 import BeautifulSoup

from corpus.records import Kind, Status
from ingest.html_content import main_part
from ingest.html_facts import Facts, page_facts


def facts(html: str, saved_from: str = "") -> Facts:
    soup = BeautifulSoup(html, "lxml")
    return page_facts(soup, main_part(soup), saved_from)


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Roads</title><h1>Flood <b>Defences</b></h1>", "Flood Defences"),
        ("<title>Roads Committee - Ashmere Borough Council</title><h1>Minutes</h1>", "Roads Committee"),
        ("<title>Roads Committee | Ashmere Borough Council</title><p>x", "Roads Committee"),
        ("<title>Roads Committee | Ashmere</title><p>x", "Roads Committee | Ashmere"),
        ("<meta property=og:site_name content=Ashmere><title>Roads | Ashmere</title><p>x", "Roads"),
        ("<meta property=og:title content='Roads 4 May'><title>Other</title><h1>Agenda</h1>", "Roads 4 May"),
        ("<h1>Minutes</h1>", "Minutes"),
        ("<p>x", ""),
    ],
)
def test_the_title_is_the_first_heading_that_says_something(html, title):
    assert facts(html).title == title


@pytest.mark.parametrize(
    ("html", "saved", "url"),
    [
        ("<link rel=canonical href='https://a.example/1'><meta property=og:url content='https://a.example/2'>",
         "https://a.example/3", "https://a.example/1"),
        ("<meta property=og:url content='https://a.example/2'>", "https://a.example/3", "https://a.example/2"),
        ("<link rel=stylesheet href='https://a.example/s.css'>", "https://a.example/3", "https://a.example/3"),
        ("<link rel=canonical href='/relative'>", "https://a.example/3", "https://a.example/3"),
        ("<link rel='canonical nofollow' href=' https://a.example/a b.pdf '>", "", "https://a.example/a%20b.pdf"),
        ("<link rel=canonical href='javascript:alert(1)'>", "", ""),
        ("<link rel=canonical href='ftp://a.example/1'>", "", ""),
        ("<link rel=canonical href='https:///1'>", "", ""),
        ("<link rel=canonical href='https://a.example/&#7;1'>", "", ""),
        ("<link rel=canonical href='file:///home/clerk/minutes.html'>", "", ""),
        ("<link rel=canonical href='https://[broken'>", "", ""),
        ("<link rel=canonical>", "about:blank", ""),
    ],
)  # fmt: skip
def test_the_address_is_one_that_a_reader_can_follow(html, saved, url):
    assert facts(f"<head>{html}</head><p>Words.", saved).url == url


@pytest.mark.parametrize(
    ("html", "council"),
    [
        ("<title>Roads - Ashmere Borough Council</title>", "Ashmere Borough Council"),
        ("<title>Roads | London Borough of Ashmere</title>", "London Borough of Ashmere"),
        ("<title>Ffyrdd · Cyngor Ashmere</title>", "Cyngor Ashmere"),
        ("<meta property=og:site_name content='Ashmere Town Council'><title>x - Other Council</title>",
         "Ashmere Town Council"),
        ("<meta property=og:site_name content=Democracy><title>x - Ashmere Council</title>",
         "Ashmere Council"),
        ("<title>Roads - Modern Council</title>", ""),
        ("<title>Roads - Home</title>", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_council_is_the_one_whose_site_it_is(html, council):
    assert facts(f"<head>{html}</head><p>Words.").council == council


def modgov(heading: str, name: str, content: str = "", head: str = "") -> Facts:
    return facts(
        f"<html><head><title>{heading} - {name} - Ashmere Borough Council</title>{head}</head>"
        "<body><h1>Decoy</h1>"
        f'<div id="modgov"><div class="mgHeader"><h1  class="mgMainTitleTxt" >{heading}</h1></div>'
        f'<div class="mgSubTitle"><h2 class="mgSubTitleTxt">{name}</h2></div>'
        f'<div class="mgContent">{content}</div></div></body></html>'
    )


MEETING = "<a>Roads Committee</a> - Thursday&#32;15 January&#32;2026 7&#58;30 pm"


@pytest.mark.parametrize(
    ("heading", "kind", "status"),
    [
        ("Agenda", Kind.AGENDA, Status.UNKNOWN),
        ("Agenda and draft minutes", Kind.MINUTES, Status.DRAFT),
        ("Agenda and minutes", Kind.MINUTES, Status.UNKNOWN),
        ("Agenda, decisions and minutes", Kind.MINUTES, Status.UNKNOWN),
        ("Agenda and decisions", Kind.DECISION, Status.UNKNOWN),
        ("Meeting", Kind.OTHER, Status.UNKNOWN),
    ],
)
def test_the_page_of_a_meeting_says_what_is_published(heading, kind, status):
    found = modgov(heading, MEETING)
    assert (found.kind, found.status) == (kind, status)
    assert found.title == "Roads Committee - Thursday 15 January 2026 7:30 pm"
    assert (found.council, found.committee, found.meeting_date) == (
        "Ashmere Borough Council", "Roads Committee", "2026-01-15",
    )  # fmt: skip


def test_the_day_in_the_metadata_of_a_meeting_goes_before_its_words():
    assert (
        modgov("Agenda", MEETING, head='<meta name="DC.date" content="2026-01-16">').meeting_date
        == "2026-01-16"
    )
    assert modgov("Agenda", MEETING, head='<meta name="dc.date" content="soon">').meeting_date == "2026-01-15"


def test_the_page_of_an_item_names_its_meeting_in_a_link():
    link = "<a href='x'>Meeting of Roads Committee, Thursday 15 January 2026 7.30 pm (Item 59.)</a>"
    found = modgov("Agenda item", "Flood Defences", link, '<meta name="DC.date" content="2026-02-01">')
    assert found == Facts(
        title="Flood Defences",
        council="Ashmere Borough Council",
        committee="Roads Committee",
        meeting_date="2026-01-15",
        item_number="59",
    )


def test_the_page_of_an_item_without_that_link_has_the_day_of_its_metadata():
    found = modgov("Agenda item", "Flood Defences", "", '<meta name="DC.date" content="2026-01-15">')
    assert (found.committee, found.meeting_date, found.item_number) == ("", "2026-01-15", "")


def test_the_title_of_an_item_may_stand_in_the_window_only():
    html = "<title>Agenda item - Flood - Defences - Site</title><div id=modgov><h1>Agenda item</h1></div>"
    assert facts(html).title == "Flood - Defences"


def test_other_pages_of_the_site_are_told_apart():
    found = modgov("Decision details", "Flood Defences")
    assert (found.title, found.kind) == ("Flood Defences", Kind.DECISION)
    found = modgov("Committee details", "Roads Committee")
    assert (found.title, found.kind) == ("Committee details – Roads Committee", Kind.OTHER)
