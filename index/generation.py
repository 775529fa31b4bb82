"""One published generation, opened for reading."""

from functools import cached_property
from pathlib import Path

from index.answering.spelling import Vocabulary
from index.browse import Shelves
from index.lexical import LexicalIndex
from index.manifest import read_manifest
from index.passage_table import PassageTable
from index.sentence_table import SentenceTable
from index.vectors import VectorIndex

PASSAGES = "passages.sqlite3"
LEXICAL = "lexical"
VECTORS = "vectors"
SENTENCES = "sentences"


class Generation:
    """The stores of a generation; threads may share it.

    Raises:
        GenerationError: a part is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = folder.name
        self.manifest = read_manifest(folder)
        self.table = PassageTable(folder / PASSAGES)
        try:
            self.lexical = LexicalIndex(folder / LEXICAL)
            self.sentences = SentenceTable(folder / SENTENCES)
            self.vectors = VectorIndex(folder / VECTORS)
        except BaseException:
            self.table.close()
            raise

    @cached_property
    def shelves(self) -> Shelves:
        """The documents in the order in which people look through them."""
        return Shelves(self.table.headers())

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the passages and of their headings."""
        return Vocabulary(self.lexical.frequencies())

    def close(self) -> None:
        """Close all of them."""
        self.vectors.close()
        self.table.close()
