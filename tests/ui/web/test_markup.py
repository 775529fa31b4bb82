import re
from dataclasses import replace
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Document, Section, Status
from index.records import Answer
from tests.ui.web import fake
from tests.ui.web.fake import (
    BANDSTAND,
    BANDSTAND_ANSWER,
    DECISION,
    HOSTILE,
    HOSTILE_ANSWER,
    OBJECTION,
    POND,
    REASON,
    SILENCE,
    answer,
    hit,
    quote,
)
from ui.web import markup
from ui.web.style import STYLE


class Reader(HTMLParser):
    """Reads a page as a browser does: its tags with their attributes, and the text of each element."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.attributes: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.marks: list[str] = []
        self.record: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.attributes += [(name, value or "") for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag in {"meta", "br"}:
            return
        self._open.append("record" if ("class", "mb-record") in attrs else tag)
        if tag == "mark":
            self.marks.append("")

    def handle_endtag(self, tag):
        self._open.pop()

    def handle_data(self, data):
        if "record" in self._open:
            self.record.append(data)
        if "mark" in self._open:
            self.marks[-1] += data

    @property
    def hrefs(self) -> list[str]:
        return [value for name, value in self.attributes if name == "href"]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@st.composite
def answers(draw):
    """Answers out of one document of any text, with quotes anywhere in it."""
    text = draw(st.text(min_size=2) | st.text("<>&\"' \nab/", min_size=2))
    cut = draw(st.integers(1, len(text) - 1))
    name = "x" + draw(st.text(max_size=8))
    document = Document(name, name, name, text, "https://a.example/" + name, council=name, committee=name)
    hits = [
        replace(hit(document, text), rank=n, start=start, end=end, text=text[start:end], section=name)
        for n, (start, end) in enumerate(((0, cut), (cut, len(text))), start=1)
    ]
    spans = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    quotes = [
        replace(quote(document, ""), start=a, end=b, text=text[a:b], section=name)
        for a, b in map(sorted, spans)
        if a < b
    ]
    return answer(name, quotes, hits)


def plain(given_answer: Answer) -> Answer:
    """Return the same answer with harmless words of the same lengths."""

    def tame(part):
        words = {name: "x" for name in ("title", "council", "committee", "section", "document_id")}
        return replace(part, **words, text="a" * len(part.text))

    return replace(
        given_answer,
        quotes=tuple(tame(part) for part in given_answer.quotes),
        hits=tuple(tame(part) for part in given_answer.hits),
    )


@given(answers())
def test_whatever_the_record_holds_the_page_has_the_same_tags(given_answer):
    page, tame = markup.answer_section(given_answer), markup.answer_section(plain(given_answer))
    assert Reader(page).tags == Reader(tame).tags
    assert page.count("<") == tame.count("<")


@given(answers())
def test_every_quote_stands_in_the_page_word_for_word(given_answer):
    page = markup.answer_section(given_answer)
    for each in given_answer.quotes:
        assert f'<span class="mb-record">{escape(each.text, quote=False)}</span>' in page


@given(answers())
def test_exactly_the_quoted_characters_of_a_passage_are_marked(given_answer):
    sources = markup.number_sources(given_answer)
    expected = []
    for source in sources:
        quoted = [
            any(each.start <= n < each.end for each in given_answer.quotes)
            for n in range(source.hit.start, source.hit.end)
        ]
        expected.append("".join(c for c, inside in zip(source.hit.text, quoted, strict=True) if inside))
    assert "".join(Reader(markup.answer_section(given_answer)).marks) == "".join(expected)


@given(answers())
def test_every_citation_leads_to_a_source_and_back(given_answer):
    page = Reader(markup.answer_section(given_answer))
    inside = [href[1:] for href in page.hrefs if href.startswith("#")]
    assert set(inside) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert len([name for name in inside if name.startswith("source-")]) == len(given_answer.quotes)
    assert len([name for name in inside if name.startswith("quote-")]) == len(given_answer.quotes)


@given(st.text() | st.text("<>&\"' \n\xa0ab", min_size=3), st.integers(0, 40), st.integers(0, 40), st.data())
def test_a_document_page_shows_every_word_once(text, start, end, data):
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    sections = (Section("<b>resolved", *edges[:2]), Section("minutes", *edges[2:]))
    page = Reader(markup.document_page(Document("d", "s", "t", text, "", sections=sections), start, end))
    assert squeezed("".join(page.record)) == squeezed(text)
    assert squeezed("".join(page.marks)) == squeezed(text[start : max(start, end)])
    assert "b" not in {tag for tag, _ in page.tags}
    assert page.ids.count("quote") <= 1


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><svg onload=alert(1)>',
        "' onmouseover='alert(1)",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "JaVaScRiPt://a.example/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "//evil.example/x",
        "file:///etc/passwd",
        "http://[broken",
        "https:nohost",
        "[click](javascript:alert(1)) <http://evil.example>",
        "</mark></li></ol></section><h1>Broken out</h1>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<!-- never closed",
        "<style>*{display:none}</style>",
        "<base href=//evil.example>",
        "{{constructor}} ${alert(1)} @children",
        HOSTILE,
    ],
)
def test_hostile_words_stay_words(payload):
    fields = ("document_id", "url", "title", "council", "committee", "section")
    names = dict.fromkeys(fields, payload)
    hits = (replace(hit(POND, POND.text), **names), replace(hit(BANDSTAND, REASON), **names, text=payload))
    quotes = (replace(quote(POND, POND.text), **names, link=payload, text=payload),)
    pages = [
        markup.answer_section(replace(BANDSTAND_ANSWER, hits=hits, quotes=quotes, generation=payload)),
        markup.answer_section(replace(SILENCE, hits=hits)),
        markup.document_page(
            Document(payload, "s", payload, payload, payload, council=payload, committee=payload), 0, 4
        ),
        markup.plain_page(payload, payload),
        markup.notice(payload),
        markup.problem(payload),
    ]
    for page in pages:
        read = Reader(page)
        allowed = {
            "html", "head", "meta", "title", "style", "body", "nav", "main", "article", "section", "h1", "h2",
            "h3", "p", "div", "span", "strong", "br", "blockquote", "ol", "li", "a", "mark",
        }  # fmt: skip
        assert {tag for tag, _ in read.tags} <= allowed
        assert not [name for name, _ in read.attributes if name.startswith("on") or name in {"src", "style"}]
        assert all(re.match(r"#|/document/[^/?#]*\?start=\d+&end=\d+#quote$|/$", href) for href in read.hrefs)
        assert page.count("<style>") <= 1
        assert "<!-" not in page


@pytest.mark.parametrize(
    "address", ["https://a.example/x?y=1&z=2#:~:text=a%20b", "http://a.example", "HTTPS://A.example/"]
)
def test_a_web_address_is_a_link(address):
    assert markup.web_address(address) == address


def test_the_reader_is_told_where_and_when():
    page = markup.answer_section(BANDSTAND_ANSWER)
    assert "Ashmere Borough Council, Parks and Open Spaces Committee, 15 January 2026" in page
    assert "7. The bandstand in Wellow Park" in page
    assert '<p class="mb-about">Resolved</p>' in page


def test_a_place_is_named_once_for_the_quotes_from_it():
    assert markup.answer_section(BANDSTAND_ANSWER).count('class="mb-introduction"') == 1


def test_cited_passages_come_first_in_the_order_of_the_quotes():
    numbered = [(s.number, s.hit.rank, s.cited_by) for s in markup.number_sources(BANDSTAND_ANSWER)]
    assert numbered == [(1, 1, (1,)), (2, 3, (2,)), (3, 2, ())]


def test_a_quote_from_no_passage_is_its_own_source():
    lonely = answer("q", [quote(BANDSTAND, DECISION)], [hit(POND, POND.text)])
    first, second = markup.number_sources(lonely)
    assert (first.hit.text, first.cited_by) == (DECISION, (1,))
    assert (second.hit.document_id, second.cited_by) == (POND.id, ())


def test_the_passage_of_another_document_is_not_marked():
    mixed = answer("q", [quote(BANDSTAND, REASON)], [hit(POND, POND.text), hit(BANDSTAND, REASON)])
    assert Reader(markup.answer_section(mixed)).marks == [REASON]


def test_links_open_the_words_at_the_council_and_in_context():
    hrefs = Reader(markup.answer_section(BANDSTAND_ANSWER)).hrefs
    start = BANDSTAND.text.index(REASON)
    assert BANDSTAND_ANSWER.quotes[0].link in hrefs
    assert f"/document/ashmere%2Fitem%207%3Fx%3D1?start={start}&end={start + len(REASON)}#quote" in hrefs


def test_a_link_that_is_no_web_page_gives_way_to_the_address_of_the_document():
    hrefs = Reader(markup.answer_section(HOSTILE_ANSWER)).hrefs
    assert OBJECTION.url in hrefs


def test_silence_is_said_and_its_passages_are_named_as_such():
    page = markup.answer_section(SILENCE)
    assert "The minutes do not say" in page
    assert "Closest passages" in page
    assert "<mark" not in page


def test_silence_without_a_passage_has_no_list():
    page = markup.answer_section(replace(SILENCE, hits=()))
    assert "No passage comes close" in page
    assert "<ol" not in page


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026-01-15", "15 January 2026"),
        ("2025-12-01T10:00:00+00:00", "1 December 2025"),
        (None, "date not given"),
        ("", "date not given"),
        ("last week", "date not given"),
        ("2026-02-31", "date not given"),
    ],
)
def test_dates_are_written_for_people(iso, words):
    assert markup.date_in_words(iso) == words


def test_a_draft_says_that_it_is_one():
    assert "This is a draft" in markup.document_page(OBJECTION, 0, 0)
    assert "This is a draft" not in markup.document_page(BANDSTAND, 0, 0)
    assert "This is a draft" not in markup.document_page(replace(POND, status=Status.UNKNOWN), 0, 0)


def test_a_range_over_two_sections_is_marked_in_both_and_named_once():
    start, end = BANDSTAND.text.index("Councillor Okoro"), BANDSTAND.text.index(DECISION) + len(DECISION)
    page = markup.document_page(BANDSTAND, start, end)
    assert page.count("<mark") == 2
    assert page.count('id="quote"') == 1


def test_blank_lines_beside_the_quote_are_saved():
    page = markup.document_page(BANDSTAND, 0, 0)
    assert "Committee\n\nPresent" in page
    assert "\xa0" not in page


def test_the_style_brings_nothing_from_elsewhere():
    assert not re.search(r"url\(|@import|<|https?:", STYLE)


def test_the_marked_words_can_be_scrolled_to_in_a_document_without_sections():
    bare = fake.document(
        "ashmere-10", "10. Any other business", [("", "There was none. The meeting closed.")]
    )
    assert '<mark id="quote">There was none.</mark>' in markup.document_page(bare, 0, 15)


def test_a_place_that_the_words_point_to_is_said_and_escaped():
    pointing = replace(quote(POND, POND.text), points_to="Appendix <b>2</b>")
    section = markup.answer_section(answer("Why?", [pointing], []))
    assert (
        "The minutes point to Appendix &lt;b&gt;2&lt;/b&gt;, which is not part of this document." in section
    )
    assert "The minutes point to" not in markup.answer_section(BANDSTAND_ANSWER)
