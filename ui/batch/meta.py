"""The account of a batch, which stands beside its output: of what it was made, how, and what came of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from index.answering.states import State
from ui.batch.answering import Rows
from ui.tables.keeping import account_bytes


@dataclass(slots=True)
class Counts:
    """How many rows of the input there were, and what became of them."""

    rows: int = 0
    answered: int = 0
    may_answer: int = 0
    silent: int = 0
    found: int = 0
    nothing_found: int = 0
    errors: int = 0
    first_error: str = field(default="", repr=False)

    def add(self, rows: Rows) -> None:
        """Count what a row of the input gave."""
        self.rows += 1
        first = rows[0]
        if first.get("error"):
            self.errors += 1
            self.first_error = self.first_error or f"row {self.rows}: {first['error']}"
        elif "answered" in first:
            self.answered += first["state"] == State.ANSWERED
            self.may_answer += first["state"] == State.MAYBE
            self.silent += first["state"] == State.SILENT
        else:
            self.found += first["found"] > 0
            self.nothing_found += first["found"] == 0

    def as_dict(self, *, search: bool) -> dict[str, int]:
        """Return the counts that mean something, ready for JSON."""
        meant = ("found", "nothing_found") if search else ("answered", "may_answer", "silent")
        return {name: getattr(self, name) for name in ("rows", *meant, "errors")}

    def said(self, *, search: bool) -> str:
        """Return the counts in words."""
        parts = [f"{self.rows:,} row{'s' if self.rows != 1 else ''}"]
        if search:
            parts += [f"{self.found:,} with hits", f"{self.nothing_found:,} without"]
        else:
            parts.append(f"{self.answered:,} answered")
            if self.may_answer:
                parts.append(f"{self.may_answer:,} that may be answered")
            parts.append(f"{self.silent:,} that the minutes do not answer")
        if self.errors:
            parts.append(f"{self.errors:,} not asked (see the column error; {self.first_error})")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Run:
    """What differs from one run to the next; `unseen` are the sources that may hold more than was asked."""

    command: str
    started: str
    finished: str
    unseen: tuple[str, ...]


def meta_of(
    *,
    source: Mapping[str, Any],
    output: Mapping[str, Any],
    order: Mapping[str, Any],
    provenance: Mapping[str, Any],
    counts: Mapping[str, int],
    carried: Mapping[str, str],
    run: Run,
) -> bytes:
    """Return the account as JSON; all but `run` is the same for the same input, index and version."""
    return account_bytes(
        {
            "provenance": dict(provenance),
            "options": dict(order),
            "input": dict(source),
            "output": dict(output),
            "counts": dict(counts),
            "renamed": {name: called for name, called in carried.items() if name != called},
            "run": asdict(run),
        }
    )
