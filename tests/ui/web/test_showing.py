"""From an address to the middle of a page, and the first page round it."""

import re

import pytest

from index.records import Filters
from tests.ui.web.fake import BANDSTAND_ANSWER, DECISION, EXAMPLES, HOSTILE, REASON, FakeBackend
from ui.web.markup.first_page import as_it_is_ready, first_page
from ui.web.markup.frame import Frame
from ui.web.showing import shelf, state_of, steps
from ui.web.site import Site
from ui.web.state import State, View, write_address

GRADIO = (
    '<!doctype html>\n<html lang="en" style="a">\n<head>\n<meta charset="utf-8" /><base href="./" />'
    '<meta property="og:image" content="https://elsewhere.example/a.png" />'
    '<link rel="manifest" href="/m.json" /><script>window.gradio_config = {"a": 1};</script>'
    '<script type="module" crossorigin src="./a.js"></script>'
    '</head>\n<body style="b"><gradio-app control_page_title="true" embed="false"></gradio-app>'
    "<script>after()</script></body></html>"
)


def shown(state: State, site: Site = Site()) -> list[str]:  # noqa: B008
    return list(steps(FakeBackend(), state, site))


def test_an_answer_comes_step_by_step_and_is_whole_in_the_end():
    where, said, whole = shown(State(text="Why was the bandstand kept?"))
    assert "7. The bandstand in Wellow Park" in where
    assert REASON not in where
    assert REASON in said
    assert DECISION in said
    assert "Sources" not in said
    assert "Sources" in whole
    assert whole.startswith(said[:200])


def test_a_search_gives_results():
    (only,) = shown(State(View.SEARCH, "bandstand"))
    assert "5 passages found" in only


def test_before_anything_is_asked_there_are_examples_and_what_there_is():
    (only,) = shown(State(), Site(examples=lambda: EXAMPLES))
    assert EXAMPLES[0] in only
    assert "8 documents of 2 councils" in only
    (search,) = shown(State(View.SEARCH), Site(examples=lambda: EXAMPLES))
    assert EXAMPLES[0] not in search


@pytest.mark.parametrize("view", [View.ASK, View.SEARCH])
def test_a_trouble_becomes_one_line_for_a_person(view):
    page = shown(State(view, "What is broken?"))[-1]
    assert "There is no index yet; build one with: minutebook index" in page
    assert "Traceback" not in page


def test_a_trouble_that_nobody_foresaw_is_told_and_written_down(caplog):
    class Failing(FakeBackend):
        def asking(self, question, **_):
            raise ZeroDivisionError("a secret path")

    (page,) = steps(Failing(), State(text="Why?"), Site())
    assert "Something went wrong here" in page
    assert "secret" not in page
    assert "a secret path" in caplog.text


def test_nothing_indexed_is_said_on_every_page():
    class Empty(FakeBackend):
        def holdings(self):
            return self.listing("broken")

    backend = Empty()
    assert "There is no index yet" in next(steps(backend, State(), Site()))
    assert shelf(backend, State(View.BROWSE), Site()).status == 503


def test_the_next_question_leans_on_the_one_before_and_keeps_the_filters():
    state = state_of("?q=And+recommendation+9%3F&after=Why+was+recommendation+12+agreed%3F&council=Ashmere")
    assert state.typed == "And recommendation 9?"
    assert "recommendation 9" in state.text
    assert state.text != state.typed
    assert state.filters == Filters(council="Ashmere")
    assert state_of(write_address(state)) == state


def test_without_a_question_before_nothing_is_completed():
    assert (
        state_of("?q=And+the+roof%3F&after=") == state_of("?q=And+the+roof%3F") == State(text="And the roof?")
    )
    assert state_of("?after=Why") == State()


def test_the_first_page_holds_the_box_and_the_place_of_the_answer_before_gradio():
    parts = first_page(GRADIO, Frame(State(text="Why <b>?")), "Why <b>?", nonce="n1")
    whole = f"{parts.opening}<p>answer</p>{parts.closing}"
    assert whole.index('name="q"') < whole.index("<p>answer</p></main>") < whole.index("<gradio-app")
    assert "<title>Why &lt;b&gt;? · Minutebook</title>" in whole
    assert 'role="status"' in parts.closing
    assert whole.count("<main") == whole.count("<body") == whole.count("<title") == 1


def test_every_script_of_the_first_page_carries_its_nonce_and_nothing_points_elsewhere():
    parts = first_page(GRADIO, Frame(State()), "", nonce="n1")
    whole = parts.opening + parts.closing
    scripts = re.findall(r"<script[^>]*>", whole)
    assert len(scripts) == 4
    assert all('nonce="n1"' in script for script in scripts)
    assert "elsewhere.example" not in whole
    assert "<base" not in whole
    assert "manifest" not in whole


def test_a_script_in_the_question_gets_no_nonce():
    parts = first_page(GRADIO, Frame(State(text=HOSTILE)), HOSTILE, nonce="n1")
    assert "&lt;script&gt;window.broken" in parts.opening
    assert len(re.findall(r"<script", parts.opening + parts.closing)) == 4


def test_the_box_is_sent_before_the_answer_is_looked_for():
    looked: list[str] = []

    def answer() -> str:
        looked.append("answer")
        return "<p>answer</p>"

    parts = first_page(GRADIO, Frame(State(text="Why?")), "Why?", nonce="n1")
    sent = as_it_is_ready(parts, answer, asked=True)
    first = next(sent)
    assert 'name="q"' in first
    assert "Looking in the minutes…" in first
    assert looked == []
    assert [*sent] == ["<p>answer</p>", parts.closing]


@pytest.mark.parametrize("lost", ["<gradio-app", "<body", "<head"])
def test_a_page_of_gradio_that_is_not_known_is_refused(lost):
    with pytest.raises(ValueError, match="not known"):
        first_page(GRADIO.replace(lost, "<other"), Frame(State()), "", nonce="n1")


def test_the_answer_of_the_fake_is_the_one_that_is_shown():
    assert BANDSTAND_ANSWER.quotes[0].text in shown(State(text="bandstand"))[-1]
