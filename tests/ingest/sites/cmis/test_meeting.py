from dataclasses import replace

import pytest

from corpus.errors import AbsentError, UnreadableError
from ingest.sites.cmis.meeting import parse_meeting
from ingest.sites.records import Part, Proceedings
from tests.ingest.sites.cmis.pages import LISTED, MEETING_PAGE, details, document, documents, holder, page

OWN = "/x/ctl/ViewCMIS_DecisionDetails/mid/397/Id/3a961116-6e32-596b-be55-1e67a7058eee/Default.aspx"


def read(content: str) -> Proceedings:
    return parse_meeting(page(content), MEETING_PAGE, LISTED)


def agenda(*rows: tuple[str, str, str]) -> str:
    lines = "".join(
        f'<tr class="rgRow"><td>{number}</td><td>{title}</td><td>{rest}</td></tr>'
        for number, title, rest in rows
    )
    return f"<fieldset><legend>Agenda Items</legend><table>{lines}</table></fieldset>"


def test_the_details_are_known_by_their_labels():
    found = read(details())
    assert found == Proceedings("15042", "Planning Committee", "2026-07-09", MEETING_PAGE)


def test_a_meeting_that_was_moved_has_its_day_of_now():
    assert read(details("14 Aug 2026 - 10:00")).date == "2026-08-14"
    assert read(details("To be confirmed")).date == LISTED.date


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Scheduled", ""),
        ("Occurred", "Occurred"),
        ("Cancelled", "Cancelled"),
        ("Meeting canceled", "Cancelled"),
        ("Postponed", "Postponed"),
        ("", ""),
    ],
)
def test_the_status_is_the_site_s_word(words, status):
    assert read(details(status=words)).status == status


def test_a_holder_s_empty_value_is_not_that_of_the_holder_inside():
    content = (
        holder("Committee", "Cabinet")
        + '<div class="holder"><div class="DNNLabel">Status:</div>'
        + holder("Venue", "Town Hall")
        + "</div>"
    )
    assert read(content).status == ""


@pytest.mark.parametrize(
    "words",
    [
        "The requested meeting could not be found.",
        "This meeting is no longer available",
        "The meeting you are looking for does not exist",
        "No such meeting.",
    ],
)
def test_a_meeting_that_the_site_does_not_know_is_absent(words):
    with pytest.raises(AbsentError, match="knows no such meeting"):
        read(f"<span>{words}</span>")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<h1>Meeting Details</h1>",
        holder("Committee", ""),
        "<p>A meeting was held. Our dog was not found.</p>",
    ],
)
def test_a_page_without_a_meeting_is_unreadable(content):
    with pytest.raises(UnreadableError, match="no meeting in the page"):
        read(content)


def test_words_in_an_agenda_do_not_make_a_meeting_absent():
    assert read(details() + agenda(("1", "The meeting room could not be found", ""))).items


def test_items_have_keys_that_last():
    found = read(
        details()
        + agenda(
            ("4", "Roads", ""), ("", "Trees", ""), ("4", "Bins", ""), ("5", f'<a href="{OWN}">Ponds</a>', "")
        )
    )
    assert [(item.key, item.number, item.title) for item in found.items] == [
        ("15042-4", "4", "Roads"),
        ("15042-2", "", "Trees"),
        ("15042-4-2", "4", "Bins"),
        ("3a961116-6e32-596b-be55-1e67a7058eee", "5", "Ponds"),
    ]
    assert {item.url for item in found.items} == {MEETING_PAGE}


def test_a_summary_is_the_agenda_s_text_without_documents_scripts_and_contacts():
    summary = (
        "<p style='color:red'>To <b>note</b>\r\n the roads.</p><script>track()</script>"
        "<p style='display:none'>Hidden</p>"
        "<p>Contact: Rowan Pell, 01632 960 114</p>" + documents(document("Report"))
    )
    (item,) = read(details() + agenda(("1", "Roads", summary))).items
    assert item.parts == (Part("", "<p>To <b>note</b> the roads.</p>"),)
    assert [(paper.key, paper.item) for paper in item.papers] == [("15042-report", "15042-1")]


def test_an_item_without_a_summary_has_no_parts():
    (item,) = read(details() + agenda(("1", "Roads", documents(document("Report"))))).items
    assert item.parts == ()


def test_withheld_items_have_neither_words_nor_files():
    content = details() + agenda(
        ("1", "Exempt: Sale of Land", "The price." + documents(document("Valuation"))),
        ("2", "Roads", documents(document("Valuation"))),
    )
    found = read(content)
    exempt, public = found.items
    assert (exempt.withheld, exempt.parts, exempt.papers) == (True, (), ())
    assert found.withheld_papers == ("15042-valuation",)
    assert [paper.key for paper in public.papers] == ["15042-valuation-2"]


@pytest.mark.parametrize(
    ("titles", "published", "draft"),
    [
        (("Agenda",), False, False),
        (("Agenda", "Draft minutes"), True, True),
        (("Draft minutes", "Minutes"), True, False),
        (("Minutes of the previous meeting",), False, False),
        (("Exempt minutes",), False, False),
    ],
)
def test_minutes_are_published_when_their_document_is(titles, published, draft):
    found = read(details() + documents(*map(document, titles)))
    assert (found.minutes_published, found.draft) == (published, draft)


def test_minutes_of_another_meeting_with_an_item_do_not_count_as_its_own():
    found = read(details() + agenda(("2", "Minutes", documents(document("Minutes")))))
    assert not found.minutes_published


def test_who_was_there_is_left_out():
    people = (
        "<fieldset><legend>Attended - Committee Members</legend><table>"
        '<tr class="rgRow"><td>I. Tansley</td></tr></table></fieldset>'
    )
    assert "Tansley" not in repr(read(details() + people + agenda(("1", "Roads", ""))))


def test_what_was_listed_gives_the_key_and_the_address():
    listed = replace(LISTED, key="7", url="https://democracy.tarnwick.example/lasting")
    found = parse_meeting(page(details() + documents(document("Report"))), MEETING_PAGE, listed)
    assert (found.key, found.url) == ("7", listed.url)
    assert [(paper.key, paper.url) for paper in found.papers] == [("7-report", listed.url)]
