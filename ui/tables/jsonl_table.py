"""JSON Lines, read as a stream."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never

from corpus.errors import UsageError
from ui.tables.table import LONGEST, STRETCH, Stretch

if TYPE_CHECKING:
    import pyarrow as pa

#: More different names than that are values in the wrong place.
MOST_COLUMNS = 1_000
#: Half of a character beyond the first 65,536, which no file in UTF-8 can hold.
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


class JsonlTable:
    """JSON objects, one in each line that is not empty; the columns are all their names, as they come up."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
        names: dict[str, None] = {}
        self.count = 0
        for row in self._rows():
            names.update(dict.fromkeys(row))
            self.count += 1
            if len(names) > MOST_COLUMNS:
                raise UsageError(f"{name} has more than {MOST_COLUMNS:,} different names; are they values?")
        if not self.count:
            raise UsageError(f'{name} is empty; each line is an object like {{"question": "…"}}')
        self.columns = tuple(names)

    def stretches(self, columns: Sequence[str] | None = None) -> Iterator[Stretch]:
        """Stream all rows, or these columns of them."""
        rows = self._rows()
        while some := list(islice(rows, STRETCH)):
            if columns is not None:
                some = [{name: row[name] for name in columns if name in row} for row in some]
            yield Stretch(some)

    def schema(self) -> "pa.Schema | None":
        """Return None: each value has its own type."""
        return None

    def _rows(self) -> Iterator[dict[str, Any]]:
        with self._path.open("rb") as file:
            number = 0
            while line := file.readline(LONGEST):
                number += 1
                # Some programs put the mark of UTF-8 before the first line.
                text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if not text.strip():
                    continue
                try:
                    yield _object(text)
                except UnicodeDecodeError as error:
                    raise UsageError(f"{self._name}, line {number} is not UTF-8; save it as UTF-8") from error
                except (ValueError, RecursionError) as error:
                    why = error.msg if isinstance(error, json.JSONDecodeError) else error
                    raise UsageError(
                        f'{self._name}, line {number}: {why}; each line is an object like {{"question": "…"}}'
                    ) from error


def _object(line: bytes) -> dict[str, Any]:
    value = json.loads(line.decode("utf-8"), parse_constant=_no_number, parse_float=_number)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    if _HALF.search(line):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("it holds half of a character") from None
    return value


def _no_number(name: str) -> Never:
    raise ValueError(f"{name} is no JSON")


def _number(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError(f"{digits[:20]} is too large a number")
    return number
