import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from corpus.store import Corpus
from index.embedding import HashEmbedder, ModelEmbedder
from index.generation import Generation
from index.settings import ModelSettings
from ingest.report import Listener
from tests.factories import build, published
from ui.settings import Settings
from ui.sources import SAMPLE, Sources, look_at

# What runs behind a shell script ignores Ctrl-C, and so would all that the tests start and then interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes depends on what else the machine does, and is no property of the code.
settings.register_profile("minutebook", deadline=None)
settings.load_profile("minutebook")


@pytest.fixture
def corpus(tmp_path) -> Iterator[Corpus]:
    """An empty record in a file of its own."""
    with Corpus(tmp_path / "corpus.sqlite3") as corpus:
        yield corpus


@pytest.fixture(scope="session")
def minilm() -> ModelEmbedder:
    """The real default model; mark the tests that use it with `pytest.mark.model`."""
    return ModelEmbedder(ModelSettings())


@pytest.fixture(scope="session")
def hash_embedder() -> HashEmbedder:
    """Equal words give alike vectors: enough where meaning plays no part, and fast."""
    return HashEmbedder()


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


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their place: packed ones carry the time of day, and workers must agree on names."""
    return argname if isinstance(val, bytes) else None
