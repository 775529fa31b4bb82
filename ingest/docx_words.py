"""The words in the XML of a Word file: what its pages show, without what tracked changes took out."""

from collections.abc import Iterator

from lxml import etree

from ingest.docx_numbering import W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT, _PARAGRAPH, _TABLE, _BOX = f"{W}t", f"{W}p", f"{W}tbl", f"{W}txbxContent"
#: Deleted or moved away, kept only for older programs, or the settings of a part.
_SKIPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{_MC}Fallback", f"{W}pPr", f"{W}sectPr", f"{W}instrText"})
_PLAIN = {f"{W}tab": " ", f"{W}noBreakHyphen": "-", f"{W}cr": "\n", f"{W}br": "\n"}
_OFF = frozenset({"0", "false", "off", "none"})


def walk_body(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables below `root` in order, those of text boxes after their paragraph."""
    for node, walker in _walk(root):
        if node.tag == _TABLE:
            yield node
            walker.skip_subtree()
        elif node.tag == _PARAGRAPH:
            yield node
            for box in _boxes(node):
                yield from box.iterchildren(_PARAGRAPH)
            walker.skip_subtree()


def paragraph_lines(paragraph: etree._Element) -> list[str]:
    """Return the lines of a paragraph; only a break that someone typed divides them."""
    parts: list[str] = []
    for node, walker in _walk(paragraph):
        if node.tag == _BOX or (node.tag == f"{W}r" and _is_on(node, "vanish")):
            walker.skip_subtree()
        elif node.tag == _TEXT:
            parts.append(node.text or "")
        elif node.tag in _PLAIN:
            broken = node.get(f"{W}type") in {None, "textWrapping"}
            parts.append(_PLAIN[node.tag] if broken else " ")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return [line for line in lines if line]


def rows_of(table: etree._Element) -> list[list[etree._Element]]:
    """Return the cells of each row; a nested table stays inside its cell."""
    return [
        [node for node, _ in _walk(row, stop=f"{W}tc") if node.tag == f"{W}tc"]
        for row, _ in _walk(table, stop=f"{W}tr")
        if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None
    ]


def is_bold(paragraph: etree._Element) -> bool:
    """Return whether every word of a paragraph is set in bold."""
    runs = [run for run in paragraph.iter(f"{W}r") if any((text.text or "").strip() for text in run.iter(_TEXT))]
    return bool(runs) and all(_is_on(run, "b") for run in runs)


def _is_on(run: etree._Element, name: str) -> bool:
    setting = run.find(f"{W}rPr/{W}{name}")
    return setting is not None and setting.get(f"{W}val", "1") not in _OFF


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    for node, walker in _walk(paragraph):
        if node.tag == _BOX:
            yield node
            walker.skip_subtree()


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
