"""Word files made in the tests: with python-docx where it can, with Word's own XML where it cannot."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

#: The words of one list item: the id of its list, its level, its text.
Item = tuple[int, int, str]


def saved(document: Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def written(write: Callable[[Document], object]) -> bytes:
    """Return a Word file whose body `write` has written."""
    document = docx.Document()
    write(document)
    return saved(document)


def of_xml(*body: str) -> bytes:
    """Return a Word file with `body`, the XML of paragraphs and tables."""

    def write(document: Document) -> None:
        for xml in body:
            document.element.body.insert_element_before(element(xml), "w:sectPr")

    return written(write)


def element(xml: str) -> object:
    """Read the XML of one element, whose prefixes are declared here."""
    more = (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return parse_xml(re.sub(r"^<[\w:]+", rf"\g<0> {nsdecls('w', 'r')}{more}", xml))


def p(*runs: str, properties: str = "") -> str:
    """The XML of a paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """The XML of a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def box(*paragraphs: str) -> str:
    """The XML of a run with a text box, with the copy that Word keeps for its older versions."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def level(
    number: int,
    form: str,
    text: str,
    *,
    start: int = 1,
    style: str = "",
    restart: int | None = None,
    more: str = "",
) -> str:
    """The XML of a level of a list; "%1." is the number of the outermost level and a full stop."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    again = "" if restart is None else f'<w:lvlRestart w:val="{restart}"/>'
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{again}{named}{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(definitions: Mapping[int, str], lists: Mapping[int, tuple[int, str]]) -> str:
    """The XML of a numbering part.

    `definitions` are the levels of each, `lists` the definition of each list and what the list overrides.
    """
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{id_}">{levels}</w:abstractNum>'
        for id_, levels in definitions.items()
    )
    nums = "".join(
        f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'
        for id_, (definition, overrides) in lists.items()
    )
    return f"<w:numbering {nsdecls('w')}>{abstract}{nums}</w:numbering>"


def restart(number: int, start: int = 1) -> str:
    """The XML with which a list lets one of its levels begin anew."""
    return f'<w:lvlOverride w:ilvl="{number}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def with_numbering(document: Document, xml: str) -> None:
    """Put the numbering part `xml` into `document` in place of its own."""
    part = document.part.numbering_part
    part._element = parse_xml(xml)


def listed(document: Document, list_id: int, ilvl: int | None, text: str) -> Paragraph:
    """Add a paragraph that is an item of a list."""
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    at = "" if ilvl is None else f'<w:ilvl w:val="{ilvl}"/>'
    properties.append(element(f'<w:numPr>{at}<w:numId w:val="{list_id}"/></w:numPr>'))
    return paragraph


def repacked(data: bytes, change: Mapping[str, bytes | None]) -> bytes:
    """Return a zip archive with some of its members changed, added, or (None) taken out."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        members = {name: old.read(name) for name in old.namelist()} | dict(change)
        for name, content in members.items():
            if content is not None:
                new.writestr(name, content)
    return file.getvalue()


def member(data: bytes, name: str) -> bytes:
    """Return one member of a zip archive."""
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name)
