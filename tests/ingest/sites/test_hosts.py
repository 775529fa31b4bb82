import pytest

from ingest.sites.hosts import hosts_of, place_of, shown, without_session

ASHMERE = hosts_of(
    "https://democracy.ashmere.example/moderngov/", ["minutes3.ashmere.example", "old.example:8080"]
)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://democracy.ashmere.example", "https://democracy.ashmere.example/"),
        ("https://DEMOCRACY.Ashmere.example./x#AI5", "https://democracy.ashmere.example/x"),
        ("https://democracy.ashmere.example:443/x?ID=1", "https://democracy.ashmere.example/x?ID=1"),
        (
            "http://democracy.ashmere.example/mgConvert2PDF.aspx",
            "https://democracy.ashmere.example/mgConvert2PDF.aspx",
        ),
        ("http://democracy.ashmere.example:80/x", "https://democracy.ashmere.example/x"),
        ("http://minutes3.ashmere.example/x", "https://minutes3.ashmere.example/x"),
        ("https://old.example:8080/x", "https://old.example:8080/x"),
        (
            "https://democracy.ashmere.example/documents/g1/Public reports pack, 7.30 pm.pdf?T=10",
            "https://democracy.ashmere.example/documents/g1/Public%20reports%20pack,%207.30%20pm.pdf?T=10",
        ),
        (
            "https://democracy.ashmere.example/Cofnodion Tŷ.pdf",
            "https://democracy.ashmere.example/Cofnodion%20T%C5%B7.pdf",
        ),
        ("https://democracy.ashmere.example/a%20b", "https://democracy.ashmere.example/a%20b"),
        (" https://democracy.ashmere.example/x\n", "https://democracy.ashmere.example/x"),
    ],
)
def test_the_sources_own_addresses_are_asked_for_in_one_spelling(address, asked):
    assert ASHMERE.own(address) == asked
    assert ASHMERE.own(asked) == asked


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://evil.example/", "evil.example, which is not one of the hosts"),
        ("https://democracy.ashmere.example.evil.example/", "is not one of the hosts"),
        ("https://evil.example/democracy.ashmere.example", "is not one of the hosts"),
        ("https://democracy.ashmere.example:8443/", "democracy.ashmere.example:8443, which is not one"),
        ("https://old.example/", "is not one of the hosts"),
        ("https://democracy.ashmere.example@evil.example/", "user name"),
        ("https://me:secret@democracy.ashmere.example/", "user name"),
        (r"https://evil.example\@democracy.ashmere.example/", "user name"),
        (r"https://democracy.ashmere.example\.evil.example/", "is not one of the hosts"),
        ("https://democracy.аshmere.example/", "is not one of the hosts"),  # a Cyrillic a
        ("https://169.254.169.254/latest/meta-data/", "is not one of the hosts"),
        ("file:///etc/passwd", "not an http or https address"),
        ("ftp://democracy.ashmere.example/", "not an http or https address"),
        ("javascript:void(0)", "not an http or https address"),
        ("//democracy.ashmere.example/x", "not an http or https address"),
        ("mgWhatsNew.aspx", "not an http or https address"),
        ("", "not an http or https address"),
        ("https:///x", "names no host"),
        ("https://democracy.ashmere.example:port/", "cannot be"),
        ("https://[::1/", "not an address"),
    ],
)
def test_all_others_are_refused_with_a_reason(address, reason):
    with pytest.raises(ValueError, match=reason.replace(".", r"\.")):
        ASHMERE.own(address)


def test_a_source_on_http_may_be_reached_over_https_and_keeps_http_otherwise():
    plain = hosts_of("http://democracy.tarnwick.example/")

    assert plain.own("http://democracy.tarnwick.example/x") == "http://democracy.tarnwick.example/x"
    assert plain.own("https://democracy.tarnwick.example/x") == "https://democracy.tarnwick.example/x"


def test_another_port_is_another_host():
    local = hosts_of("http://127.0.0.1:8080/")

    assert local.own("http://127.0.0.1:8080/x") == "http://127.0.0.1:8080/x"
    with pytest.raises(ValueError, match=r"127\.0\.0\.1:8081"):
        local.own("http://127.0.0.1:8081/x")


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("mgB.aspx", "https://democracy.ashmere.example/moderngov/mgB.aspx"),
        ("/mgB.aspx", "https://democracy.ashmere.example/mgB.aspx"),
        ("?ID=2", "https://democracy.ashmere.example/moderngov/mgA.aspx?ID=2"),
        ("http://democracy.ashmere.example/x", "https://democracy.ashmere.example/x"),
        ("//minutes3.ashmere.example/x", "https://minutes3.ashmere.example/x"),
        (" /a b ", "https://democracy.ashmere.example/a%20b"),
        (
            "/(S(abcdefghijklmnopqrstuvwx))/mgA.aspx",
            "https://democracy.ashmere.example/(S(abcdefghijklmnopqrstuvwx))/mgA.aspx",
        ),
    ],
)
def test_redirects_within_the_source_are_followed(location, target):
    assert ASHMERE.followed("https://democracy.ashmere.example/moderngov/mgA.aspx", location) == target


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/",
        "//evil.example/",
        "file:///etc/passwd",
        "http://169.254.169.254/",
        "https://[x/",
        "data:,x",
    ],
)
def test_redirects_out_of_the_source_are_not(location):
    with pytest.raises(ValueError, match=r"^redirects to .*, which is not one of its hosts$"):
        ASHMERE.followed("https://democracy.ashmere.example/", location)


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        (
            "https://a.example/(X(1)S(abcdefghijklmnopqrstuvwx))/mgAi.aspx?ID=5",
            "https://a.example/mgAi.aspx?ID=5",
        ),
        ("https://a.example/moderngov/(S(abc))/mgAi.aspx", "https://a.example/moderngov/mgAi.aspx"),
        ("https://a.example/(s(abc))/x", "https://a.example/x"),
        ("https://a.example/documents/s1/Plan (S(1)).pdf", "https://a.example/documents/s1/Plan (S(1)).pdf"),
        ("https://a.example/x?next=/(S(abc))/y", "https://a.example/x?next=/(S(abc))/y"),
    ],
)
def test_a_session_in_the_path_is_taken_out(address, clean):
    assert without_session(address) == clean


def test_an_address_is_shown_without_password_and_on_one_line():
    assert shown("https://me:secret@a.example/x\r\n\x1b[31m") == "https://a.example/x �[31m"


def test_a_long_address_is_shown_by_its_beginning_and_end():
    text = shown("https://a.example/Document.ashx?" + "x" * 700 + "END")

    assert len(text) == 120
    assert text.startswith("https://a.example/Document.ashx?xx")
    assert text.endswith("xEND")


def test_the_usual_ports_are_the_same_place():
    assert {
        place_of("http://a.example/"),
        place_of("https://a.example:443/x"),
        place_of("https://A.example"),
    } == {"a.example"}
    assert place_of("http://[::1]:81/") == "[::1]:81"
