"""JSON Lines, read as a stream."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from corpus.errors import UsageError
from ui.tables.table import LONGEST, STRETCH, Row, Stretch

if TYPE_CHECKING:
    import pyarrow as pa

#: More different names than that are values in the wrong place.
MOST_COLUMNS = 1_000
#: Digits of the longest whole number that is read as a number.
_MOST_DIGITS = 4_000
#: Half of a character beyond the first 65,536, which no file in UTF-8 can hold.
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_REMEDY = 'each line is an object like {"question": "…"}'


class JsonlTable:
    """JSON objects, one in each line that is not empty; the columns are all their names, as they come up.

    A line that is no object is a broken row. Numbers that are too large stay texts of their digits.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        names: dict[str, None] = {}
        self.count = 0
        first_broken = ""
        for row, why in self._rows():
            names.update(dict.fromkeys(row))
            self.count += 1
            first_broken = first_broken or why
            if len(names) > MOST_COLUMNS:
                raise UsageError(f"{name} has more than {MOST_COLUMNS:,} different names; are they values?")
        if first_broken and not names:
            raise UsageError(f"{name}, {first_broken}")
        if not self.count:
            raise UsageError(f"{name} is empty; {_REMEDY}")
        self.columns = tuple(names)

    def stretches(self, columns: Sequence[str] | None = None) -> Iterator[Stretch]:
        """Stream all rows, or these columns of them."""
        rows = self._rows()
        while some := list(islice(rows, STRETCH)):
            if columns is not None:
                some = [({name: row[name] for name in columns if name in row}, why) for row, why in some]
            yield Stretch.of(some)

    def schema(self) -> "pa.Schema | None":
        """Return None: each value has its own type."""
        return None

    def _rows(self) -> Iterator[tuple[Row, str]]:
        """Stream the rows, each with why it is broken."""
        with self._path.open("rb") as file:
            number = 0
            while line := file.readline(LONGEST):
                number += 1
                # Some programs put the mark of UTF-8 before the first line.
                text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if len(line) == LONGEST and not line.endswith(b"\n"):
                    _pass_over_line(file)
                    yield {}, f"line {number}: more than {LONGEST:,} bytes; {_REMEDY}"
                elif text.strip():
                    row, why = _row(text)
                    yield row, f"line {number}{why}" if why else ""


def _row(line: bytes) -> tuple[Row, str]:
    """Return the object in a line, or what can be read of it and why it is none."""
    try:
        row = json.loads(line.decode("utf-8"), parse_float=_number, parse_int=_whole_number)
    except UnicodeDecodeError:
        return {}, " is not UTF-8; save it as UTF-8"
    except (ValueError, RecursionError) as error:
        return {}, f": {error.msg if isinstance(error, json.JSONDecodeError) else error}; {_REMEDY}"
    if not isinstance(row, dict):
        return {}, f": not an object; {_REMEDY}"
    if _HALF.search(line):
        written = json.dumps(row, ensure_ascii=False)
        try:
            written.encode()
        except UnicodeEncodeError:
            return json.loads(written.encode(errors="replace")), ": it holds half of a character"
    return row, ""


def _pass_over_line(file: BinaryIO) -> None:
    while rest := file.readline(LONGEST):
        if rest.endswith(b"\n"):
            return


def _number(digits: str) -> float | str:
    number = float(digits)
    return number if isfinite(number) else digits


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits
