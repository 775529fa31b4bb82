import time

import pytest

from ingest.sites.challenge import challenge

SCRIPT = "<script>" + "var a=1;" * 3_000 + "</script>"
CLOUDFLARE = (
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots">'
    "</head><body><noscript>Enable JavaScript and cookies to continue</noscript>"
    "<script>window._cf_chl_opt={cUPMDTk:'/ieListDocuments.aspx?CId=1&MId=2'};</script>"
    + SCRIPT
    + "</body></html>"
)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (CLOUDFLARE, "Just a moment..."),
        (
            "<title>Attention Required! | Cloudflare</title><body>Sorry</body>",
            "Attention Required! | Cloudflare",
        ),
        ("<html><head><title>Azure WAF</title></head><body>" + SCRIPT + "</body></html>", "Azure WAF"),
        ("<head><title>Access Denied</title></head><h1>Access Denied</h1>No permission.", "Access Denied"),
        ("<HTML><HEAD></HEAD><BODY><H1>Access denied</H1>Reference #18</BODY></HTML>", "Access denied"),
        (
            '<html><iframe src="x">Request unsuccessful. Incapsula incident ID: 7</iframe></html>',
            "Request unsuccessful",
        ),
        (
            "<html><title>Request Rejected</title><body>Your support ID is: 7</body></html>",
            "Request Rejected",
        ),
        ("<title>ashmere.example</title><p>Checking your browser before you go on</p>", "ashmere.example"),
        ('<title>ashmere.example</title><div class="cf-browser-verification">Wait</div>', "ashmere.example"),
        ('<html><title>Ashmere</title><form><div class="g-recaptcha"></div></form></html>', "Ashmere"),
        ("<html><title>Captcha</title></html>", "Captcha"),
        ("\ufeff<!-- x --><html><title>Just a moment…</title></html>", "Just a moment…"),
    ],
)
def test_challenge_pages_are_known_by_their_words(page, words):
    assert challenge(page.encode(), "text/html") == words


@pytest.mark.parametrize("media_type", ["text/html", "application/xhtml+xml", "text/xml", ""])
def test_in_place_of_xml_they_are_known_too(media_type):
    assert challenge(CLOUDFLARE.encode(), media_type)


def test_their_words_are_shown_short_and_harmless():
    page = "<title>Just a moment \x1b[31m\r\n" + "x" * 500 + "</title>"

    words = challenge(page.encode(), "text/html")

    assert words is not None
    assert len(words) == 60
    assert words.isprintable()


MINUTES = "<p>The Committee heard of access denied to residents, a captcha, a request unsuccessful, "
LONG = MINUTES + "just a moment before the vote.</p>" + "<p>RESOLVED: that the report be noted.</p>" * 80


@pytest.mark.parametrize(
    "page",
    [
        '<html><title>Agenda for Planning</title><div id="modgov"><h1>Access denied</h1>captcha</div></html>',
        "<html><title>Just a moment</title><div  id='modgov' >x</div></html>",
        '<html><h1>Access denied</h1><a href="mgListCommittees.aspx?bcr=1">Committees</a></html>',
        '<html><h1>Access denied</h1><a href="https://a.example/ieListDocuments.aspx?MId=1">x</a></html>',
        '<html><h1>Access denied</h1><div id="dnn_ctr397_MeetingCalendarPublic">x</div></html>',
        '<html><h1>Access denied</h1><div class="DNNLabel">Status</div></html>',
        "<html><title>Access denied to the towpath</title><p>Minute 7</p></html>",
        "<html><title>Minute 7</title><h1>Access denied to the towpath by fencing</h1></html>",
        "<html><title>Attention requirements of carers</title></html>",
        f"<html><title>Minutes</title>{LONG}</html>",
        f"<html><h1>Captcha</h1>{LONG}</html>",
        "<html><title>Minutes</title><p>The Chair said that in just a moment the vote would follow; "
        + "x " * 90
        + "</p></html>",
        "<html><title>Minutes</title><p>"
        + "The clerk reported. " * 12
        + "Attention required: captcha.</p></html>",
        "<html><title>mgWebService Web Service</title><h1>mgWebService</h1></html>",
        "<html></html>",
        "   ",
        "",
    ],
)
def test_pages_of_the_site_and_minutes_are_not(page):
    assert challenge(page.encode(), "text/html") is None


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"<?xml version='1.0'?><attachment><title>Access denied</title></attachment>", "text/xml"),
        (b"<?xml version='1.0'?><agendatext>&lt;h1&gt;Just a moment&lt;/h1&gt;</agendatext>", "text/xml"),
        (b"%PDF-1.7 just a moment captcha", "application/pdf"),
        (b"just a moment", "text/plain"),
        (b"\x00\xff\xfe", ""),
    ],
)
def test_what_is_no_page_is_no_challenge(body, media_type):
    assert challenge(body, media_type) is None


@pytest.mark.parametrize(
    "body",
    [
        b"<script>" * 25_000,
        b"<div>" * 39_000,
        b"<a href=" * 25_000,
        b"<!--" * 49_000,
        b'<a id="' + b"mg" * 99_000,
    ],
)
def test_a_page_made_to_be_slow_is_not(body):
    began = time.monotonic()

    challenge(body, "text/html")

    assert time.monotonic() - began < 2
