import pytest

from ingest.sites.moderngov.papers import file_key, linked_paper, paper_kind, printed_minutes, printed_paper
from ingest.sites.records import PaperKind

BASE = "https://democracy.ashmere.example/"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Minutes of Previous Meeting", PaperKind.MINUTES),
        ("Minutes of the meeting held on 3 May 2025", PaperKind.MINUTES),
        ("Draft Minutes 3 May 2025", PaperKind.MINUTES),
        ("Roads Committee Minutes", PaperKind.MINUTES),
        ("Minutes", PaperKind.MINUTES),
        ("Minutes - 3 May", PaperKind.MINUTES),
        ("Minutes, 3 May", PaperKind.MINUTES),
        ("Public minutes of Last Meeting", PaperKind.MINUTES),
        ("Cofnodion y cyfarfod diwethaf", PaperKind.MINUTES),
        ("Public Question Time (15 minutes)", PaperKind.REPORT),
        ("Matters arising from the minutes", PaperKind.REPORT),
        ("Two minutes of silence", PaperKind.REPORT),
        ("Action log from the minutes", PaperKind.REPORT),
        ("Appendix 1 - Minutes of the working party", PaperKind.APPENDIX),
        ("Appendix A", PaperKind.APPENDIX),
        ("Annex 1 - Costs", PaperKind.APPENDIX),
        ("Weir report - Appendix 2", PaperKind.APPENDIX),
        ("Enclosure 3", PaperKind.APPENDIX),
        ("Location plan", PaperKind.APPENDIX),
        ("Plan 2", PaperKind.APPENDIX),
        ("Corporate Plan 2025", PaperKind.REPORT),
        ("Local plan review", PaperKind.REPORT),
        ("Repair of the weir", PaperKind.REPORT),
        ("Appointment of the clerk", PaperKind.REPORT),
    ],
)
def test_titles_tell_what_a_paper_is(title: str, kind: PaperKind) -> None:
    assert paper_kind(title) is kind


@pytest.mark.parametrize(
    "href",
    ["documents/s65461/Weir report.pdf", "Documents/S65461/Other name.pdf", "mgConvert2PDF.aspx?ID=65461"],
)
def test_a_paper_is_known_by_its_number(href: str) -> None:
    paper = linked_paper(BASE, href, title="Weir", version="PDF 9 KB", item="7")
    assert paper is not None
    assert (paper.key, paper.item, paper.version) == ("65461", "7", "PDF 9 KB")
    assert paper.url == BASE + "mgConvert2PDF.aspx?ID=65461"


def test_a_file_name_has_its_blanks_encoded() -> None:
    paper = linked_paper(BASE, "documents/s1/Weir report.pdf", title="Weir")
    assert paper is not None
    assert paper.address == BASE + "documents/s1/Weir%20report.pdf"


@pytest.mark.parametrize(
    "href",
    [
        "https://elsewhere.example/weir.pdf",
        "mgAi.aspx?ID=7",
        "documents/g7/x.pdf?T=1",
        "mgConvert2PDF.aspx?ID=7&T=1",
    ],
)
def test_other_links_are_no_papers_of_an_item(href: str) -> None:
    assert linked_paper(BASE, href, title="x") is None
    assert file_key(href) == ""


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("0", PaperKind.FRONTSHEET),
        ("1", PaperKind.MINUTES),
        ("2", PaperKind.DECISIONS),
        ("10", PaperKind.PACK),
    ],
)
def test_what_is_printed_of_a_meeting_has_the_agendas_number(form: str, kind: PaperKind) -> None:
    paper = printed_paper(BASE, f"documents/g10230/Printed of 18 Nov 2025.pdf?T={form}")
    assert paper is not None
    assert (paper.key, paper.kind, paper.item) == ("10230", kind, "")
    assert paper.url == f"{BASE}mgConvert2PDF.aspx?ID=10230&T={form}"


@pytest.mark.parametrize(
    "href",
    ["documents/g7/x.pdf", "documents/g7/x.pdf?T=9", "mgChooseDocPack.aspx?ID=7", "documents/s7/x.pdf?T=1"],
)
def test_other_links_are_nothing_printed(href: str) -> None:
    assert printed_paper(BASE, href) is None


def test_printed_minutes_are_the_same_either_way() -> None:
    linked = printed_paper(BASE, "documents/g10230/Printed minutes.pdf?T=1")
    known = printed_minutes(BASE, "10230")
    assert linked is not None
    assert (linked.key, linked.title, linked.kind, linked.url) == (
        known.key,
        known.title,
        known.kind,
        known.url,
    )
