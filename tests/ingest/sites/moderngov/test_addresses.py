import pytest

from ingest.sites.moderngov.addresses import (
    absolute,
    base_of,
    file_number,
    number_of,
    page_of,
    value_of,
    without_session,
)

BASE = "https://democracy.ashmere.example/"
SESSION = "(X(1)S(abcdefghijklmnopqrstuvwx))"


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://democracy.ashmere.example", BASE),
        ("democracy.ashmere.example/", BASE),
        ("HTTPS://Democracy.Ashmere.Example/ieListDocuments.aspx?MId=7", BASE),
        (f"https://democracy.ashmere.example/{SESSION}/mgAi.aspx?ID=7", BASE),
        (f"https://democracy.ashmere.example/{SESSION}/", BASE),
        ("https://democracy.ashmere.example/mgWebService.asmx/GetCommittees?", BASE),
        ("https://democracy.ashmere.example/documents/s12/Weir%20report.pdf", BASE),
        ("https://www.ashmere.example/moderngov", "https://www.ashmere.example/moderngov/"),
        ("https://www.ashmere.example/moderngov/mgwebservice.asmx", "https://www.ashmere.example/moderngov/"),
        ("https://www.ashmere.example/documents/ieDocHome.aspx", "https://www.ashmere.example/documents/"),
        ("http://127.0.0.1:8080/mgAi.aspx?ID=1", "http://127.0.0.1:8080/"),
    ],
)
def test_any_address_of_a_site_leads_to_its_base(address: str, base: str) -> None:
    assert base_of(address) == base
    assert base_of(base) == base


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("documents/s7/Weir & mill race.pdf", BASE + "documents/s7/Weir%20&%20mill%20race.pdf"),
        ("documents/s7/Weir%20report.pdf", BASE + "documents/s7/Weir%20report.pdf"),
        ("documents/g7/Minutes Thursday 15.pdf?T=1", BASE + "documents/g7/Minutes%20Thursday%2015.pdf?T=1"),
        (f"/{SESSION}/mgAi.aspx?ID=7#AI8", BASE + "mgAi.aspx?ID=7"),
        ("http://Democracy.Ashmere.example/mgConvert2PDF.aspx?ID=7", BASE + "mgConvert2PDF.aspx?ID=7"),
        ("http://minutes.ashmere.example/mgAi.aspx?ID=7", "http://minutes.ashmere.example/mgAi.aspx?ID=7"),
        ("javascript:alert(1)", ""),
        ("mailto:clerk@ashmere.example", ""),
        ("http://[broken/", ""),
        ("http:///nothing", ""),
    ],
)
def test_links_become_whole_addresses(href: str, address: str) -> None:
    assert absolute(BASE, href) == address


def test_a_plain_site_is_not_asked_over_tls() -> None:
    assert absolute("http://127.0.0.1:8080/", "mgAi.aspx?ID=1") == "http://127.0.0.1:8080/mgAi.aspx?ID=1"


def test_names_and_keys_are_found_in_any_case() -> None:
    href = "IELISTDOCUMENTS.aspx?ver=4&mid=10221&cid=711&Act=Later"
    assert page_of(href) == "ielistdocuments.aspx"
    assert number_of(href, "MId") == "10221"
    assert number_of(href, "MeetingId", "MId") == "10221"
    assert value_of(href, "ACT") == "later"


@pytest.mark.parametrize(
    "href", ["x.aspx?ID=", "x.aspx?ID=7a", "x.aspx?ID=-7", "x.aspx", "x.aspx?ID=٣", "http://[/"]
)
def test_what_is_no_number_is_none(href: str) -> None:
    assert number_of(href, "ID") == ""


def test_the_first_of_a_repeated_key_counts() -> None:
    assert number_of("x.aspx?ID=7&id=8", "Id") == "7"


def test_files_are_known_by_letter_and_number() -> None:
    assert file_number("Documents/S111920/Weir.pdf") == ("s", "111920")
    assert file_number("https://x.example/documents/g7/a.pdf?T=1") == ("g", "7")
    assert file_number("documents/weir.pdf") == ("", "")


def test_sessions_go_and_brackets_stay() -> None:
    assert without_session("/(S(abc))/Data/Roads (old)/x.pdf") == "/Data/Roads (old)/x.pdf"
    assert without_session("/(A(x)F(y)S(z))/") == "/"
