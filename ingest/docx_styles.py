"""What the styles of a Word file say about its paragraphs, through the styles that they are based on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.docx_numbering import W, value

#: Word keeps these names in English, whatever language it speaks to its user.
_HEADING = re.compile(r"\bheading\b|^(?:sub)?title$", re.IGNORECASE)
_CONTENTS = re.compile(r"^toc \d$|^table of figures$", re.IGNORECASE)
#: Of the ten outline levels the last is body text.
_BODY_TEXT = "9"
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its paragraphs or words; None and "" where it leaves that to others.

    `is_contents` marks the lines of a table of contents; `list_id` and `level` are those of its list.
    """

    id: str = ""
    is_heading: bool = False
    is_contents: bool = False
    list_id: str = ""
    level: str = ""
    bold: bool | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by their ids."""

    by_id: Mapping[str, Style] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def of(cls, root: etree._Element | None) -> "Styles":
        """Read the styles part of a document; without one, no style says anything."""
        if root is None:
            return cls()
        found = {str(style.get(f"{W}styleId")): style for style in root.iterchildren(f"{W}style")}
        default = next((name for name, style in found.items() if _is_default(style)), "")
        return cls({name: _style(style, found) for name, style in found.items()}, default)

    def of_paragraph(self, paragraph: etree._Element) -> Style:
        """Return the style of `paragraph`."""
        properties = paragraph.find(f"{W}pPr")
        name = "" if properties is None else value(properties, "pStyle")
        return self.by_id.get(name or self.default, Style())

    def is_bold(self, run: etree._Element, paragraph: Style) -> bool:
        """Return whether the words of `run`, in a paragraph with that style, are printed in bold."""
        properties = run.find(f"{W}rPr")
        own = None if properties is None else switched(properties, "b")
        named = Style() if properties is None else self.by_id.get(value(properties, "rStyle"), Style())
        return next((bold for bold in (own, named.bold, paragraph.bold) if bold is not None), False)


def switched(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether `properties` switch `name` on or off, None if they say nothing of it."""
    setting = None if properties is None else properties.find(f"{W}{name}")
    return None if setting is None else setting.get(f"{W}val", "1") not in _OFF


def in_outline(properties: etree._Element | None) -> bool | None:
    """Return whether paragraph properties give a place among the headings, None if they say nothing of it."""
    level = "" if properties is None else value(properties, "outlineLvl")
    return level != _BODY_TEXT if level else None


def _is_default(style: etree._Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") not in _OFF


def _style(style: etree._Element, found: Mapping[str, etree._Element]) -> Style:
    chain = list(_chain(style, found))
    lists = [list_ for one in chain for list_ in one.iterfind(f"{W}pPr/{W}numPr")]
    return Style(
        id=str(style.get(f"{W}styleId")),
        is_heading=next((heading for one in chain if (heading := _is_heading(one)) is not None), False),
        is_contents=any(_CONTENTS.search(value(one, "name")) for one in chain),
        list_id=next(filter(None, (value(one, "numId") for one in lists)), ""),
        level=next(filter(None, (value(one, "ilvl") for one in lists)), ""),
        bold=next((bold for one in chain if (bold := switched(one.find(f"{W}rPr"), "b")) is not None), None),
    )


def _is_heading(style: etree._Element) -> bool | None:
    """Numbered paragraphs are often set in a style that is based on a heading but put out of the outline."""
    return True if _HEADING.search(value(style, "name")) else in_outline(style.find(f"{W}pPr"))


def _chain(style: etree._Element, found: Mapping[str, etree._Element]) -> Iterator[etree._Element]:
    """Yield `style`, the style that it is based on, and so on; damaged files have circles."""
    seen: set[str] = set()
    one: etree._Element | None = style
    while one is not None and (name := str(one.get(f"{W}styleId"))) not in seen:
        seen.add(name)
        yield one
        one = found.get(value(one, "basedOn"))
