"""What most tests need: documents of an invented council, a record that holds them, a generation of it."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.look import Look
from corpus.records import Document, Source, SourceState
from corpus.store import Corpus
from corpus.versions import Outcome
from index.build import Built, Verify, build_next
from index.embedding import Embedder, HashEmbedder
from index.generation import Generation
from index.generations import Generations
from index.verify import verify_generation

COUNCIL = "Ashmere Borough Council"
COMMITTEE = "Roads and Bridges Committee"
SOURCE = "ashmere"
NOW = "2026-03-01T04:00:00+00:00"

TEXT = (
    "The Committee considered the condition of the mill bridge. The engineer advised that both piers were "
    "rusted through.\n\nRESOLVED: That the mill bridge be closed to vehicles until the piers are renewed."
)


def make_document(id: str = "ashmere/1", text: str = TEXT, **fields: Any) -> Document:
    """Return a document of an invented council; give only what the test is about."""
    defaults: dict[str, Any] = {
        "source": SOURCE,
        "title": "The mill bridge",
        "url": f"https://minutes.ashmere.example/{id}",
        "council": COUNCIL,
        "committee": COMMITTEE,
        "meeting_date": "2026-01-15",
        "fetched_at": NOW,
    }
    return Document(id=id, text=text, **(defaults | fields))


def make_source(name: str = SOURCE, **fields: Any) -> Source:
    """Return a source that was never looked at."""
    return Source(name=name, location=f"https://{name}.example", **fields)


def raw_of(document: Document) -> bytes:
    """Return the bytes that `put_documents` says the document was read from."""
    return document.text.encode("utf-8", "surrogatepass")


def put_documents(
    corpus: Corpus,
    documents: Iterable[Document],
    *,
    source: str = SOURCE,
    complete: bool = False,
    keep: Iterable[str] = (),
) -> list[Outcome]:
    """Look at `source` once and find `documents` there, and `keep`, whose files cannot be read.

    With `complete` that was everything there is, and what is missing counts as missing.
    """
    known = {known.name: known for known in corpus.sources()}
    look = Look(corpus, known.get(source, make_source(source)))
    outcomes = [
        look.put(
            document,
            input_hash=sha256(raw_of(document)).hexdigest(),
            raw=raw_of(document),
            media_type="text/plain",
        )
        for document in documents
    ]
    for document_id in keep:
        look.keep(document_id)
    look.finish(now=NOW, state=SourceState.OK, complete=complete)
    return outcomes


def build(
    corpus: Corpus, folder: Path, embedder: Embedder | None = None, verify: Verify = verify_generation
) -> Built:
    """Publish the next generation of `corpus` under `folder`, with the hash embedder unless told.

    It is verified in this process, where a fresh one would cost a second.
    """
    return build_next(
        corpus,
        Generations(folder / "generations"),
        folder / "embeddings.sqlite3",
        embedder or HashEmbedder(),
        lambda done, of: None,
        verify,
    )


def published(folder: Path) -> Generation:
    """Open the generation that `build` has published under `folder`; close it afterwards."""
    return Generation(Generations(folder / "generations").published())


def make_generation(
    folder: Path, documents: Iterable[Document], embedder: Embedder | None = None
) -> Generation:
    """Put `documents` into a new record under `folder`, build it and open it; close it afterwards."""
    with Corpus(folder / "corpus.sqlite3") as corpus:
        put_documents(corpus, documents)
        build(corpus, folder, embedder)
    return published(folder)
