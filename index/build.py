"""From the record to the next generation: passages, vectors, words, verified, then published."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path

from corpus.errors import GenerationError, NothingDoneError
from corpus.records import Document
from corpus.store import Corpus
from index.embedding import Embedder, ModelEmbedder
from index.embedding_cache import EmbeddingCache
from index.generation import LEXICAL, PASSAGES, SENTENCES, VECTORS, Generation
from index.generations import Generations
from index.lexical import LexicalRow, LexicalWriter
from index.manifest import FORMAT, Manifest, read_manifest, write_manifest
from index.passage_table import PassageTable, PassageTableWriter, date_number
from index.passages import Passage, embedded_spans, embedded_text, make_passages
from index.sentence_table import SentenceTableWriter, spans_of
from index.vectors import VectorWriter

#: Passages that are held at once on their way into the stores.
CHUNK = 4_096

#: Called with the passages done so far and their number.
Progress = Callable[[int, int], None]
#: Called with the folder of a new generation and the file of embeddings that it was made with.
Verify = Callable[[Path, Path], None]


@dataclass(frozen=True, slots=True)
class Built:
    """The published generation, and what this run did for it; `changed` is False when nothing was due."""

    name: str
    changed: bool
    documents: int
    passages: int
    embedded: int


@dataclass(frozen=True, slots=True)
class _Written:
    """What the table of passages holds; `texts` counts those that differ."""

    revision: int
    documents: int
    passages: int
    texts: int


def verify_elsewhere(folder: Path, cache_path: Path) -> None:
    """Verify the new generation in a fresh process: only what is on the disk counts.

    Raises:
        GenerationError: it is not whole.
    """
    command = [sys.executable, "-m", "index.verify", str(folder.absolute()), str(cache_path.absolute())]
    # -m looks into the working directory first, where a person may have an "index" of another kind.
    here = Path(__file__).parents[1]
    result = subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode != 0:
        reason = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise GenerationError(f"the new generation failed its verification and was not published: {reason}")


def build_next(
    corpus: Corpus,
    generations: Generations,
    cache_path: Path,
    embedder: Embedder,
    progress: Progress,
    verify: Verify = verify_elsewhere,
) -> Built:
    """Publish a generation of the record as it stands; do nothing when the published one is that already.

    Raises:
        BusyError: another process is building.
        NothingDoneError: the record is empty, or the model's weights are damaged.
        GenerationError: the new generation failed its verification; the published one stays.
    """
    with generations.building() as folder:
        fingerprint = embedder.fingerprint
        if unchanged := _unchanged(generations, corpus.revision, fingerprint):
            generations.sweep(partial(_may_hold_erased, erased=corpus.erased))
            return unchanged
        if corpus.revision == 0:
            raise NothingDoneError("the record is empty; run: minutebook ingest FOLDER")
        if isinstance(embedder, ModelEmbedder):
            embedder.check_weights()
        written = _write_passages(corpus, folder, embedder)
        embedded = _write_vectors_and_words(folder, written, cache_path, embedder, progress)
        manifest = Manifest(
            format=FORMAT,
            corpus_revision=written.revision,
            model=embedder.name,
            fingerprint=fingerprint,
            dimension=embedder.dimension,
            documents=written.documents,
            passages=written.passages,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        write_manifest(folder, manifest)
        verify(folder, cache_path)
        name = generations.publish(folder)
        generations.sweep(partial(_may_hold_erased, erased=corpus.erased))
        return Built(name, True, written.documents, written.passages, embedded)


def _may_hold_erased(folder: Path, erased: int) -> bool:
    """Tell whether a generation may hold words that were erased from the record in revision `erased`."""
    try:
        return erased > 0 and read_manifest(folder).corpus_revision < erased
    except GenerationError:
        return True  # what it holds cannot be told


def _unchanged(generations: Generations, revision: int, fingerprint: str) -> Built | None:
    try:
        folder = generations.published()
        manifest = read_manifest(folder)
        if not manifest.same_inputs(corpus_revision=revision, fingerprint=fingerprint):
            return None
        Generation(folder).close()
    except GenerationError:
        return None  # none, damaged or of an older format: what the record holds is built anew
    return Built(folder.name, False, manifest.documents, manifest.passages, 0)


def _write_passages(corpus: Corpus, folder: Path, embedder: Embedder) -> _Written:
    texts: set[bytes] = set()
    with closing(PassageTableWriter(folder / PASSAGES)) as writer, corpus.snapshot():
        revision = corpus.revision
        for document in corpus.documents():
            passages = make_passages(document, count_tokens=embedder.count_tokens, window=embedder.window)
            writer.add(document, passages)
            texts.update(_digest(document, passage) for passage in passages)
        return _Written(revision, writer.documents, writer.passages, len(texts))


def _digest(document: Document, passage: Passage) -> bytes:
    text = embedded_text(passage.heading, document.text[passage.start : passage.end])
    return blake2b(text.encode(), digest_size=16).digest()


def _write_vectors_and_words(
    folder: Path, written: _Written, cache_path: Path, embedder: Embedder, progress: Progress
) -> int:
    with (
        closing(PassageTable(folder / PASSAGES)) as table,
        closing(EmbeddingCache(cache_path, embedder)) as cache,
        VectorWriter(folder / VECTORS, written.texts) as vectors,
        closing(LexicalWriter(folder / LEXICAL)) as words,
        closing(SentenceTableWriter(folder / SENTENCES)) as sentences,
    ):
        progress(0, table.count)
        for first in range(0, table.count, CHUNK):
            passages = table.passages(range(first, min(first + CHUNK, table.count)))
            spans = [spans_of(passage.text) for passage in passages]
            embedded = cache.vectors(
                [embedded_text(one.heading, one.text) for one in passages],
                [
                    embedded_spans(one.heading, one.text, own)
                    for one, own in zip(passages, spans, strict=True)
                ],
                partial(_advanced, progress, first, table.count),
            )
            vectors.add(embedded.texts)
            for one, own, made in zip(passages, spans, embedded.sentences, strict=True):
                words.add(_lexical_row(one.row, one.text, one.heading, one.document))
                sentences.add([one.text[start:end] for start, end in own], one.heading, made)
            progress(first + len(passages), table.count)
        return cache.embedded


def _advanced(progress: Progress, first: int, total: int, done: int) -> None:
    progress(first + done, total)


def _lexical_row(row: int, text: str, heading: str, document: Document) -> LexicalRow:
    return LexicalRow(
        row=row,
        text=text,
        heading=heading,
        council=document.council,
        committee=document.committee,
        kind=document.kind,
        date=date_number(document.meeting_date),
    )
