import re
from dataclasses import replace
from html import escape, unescape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Document, Kind
from index.answering.states import Mentioned, Missing, Reason, Silence
from index.records import Answer, Filters
from tests.ui.web.fake import (
    BANDSTAND,
    BANDSTAND_ANSWER,
    DECISION,
    HOSTILE_ANSWER,
    OBJECTION,
    POND,
    REASON,
    SILENCE,
    answer,
    hit,
    quote,
)
from tests.ui.web.reading_pages import Reader, answered_with, harmless, tame
from ui.web.handlers.records import Reading
from ui.web.markup.answer import answered, reading
from ui.web.state import State, read_address


def shown(given_answer: Answer, *documents: Document, **options) -> str:
    return answered(answered_with(given_answer, *documents, **options), root="")


def hrefs(page: str) -> list[str]:
    return Reader(page).hrefs


def states(page: str) -> list[State]:
    """Return what the links of a page open here."""
    return [read_address(href.partition("#")[0][1:]) for href in hrefs(page) if href.startswith("/?")]


@st.composite
def answers(draw):
    """Answers out of one document of any text, with quotes anywhere in it, and that document."""
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
        replace(quote(document, ""), start=a, end=b, text=text[a:b], section=name, link=document.url)
        for a, b in map(sorted, spans)
        if a < b
    ]
    return answer(name, quotes, hits), document


@settings(deadline=None)
@given(answers())
def test_whatever_the_record_holds_the_page_has_the_same_tags(drawn):
    given_answer, document = drawn
    # Section and kind are named once where they are the same word, so neither may be "minutes" here.
    plain = replace(document, id="x", title="x", council="x", committee="x", kind=Kind.OTHER)
    page = shown(given_answer, replace(document, kind=Kind.OTHER))
    other = shown(tame(given_answer), plain)
    assert Reader(page).tags == Reader(other).tags
    assert page.count("<") == other.count("<")


@settings(deadline=None)
@given(answers())
def test_every_quote_stands_in_the_page_word_for_word(drawn):
    given_answer, document = drawn
    page = shown(given_answer, document)
    for each in given_answer.quotes:
        assert f'<span class="mb-record">{escape(each.text, quote=False)}</span>' in page


@settings(deadline=None)
@given(answers())
def test_exactly_the_quoted_characters_of_a_passage_are_marked(drawn):
    given_answer, document = drawn
    record = answered_with(given_answer, document)
    expected = []
    for source in record.sources:
        passage = source.result.hit
        quoted = [
            any(each.start <= n < each.end for each in given_answer.quotes)
            for n in range(passage.start, passage.end)
        ]
        expected.append("".join(c for c, inside in zip(passage.text, quoted, strict=True) if inside))
    assert "".join(Reader(answered(record, root="")).marks) == "".join(expected)


@settings(deadline=None)
@given(answers())
def test_every_citation_leads_to_a_source_and_back(drawn):
    given_answer, document = drawn
    page = Reader(shown(given_answer, document))
    inside = [href[1:] for href in page.hrefs if href.startswith("#")]
    assert set(inside) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert len([name for name in inside if name.startswith("source-")]) == len(given_answer.quotes)
    assert len([name for name in inside if name.startswith("quote-")]) == len(given_answer.quotes)


def test_the_reader_is_told_who_decided_it_and_when():
    words = Reader(shown(BANDSTAND_ANSWER)).words
    assert "Ashmere Borough Council, Parks and Open Spaces Committee, 15 January 2026" in words
    assert words.index("15 January 2026") < words.index(REASON)


def test_a_place_is_named_once_for_the_quotes_from_it():
    assert shown(BANDSTAND_ANSWER).count('class="mb-introduction"') == 1


def test_sources_that_are_not_cited_are_folded_away():
    folded = shown(BANDSTAND_ANSWER).partition('<details class="mb-others">')[2]
    assert "1 other passage found" in folded
    assert "duck pond" in folded
    assert REASON not in folded


def test_the_passage_of_another_document_is_not_marked():
    mixed = answer("q", [quote(BANDSTAND, REASON)], [hit(POND, POND.text), hit(BANDSTAND, REASON)])
    assert Reader(shown(mixed)).marks == [REASON]


def test_links_open_the_words_at_the_council_and_in_context():
    found = hrefs(shown(BANDSTAND_ANSWER))
    start = BANDSTAND.text.index(REASON)
    assert BANDSTAND_ANSWER.quotes[0].link in found
    states = [read_address(href.partition("#")[0]) for href in found if href.endswith("#quote")]
    assert (BANDSTAND.id, start, start + len(REASON)) in [
        (one.document, one.start, one.end) for one in states
    ]


def test_a_link_that_is_no_web_page_gives_way_to_the_address_of_the_document():
    found = hrefs(shown(HOSTILE_ANSWER))
    assert OBJECTION.url in found
    assert not [href for href in found if "javascript" in href]


def test_a_passage_is_copied_with_its_citation():
    copied = [unescape(words) for words in re.findall(r'data-copy="([^"]*)"', shown(BANDSTAND_ANSWER))]
    assert copied[1] == (
        f"“{DECISION}”\n— Ashmere Borough Council, Parks and Open Spaces Committee, 15 January 2026, "
        f"“7. The bandstand in Wellow Park”, Resolved\n{BANDSTAND_ANSWER.quotes[1].link}"
    )


def test_what_is_copied_has_no_address_but_that_of_a_web_page():
    copied = re.findall(r'data-copy="([^"]*)"', shown(HOSTILE_ANSWER))
    assert copied
    assert not [words for words in copied if "javascript" in words.rpartition("\n")[2]]


def test_a_draft_says_so_where_it_is_quoted_listed_and_copied():
    page = shown(HOSTILE_ANSWER)
    said, _, sources = page.partition('id="mb-sources"')
    assert "may still change" in said
    assert ">Draft</span>" in sources
    assert "draft minutes" in sources
    assert "Draft" not in shown(BANDSTAND_ANSWER)


def test_silence_is_said_and_its_passages_are_named_as_such():
    page = shown(SILENCE)
    assert "The minutes do not say" in page
    assert "Closest passages" in page
    assert "<mark" not in page
    assert "<details" in page
    assert '<details class="mb-searched" open>' in page


def test_silence_without_a_passage_has_no_list_of_sources():
    page = shown(replace(SILENCE, hits=()))
    assert "No passage comes close" in page
    assert "mb-sources" not in page


def test_a_refusal_shows_three_passages_and_folds_the_others_away():
    hits = tuple(replace(SILENCE.hits[0], rank=rank, passage_id=str(rank)) for rank in range(1, 6))
    shows, _, folded = shown(replace(SILENCE, hits=hits)).partition('<details class="mb-others">')
    assert (shows.count('class="mb-source"'), folded.count('class="mb-source"')) == (3, 2)
    assert "2 other passages found" in folded


HOSTILE_WORDS = '<img src=x onerror="window.broken=7"> “&lt;b&gt; [x](javascript:1)'


@pytest.mark.parametrize("reason", Reason)
def test_what_is_said_of_silence_is_words(reason):
    known = Silence(
        reason,
        limited=True,
        missing=(Missing(HOSTILE_WORDS, HOSTILE_WORDS), Missing(HOSTILE_WORDS, apart=True)),
        limits=HOSTILE_WORDS,
        corrected=HOSTILE_WORDS,
        mentioned=Mentioned((HOSTILE_WORDS,), 2, 1, "2019-03-05", "2021-05-12", HOSTILE_WORDS),
        unread=(HOSTILE_WORDS,),
    )
    page = shown(replace(SILENCE, silence=known), unseen=(HOSTILE_WORDS,))
    harmless(page)
    assert "<img" not in page
    assert HOSTILE_WORDS in "".join(Reader(page).text)


def test_what_may_answer_is_headed_as_such():
    page = shown(replace(BANDSTAND_ANSWER, answered=False))
    assert "This may answer your question</h1>" in page
    assert "It is not certain that these words answer it." in page
    assert "It is not certain" not in shown(BANDSTAND_ANSWER)


def test_what_was_searched_and_what_could_not_be_looked_at_is_said():
    page = shown(SILENCE, unseen=("tarnwick is blocked (<b>robots</b>), never read in full",))
    words = Reader(page).words
    assert "8 documents, meetings of 6 June 2024 to 3 February 2026" in words
    assert "ashmere: 5 documents, last read in full on 3 February 2026" in words
    assert "Not all sources could be looked at." in words
    assert "tarnwick is blocked (<b>robots</b>), never read in full" in words
    assert "Not all sources could be looked at." not in shown(SILENCE)


def test_notes_on_filters_that_match_nothing_are_passed_on():
    state = State(text="q", filters=Filters(council="Kant"))
    nothing = replace(SILENCE, silence=Silence(Reason.NOTHING_WITHIN, limited=True))
    record = answered_with(nothing, state=state)
    lost = replace(record, notes=("no council is called 'Kant'",), sources=())
    words = Reader(answered(lost, root="")).words
    assert "No council is called 'Kant'." in words
    assert "There are no minutes within these filters. Ask without the filters." in words
    assert 'href="/?q=q" data-in-place>Ask without the filters' in answered(lost, root="")
    assert "Ask without" not in shown(SILENCE)


def test_a_place_that_the_words_point_to_is_said_and_escaped():
    pointing = replace(quote(POND, POND.text), points_to="Appendix <b>2</b>")
    page = shown(answer("Why?", [pointing], []))
    assert "The minutes point to Appendix &lt;b&gt;2&lt;/b&gt;, which is not part of this document." in page
    assert "The minutes point to" not in shown(BANDSTAND_ANSWER)


def test_the_next_question_keeps_the_filters_and_this_question():
    state = State(text="Why was it kept?", filters=Filters(council="Ashmere", date_from="2026-01-01"))
    form = (
        shown(BANDSTAND_ANSWER, state=state).partition('<form class="mb-follow"')[2].partition("</form>")[0]
    )
    fields = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form))
    assert fields == {"council": "Ashmere", "from": "2026-01-01", "after": "Why was it kept?"}
    assert "Still limited to: Ashmere, from 1 January 2026." in form


def test_a_question_that_leant_on_the_last_one_is_shown_as_understood():
    state = State(
        text="Why was the roof kept?", typed="And the <b>roof</b>?", filters=Filters(kind="minutes")
    )
    page = shown(BANDSTAND_ANSWER, state=state)
    assert "Your “And the &lt;b&gt;roof&lt;/b&gt;?” was understood as <strong>Why was the roof kept?" in page
    alone = State(text="And the <b>roof</b>?", filters=state.filters)
    assert alone in states(page)
    assert "was understood as" not in shown(BANDSTAND_ANSWER)


def test_an_answer_is_taken_away_with_its_question_and_filters():
    state = State(text="Why & how?", filters=Filters(council="Ashmere"))
    found = [href for href in hrefs(shown(BANDSTAND_ANSWER, state=state)) if href.startswith("/answer.")]
    assert [href.partition("?")[0] for href in found] == ["/answer.txt", "/answer.md", "/answer.docx"]
    assert {read_address(href.partition("?")[2]) for href in found} == {state}


def test_feedback_is_asked_for_only_where_somebody_keeps_it():
    record = answered_with(BANDSTAND_ANSWER)
    assert 'action="/minutes/feedback"' in answered(record, root="/minutes", judged=True)
    assert "/feedback" not in answered(record, root="/minutes")


def test_while_it_is_read_the_places_are_named():
    record = answered_with(HOSTILE_ANSWER)
    headers = tuple(source.result.header for source in record.sources)
    page = reading(Reading(State(text="q"), headers, "passages about “q”"))
    assert "8. Objection &lt;b&gt;in writing&lt;/b&gt;" in page


def test_what_is_not_whole_yet_has_the_quotes_but_no_sources():
    page = answered(answered_with(BANDSTAND_ANSWER), root="", whole=False)
    Reader(page)
    assert REASON in page
    assert "mb-sources" not in page


@pytest.mark.parametrize("given_answer", [BANDSTAND_ANSWER, SILENCE])
def test_the_headings_of_an_answer_stand_in_order(given_answer):
    levels = [int(tag[1]) for tag, _ in Reader(shown(given_answer)).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
