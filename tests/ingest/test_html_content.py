import pytest
from bs4 import BeautifulSoup

from ingest.html_content import MAIN_CHARACTERS, drop_chrome, drop_unseen, flat, main_part, saved_from, tidy

LONG = "The Committee heard the Clerk and asked her to report again. " * 5


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def seen(html: str) -> str:
    page = soup(html)
    drop_unseen(page)
    return tidy(page.get_text(" "))


def kept(html: str) -> str:
    """What is left of the main part of a page."""
    part = main_part(soup(html))
    drop_chrome(part)
    return tidy(part.get_text(" "))


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x()</script>",
        "<style>p {}</style>",
        "<noscript>Switch it on</noscript>",
        "<template><p>x</p></template>",
        "<svg><text>x</text></svg>",
        "<iframe>x</iframe>",
        "<button>Press</button>",
        "<select><option>2026</select>",
        "<textarea>x</textarea>",
        "<p hidden>x</p>",
        "<p style='color: red; DISPLAY : none'>x</p>",
        "<span style='visibility:hidden'>x</span>",
        "<span style='mso-hide:all'>x</span>",
        "<span class='big mgHide'>x</span>",
        "<span class=mgFileSize>PDF 198 KB</span>",
        "<span class='sr-only'>x</span>",
        "<span class=govuk-visually-hidden>x</span>",
        "<div hidden><p>a <b>nested</b> script <script>x</script></p></div>",
    ],
)
def test_what_a_reader_does_not_see_is_removed(hidden):
    assert seen(f"<p>Before</p>{hidden}<p>After</p>") == "Before After"


def test_what_the_head_says_is_kept_for_the_facts():
    page = soup("<head><title>Roads</title><meta name=a content=b></head><p>Words.")
    drop_unseen(page)
    assert page.title is not None
    assert page.find("meta") is not None


def test_a_script_in_the_head_is_removed_and_words_that_were_parsed_into_it_are_kept():
    assert seen("<title>Roads</title><script>x()</script><article>Words.") == "Roads Words."


def test_a_second_title_in_the_body_is_removed():
    assert seen("<body><p>Words.</p><svg><title>Logo</title></svg></body>") == "Words."


@pytest.mark.parametrize(
    "html",
    [
        f"<body>out<div id=modgov>{LONG}</div></body>",
        f"<body>out<div id=modgov>short</div>{LONG}</body>",
        f"<body>out<main>{LONG}</main></body>",
        f"<body>out<div role=main>{LONG}</div></body>",
        f"<body>out<article>{LONG}</article></body>",
        "<body>out<main>half of the text</main></body>",
    ],
)
def test_the_main_part_is_the_one_that_the_page_names(html):
    assert "out" not in main_part(soup(html)).get_text(" ").split()


@pytest.mark.parametrize(
    "html",
    [
        f"<body>out<main>short</main>{LONG}</body>",
        f"<body>out<article>{LONG}</article><article>{LONG}</article></body>",
        "<body>out<p>words</p></body>",
    ],
)
def test_otherwise_the_whole_page_is(html):
    assert "out" in main_part(soup(html)).get_text()


@pytest.mark.parametrize(
    "chrome",
    [
        "<nav>Home</nav>",
        "<aside>See also</aside>",
        "<footer>Copyright</footer>",
        "<header><ul><li>Menu</ul></header>",
        "<div role=navigation>Home</div>",
        "<div role=search>Find</div>",
        "<div role=banner>Ashmere</div>",
        "<form>Search</form>",
        "<ul class=mgActionList><li>Attendance details</ul>",
        "<div class=mgLinks>Agenda frontsheet</div>",
        "<a href='mgLocationDetails.aspx?RID=1'>View directions</a>",
        "<a href='MGLISTRECORDEDVOTESSHORT.ASPX?AIID=1'>View Recorded Vote</a>",
    ],
)
def test_menus_and_forms_are_removed(chrome):
    assert kept(f"<p>Before</p>{chrome}<p>After</p>") == "Before After"


@pytest.mark.parametrize(
    "words",
    [
        "<header><h1>Flood Defences</h1></header>",
        f"<form><p>{LONG}</p></form>",
        "<a href='documents/s1/Annex.pdf'>Annex</a>",
        "<p>Webcast: View the webcast</p>",
    ],
)
def test_words_are_kept(words):
    assert kept(f"<body>{words}</body>") == tidy(soup(words).get_text(" "))


def test_a_modgov_page_loses_what_the_council_put_between_its_parts():
    html = (
        "<div id=modgov><div class=mgHeader><h1>Agenda and minutes</h1></div><p>How to read this page</p>"
        "<a href=x>Watch</a><div class=mgContent><p>Venue: Town Hall</p><h2>Media</h2>"
        "<p>Webcast: View the webcast</p><p>Words.</p></div><div class=mgFooter>Help</div></div>"
    )
    assert kept(html) == "Agenda and minutes Venue: Town Hall Words."


def test_a_modgov_page_without_a_content_part_keeps_its_paragraphs():
    assert kept("<div id=modgov><h1>Agenda</h1><p>Words.</p></div>") == "Agenda Words."


def test_a_text_that_the_site_has_cut_is_noted_and_its_link_removed():
    part = main_part(
        soup(
            "<div id=modgov><p>The bridge was ... <a href='mgAi.aspx?ID=7' title=x>view the full "
            "minutes text for item 59.</a></p></div>"
        )
    )
    assert drop_chrome(part) == ("the page holds only the beginning of item 59: fetch the item's own page",)
    assert flat(part) == "The bridge was ..."


def test_a_whole_text_needs_no_note():
    assert drop_chrome(main_part(soup("<p>Words <a href=x>view the full text</a></p>"))) == ()


def test_flat_words_stand_on_one_line_and_stay_whole():
    assert (
        flat(soup("<p>Coun<b>cil</b>\n <i>of</i><p>Ash<br>mere<!-- x --><o:p>s</o:p>"))
        == "Council of Ash meres"
    )


def test_the_address_of_a_saved_page_stands_in_its_comment():
    comment = "<!-- saved from url=(0045)https://ashmere.example/mgAi.aspx?ID=7 -->"
    assert (
        saved_from(soup(f"<!DOCTYPE html>\n{comment}<p>Words.")) == "https://ashmere.example/mgAi.aspx?ID=7"
    )
    assert saved_from(soup("<!-- another --><p>saved from url=(1)x</p>")) == ""


def test_a_main_part_is_long_from_the_number_of_characters_that_is_stated():
    out = "w" * (5 * MAIN_CHARACTERS)
    assert main_part(soup(f"<main>{'w' * MAIN_CHARACTERS}</main>{out}")).name == "main"
    assert main_part(soup(f"<main>{'w' * (MAIN_CHARACTERS - 1)}</main>{out}")).name != "main"
