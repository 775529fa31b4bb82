import pytest
from bs4 import BeautifulSoup

from ingest.sites.cmis.papers import Listed, Papers, is_draft, paper_kind, read_papers
from ingest.sites.records import PaperKind
from tests.ingest.sites.cmis.pages import LISTED, MEETING_PAGE, document

HOST = "https://democracy.tarnwick.example"


def read(*entries: str, item: str = "") -> Papers:
    soup = BeautifulSoup("".join(entries), "lxml")
    return read_papers((Listed(entry, item) for entry in soup.find_all("li")), MEETING_PAGE, LISTED)


def keys(*titles: str) -> list[str]:
    return [paper.key for paper in read(*map(document, titles)).shown]


def test_a_document_is_known_by_meeting_and_title_and_lands_on_the_meeting():
    (paper,) = read(document("Budget &amp; Tax 2026/27", "2Mb")).shown
    assert (paper.key, paper.title, paper.version) == (
        "15042-budget-tax-2026-27",
        "Budget & Tax 2026/27",
        "2Mb",
    )
    assert paper.address == f"{HOST}/cmis5/Document.ashx?czJK=abc%3d"
    assert paper.url == MEETING_PAGE


def test_the_same_title_again_is_numbered_in_the_order_of_the_page():
    assert keys("Appendix", "Report", "APPENDIX", "Appendix 2", "Appendix") == [
        "15042-appendix",
        "15042-report",
        "15042-appendix-2",
        "15042-appendix-2-2",
        "15042-appendix-3",
    ]


def test_titles_of_signs_and_of_other_letters_have_keys_too():
    assert keys("…", "Cofnodion – Tŷ’r Cyngor") == ["15042-untitled", "15042-cofnodion-tŷ-r-cyngor"]


def test_minutes_keep_their_key_when_they_are_approved():
    assert keys("Draft Minutes") == keys("Minutes") == ["15042-minutes"]
    assert keys("Draft Local Plan") == ["15042-draft-local-plan"]


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/cmis5/document.ashx?a=b", f"{HOST}/cmis5/document.ashx?a=b"),
        ("http://democracy.tarnwick.example/cmis5/Document.ashx?a=b", f"{HOST}/cmis5/Document.ashx?a=b"),
        ("http://files.example/Document.ashx?a=b", "http://files.example/Document.ashx?a=b"),
    ],
)
def test_the_address_of_a_document(href, address):
    assert [paper.address for paper in read(document("Report", href=href)).shown] == [address]


@pytest.mark.parametrize(
    "entry",
    [
        document("Webcast", href="https://video.example/1"),
        document("Report", href="file:///cmis5/Document.ashx"),
        document("Report", href="http://[broken/Document.ashx"),
        document("", href="/cmis5/Document.ashx?a=b"),
        '<li class="DocumentListItem">No documents</li>',
        '<li class="DocumentListItem"><a class="TitleLink">Report</a></li>',
    ],
)
def test_what_is_no_document_is_left_out(entry):
    assert read(entry) == Papers((), ())


def test_a_size_inside_the_link_is_no_part_of_the_title():
    entry = (
        '<li class="DocumentListItem"><a class="TitleLink" href="/Document.ashx?a">Report '
        '<span class="FileSize">(50Kb)</span></a></li>'
    )
    (paper,) = read(entry).shown
    assert (paper.title, paper.version) == ("Report", "50Kb")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Minutes", PaperKind.MINUTES),
        ("Printed minutes", PaperKind.MINUTES),
        ("Draft Minutes - 9 July 2026", PaperKind.MINUTES),
        ("Final Planning Minutes 09072026", PaperKind.MINUTES),
        ("Licensing Sub-Committee Minutes", PaperKind.MINUTES),
        ("Cofnodion", PaperKind.MINUTES),
        ("Final Planning Minutes 16042026", PaperKind.REPORT),
        ("Minutes of the meeting held on 4 June 2026", PaperKind.REPORT),
        ("Minutes of the previous meeting", PaperKind.REPORT),
        ("Matters arising from the minutes", PaperKind.REPORT),
        ("Agenda pack", PaperKind.PACK),
        ("Public reports pack 9th July 2026", PaperKind.PACK),
        ("Final Agenda Reports - 9th July 2026", PaperKind.PACK),
        ("Agenda and minutes pack", PaperKind.PACK),
        ("Agenda", PaperKind.FRONTSHEET),
        ("Agenda Contents", PaperKind.FRONTSHEET),
        ("Agenda Item 5 - Budget", PaperKind.REPORT),
        ("Decision Sheet", PaperKind.DECISIONS),
        ("Printed decisions", PaperKind.DECISIONS),
        ("Decisions on allotments", PaperKind.REPORT),
        ("Appendix 1 - Map", PaperKind.APPENDIX),
        ("Item 4 Annexe B", PaperKind.APPENDIX),
        ("Budget 2026/27", PaperKind.REPORT),
    ],
)
def test_the_title_says_what_a_document_is(title, kind):
    assert paper_kind(title, day="2026-07-09") is kind


def test_minutes_that_stand_with_an_item_are_minutes_of_another_meeting():
    (paper,) = read(document("Minutes of the previous meeting"), item="15042-2").shown
    assert (paper.kind, paper.item) == (PaperKind.MINUTES, "15042-2")


@pytest.mark.parametrize("title", ["Draft minutes", "DRAFT - Minutes", "Unconfirmed minutes"])
def test_drafts_say_so(title):
    assert is_draft(title)
    assert not is_draft("Minutes of the Draughts Club")


def test_withheld_documents_are_left_out_and_named():
    found = read(document("Report"), document("Exempt Appendix"), document("Report (Not for Publication)"))
    assert [paper.key for paper in found.shown] == ["15042-report"]
    assert found.withheld == ("15042-exempt-appendix", "15042-report-not-for-publication")


def test_a_withheld_document_keeps_its_place_among_its_namesakes():
    soup = BeautifulSoup(document("Report") * 2, "lxml")
    first, second = soup.find_all("li")
    found = read_papers([Listed(first, withheld=True), Listed(second)], MEETING_PAGE, LISTED)
    assert found.withheld == ("15042-report",)
    assert [paper.key for paper in found.shown] == ["15042-report-2"]
