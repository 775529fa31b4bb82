from dataclasses import replace

import pytest

from corpus.records import Document
from index.query import MAX_CHARACTERS
from index.records import Answer, Filters, Hit
from tests.ui.web import fake
from tests.ui.web.fake import (
    BANDSTAND,
    BANDSTAND_ANSWER,
    DECISION,
    OBJECTION,
    POND,
    REASON,
    SOURCES,
    FakeBackend,
)
from ui.web.handlers import answer, ask, follow_up
from ui.web.handlers.asking import number_sources
from ui.web.handlers.records import Answered, Reading, Refused
from ui.web.state import State, View

QUESTION = State(text="Why was the bandstand kept?")


class OneAnswer(FakeBackend):
    """Gives one answer to everything."""

    given: Answer = BANDSTAND_ANSWER

    def ask(self, question: str, *, filters: Filters = Filters(), k: int = 10) -> Answer:  # noqa: B008
        return self.given


def answered(state: State, backend: FakeBackend | None = None) -> Answered:
    found = answer(backend or FakeBackend(), state)
    assert isinstance(found, Answered)
    return found


def answering(given: Answer, *documents: Document) -> Answered:
    backend = OneAnswer(documents=documents or fake.DOCUMENTS)
    backend.given = given
    return answered(QUESTION, backend)


def test_where_it_is_read_is_known_before_what_is_said_there():
    reading, last = ask(FakeBackend(), QUESTION)
    assert isinstance(reading, Reading)
    assert [header.id for header in reading.documents] == [BANDSTAND.id, POND.id]
    assert reading.interpreted == "passages about “Why was the bandstand kept?”"
    assert last == answered(QUESTION)


def test_the_first_step_does_not_wait_for_the_answer():
    class Slow(FakeBackend):
        def asking(self, question, *, filters=Filters(), k=10):  # noqa: B008
            yield next(super().asking(question, filters=filters, k=k))
            raise AssertionError("the answer was asked for")

    assert isinstance(next(ask(Slow(), QUESTION)), Reading)


def test_an_answer_holds_its_quotes_word_for_word_and_each_has_a_source():
    shown = answered(QUESTION)
    assert [quote.text for quote in shown.answer.quotes] == [REASON, DECISION]
    assert [source.number for source in shown.sources] == [1, 2, 3]
    assert [source.cited_by for source in shown.sources] == [(1,), (2,), ()]
    assert sorted(number for source in shown.sources for number in source.cited_by) == [1, 2]
    for source, quote in zip(shown.sources, shown.answer.quotes, strict=False):
        assert quote.text in source.result.hit.text
        assert source.result.link == quote.link, "a source opens on the words that are quoted"
    assert shown.sources[2].result.link.startswith(f"{POND.url}#:~:text=")
    assert shown.drafts == frozenset()


def test_what_was_searched_stands_beside_the_answer_and_beside_silence():
    for text in (QUESTION.text, "What did the leisure centre cost?"):
        searched = answered(State(text=text, filters=Filters(council="Ashmere"))).searched
        assert (searched.extent.documents, searched.extent.first, searched.extent.last) == (
            7,
            "2025-11-20",
            "2026-02-03",
        )
        assert searched.filters == Filters(council="Ashmere")
        assert searched.sources == SOURCES
        assert searched.generation == "000007"


def test_sources_that_could_not_be_looked_at_are_named():
    unseen = ("fenlow is blocked, never read in full",)
    assert answered(QUESTION, FakeBackend(unseen=unseen)).searched.warnings == unseen


def test_silence_has_no_quotes_but_the_closest_passages():
    shown = answered(State(text="What did the leisure centre cost?"))
    assert not shown.answer.answered
    assert [(source.result.header.id, source.cited_by) for source in shown.sources] == [(POND.id, ())]


def test_quotes_out_of_drafts_are_told():
    given = fake.answer(
        "?",
        [fake.quote(BANDSTAND, REASON), fake.quote(OBJECTION, "A letter was read out.")],
        [fake.hit(POND, "dredged")],
    )
    shown = answering(given)
    assert shown.drafts == {2}
    assert [source.result.header.draft for source in shown.sources] == [False, True, False]


def test_a_quote_that_no_passage_holds_is_its_own_source():
    given = fake.answer("?", [fake.quote(BANDSTAND, DECISION)], [fake.hit(POND, "dredged")])
    first, second = answering(given).sources
    assert (first.result.hit.text, first.cited_by) == (DECISION, (1,))
    assert first.result.hit.text == BANDSTAND.text[first.result.hit.start : first.result.hit.end]
    assert second.result.header.id == POND.id


def test_a_quote_cites_the_passage_that_holds_most_of_it_and_a_passage_may_be_cited_twice():
    whole = fake.hit(BANDSTAND, BANDSTAND.text[92:430])
    part = fake.hit(BANDSTAND, REASON[:20], rank=2)
    quotes = (fake.quote(BANDSTAND, REASON), fake.quote(BANDSTAND, "The Head of Parks"))
    assert number_sources(quotes, (part, whole)) == ((whole, (1, 2)), (part, ()))


def test_a_citation_keeps_its_source_when_the_document_is_withdrawn_meanwhile():
    shown = answering(BANDSTAND_ANSWER, POND)
    assert [(source.result.hit.document_id, source.cited_by) for source in shown.sources] == [
        (BANDSTAND.id, (1,)),
        (BANDSTAND.id, (2,)),
        (POND.id, ()),
    ]
    header = shown.sources[0].result.header
    assert (header.title, header.council, header.meeting_date) == (
        BANDSTAND.title,
        BANDSTAND.council,
        BANDSTAND.meeting_date,
    )
    assert not header.draft


def test_a_passage_that_is_not_cited_goes_with_its_document():
    given = replace(fake.SILENCE, hits=(*fake.SILENCE.hits, fake.hit(BANDSTAND, DECISION, rank=2)))
    assert [source.number for source in answering(given, BANDSTAND).sources] == [1]


def test_a_question_is_asked_without_its_blanks_and_with_its_filters():
    backend = FakeBackend()
    filters = Filters(committee="Parks", date_from="2026-01-01")
    answered(State(text="  Why was the bandstand kept?\n", filters=filters), backend)
    assert (backend.asked, backend.filtered) == ([QUESTION.text], [filters])


def test_typed_filters_move_to_the_filters_and_go_before_them():
    backend = FakeBackend()
    state = State(
        text="Why was it kept? council:“Ashmere Borough” from:2026", filters=Filters("Fenlow", kind="minutes")
    )
    shown = answered(state, backend)
    expected = Filters("Ashmere Borough", "", "2026-01-01", "", "minutes")
    assert shown.state == State(text="Why was it kept?", filters=expected)
    assert (backend.asked, backend.filtered) == (["Why was it kept?"], [expected])


def test_filters_that_match_nothing_are_told():
    assert answered(replace(QUESTION, filters=Filters("Nowhere"))).notes == (
        "no council is called 'Nowhere'",
    )
    assert answered(QUESTION).notes == ()


@pytest.mark.parametrize("text", ["", "  \n\t", "\xa0", "council:Ashmere"])
def test_an_empty_question_is_met_with_a_hint(text):
    backend = FakeBackend()
    (refused,) = ask(backend, State(text=text))
    assert isinstance(refused, Refused)
    assert refused.hint
    assert "Write a question first" in refused.words
    assert not backend.asked


def test_a_long_question_is_refused_in_plain_words():
    backend = FakeBackend()
    refused = answer(backend, State(text="a" * 100_000))
    assert isinstance(refused, Refused)
    assert refused.hint
    assert "100,000 characters" in refused.words
    assert "2,000" in refused.words
    assert not backend.asked


def test_the_longest_question_is_asked():
    backend = FakeBackend()
    answered(State(text="a" * MAX_CHARACTERS), backend)
    assert len(backend.asked) == 1


def test_an_error_becomes_one_sentence_for_a_person():
    (refused,) = ask(FakeBackend(), State(text="What is broken?"))
    assert refused == Refused(
        State(text="What is broken?"), "There is no index yet; build one with: minutebook index", hint=False
    )


def test_a_question_that_cannot_be_searched_for_is_a_hint():
    class Strict(FakeBackend):
        def asking(self, question, *, filters=Filters(), k=10):  # noqa: B008
            yield from self.listing(question).results

    refused = answer(Strict(), State(text="?!"))
    assert isinstance(refused, Refused)
    assert refused.hint
    assert "no words" in refused.words


def test_a_follow_up_keeps_the_filters_and_shows_how_it_was_understood():
    filters = Filters("Ashmere", date_from="2026-01-01")
    state = State(text="Why was the bandstand kept?", filters=filters, document="x", page=3)
    assert follow_up(state, " who voted\nagainst? ") == State(
        text="Who voted against the bandstand?", typed="who voted against?", filters=filters
    )


def test_a_question_that_stands_alone_is_asked_as_it_was_typed():
    state = State(text="Why was the bandstand kept?", typed="why?", filters=Filters("Ashmere"))
    assert follow_up(state, "What of the duck pond?") == State(
        text="What of the duck pond?", filters=Filters("Ashmere")
    )


def test_a_search_is_no_question_to_lean_on():
    state = State(View.SEARCH, "bandstand", filters=Filters("Ashmere"))
    assert follow_up(state, "who voted against?") == State(
        text="who voted against?", filters=Filters("Ashmere")
    )


def test_hits_are_never_numbered_twice():
    hits: list[Hit] = [fake.hit(POND, "dredged"), fake.hit(BANDSTAND, REASON, rank=2)]
    numbered = number_sources((fake.quote(BANDSTAND, REASON),), hits)
    assert [hit.document_id for hit, _ in numbered] == [BANDSTAND.id, POND.id]
