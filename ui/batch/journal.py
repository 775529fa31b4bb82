"""What a batch has done so far, kept so that a kill at any moment loses next to nothing.

.answers.csv.partial/
    input          a copy of the questions, out of which they are asked
    header.json    what is asked of what; whoever goes on must ask the same
    rows.jsonl     what each row of the input gave: one line each, in order
    output, meta   the finished files, before they are moved to their places
    finished       they are whole; all that is left is to move them
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ui.batch.answering import Rows
from ui.tables.cells import as_json
from ui.tables.keeping import whole

FORMAT = 2


@dataclass(frozen=True, slots=True)
class Header:
    """What decides what a batch gives, and when it was begun.

    `input` is the digest of its bytes, `formats` are those of the input and the output. `provenance` is as in
    `index.provenance`. `forced` tells whether an output that was there is to be written over.
    """

    input: str
    formats: list[str]
    order: dict[str, Any]
    provenance: dict[str, Any]
    started: str
    forced: bool
    format: int = FORMAT

    def differs_by(self, other: "Header") -> str:
        """Return what makes this another batch than `other`, in words, "" where nothing does."""

        def both(name: str) -> tuple[Any, Any]:
            return self.provenance.get(name), other.provenance.get(name)

        parts = (
            (self.format, other.format, "another version of Minutebook"),
            (self.input, other.input, "another input"),
            (self.formats, other.formats, "another format"),
            (self.order, other.order, "other options"),
            (
                self.provenance.get("version"),
                other.provenance.get("version"),
                "another version of Minutebook",
            ),
            (self.provenance.get("settings"), other.provenance.get("settings"), "other settings"),
            (self.provenance, other.provenance, "another index"),
        )
        return next((name for mine, theirs, name in parts if mine != theirs), "")


class Journal:
    """The journal in a folder that is held."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "output"
        self.meta = folder / "meta"
        self._header = folder / "header.json"
        self._rows = folder / "rows.jsonl"
        self._finished = folder / "finished"

    def header(self) -> Header | None:
        """Return what was begun here, None where nothing was, or nothing that can be read."""
        try:
            return Header(**json.loads(self._header.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def begin(self, header: Header) -> None:
        """Keep what is asked."""
        with whole(self._header) as file:
            file.write(as_json(asdict(header)).encode())

    @property
    def finished(self) -> bool:
        """Whether all that is left is to move the finished files."""
        return self._finished.exists()

    def finish(self) -> None:
        """Keep that the finished files are whole."""
        with whole(self._finished):
            pass

    def rows(self) -> Iterator[Rows]:
        """Stream what each row of the input gave, up to where the last process was killed."""
        return (rows for _, rows in self._whole_lines())

    def writing(self) -> "Writing":
        """Go on behind the last whole line."""
        done = end = 0
        for ends, _ in self._whole_lines():
            done, end = done + 1, ends
        return Writing(self._rows, done, end)

    def _whole_lines(self) -> Iterator[tuple[int, Rows]]:
        """Stream where each whole line ends, and what it says; what is torn, and all behind it, is not."""
        if not self._rows.exists():
            return
        end = 0
        with self._rows.open("rb") as file:
            for number, line in enumerate(file, start=1):
                end += len(line)
                rows = _read(line, number)
                if rows is None:
                    return
                yield end, rows


class Writing:
    """The rows of a journal, open for more; `done` counts them."""

    def __init__(self, path: Path, done: int, end: int) -> None:
        self.done = done
        self._file = path.open("r+b" if path.exists() else "w+b")
        self._file.truncate(end)
        self._file.seek(end)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def keep(self, several: Sequence[Rows]) -> None:
        """Keep what some more rows gave; it is on the disk when this returns."""
        lines = []
        for rows in several:
            self.done += 1
            lines.append(f"{as_json([self.done, rows])}\n")
        self._file.write("".join(lines).encode())
        self._file.flush()
        os.fsync(self._file.fileno())


def _read(line: bytes, number: int) -> Rows | None:
    try:
        counted, rows = json.loads(line)
    except (ValueError, TypeError, RecursionError):
        return None
    return rows if counted == number and line.endswith(b"\n") else None
