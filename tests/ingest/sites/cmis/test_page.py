import pytest
from bs4 import BeautifulSoup

from corpus.errors import UnreadableError
from ingest.sites.cmis import is_cmis
from ingest.sites.cmis.page import name_in, outermost, parse_any_page, parse_page
from tests.ingest.sites.cmis.pages import ROOT, page


@pytest.mark.parametrize(
    "body",
    [
        b'<input name="dnn$ctr397$MeetingCalendarPublic$btnButtonListView">',
        b'<a href="/tarnwick/x/ctl/ViewCMIS_CommitteeDetails/mid/3/id/4/Default.aspx">',
        b'<div id="dnn_ContentPane">Committee Management Information System</div>',
        b"<!-- by DotNetNuke --><a href='/CMIS5/Meetings.aspx'>",
        b'<link href="/cmis5public/x.css"><div id="dnn_ContentPane">',
    ],
)
def test_pages_of_cmis_are_known(body):
    assert is_cmis(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'<div id="modgov"><a href="mgListCommittees.aspx">Committees</a></div>',
        b'<div id="dnn_ContentPane">A shop that runs on the same system</div>',
        b"<p>Our Committee Management Information System (CMIS) has moved.</p>",
        b"<html><head><title>Just a moment...</title></head></html>",
    ],
)
def test_other_pages_are_not_taken_for_it(body):
    assert not is_cmis(body)


def test_a_page_of_another_kind_is_an_error_that_names_it():
    with pytest.raises(UnreadableError, match=rf"{ROOT}/x: not a CMIS page"):
        parse_page(b"<html><body>Sign in</body></html>", f"{ROOT}/x")


def test_the_council_s_own_pages_are_read_too():
    assert parse_any_page(b"<html><body><p>Welcome</p></body></html>", ROOT).find("p") is not None


def test_a_page_that_breaks_off_is_an_error():
    whole = page("<p>Words</p>")
    assert parse_page(whole + b"<!-- cached -->", ROOT).find("p") is not None
    for cut in (len(whole) - 30, len(whole) - 12):
        with pytest.raises(UnreadableError, match="breaks off"):
            parse_page(whole[:cut], ROOT)


def test_absurd_nesting_is_an_error():
    with pytest.raises(UnreadableError, match="nested more than 500 deep"):
        parse_page(page("<div>" * 600), ROOT)


def test_a_name_is_short():
    soup = BeautifulSoup("<p>Plan<b>ning</b>\n Committee</p>", "lxml")
    assert name_in(soup) == "Planning Committee"
    assert name_in(BeautifulSoup("word " * 300, "lxml")) == ""
    assert name_in(BeautifulSoup("<i>a</i>" * 100, "lxml")) == ""


def test_the_outermost_of_nested_tags():
    soup = BeautifulSoup("<div id=1><div id=2><div id=3></div></div></div><div id=4></div>", "lxml")
    assert [tag["id"] for tag in outermost(soup.find_all("div"))] == ["1", "4"]


def test_bytes_that_are_no_text_are_an_error_that_names_the_page():
    with pytest.raises(UnreadableError, match=rf"{ROOT}/x: binary"):
        parse_page(b"\x00\x01\x02" * 50 + page(""), f"{ROOT}/x")


def test_an_xml_prolog_does_not_make_it_xml():
    assert parse_page(b'<?xml version="1.0"?>\n' + page("<p>Words</p>"), ROOT).find("p") is not None
