"""Documents become passages and passages a generation, which is searched and answers questions."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.reader import Reader
    from index.settings import AnswerSettings, ModelSettings, RerankSettings

#: The folder of generations in a data directory.
GENERATIONS = "generations"


def open(
    data: str | Path,
    *,
    model: "ModelSettings | None" = None,
    answer: "AnswerSettings | None" = None,
    rerank: "RerankSettings | None" = None,
    generation: str | None = None,
) -> "Reader":
    """Return a reader of what is published in the data directory `data`; close it, or use it in a `with`.

    `model` must be the one that the minutes were indexed with. The reader moves on to each new generation
    between two questions, unless `generation` names the one to stay in. Nothing is opened, and no model
    loaded, before the first question.

    Raises:
        SettingsError: there is no such model.
    """
    from index.embedding import load_embedder
    from index.generations import Generations
    from index.published import Published
    from index.reader import Reader
    from index.reranking import load_reranker
    from index.settings import ModelSettings, RerankSettings

    embedder = load_embedder(model or ModelSettings())
    reranker = load_reranker(rerank or RerankSettings())
    generations = Generations(Path(data) / GENERATIONS)
    return Reader(Published(generations, embedder, only=generation), embedder, answer, reranker)
