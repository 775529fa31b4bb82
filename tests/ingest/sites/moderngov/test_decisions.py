import asyncio

import pytest

from corpus.errors import AbsentError, FetchError, UnreadableError
from ingest.sites.moderngov.decisions import read_decision, read_register, register_urls
from ingest.sites.moderngov.pages import PagesSite
from ingest.sites.records import ListedDecision, PaperKind, Part
from tests.ingest.sites.moderngov.making import BASE, Told, page

LISTED = ListedDecision("701", "Weir", f"{BASE}ieDecisionDetails.aspx?ID=701")
FACT = '<p><span  class="mgLabel" >{} </span>{}</p>'


def register(*rows: str) -> bytes:
    body = "".join(f'<tr><td  class="mgMainTxt" >{row}</td><td>01/01/2026</td></tr>' for row in rows)
    return page(
        "Decisions", "", f'<table  class="mgTabTable" ><caption>Decisions published</caption>{body}</table>'
    )


def decision_page(content: str, title: str = "Repair of the weir", links: str = "") -> bytes:
    return page("Decision details", title, content, links=links)


def text(label: str, html: str) -> str:
    return f'<h3  class="mgSubSubTitleTxt" >{label}</h3><div  class="mgWordPara" >{html}</div>'


def test_the_register_is_asked_a_year_at_a_time() -> None:
    urls = register_urls(BASE, "2024-01-01", "2026-01-15")
    assert len(urls) == 3
    assert "DR=01%2f01%2f2024-31%2f12%2f2024&" in urls[0]
    assert "DR=01%2f01%2f2025-01%2f01%2f2026&" in urls[1]
    assert "DR=02%2f01%2f2026-15%2f01%2f2026&" in urls[2]
    assert register_urls(BASE, "2026-01-02", "2026-01-01") == ()


def test_the_register_lists_decisions_once_without_hidden_words() -> None:
    found = read_register(
        register(
            '<a href="ieDecisionDetails.aspx?ID=701">Weir<span class="mgHide"> ref: 701</span></a>',
            '<a href="iedecisiondetails.aspx?id=702">Mill &#38; race</a>',
            '<a href="ieDecisionDetails.aspx?ID=701">Weir</a>',
            '<a href="ieDecisionDetails.aspx?ID=703">Restricted decision</a>',
            '<a href="ieDecisionDetails.aspx?AIId=9">of an item</a>',
        ),
        BASE,
    )
    assert found == (LISTED, ListedDecision("702", "Mill & race", f"{BASE}ieDecisionDetails.aspx?ID=702"))
    assert read_register(register(), BASE) == ()


def test_where_there_is_no_register_there_are_no_decisions() -> None:
    (url,) = register_urls(BASE, "2026-01-01", "2026-01-31")
    fetch = Told({url: AbsentError("no such page")})
    assert asyncio.run(PagesSite(BASE, fetch).decisions("2026-01-01", "2026-01-31")) == ()


@pytest.mark.parametrize("answer", [FetchError("500"), b"<html><body>Just a moment</body></html>"])
def test_a_register_that_fails_is_not_an_empty_one(answer: bytes | Exception) -> None:
    (url,) = register_urls(BASE, "2026-01-01", "2026-01-31")
    with pytest.raises((FetchError, UnreadableError)):
        asyncio.run(PagesSite(BASE, Told({url: answer})).decisions("2026-01-01", "2026-01-31"))


def test_a_decision_has_its_facts_and_its_labelled_parts() -> None:
    content = (
        FACT.format("Decision Maker:", "Director of Roads &amp; Rivers")
        + FACT.format("Is Key decision?:", "Yes")
        + text("Purpose:", "<p>To mend it.</p>")
        + text("Decision:", "<p>That it be mended.</p>")
        + text("Reasons for the decision:", "<p>It leaks.</p>")
        + text("Alternative options considered:", "<p>None.</p>")
        + FACT.format("Contact:", "The Clerk 01632 960001")
        + FACT.format("Publication date:", "19/01/2026")
        + FACT.format("Date of decision:", "15/01/2026")
        + '<p class="mgLabel">Accompanying Documents:</p><ul class="mgBulletList"><li>'
        '<a href="documents/s7942/Annex 1.pdf">Annex 1 <span class="mgFileSize">PDF 9 KB</span></a></li></ul>'
    )
    links = '<li><a href="mgIssueHistoryHome.aspx?IId=72&Opt=0">Find out more about this issue</a></li>'
    decision = read_decision(decision_page(content, links=links), BASE, LISTED)
    assert (decision.key, decision.title, decision.url) == ("701", "Repair of the weir", LISTED.url)
    assert (decision.maker, decision.date, decision.issue) == (
        "Director of Roads & Rivers",
        "2026-01-15",
        "72",
    )
    assert decision.parts == (
        Part("purpose", "<p>To mend it.</p>"),
        Part("decision", "<p>That it be mended.</p>"),
        Part("reasons for decision", "<p>It leaks.</p>"),
        Part("alternative options considered", "<p>None.</p>"),
    )
    assert [(p.key, p.title, p.kind, p.item, p.version) for p in decision.papers] == [
        ("7942", "Annex 1", PaperKind.APPENDIX, "", "PDF 9 KB")
    ]
    assert "01632" not in repr(decision)


def test_the_meeting_tells_the_day_where_the_page_names_no_other() -> None:
    at = FACT.format(
        "Decided at meeting:", '<a href="ieListDocuments.aspx?MId=1">19/10/2015 - Roads Committee</a>'
    )
    assert read_decision(decision_page(at), BASE, LISTED).date == "2015-10-19"
    published = FACT.format("Publication date:", "19/01/2026")
    assert read_decision(decision_page(published), BASE, LISTED).date is None


def test_an_exempt_decision_is_withheld() -> None:
    decision = read_decision(decision_page(text("Decision:", "<p>x</p>"), "Quay (exempt)"), BASE, LISTED)
    assert decision.withheld
    assert (decision.title, decision.parts, decision.papers) == ("", (), ())


@pytest.mark.parametrize(
    "body",
    [
        page("Error", "Error", "<p class='mgErrorTxt'>Sorry</p>"),
        b"<html><body>Just a moment...</body></html>",
    ],
)
def test_what_is_no_page_of_a_decision_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError, match="decision 701"):
        read_decision(body, BASE, LISTED)
