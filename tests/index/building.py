"""Records to build of, and what is left of a build."""

from dataclasses import dataclass, field
from pathlib import Path

from corpus.records import Document
from index.generations import Generations
from tests.factories import make_document


@dataclass
class Listener:
    """Remembers the progress that was reported."""

    heard: list[tuple[int, int]] = field(default_factory=list)

    def __call__(self, done: int, of: int) -> None:
        self.heard.append((done, of))


def item(number: int, words: str = "was inspected and found in good order") -> Document:
    return make_document(f"ashmere/{number:04}", f"Item {number} {words}.", title=f"Item {number}")


def items(count: int) -> list[Document]:
    return [item(number) for number in range(count)]


def current(home: Path) -> str | None:
    return Generations(home / "generations").current()


def leftovers(home: Path) -> list[str]:
    """Return what stands among the generations besides them, the pointer and the lock."""
    names = {path.name for path in (home / "generations").iterdir()}
    return sorted(name for name in names - {"CURRENT", "build.lock"} if not name.isdigit())
