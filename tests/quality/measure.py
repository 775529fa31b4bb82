"""Takes the figures: the minutes are read and indexed with the real model, and every question is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.records import Source
from corpus.store import Corpus
from index.embedding import Embedder
from index.evaluation.questions import read_questions
from index.evaluation.run import SHIPPED_ROW, Evaluation, evaluate
from index.generation import Generation
from index.settings import AnswerSettings
from ingest.documents import Defaults
from ingest.files import Place, look_at_files
from ingest.report import Listener
from tests.factories import build, published
from tests.quality.data import MINUTES, QUESTIONS


@contextmanager
def one_thread() -> Iterator[None]:
    """Let the model run on one core: sums come out alike on every machine, and no other test has to wait."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@contextmanager
def indexed(folder: Path, embedder: Embedder) -> Iterator[Generation]:
    """Read the minutes into a record under `folder` and open the generation that is built of it."""
    source = Source(name="pellbrook", location=str(MINUTES))
    with Corpus(folder / "corpus.sqlite3") as corpus:
        look_at_files(
            corpus,
            source,
            [Place(MINUTES, source.name)],
            defaults=Defaults(),
            listener=Listener(lambda _: None, lambda _: None),
            complete=True,
        )
        build(corpus, folder, embedder)
    generation = published(folder)
    try:
        yield generation
    finally:
        generation.close()


def evaluated(folder: Path, embedder: Embedder) -> Evaluation:
    """Ask every question of the minutes, with the settings that everyone has."""
    with one_thread(), indexed(folder, embedder) as generation:
        return evaluate(read_questions(QUESTIONS).questions, generation, embedder, AnswerSettings())


def figures_of(evaluation: Evaluation) -> dict[str, float]:
    """Return the figures that have floors or ceilings."""
    ranking, answers = evaluation.rankings[SHIPPED_ROW], evaluation.answers
    refusal = answers["refusal"]
    return {
        "hit@1": ranking["found@1"],
        "hit@5": ranking["found@5"],
        "hit@50": ranking["found@50"],
        "ndcg@10": ranking["ndcg@10"],
        "quote recall": answers["quote recall"],
        "median words quoted": answers["median words quoted"],
        "refused": refusal["recall"],
        "wrongly refused": refusal["answerable refused"],
        "refusal area": refusal["area"],
    }


def failing(evaluation: Evaluation) -> str:
    """Return which questions fail, by what is wrong with them; a floor that is broken shows where to look."""
    ranks = {one.id: one.rank for one in evaluation.ranked}
    asked = {one.question.id: one for one in evaluation.answered}
    kinds = {
        "not in the first five": [id for id, rank in ranks.items() if rank is None or rank > 5],
        "wrongly refused": [id for id in ranks if not asked[id].answered],
        "answered, but not with the right words": [
            id for id in ranks if asked[id].answered and not asked[id].holds
        ],
        "not refused": [id for id in asked if id not in ranks and asked[id].answered],
    }
    return "\n".join(f"{kind}: {' '.join(ids) or 'none'}" for kind, ids in kinds.items())
