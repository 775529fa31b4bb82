"""Is a generation whole? Run as `python -m index.verify FOLDER` in a process that built nothing of it."""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.errors import GenerationError
from index.generation import Generation
from index.lexical import Wanted, terms
from index.passage_table import StoredPassage

#: Passages that must find themselves, spread evenly over the generation.
SAMPLES = 20
#: Cosine; vectors of the same words may differ in their last bits.
SAME = 0.999


def verify_generation(folder: Path) -> None:
    """Check that counts agree in all three stores and that sampled passages find themselves.

    Raises:
        GenerationError: they do not; the message says where.
    """
    generation = Generation(folder)
    try:
        _check_counts(generation)
        count = generation.table.count
        rows = sorted({int(row) for row in np.linspace(0, count - 1, min(SAMPLES, count))}) if count else []
        for passage in generation.table.passages(rows):
            _check_words(generation, passage)
            _check_vector(generation, passage)
    finally:
        generation.close()


def _check_counts(generation: Generation) -> None:
    counts = {
        "manifest": generation.manifest.passages,
        "passages": generation.table.count,
        "words": generation.lexical.count,
        "vectors": generation.vectors.count,
    }
    if len(set(counts.values())) > 1:
        raise GenerationError(f"the stores do not hold the same passages: {counts}")
    if generation.manifest.documents != generation.table.documents:
        raise GenerationError(
            f"{generation.table.documents} documents instead of {generation.manifest.documents}"
        )


def _check_words(generation: Generation, passage: StoredPassage) -> None:
    words = tuple(dict.fromkeys(terms(passage.text)))[:50]
    if words and not generation.lexical.scores(Wanted(terms=words), [passage.row]):
        raise GenerationError(f"passage {passage.id} is not found by its own words")


def _check_vector(generation: Generation, passage: StoredPassage) -> None:
    vector = generation.vectors.vectors(np.asarray([passage.row]))[0]
    rows, scores = generation.vectors.nearest(vector, 10)
    if passage.row not in rows and not (len(scores) == 10 and scores[-1] >= SAME):
        raise GenerationError(f"passage {passage.id} is not found by its own vector")


def main(arguments: Sequence[str]) -> int:
    """Verify the generation in the folder that `arguments` name; return the exit code."""
    try:
        verify_generation(Path(arguments[0]))
    except GenerationError as error:
        sys.stderr.write(f"{error}\n")
        return GenerationError.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
