from collections.abc import Iterator

import pytest

from corpus.store import Corpus
from index.generation import Generation
from ingest.report import Listener
from tests.factories import build, published
from ui.settings import Settings
from ui.sources import SAMPLE, Sources, look_at


@pytest.fixture(scope="session")
def sample(tmp_path_factory, minilm) -> Iterator[Generation]:
    """The sample page as the real model sees it."""
    folder = tmp_path_factory.mktemp("sample")
    with Corpus(folder / "corpus.sqlite3") as corpus:
        target = Sources(corpus, Settings(), folder).resolve(SAMPLE.name)
        assert look_at(corpus, target, Listener(lambda _: None, lambda _: None)).new == 1
        build(corpus, folder, minilm)
    generation = published(folder)
    yield generation
    generation.close()
