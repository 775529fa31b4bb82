import pytest

from ingest.sites.robots import ROBOTS_BYTES, read_robots

A = "https://democracy.ashmere.example"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /\n", "/mgAi.aspx?ID=1", False),
        ("User-agent: *\nDisallow:\n", "/mgAi.aspx?ID=1", True),
        ("User-agent: *\nDisallow: /documents/\nAllow: /documents/s1/\n", "/documents/s1/a.pdf", True),
        ("User-agent: *\nDisallow: /documents/\nAllow: /documents/s1/\n", "/documents/s2/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/documents/s1/a%20b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/documents/s1/a.pdf?T=1", True),
        ("User-agent: *\nDisallow: /*?bcr=\n", "/mgListCommittees.aspx?bcr=1", False),
        ("User-agent: minutebook\nDisallow: /\n\nUser-agent: *\nDisallow:\n", "/x", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Minutebook\nDisallow: /x\n", "/y", True),
        ("User-agent: otherbot\nDisallow: /\n", "/x", True),
        ("\ufeffUser-agent: *\r\nDisallow: /x # not this\r\n", "/x", False),
        ("Sitemap: https://a.example/sitemap.xml\n", "/x", True),
        ("", "/x", True),
        ("Not found", "/x", True),
    ],
)
def test_rules_are_matched_as_the_standard_says(rules, path, allowed):
    assert read_robots(rules.encode()).allow(A + path) is allowed


@pytest.mark.parametrize(
    ("rules", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 10\n", 10),
        ("User-agent: *\nCrawl-delay: 2.5\n", 2.5),
        ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: Minutebook\nCrawl-delay: 3\n", 3),
        ("User-agent: otherbot\nCrawl-delay: 10\n", 0),
        ("User-agent: *\nCrawl-delay: soon\n", 0),
        ("User-agent: *\nCrawl-delay: -5\n", 0),
        ("User-agent: *\nCrawl-delay: inf\n", 0),
    ],
)
def test_the_crawl_delay_is_the_one_meant_for_us(rules, delay):
    assert read_robots(rules.encode()).delay == delay


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body>User-agent: *\nDisallow: /\n",
        b"\xef\xbb\xbf\r\n <html>",
        b"%PDF-1.7\x00\x01",
    ],
)
def test_a_page_or_a_file_in_its_place_has_no_rules(body):
    robots = read_robots(body)

    assert robots.misplaced
    assert robots.allow(A + "/x")


def test_plain_text_is_not_misplaced():
    assert not read_robots(b"User-agent: *\nDisallow: /x\n").misplaced


def test_what_follows_the_first_500_kb_does_not_count():
    first = b"User-agent: *\nDisallow: /first\n"
    rules = first + b"#" * (ROBOTS_BYTES - len(first) - 10) + b"\nDisallow: /later\n"

    robots = read_robots(rules)

    assert not robots.allow(A + "/first")
    assert robots.allow(A + "/later")
    assert robots.allow(A + "/")  # the line that was cut in the middle is no rule


def test_names_and_rules_that_would_fill_the_memory_are_not_read():
    rules = b"".join(b"User-agent: %d\n" % n for n in range(5_000)) + b"Disallow: /a\n" * 5_000

    with pytest.raises(ValueError, match="too many rules"):
        read_robots(rules)
