import pytest

from corpus.errors import CorpusError, GenerationError
from corpus.records import Document
from tests.ui.web.fake import BANDSTAND, DECISION, REASON, FakeBackend
from ui.web.handlers import LONGEST_QUESTION, answer_question, check_health, open_document


class BrokenBackend(FakeBackend):
    @property
    def generation(self) -> str:
        raise GenerationError("There is no index yet; build one with: minutebook index")

    @generation.setter
    def generation(self, value: str) -> None: ...

    def document(self, document_id: str) -> Document | None:
        raise CorpusError("The record <corpus.db> cannot be opened")


def test_an_answer_holds_its_quotes_word_for_word():
    page = answer_question(FakeBackend(), "Why was the bandstand kept?")
    assert REASON in page
    assert DECISION in page


@pytest.mark.parametrize("question", ["Why was the bandstand kept?", "What does the pool cost?"])
def test_sources_that_could_not_be_looked_at_are_named_beside_every_answer(question):
    unseen = ("tarnwick is blocked (<b>robots</b>), never read in full",)
    page = answer_question(FakeBackend(unseen=unseen), question)
    assert "tarnwick is blocked (&lt;b&gt;robots&lt;/b&gt;), never read in full" in page
    assert "could be looked at" not in answer_question(FakeBackend(), question)


def test_a_question_is_asked_without_its_blanks():
    backend = FakeBackend()
    answer_question(backend, "  Why was the bandstand kept?\n")
    assert backend.asked == ["Why was the bandstand kept?"]


@pytest.mark.parametrize("question", ["", "  \n\t", "\xa0", None])
def test_an_empty_question_is_met_with_a_hint(question):
    backend = FakeBackend()
    page = answer_question(backend, question)
    assert "Write a question first" in page
    assert not backend.asked


def test_a_long_question_is_refused_in_plain_words():
    backend = FakeBackend()
    page = answer_question(backend, "a" * 100_000)
    assert "100,000 characters" in page
    assert "2,000" in page
    assert not backend.asked


def test_the_longest_question_is_asked():
    backend = FakeBackend()
    answer_question(backend, "a" * LONGEST_QUESTION)
    assert len(backend.asked) == 1


def test_an_error_becomes_one_line_for_a_person():
    page = answer_question(FakeBackend(), "What is broken?")
    assert "There is no index yet; build one with: minutebook index" in page
    assert page.count("<p") == 1
    assert "Traceback" not in page


def test_links_begin_with_the_path_of_the_proxy():
    assert 'href="/minutes/document/' in answer_question(FakeBackend(), "bandstand", root="/minutes")


def test_a_document_is_shown_with_the_asked_words_marked():
    start = BANDSTAND.text.index(REASON)
    page = open_document(FakeBackend(), BANDSTAND.id, str(start), str(start + len(REASON)))
    assert page.status == 200
    assert f'<mark id="quote">{REASON}</mark>' in page.html


@pytest.mark.parametrize(
    ("start", "end"),
    [("", ""), ("x", "9"), ("-1", "5"), ("9", "5"), ("1" * 5000, "2"), ("٣", "9"), ("99999999", "999999999")],
)
def test_offsets_that_make_no_sense_do_no_harm(start, end):
    page = open_document(FakeBackend(), BANDSTAND.id, start, end)
    assert page.status == 200
    assert "The Head of Parks" in page.html


def test_an_unknown_document_is_missed_in_plain_words():
    page = open_document(FakeBackend(), "<script>", "", "")
    assert page.status == 404
    assert "There is no such document" in page.html
    assert "<script>" not in page.html


def test_a_record_that_cannot_be_opened_is_said_so():
    page = open_document(BrokenBackend(), "any", "", "")
    assert page.status == 503
    assert "The record &lt;corpus.db&gt; cannot be opened" in page.html


def test_health_names_the_generation():
    health = check_health(FakeBackend())
    assert (health.status, health.report) == (200, {"status": "ok", "generation": "000007"})


def test_health_without_a_generation_gives_the_reason():
    health = check_health(BrokenBackend())
    assert health.status == 503
    assert health.report["status"] == "failing"
    assert "minutebook index" in health.report["reason"]
