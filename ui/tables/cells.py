"""Cells of a CSV: nothing in them is carried out by a spreadsheet, and nothing is lost by that.

A cell that begins like a formula begins with an apostrophe. So does every part of it behind a sign at which
a spreadsheet may begin a cell where another separator is set: a semicolon, a bar, a tab, a line end. To take
these apostrophes away (`restored`) gives the very words back.

Numbers that JSON does not know are texts: NaN, Infinity, -Infinity.
"""

import json
import re
from math import isfinite
from typing import Any

#: What nobody sees before a formula, and spreadsheets drop: LibreOffice a zero character, others more.
_UNSEEN = " \"'\0-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
#: What makes a formula of a cell, in some languages in full width.
_SIGNS = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULA = f"[{_UNSEEN}]*{_SIGNS}"
_BEGINS = re.compile(f"(^|[;|\t\r\n])(?={_FORMULA})")
_DEFUSED = re.compile(f"(^|[;|\t\r\n])'(?={_FORMULA})")
#: A plain number is no formula, whatever its sign.
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
#: The same in JSON, where a quotation mark has a backslash before it.
_WITHIN_JSON = re.compile(f"[;|](?=[{_UNSEEN}\\\\]*{_SIGNS})")


def defused(words: str) -> str:
    """Return `words` so that no spreadsheet takes them, or a part of them, for a formula."""
    return words if _NUMBER.fullmatch(words) else _BEGINS.sub(r"\1'", words)


def restored(cell: str) -> str:
    """Return the words of which `defused` has made `cell`."""
    return _DEFUSED.sub(r"\1", cell)


def as_cell(value: Any) -> str:  # noqa: ANN401
    """Return any value as a cell: text defused, nothing as "", lists and records as JSON.

    In JSON a separator before a formula is written by its number, so that it reads back as it was.
    """
    if value is None:
        return ""
    if isinstance(value, str | float):
        return defused(str(as_text(value)))
    written = as_json(value)
    if isinstance(value, list | dict):
        return _WITHIN_JSON.sub(lambda sign: f"\\u{ord(sign[0]):04x}", written)
    return written


def as_json(value: Any) -> str:  # noqa: ANN401
    """Return a value as JSON in one line."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        return json.dumps(_spelt(value), ensure_ascii=False, allow_nan=False)


def as_text(value: Any) -> str | None:  # noqa: ANN401
    """Return a value as text that says the same: what is no text is JSON, nothing stays None."""
    value = _spelt(value) if isinstance(value, float) else value
    return value if value is None or isinstance(value, str) else as_json(value)


def _spelt(value: Any) -> Any:  # noqa: ANN401
    """Return a value with texts in place of the numbers that JSON does not know."""
    if isinstance(value, dict):
        return {name: _spelt(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_spelt(one) for one in value]
    if isinstance(value, float) and not isfinite(value):
        return json.dumps(value)
    return value
