"""From a library to records, without a server."""

from dataclasses import replace

import pytest

from corpus.errors import GenerationError, UsageError
from corpus.records import Document
from index.records import Answer, Filters, Found
from tests.ui.web.fake import (
    BANDSTAND,
    BANDSTAND_ANSWER,
    COUNCIL,
    HOSTILE_ANSWER,
    LETTER,
    SILENCE,
    FakeBackend,
    hit,
)
from ui.web.api import answering, formats
from ui.web.api.asking import Ask, Search
from ui.web.api.problems import Wrong
from ui.web.backend import EVERYTHING

WHY = Ask(question="Why was the bandstand kept?")
COST = Ask(question="What did the leisure centre cost?")


def known(_: str) -> bool:
    return False


def test_an_answer_is_the_published_one_with_what_is_to_be_known_beside_it():
    told = answering.ask(FakeBackend(unseen=("ashmere could not be looked at",)), WHY).record
    published = BANDSTAND_ANSWER.as_dict()
    published["hits"] = list(published["hits"])
    assert {name: told[name] for name in published} == published
    assert {name: told[name] for name in told.keys() - published.keys()} == {
        "interpreted": "passages about “Why was the bandstand kept?”",
        "warnings": ["ashmere could not be looked at"],
    }
    formats.Answer.model_validate(told)


def test_each_of_a_list_is_what_it_is_alone():
    backend = FakeBackend()
    one = Ask.model_validate({"question": "What of the bandstand?", "council": COUNCIL, "k": 1})
    asked = [WHY, COST, one]
    assert answering.ask(backend, asked).record == [answering.ask(backend, each).record for each in asked]
    assert backend.filtered[2] == Filters(council=COUNCIL)
    assert [len(each["hits"]) for each in answering.ask(backend, asked).record] == [3, 1, 1]
    searches = [Search(query="bandstand", k=2), Search(query="pond"), Search(query="nothing")]
    found = answering.search(backend, searches).record
    assert found == [answering.search(backend, each).record for each in searches]
    assert [len(each["hits"]) for each in found] == [2, 2, 0]


def test_a_list_of_one_is_a_list():
    (told,) = answering.ask(FakeBackend(), [WHY]).record
    assert told == answering.ask(FakeBackend(), WHY).record


def test_a_search_says_how_it_was_understood_and_where_else_the_words_stand():
    class Backend(FakeBackend):
        def search(self, query: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Found:
            also: dict[str, tuple[tuple[str, str], ...]] = {
                hit(BANDSTAND, BANDSTAND.text).passage_id: (("A letter", LETTER.url), ("File", "file:///x"))
            }
            return Found((hit(BANDSTAND, BANDSTAND.text),), "what was meant", ("a note",), also)

    told = answering.search(Backend(), Search(query="bandstand")).record
    assert (told["interpreted"], told["notes"], told["generation"]) == (
        "what was meant",
        ["a note"],
        "000007",
    )
    assert told["hits"] == [hit(BANDSTAND, BANDSTAND.text).as_dict()]
    passage = told["hits"][0]["passage_id"]
    assert told["also_in"] == [
        {"passage_id": passage, "title": "A letter", "url": LETTER.url},
        {"passage_id": passage, "title": "File", "url": ""},
    ]
    formats.Found.model_validate(told)


def test_no_address_leads_anywhere_but_to_a_web_page():
    told = answering.ask(FakeBackend(), Ask(question="What did the objector write?")).record
    assert HOSTILE_ANSWER.quotes[0].link.startswith("javascript:")
    assert [quote["link"] for quote in told["quotes"]] == [""]
    papers = replace(LETTER, url="file:///srv/council/letter.txt", source="/srv/council")
    document = answering.document(FakeBackend(documents=(papers,)), [papers.id], known)
    assert document is not None
    assert "/srv" not in str(document.record)


def test_all_questions_that_cannot_be_asked_are_named_and_none_is_asked():
    backend = FakeBackend()
    with pytest.raises(answering.UnaskableError) as raised:
        answering.ask(backend, [WHY, Ask(question="  "), Ask(question="?!"), COST])
    assert raised.value.wrong == (
        Wrong("/1/question", "the question is empty; type a question or some words to search for"),
        Wrong("/2/question", "there are no words to search for; add some to the filters and signs"),
    )
    with pytest.raises(answering.UnaskableError) as raised:
        answering.search(backend, Search(query="-bridge"))
    assert [one.pointer for one in raised.value.wrong] == ["/query"]
    assert backend.asked == []
    assert isinstance(raised.value, UsageError)


def test_what_goes_wrong_in_a_list_goes_wrong_for_all():
    class Backend(FakeBackend):
        def ask_many(self, asked, *, k=10, threads=None):
            yield SILENCE
            yield GenerationError("the index is broken")

    with pytest.raises(GenerationError, match="the index is broken"):
        answering.ask(Backend(), [WHY, COST])


class Publishing(FakeBackend):
    """Publishes in the middle of the first questions."""

    left = 1

    def ask(self, question: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Answer:
        given = replace(super().ask(question, filters=filters, k=k), generation=self.generation)
        if self.left:
            self.left -= 1
            self.generation = f"{int(self.generation) + 1:06}"
        return given


def test_an_answer_and_its_tag_are_of_one_generation():
    backend = Publishing()
    told = answering.ask(backend, WHY)
    assert (told.record["generation"], backend.asked) == ("000008", [WHY.question] * 2)
    assert told.tag == answering.ask(backend, WHY).tag
    backend.left = 100
    with pytest.raises(GenerationError, match="indexed anew; ask again"):
        answering.ask(backend, WHY)


def test_the_tag_of_an_answer_stands_for_all_that_it_depends_on():
    tags = [
        answering.ask(FakeBackend(), WHY).tag,
        answering.ask(FakeBackend(), [WHY]).tag,
        answering.ask(FakeBackend(), COST).tag,
        answering.ask(FakeBackend(), WHY.model_copy(update={"k": 9})).tag,
        answering.ask(FakeBackend(), WHY.model_copy(update={"council": COUNCIL})).tag,
        answering.ask(FakeBackend(generation="000008"), WHY).tag,
        answering.ask(FakeBackend(unseen=("ashmere could not be looked at",)), WHY).tag,
        answering.search(FakeBackend(), Search(query=WHY.question)).tag,
    ]
    assert len(set(tags)) == len(tags)
    assert answering.ask(FakeBackend(), WHY).tag == tags[0]
    assert tags[0].startswith('W/"000007-')


def test_a_document_is_whole_and_its_parts_lie_in_it():
    told = answering.document(FakeBackend(), ["none", BANDSTAND.id], known)
    assert told is not None
    record = told.record
    assert (record["id"], record["text"], record["generation"]) == (BANDSTAND.id, BANDSTAND.text, "000007")
    labels = {one["label"]: BANDSTAND.text[one["start"] : one["end"]] for one in record["sections"]}
    assert labels["resolved"].startswith("RESOLVED")
    assert "source" not in record
    formats.Document.model_validate(record | {"sections": [*record["sections"]], "pages": [*record["pages"]]})
    assert told.tag.startswith('"000007-')


def test_a_document_that_the_program_has_is_not_sent_again():
    told = answering.document(FakeBackend(), [BANDSTAND.id], known)
    assert told is not None
    again = answering.document(FakeBackend(), [BANDSTAND.id], lambda tag: tag == told.tag)
    assert again is not None
    assert again.record is None
    later = answering.document(FakeBackend(generation="000008"), [BANDSTAND.id], lambda tag: tag == told.tag)
    assert later is not None
    assert later.record["generation"] == "000008"
    assert answering.document(FakeBackend(), ["none"], lambda _: True) is None


def test_the_state_says_what_can_be_asked():
    told = answering.status(FakeBackend(unseen=("ashmere could not be looked at",)))
    formats.Status.model_validate(told)
    assert [council["council"] for council in told["councils"]] == [COUNCIL, "Fenlow Parish Council"]
    assert told["provenance"]["generation"] == "000007"
    assert told["warnings"] == ["ashmere could not be looked at"]
    assert told["documents"] == 8


def test_every_field_of_a_document_but_its_source_is_told():
    told = set(formats.Document.model_fields) - {"content_hash", "generation"}
    assert told == set(Document.__dataclass_fields__) - {"source"}
