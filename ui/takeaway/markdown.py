"""An answer as Markdown that shows the words of the minutes as words, whatever signs stand in them."""

import re
from collections.abc import Iterator

from ui.takeaway.outline import DRAFT, Block, Fact, Heading, Quotation, Reference, Words, outline
from ui.takeaway.records import TakenAnswer

#: Signs that mean something anywhere in a line, in CommonMark, on GitHub, or to Pandoc.
_SIGNS = re.compile(r"[\\`*_{}\[\]<>&|~^$@]")
#: Signs that mean something where a line begins: headings, lists, rules, definitions, quotes.
_BEGINNING = re.compile(r"^([#+=:%-])|^(\d{1,9})(?=[.)])")
#: What is made a link although it is only text.
_LINKED = re.compile(r"(?i)\bwww\.|:(?=//)|\b(?:mailto|xmpp):")


def answer_as_markdown(taken: TakenAnswer) -> bytes:
    """Return an answer with its citations as Markdown, in UTF-8."""
    blocks = list(outline(taken))
    lines = [line for block in blocks for line in _lines(block)]
    return ("\n".join(lines).strip("\n") + "\n").encode()


def escaped(line: str) -> str:
    """Return a line that is shown as `line`, wherever it stands."""
    text = _SIGNS.sub(r"\\\g<0>", line)
    text = _LINKED.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)
    return _BEGINNING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\", text)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(words, level):
            yield from ("", f"{'#' * level} {_heading(words)}", "")
        case Fact(name, value):
            yield f"- {name}: {escaped(value)}"
        case Words(words):
            yield from (escaped(words), "")
        case Quotation(lines, number):
            cited = [*map(escaped, lines[:-1]), f"{escaped(lines[-1] if lines else '')} \\[{number}\\]"]
            for line, following in zip(cited, [*cited[1:], ""], strict=True):
                # The sign at its end keeps Markdown from joining a line to the next.
                yield f"> {line}\\" if line and following else f"> {line}".rstrip()
            yield ""
        case Reference():
            yield from _reference(block)


def _heading(words: str) -> str:
    # Signs at the end would close the heading; one at the beginning has its backslash already.
    return re.sub(r"(?<!\\)#+$", lambda found: found[0].replace("#", "\\#"), escaped(words))


def _reference(one: Reference) -> Iterator[str]:
    parts = [f"\\[{one.number}\\] {escaped(one.place)}: **{escaped(one.title)}**"]
    parts += [escaped(part) for part in (one.section, DRAFT if one.draft else "", one.offsets) if part]
    if one.address:
        parts.append(f"<{one.address}>")
    yield "\\\n".join(parts)
    yield ""
