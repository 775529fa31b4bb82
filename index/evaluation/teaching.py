"""Teaches what to quote: trees that give each sentence its chance of belonging to the answer.

    python -m index.evaluation.teaching DATA FILE QUESTIONS …

DATA is a data directory whose minutes are indexed, FILE is written, and each of QUESTIONS is a file of
questions whose answers are marked, and of others that their excerpts do not answer.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from index.answering.features import Candidates
from index.answering.looking import look
from index.answering.trees import Trees, trees_of
from index.arrays import Array
from index.embedding import QueryEmbedder, load_embedder
from index.evaluation.excerpts import limited_to
from index.evaluation.known import Known, know
from index.evaluation.questions import Question, read_questions
from index.evaluation.relevance import Finder, Gold, single_spaced
from index.evidence import Weigher
from index.generation import Generation
from index.generations import Generations
from index.question import understand
from index.search import rank
from index.settings import ModelSettings

FOLDS = 4
SEED = 0
#: How the trees grow: many small ones, each of which needs enough sentences to say something.
GROWTH = {
    "max_iter": 160,
    "learning_rate": 0.08,
    "max_leaf_nodes": 15,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
    "max_bins": 128,
    "early_stopping": False,
    "random_state": SEED,
}
#: What is found in the excerpt alone counts so much beside what is found in the whole index.
BY_EXCERPT = 0.5
#: Sentences that are worse than so many others by their evidence and by their cosine are tempting for
#: nobody; a part of them is enough, and counts for the others.
TEMPTING = {"evidence rank": 12, "cosine rank": 8}
KEPT = 0.2


@dataclass(frozen=True, slots=True)
class Example:
    """Sentences that were found for one question of a council.

    `rows` are their features (shape: sentences × features), `right` tells which belong to the answer,
    `tempting` which are likely to be taken for it, `taught` from which something can be learned, and `worth`
    is what each counts.
    """

    council: str
    rows: NDArray[np.float32]
    right: NDArray[np.bool_]
    tempting: NDArray[np.bool_]
    taught: NDArray[np.bool_]
    worth: float = 1.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question as it is asked over the whole index, and as it is asked over its excerpt alone."""

    whole: Example | None
    excerpt: Example | None

    @property
    def examples(self) -> tuple[Example, ...]:
        """What there is of the two."""
        return tuple(one for one in (self.whole, self.excerpt) if one)


def lessons(
    questions: Sequence[Question], generation: Generation, embedder: QueryEmbedder
) -> tuple[tuple[str, ...], list[Lesson]]:
    """Return the names of the features, and what was found for each question that names its document."""
    finder = Finder(generation.table)
    names: tuple[str, ...] = ()
    found = []
    for known in know(questions, (), generation.table):
        number = finder.number(known.question.url) if known.question.url else None
        ranking = rank(generation, embedder, known.question.question)
        if number is None or not ranking.ranked:
            continue
        asked = understand(ranking.parsed.words)
        weigher = Weigher(asked, generation.lexical.frequency, generation.table.count)
        gold = finder.find(known.question)
        limited = limited_to(known.rows, ranking, generation)
        both = [look(generation, one, weigher) for one in (ranking, limited)]
        names = names or tuple(both[0].columns)
        whole, excerpt = (
            _example(known, number, one, names, gold, generation, worth) if one.evidence else None
            for one, worth in zip(both, (1.0, BY_EXCERPT), strict=True)
        )
        found.append(Lesson(whole, excerpt))
    return names, found


def _example(
    known: Known,
    number: int,
    candidates: Candidates,
    names: tuple[str, ...],
    gold: Gold,
    generation: Generation,
    worth: float,
) -> Example:
    units = [one.unit for one in candidates.evidence]
    documents = [int(generation.table.document_of[unit.passage.row]) for unit in units]
    right = np.asarray(
        [gold.holds(where, unit.start, unit.end) for where, unit in zip(documents, units, strict=True)]
    )
    if known.question.spans:
        # The same words elsewhere are neither right nor wrong.
        said = {single_spaced(unit.text) for unit, holds in zip(units, right, strict=True) if holds}
        again = np.asarray([single_spaced(unit.text) in said for unit in units])
        taught = (right | ~again) & right.any()
    else:
        start, end = known.question.excerpt or (0, 0)
        taught = np.asarray(
            [
                where == number and start < unit.end and unit.start < end
                for where, unit in zip(documents, units, strict=True)
            ]
        )
    tempting = right.copy()
    for name, most in TEMPTING.items():
        tempting |= candidates.columns[name] < most
    return Example(known.council, candidates.matrix(names), right, tempting, taught, worth)


def fit(taught: Iterable[Example], names: tuple[str, ...]) -> Trees:
    """Return trees that were fitted to some examples."""
    rows, right, weights = zip(*_thinned(taught), strict=True)
    model = HistGradientBoostingClassifier(**GROWTH)
    model.fit(np.concatenate(rows), np.concatenate(right), sample_weight=np.concatenate(weights))
    return trees_of(model, names)


def _thinned(
    taught: Iterable[Example],
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.bool_], Array]]:
    random = np.random.default_rng(SEED)
    for one in taught:
        kept = one.taught & (one.tempting | (random.random(len(one.taught)) < KEPT))
        weights = one.worth * np.where(one.tempting, 1.0, 1 / KEPT)
        yield one.rows[kept], one.right[kept], weights[kept]


def held_out(found: Sequence[Lesson], names: tuple[str, ...]) -> float:
    """Return how often the likeliest sentence is right, of those with a right one, on councils held out."""
    there = [one for one in found if one.examples]
    councils = [one.examples[0].council for one in there]
    folds = GroupKFold(min(FOLDS, len(set(councils)))).split(councils, groups=councils)
    first = []
    for taught, asked in folds:
        trees = fit((one for place in taught for one in there[place].examples), names)
        whole = [one for place in asked if (one := there[place].whole) and one.right.any()]
        first += [bool(one.right[trees.chances(one.rows).argmax()]) for one in whole]
    return fmean(first)


def main(arguments: Sequence[str]) -> int:
    """Write trees that fit the questions, and print what such trees are worth for other councils."""
    if len(arguments) < 3:
        sys.stderr.write("name an indexed data directory, a file to write and files of questions\n")
        return 2
    data, file, *files = map(Path, arguments)
    questions = [one for path in files for one in read_questions(path).questions]
    with closing(Generation(Generations(data / "generations").published())) as generation:
        names, found = lessons(questions, generation, load_embedder(ModelSettings()))
    sys.stdout.write(f"best sentence right, councils held out: {held_out(found, names):.3f}\n")
    sys.stdout.write(
        f"{file}: {fit((one for lesson in found for one in lesson.examples), names).save(file)}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
