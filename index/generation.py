"""One published generation, opened for reading."""

from pathlib import Path

from index.lexical import LexicalIndex
from index.manifest import read_manifest
from index.passage_table import PassageTable
from index.vectors import VectorIndex

PASSAGES = "passages.sqlite3"
LEXICAL = "lexical"
VECTORS = "vectors"


class Generation:
    """The three stores of a generation; threads may share it.

    Raises:
        GenerationError: a part is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.manifest = read_manifest(folder)
        self.table = PassageTable(folder / PASSAGES)
        try:
            self.lexical = LexicalIndex(folder / LEXICAL)
            self.vectors = VectorIndex(folder / VECTORS)
        except BaseException:
            self.table.close()
            raise

    def close(self) -> None:
        """Close all three."""
        self.vectors.close()
        self.table.close()
