import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings

from corpus.store import Corpus
from index.embedding import HashEmbedder, ModelEmbedder
from index.generation import Generation
from index.settings import ModelSettings
from ingest.report import Listener
from tests.factories import build, published
from ui.settings import Settings
from ui.sources import SAMPLE, Sources, Target, look_at

# What runs behind a shell script ignores Ctrl-C, and so would all that the tests start and then interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes depends on what else the machine does, and is no property of the code.
settings.register_profile("some", deadline=None, max_examples=25)
settings.register_profile("all", deadline=None, max_examples=300)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all", action="store_true", help="run the slow tests, too, with many kills and examples"
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("all" if config.getoption("--all") else "some")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow tests out unless all are wanted, and let one worker have those that share a fixture."""
    if not config.getoption("--all"):
        slow = [item for item in items if item.get_closest_marker("slow")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]
    for item in items:
        if not item.get_closest_marker("xdist_group") and (group := _group(item)):
            item.add_marker(pytest.mark.xdist_group(group))


def _group(item: pytest.Item) -> str:
    """Return the name of those that need the same costly thing: the model, or what a module makes once."""
    assert isinstance(item, pytest.Function)
    needed = item._fixtureinfo.name2fixturedefs
    if "minilm" in needed:
        return "model"
    once = any(definition.scope == "module" for made in needed.values() for definition in made)
    return item.nodeid.partition("::")[0] if once else ""


@pytest.fixture(scope="session")
def scale(pytestconfig: pytest.Config) -> Callable[[Any, Any], Any]:
    """How much to do of something: `scale(few, many)` is `many` where all tests are run."""
    everything = pytestconfig.getoption("--all")
    return lambda few, many: many if everything else few


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
        assert isinstance(target, Target)
        assert look_at(corpus, target, Listener(lambda _: None, lambda _: None)).new == 1
        build(corpus, folder, minilm)
    generation = published(folder)
    yield generation
    generation.close()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their place: packed ones carry the time of day, and workers must agree on names."""
    return argname if isinstance(val, bytes) else None
