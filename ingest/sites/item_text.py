"""The labelled parts of an item or a decision into one text with its sections."""

from collections.abc import Iterable

from bs4 import BeautifulSoup

from corpus.records import NESTED, Section
from ingest.html_pieces import pieces_of
from ingest.outline import compose, sections_of
from ingest.sites.records import Part

#: The agenda's own words about an item carry no label on any site.
AGENDA = "agenda"
_BETWEEN = "\n\n"


def compose_parts(parts: Iterable[Part], *, title: str) -> tuple[str, tuple[Section, ...]]:
    """Return the words of `parts` and their sections; labels are in the sections alone, not in the text.

    A label inside a part nests: the RESOLVED of the minutes is the section "minutes · resolved".
    """
    text = ""
    sections: list[Section] = []
    for part in parts:
        # Inside this box a line in bold or capitals is emphasis: Word's pages know no headings.
        soup = BeautifulSoup(f'<div class="mgWordPara">{part.html}</div>', "lxml")
        words, blocks = compose(pieces_of(soup))
        if not words:
            continue
        start = len(text) + (len(_BETWEEN) if text else 0)
        text += (_BETWEEN if text else "") + words
        label = part.label or AGENDA
        sections += [
            Section(_nested(label, section.label), start + section.start, start + section.end)
            for section in sections_of(words, blocks, title=title)
        ]
    return text, tuple(sections)


def to_html(parts: Iterable[Part]) -> bytes:
    """Return the markup that the parts were read from, as one page in UTF-8."""
    return "\n".join(
        f'<section aria-label="{part.label or AGENDA}">\n{part.html}\n</section>' for part in parts
    ).encode()


def _nested(label: str, inner: str) -> str:
    return label if inner in ("", label) else f"{label}{NESTED}{inner}"
