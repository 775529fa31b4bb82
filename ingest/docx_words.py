"""The words in the XML of a Word file: what its pages show, without what tracked changes took out."""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.docx_numbering import W
from ingest.docx_styles import Style, Styles, switched
from ingest.html_content import tidy

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
TABLE, _PARAGRAPH, _TEXT = f"{W}tbl", f"{W}p", f"{W}t"
_RUN, _BOX = f"{W}r", f"{W}txbxContent"
#: Deleted or moved away, kept only for older programs, or the settings of a part.
_SKIPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{_MC}Fallback", f"{W}pPr", f"{W}sectPr"})
_PLAIN = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "-", f"{W}cr": "\n", f"{W}br": "\n"}
_ENDS_SENTENCE = re.compile(r"[.!?:;][\"'”’)\]]*$")


def walk_body(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables below `root` in order, those of text boxes after their paragraph."""
    for node, walker in _walk(root):
        if node.tag == TABLE:
            yield node
            walker.skip_subtree()
        elif node.tag == _PARAGRAPH:
            yield node
            for box in _boxes(node):
                yield from walk_body(box)
            walker.skip_subtree()


def paragraph_lines(paragraph: etree._Element) -> list[str]:
    """Return the lines of a paragraph; only a break that someone typed divides them.

    A break in the middle of a sentence only fills a column, and divides nothing.
    """
    parts: list[str] = []
    for run in _runs(paragraph):
        parts.extend(_words(run))
    lines: list[str] = []
    joinable = False
    for line in map(tidy, "".join(parts).split("\n")):
        if line and joinable and line[0].islower() and not _ENDS_SENTENCE.search(lines[-1]):
            lines[-1] += f" {line}"
        elif line:
            lines.append(line)
        joinable = bool(line)
    return lines


def rows_of(table: etree._Element) -> list[list[etree._Element]]:
    """Return the cells of each row; a nested table stays inside its cell."""
    return [
        [node for node, _ in _walk(row, stop=f"{W}tc") if node.tag == f"{W}tc"]
        for row, _ in _walk(table, stop=f"{W}tr")
        if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None
    ]


def is_set_off(paragraph: etree._Element, style: Style, styles: Styles) -> bool:
    """Return whether every word of a paragraph is in bold, or every word is underlined."""
    runs = [run for run in _runs(paragraph) if "".join(_words(run)).strip()]
    bold = all(styles.is_bold(run, style) for run in runs)
    return bool(runs) and (bold or all(switched(run.find(f"{W}rPr"), "u") for run in runs))


def is_deleted(paragraph: etree._Element) -> bool:
    """Return whether tracked changes took out the end of a paragraph, which prints no mark if it is empty."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph that are shown, without those in text boxes."""
    for node, _ in _walk(paragraph, stop=_BOX):
        if node.tag == _RUN and not switched(node.find(f"{W}rPr"), "vanish"):
            yield node


def _words(run: etree._Element) -> Iterator[str]:
    for child in run:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _PLAIN:
            yield _PLAIN[child.tag]


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    return (node for node, _ in _walk(paragraph, stop=_BOX) if node.tag == _BOX)


def _walk(root: etree._Element, stop: str = "") -> Iterator[tuple[etree._Element, "etree.iterwalk"]]:
    """Walk the elements below `root` that are shown, not into those with the tag `stop`."""
    walker = etree.iterwalk(root, events=("start",))
    for _, node in walker:
        if node is root:
            continue
        if node.tag in _SKIPPED:
            walker.skip_subtree()
            continue
        if node.tag == stop:
            walker.skip_subtree()
        yield node, walker
