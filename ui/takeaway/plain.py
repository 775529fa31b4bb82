"""An answer as plain text."""

import textwrap
from collections.abc import Iterator

from ui.takeaway.outline import DRAFT, Block, Fact, Heading, Quotation, Reference, Words, outline
from ui.takeaway.records import TakenAnswer

WIDTH = 96
_INDENT = "    "


def answer_as_text(taken: TakenAnswer) -> bytes:
    """Return an answer with its citations as text, in UTF-8."""
    lines = [line for block in outline(taken) for line in _lines(block)]
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(words, level):
            yield from ("", *_wrapped(words), ("=" if level == 1 else "-") * min(len(words), WIDTH), "")
        case Fact(name, value):
            yield from _wrapped(f"{name}: {value}")
        case Words(words):
            yield from (*_wrapped(words), "")
        case Quotation(lines, number):
            for line in (*lines[:-1], f"{lines[-1] if lines else ''} [{number}]"):
                yield from _wrapped(line, _INDENT) if line else ("",)
            yield ""
        case Reference():
            yield from _reference(block)


def _reference(one: Reference) -> Iterator[str]:
    yield from textwrap.wrap(
        f"[{one.number}] {one.place}: {one.title}", WIDTH, subsequent_indent=_INDENT, break_on_hyphens=False
    )
    yield from _wrapped(one.section, _INDENT)
    if one.draft:
        yield from _wrapped(DRAFT, _INDENT)
    yield from _wrapped(one.offsets, _INDENT)
    if one.address:
        yield f"{_INDENT}{one.address}"
    yield ""


def _wrapped(words: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
