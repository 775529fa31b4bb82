import json

import pytest

from corpus.store import Corpus
from tests.factories import build, make_document, put_documents
from ui.library import Library
from ui.settings import Settings
from ui.state import state_of, state_text


@pytest.fixture
def library(tmp_path) -> Library:
    return Library(tmp_path, Settings())


def fill(library: Library, *ids: str) -> None:
    with library.corpus() as corpus:
        put_documents(corpus, [make_document(id) for id in ids])


def publish(library: Library) -> None:
    with library.corpus() as corpus:
        build(corpus, library.data)


def test_an_empty_library_is_left_alone(library):
    state = state_of(library)
    assert (state.revision, state.generation, state.behind) == (0, None, 0)
    assert list(library.data.iterdir()) == []
    assert "none yet; run: minutebook ingest FOLDER" in state_text(state)


def test_what_is_stored_but_not_indexed_is_said(library):
    fill(library, "a", "b")
    assert "none yet; run: minutebook index" in state_text(state_of(library))
    publish(library)
    assert state_of(library).behind == 0
    assert "changes behind" not in state_text(state_of(library))
    fill(library, "c")
    assert state_of(library).behind == 1
    assert "generation 000001: 2 documents" in state_text(state_of(library))
    assert "1 change behind, run: minutebook index" in state_text(state_of(library))


def test_a_broken_generation_is_said_and_the_rest_is_shown(library):
    fill(library, "a")
    publish(library)
    (library.data / "generations/000001/manifest.json").write_text("broken")
    text = state_text(state_of(library))
    assert "damaged" in text
    assert "Documents  1 in 1 versions" in text


def test_the_state_is_ready_for_json(library):
    fill(library, "a")
    publish(library)
    state = json.loads(json.dumps(state_of(library).as_dict()))
    assert state["counts"]["documents"] == 1
    assert state["manifest"]["passages"] > 0
    assert (state["generation"], state["behind"], state["trouble"]) == ("000001", 0, "")
    assert [source["name"] for source in state["sources"]] == ["ashmere"]


def test_names_of_sources_cannot_steer_the_terminal(library):
    with Corpus(library.record) as corpus:
        put_documents(corpus, [], source="\x1b[2Jevil")
    assert "\x1b" not in state_text(state_of(library))
