import re
from time import perf_counter
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Page
from index.links import link_to
from index.sentences import sentence_spans
from tests.factories import make_document

PAGE = "https://minutes.ashmere.example/1"
#: WICG "Scroll to text fragment": TextDirective, with what must be percent-encoded.
_CHARACTER = r"(?:[A-Za-z0-9!$'()*+./:;=?@_~]|%[0-9A-F]{2})"
_DIRECTIVE = re.compile(
    rf"(?:(?P<prefix>{_CHARACTER}+)-,)?(?P<start>{_CHARACTER}+)(?:,(?P<end>{_CHARACTER}+))?"
    rf"(?:,-(?P<suffix>{_CHARACTER}+))?"
)
#: A browser passes over what draws a list, a row of a table or a line.
_BETWEEN = r"(?:\s|\||•|\(?\b(?:\d+(?:\.\d+)*|[a-z])[.)]?(?=\s))*"


def parts_of(link):
    address, _, directive = link.partition(":~:text=")
    match = _DIRECTIVE.fullmatch(directive)
    assert match, f"{directive!r} is no text directive"
    return address, {name: unquote(words) for name, words in match.groupdict().items() if words}


def opened(link, text):
    """Return what a browser marks, reading the directive as its specification tells."""
    _, parts = parts_of(link)
    words = {name: r"\s+".join(map(re.escape, part.split())) for name, part in parts.items()}
    pattern = rf"(?<!\w)(?P<found>{words['start']}"
    pattern = (
        rf"(?<!\w){words['prefix']}{_BETWEEN}(?P<found>{words['start']}" if "prefix" in words else pattern
    )
    pattern += rf"(?!\w)(?s:.*?)(?<!\w){words['end']}(?!\w))" if "end" in words else r"(?!\w))"
    pattern += rf"{_BETWEEN}{words['suffix']}(?!\w)" if "suffix" in words else ""
    match = re.search(pattern, text, re.IGNORECASE)
    return match and match["found"]


def link_of(text, words, **fields):
    """Link to the only place of `words`, or to that between « and » in `text`."""
    if words is None:
        start, end = text.index("«"), text.index("»") - 1
        text = text.replace("«", "").replace("»", "")
    else:
        start, end = text.index(words), text.index(words) + len(words)
    return link_to(make_document(text=text, **{"url": PAGE} | fields), start, end), text, text[start:end]


TEXT = (
    "Members met. The mill bridge, built in 1894, was closed to all vehicles for the whole of the winter. "
    "It rained."
)


@pytest.mark.parametrize(
    ("words", "directive"),
    [
        ("It rained.", "It%20rained."),
        ("Members met.", "Members%20met."),
        (
            "The mill bridge, built in 1894, was closed to all vehicles for the whole of the winter.",
            "The%20mill%20bridge%2C%20built%20in,the%20whole%20of%20the%20winter.",
        ),
    ],
)
def test_a_short_quote_is_named_whole_and_a_long_one_by_both_its_ends(words, directive):
    link, text, quote = link_of(TEXT, words)
    assert link == f"{PAGE}#:~:text={directive}"
    assert opened(link, text) == quote


@pytest.mark.parametrize(
    ("words", "directive"),
    [
        ("Mid-year, R&D", "Mid%2Dyear%2C%20R%26D"),
        ("Caffi’r Dŵr – £5", "Caffi%E2%80%99r%20D%C5%B5r%20%E2%80%93%20%C2%A35"),
        ("50% #1 a+b?", "50%25%20%231%20a%2Bb%3F"),
        ("日本", "%E6%97%A5%E6%9C%AC"),
    ],
)
def test_what_has_a_meaning_in_a_directive_is_encoded(words, directive):
    assert link_of(f"Before. {words} after.", words)[0] == f"{PAGE}#:~:text={directive}"


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("https://a.example/1", "https://a.example/1#:~:text="),
        ("HTTP://a.example/1?x=1&y=2", "HTTP://a.example/1?x=1&y=2#:~:text="),
        ("https://a.example/1#item-5", "https://a.example/1#item-5:~:text="),
        ("https://a.example/1#", "https://a.example/1#:~:text="),
        ("https://a.example/1#item-5:~:text=old", "https://a.example/1#item-5:~:text="),
        ("https://[a.example/1", "https://[a.example/1#:~:text="),
    ],
)
def test_an_address_keeps_its_own_fragment(url, start):
    assert link_of(TEXT, "It rained.", url=url)[0] == f"{start}It%20rained."


@pytest.mark.parametrize(
    "url", ["file:///minutes/1.txt", "ftp://a.example/1", "mailto:clerk@a.example", "", "1.txt"]
)
def test_other_addresses_are_left_as_they_are(url):
    assert link_of(TEXT, "It rained.", url=url)[0] == url


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/1.pdf", "https://a.example/1.pdf#page=7"),
        ("https://a.example/1.pdf#old", "https://a.example/1.pdf#page=7"),
        ("file:///minutes/1.pdf", "file:///minutes/1.pdf#page=7"),
        ("ftp://a.example/1.pdf", "ftp://a.example/1.pdf"),
    ],
)
def test_a_pdf_is_opened_on_the_page_of_the_first_word(url, link):
    middle = TEXT.index("It rained.")
    pages = (Page(6, 0, middle), Page(7, middle, len(TEXT)))
    assert link_of(TEXT, "It rained.", url=url, pages=pages)[0] == link


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Several lines: the first words of the first, the last words of the last
        (
            "«The bridge was closed\nfor the winter of that year.» End.",
            {"start": "The bridge was closed", "end": "the winter of that year."},
        ),
        # Bullets and numbers are often no text of the page
        ("«• To note it.\n• To close it.»", {"start": "To note it.", "end": "To close it."}),
        ("«1. To note the report.»", {"start": "To note the report."}),
        ("«4.2 To note the report.»", {"start": "To note the report."}),
        ("«(a) To note the report.»", {"start": "To note the report."}),
        ("«iv. To note the report.»", {"start": "To note the report."}),
        ("«## The bridge»", {"start": "The bridge"}),
        # A row of a table: the cells stand apart on the page
        ("«Mill bridge | £5,000 | to be closed»", {"start": "Mill bridge", "end": "to be closed"}),
        ("«Mill bridge | | £5,000»", {"start": "Mill bridge", "end": "£5,000"}),
        # What is said twice takes more words, or those around it
        (
            "The bridge over the mill stream is old. «The bridge over the mill race is new, so it was said.»",
            {"start": "The bridge over the mill race", "end": "new, so it was said."},
        ),
        ("One: agreed.\nTwo: agreed.\nThe ford\n«Agreed.»", {"prefix": "The ford", "start": "Agreed."}),
        ("Two | agreed\nThe ford | «agreed»", {"prefix": "The ford", "start": "agreed"}),
        ("Agreed.\nNo ford.\n1. «agreed.»", {"prefix": "No ford.", "start": "agreed."}),
        (
            "It fell: yes. We do so. We do so, too. It fell: yes. «Agreed.» Agreed.",
            {"start": "Agreed."},
        ),
        (
            "One: b c d e f was agreed. Two: b c d e f was agreed. Three: b c d e f «was agreed.»",
            {"prefix": "Three: b c d e f", "start": "was agreed."},
        ),
        # An end that stands earlier takes more words, too, or those behind it
        (
            "«The old mill bridge is, it was agreed by all. To stay, and so it was agreed by all.»",
            {"start": "The old mill bridge is,", "end": "so it was agreed by all."},
        ),
        (
            "«The ford was closed.\nAgreed.\nSo the bridge will stay.\nAgreed.»\nThe next item followed.",
            {"start": "The ford was closed.", "end": "Agreed.", "suffix": "The next item followed."},
        ),
    ],
)  # fmt: skip
def test_a_directive_fits_its_quote_first(text, expected):
    link, text, quote = link_of(text, None)
    assert parts_of(link) == (f"{PAGE}#", expected)
    marked = opened(link, text).split()
    assert marked == quote.split()[-len(marked) :]
    assert len(quote.split()) - len(marked) <= 1, "but for a bullet or a number"
    assert text.rindex(quote) == text.index(quote) or "prefix" in expected or quote == "Agreed."


@pytest.mark.parametrize("text", ["«•»", "«1. »", "« | »", f"«{'x' * 5_000}»", "« »"])
def test_what_holds_no_words_to_look_for_opens_the_page(text):
    assert link_of(text, None)[0] == PAGE


WORDS = st.sampled_from(["The", "bridge", "a-b", "was", "£5,", "closed.", "Agreed."])
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=14).map(" ".join), min_size=1, max_size=5)


@given(LINES.map("\n\n".join), st.data())
def test_links_hold_words_of_the_quote_and_open_it_where_they_can_be_told_apart(text, data):
    start, end = data.draw(st.sampled_from(list(sentence_spans(text))))
    link = link_to(make_document(text=text, url=PAGE), start, end)
    _, parts = parts_of(link)
    quote = text[start:end]
    assert quote.startswith(parts["start"])
    assert quote.endswith(parts.get("end", parts["start"]))
    assert ("end" in parts) or parts["start"] == quote
    assert text[:start].rstrip().endswith(parts.get("prefix", ""))
    assert text[end:].lstrip().startswith(parts.get("suffix", ""))
    marked = opened(link, text)
    assert marked is not None
    if "prefix" not in parts:
        first = re.search(rf"(?<!\w){re.escape(parts['start'])}(?!\w)", text, re.IGNORECASE)
        assert first is not None
        assert first.start() == start
    if "prefix" not in parts and "suffix" not in parts:
        assert marked == quote or (quote.startswith(marked) and not text[end:].strip()), (
            "nothing follows to tell"
        )


@given(st.text(max_size=60), st.data())
def test_any_span_of_any_text_has_a_link(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    link = link_to(make_document(text=text, url=PAGE), start, end)
    assert link.startswith(PAGE)
    assert link.isascii()
    if link != PAGE:
        parts_of(link)


@pytest.mark.parametrize(
    "text", ["agreed. " * 80_000, "- " * 300_000, "| " * 300_000, " " * 500_000, "x" * 500_000]
)
def test_long_documents_are_linked_in_time(text):
    started = perf_counter()
    link_to(make_document(text=f"{text}\nThe end was near.", url=PAGE), len(text) - 100, len(text) + 18)
    assert perf_counter() - started < 5
