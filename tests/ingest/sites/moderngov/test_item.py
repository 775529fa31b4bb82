import pytest

from corpus.errors import UnreadableError
from ingest.sites.moderngov.item import read_whole
from ingest.sites.records import Item, Paper, PaperKind, Part
from tests.ingest.sites.moderngov.making import BASE, block, page

PAPER = Paper(
    "1", "Weir", PaperKind.REPORT, f"{BASE}documents/s1/x.pdf", f"{BASE}mgConvert2PDF.aspx?ID=1", "7"
)
VOTE = Part("recorded vote", "<table><tr><td>Carried</td></tr></table>")
CUT = Item(
    "7",
    "59",
    "Repair of the weir",
    f"{BASE}mgAi.aspx?ID=7",
    parts=(Part("", "<p>To consider it.</p>"), Part("minutes", "<p>It rained</p>"), VOTE),
    papers=(PAPER,),
    cut=True,
    issue="72",
)
AGENDA = "<p>Meeting of Roads Committee (Item 59.)</p>" + block("<p>To consider it.</p>")
FULL = block("<p>It rained and rained.</p>", "Minutes:")


def item_page(content: str) -> bytes:
    return page("Agenda item", "Repair of the weir", content)


def test_the_whole_item_keeps_what_the_meeting_says_of_it() -> None:
    whole = read_whole(item_page(AGENDA + FULL), BASE, CUT)
    assert whole == Item(
        "7",
        "59",
        "Repair of the weir",
        f"{BASE}mgAi.aspx?ID=7",
        parts=(Part("", "<p>To consider it.</p>"), Part("minutes", "<p>It rained and rained.</p>"), VOTE),
        papers=(PAPER,),
        issue="72",
    )


def test_the_pages_own_vote_is_taken_where_it_has_one() -> None:
    vote = "<table><caption>Recorded Vote</caption><tr><td>Lost</td></tr></table>"
    assert read_whole(item_page(AGENDA + FULL + vote), BASE, CUT).parts[-1].html == (
        "<table><tr><td>Lost</td></tr></table>"
    )


@pytest.mark.parametrize(
    "content",
    [
        AGENDA,
        "",
        AGENDA
        + block('<p>It rained ... <a href="mgAi.aspx?ID=7">view the full minutes text</a></p>', "Minutes:"),
    ],
)
def test_a_page_with_less_than_the_meeting_had_is_refused(content: str) -> None:
    with pytest.raises(UnreadableError, match="item 7"):
        read_whole(item_page(content), BASE, CUT)


def test_a_challenge_in_its_place_is_refused() -> None:
    with pytest.raises(UnreadableError, match="item 7"):
        read_whole(b"<html><body>Just a moment...</body></html>", BASE, CUT)


def test_an_item_that_is_known_by_its_key_alone_must_have_words() -> None:
    bare = Item("7", "59", "Repair of the weir", f"{BASE}mgAi.aspx?ID=7", cut=True)
    assert len(read_whole(item_page(AGENDA + FULL), BASE, bare).parts) == 2
    with pytest.raises(UnreadableError):
        read_whole(item_page(""), BASE, bare)
