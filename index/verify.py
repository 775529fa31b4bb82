"""Is a generation whole?

Run as `python -m index.verify FOLDER CACHE` in a process that built nothing of it.
"""

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from corpus.errors import GenerationError
from index.embedding_cache import cached_vector
from index.generation import Generation
from index.lexical import Wanted, terms
from index.passage_table import StoredPassage
from index.passages import embedded_spans, embedded_text
from index.sentence_table import spans_of

#: Passages that must find themselves, spread evenly over the generation.
SAMPLES = 20
#: Words by which a sampled passage must be found: the longest, which are the rarest.
WORDS = 10
#: Cosine; vectors of the same words may differ in their last bits.
SAME = 0.999
#: The same as a distance between vectors of length one.
NEAR = (2 * (1 - SAME)) ** 0.5
#: So many of the samples may miss themselves: a graph over a great many vectors is no exact search.
MAY_MISS = 2


def verify_generation(folder: Path, cache: Path) -> None:
    """Check that counts agree in all three stores and that sampled passages find themselves.

    Args:
        folder: the generation.
        cache: the file of embeddings that it was built with, which says what each vector has to be.

    Raises:
        GenerationError: they do not; the message says where.
    """
    with closing(Generation(folder)) as generation:
        _check_counts(generation)
        count = generation.table.count
        rows = sorted({int(row) for row in np.linspace(0, count - 1, min(SAMPLES, count))}) if count else []
        passages = generation.table.passages(rows)
        for passage in passages:
            _check_words(generation, passage)
        missed = [passage for passage in passages if not _finds_itself(generation, passage, cache)]
        if len(missed) > MAY_MISS:
            raise GenerationError(
                f"{len(missed)} of {len(passages)} passages are not found by their own vectors, among them "
                f"{missed[0].id}"
            )


def _check_counts(generation: Generation) -> None:
    counts = {
        "manifest": generation.manifest.passages,
        "passages": generation.table.count,
        "sentences": generation.sentences.count,
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
    rare = sorted(set(terms(passage.text)), key=len)[-WORDS:]
    if not all(generation.lexical.scores(Wanted(terms=(word,)), [passage.row]) for word in rare):
        raise GenerationError(f"passage {passage.id} is not found by its own words")


def _finds_itself(generation: Generation, passage: StoredPassage, cache: Path) -> bool:
    text = embedded_text(passage.heading, passage.text)
    spans = embedded_spans(passage.heading, passage.text, spans_of(passage.text))
    vector = cached_vector(cache, generation.manifest.fingerprint, text, spans)
    stored = generation.vectors.vectors(np.asarray([passage.row]))[0]
    if vector is None or vector.shape != stored.shape or not np.linalg.norm(vector - stored) <= NEAR:
        raise GenerationError(f"passage {passage.id} does not have the vector of its own words")
    rows, scores = generation.vectors.nearest(vector, 10)
    return passage.row in rows or (len(scores) == 10 and float(scores[-1]) >= SAME)


def main(arguments: Sequence[str]) -> int:
    """Verify the generation in the folder that `arguments` name first; return the exit code."""
    folder, cache = arguments
    try:
        verify_generation(Path(folder), Path(cache))
    except GenerationError as error:
        sys.stderr.write(f"{error}\n")
        return GenerationError.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
