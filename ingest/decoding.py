"""Bytes of unknown origin become text: UTF-8, UTF-16, otherwise Windows-1252."""

import codecs
import re

from corpus.errors import UnreadableError

_BOMS = (
    # UTF-32 comes first: its little-endian mark begins with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NOTHING = re.compile(r"[\s\ufeff\u200b-\u200d\u2060]*")

# What calls itself Latin-1 is Windows-1252 in practice, which adds the curly quotes; so it is not in here.
_SINGLE_BYTE = re.compile(r"iso8859-(?!1$)\d+|cp125[013-8]|mac-roman|koi8-r")

#: Share of control characters above which bytes are no text; random bytes have a tenth.
MAX_CONTROL_SHARE = 0.02
#: Share of zero bytes in one half of the byte pairs that only UTF-16 of a Latin script has.
UTF16_ZERO_SHARE = 0.7


def decode(data: bytes, *, declared: str = "") -> tuple[str, str]:
    """Return the text of `data` and a note on how it was read, "" where that needs no remark.

    `declared` is an encoding that the content itself names; it is tried after UTF-8. Raises UnreadableError
    for binary data and for text without a single visible character.
    """
    text, note = _decode(data, declared)
    if "\x00" in text or len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise UnreadableError("binary data, not text: convert it to PDF, DOCX, HTML or plain text first")
    if _NOTHING.fullmatch(text):
        raise UnreadableError("empty: nothing to read")
    return text, note


def _decode(data: bytes, declared: str) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _forgiving(data[len(mark) :], encoding)
    if encoding := _utf16_without_mark(data):
        return _forgiving(data, encoding)
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        return _forgiving(data, "utf-8")
    if declared and (text := _as_declared(data, declared)) is not None:
        return text, ""
    return data.decode("cp1252", errors="replace"), "not UTF-8; read as Windows-1252"


def _forgiving(data: bytes, encoding: str) -> tuple[str, str]:
    name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    try:
        return data.decode(encoding), "" if name == "UTF-8" else f"not UTF-8; read as {name}"
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace"), f"damaged {name}; bad bytes shown as \ufffd"


def _utf16_without_mark(data: bytes) -> str:
    if len(data) < 4:
        return ""
    low, high = (half.count(0) / len(half) for half in (data[::2], data[1::2]))
    if high >= UTF16_ZERO_SHARE:
        return "utf-16-le"
    if low >= UTF16_ZERO_SHARE:
        return "utf-16-be"
    return ""


def _mostly_utf8(data: bytes) -> bool:
    """A single bad byte must not turn every curly quote of a long file into three wrong letters."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(not character.isascii() for character in text) - bad
    return good > bad


def _as_declared(data: bytes, declared: str) -> str | None:
    try:
        encoding = codecs.lookup(declared).name
        return data.decode(encoding) if _SINGLE_BYTE.fullmatch(encoding) else None
    except (LookupError, ValueError):
        return None
