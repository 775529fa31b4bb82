"""With the real model, too, a batch that goes on has the bytes of one that was never stopped.

The last bits of a vector depend on what was read beside it: the hash embedder could not tell.
"""

from itertools import islice
from pathlib import Path

import pytest

from index.settings import DEFAULT_MODEL
from tests.factories import make_generation
from tests.ui.batch.asking import documents, run, write_table
from tests.ui.commanding import Minutebook
from ui.batch import to_file
from ui.batch.answering import answered
from ui.batch.order import Order

#: More than the model reads at once.
ROWS = 270
WORDS = (
    "the worn surface of road and what was resolved about its repair before winter came to Ashmere".split()
)


@pytest.fixture(scope="module")
def real_data(tmp_path_factory, minilm) -> Path:
    """A small index with the real model."""
    data = Minutebook(tmp_path_factory.mktemp("real") / "data", model=DEFAULT_MODEL).data
    make_generation(data, documents(), minilm).close()
    return data


def asked(row: int) -> str:
    """Return a question of one to twelve words."""
    return " ".join(WORDS[(row + n) % len(WORDS)] for n in range(row % 12)) + f" number{row % 13}"


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize(
    "order", [Order(), pytest.param(Order(search=True, k=12), marks=pytest.mark.slow)], ids=["", "search"]
)
def test_whenever_it_is_interrupted(tmp_path, monkeypatch, real_data, minilm, order):
    monkeypatch.setattr("index.embedding.load_embedder", lambda settings: minilm)
    table = write_table(tmp_path / "q.jsonl", [{"question": asked(row)} for row in range(ROWS)])
    run(real_data, table, tmp_path / "whole.jsonl", order, threads=1)
    output = tmp_path / "a.jsonl"
    ask = answered
    for after in (62, 67):
        with monkeypatch.context() as patched:

            def some(*arguments, after=after, **fields):
                yield from islice(ask(*arguments, **fields), after)
                raise KeyboardInterrupt

            patched.setattr(to_file, "answered", some)
            with pytest.raises(KeyboardInterrupt):
                run(real_data, table, output, order, threads=1, batch_size=1)
    said: list[str] = []
    run(real_data, table, output, order, threads=1, said=said)
    assert said == [f"going on behind row 129 of {ROWS}"]
    assert output.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
