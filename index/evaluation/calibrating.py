"""Fits the confidence of `index.refusal` to questions that the minutes answer and others that they do not.

    python -m index.evaluation.calibrating DATA QUESTIONS

DATA is a data directory whose minutes are indexed.
"""

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from index.answer import signals_of, weighed
from index.arrays import Array
from index.embedding import QueryEmbedder, load_embedder
from index.evaluation.measures import refusal_area, refused_at
from index.evaluation.questions import Question, read_questions
from index.evaluation.silence import WRONGLY
from index.evidence import Weigher
from index.generation import Generation
from index.generations import Generations
from index.question import understand
from index.refusal import Signals
from index.search import rank
from index.settings import ModelSettings

#: Keeps weights small that little speaks for.
STRENGTH = 0.2
FOLDS = 10
#: The folds are drawn anew so many times: where they fall decides some hundredths.
DRAWS = 8


def signals(questions: Sequence[Question], generation: Generation, embedder: QueryEmbedder) -> Array:
    """Return the signals of each question (shape: questions × signals); all 0 where nothing is found."""
    rows = []
    for question in questions:
        ranking = rank(generation, embedder, question.question)
        weigher = Weigher(
            understand(ranking.parsed.words), generation.lexical.frequency, generation.table.count
        )
        evidence = weighed(generation, ranking, weigher)
        found = signals_of(evidence, ranking, weigher) if evidence else Signals(0, 0, 0, 0, 0)
        rows.append(astuple(found)[:-1])  # the weight of references is set by hand
    return np.asarray(rows)


def main(arguments: Sequence[str]) -> int:
    """Print the weights that fit the questions, and what such weights are worth for other questions."""
    if len(arguments) != 2:
        sys.stderr.write("name an indexed data directory and a file of questions\n")
        return 2
    data, file = map(Path, arguments)
    questions = [one for one in read_questions(file).questions if one.is_answerable is not None]
    answerable = np.asarray([bool(one.is_answerable) for one in questions])
    with closing(Generation(Generations(data / "generations").published())) as generation:
        found = signals(questions, generation, load_embedder(ModelSettings()))
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH))
    areas, refused = [], []
    for draw in range(DRAWS):
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=draw)
        sure = cross_val_predict(model, found, answerable, cv=folds, method="predict_proba")[:, 1]
        areas.append(refusal_area(sure[answerable].tolist(), sure[~answerable].tolist()))
        refused.append(
            refused_at(sure[answerable].tolist(), sure[~answerable].tolist(), WRONGLY).unanswerable
        )
    model.fit(found, answerable)
    scaler, regression = model[0], model[1]
    weights = regression.coef_[0] / scaler.scale_
    threshold = np.sort((found @ weights)[answerable])[int(WRONGLY * answerable.sum())]
    named = ", ".join(
        f"{field.name}={weight:.3f}" for field, weight in zip(fields(Signals), weights, strict=False)
    )
    sys.stdout.write(f"{named}, intercept={-threshold:.2f} less the weight of references\n")
    sys.stdout.write(
        f"cross-validated: area {np.mean(areas):.3f}, refused {np.mean(refused):.3f} at {WRONGLY}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
