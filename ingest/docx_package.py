"""The parts of a Word file: XML in a zip archive, which relationships bind together.

Read here rather than through python-docx, which gives up on files that Word itself opens: on those with a
relationship to a picture that is gone, on macro-enabled ones and on templates.
"""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from posixpath import join, normpath
from zipfile import BadZipFile, ZipFile

from lxml import etree

from corpus.errors import UnreadableError
from ingest.docx_numbering import W

#: A part larger than this, unpacked, is no minutes but an attack or a mistake: a thousand pages have 15 MB.
MAX_PART_BYTES = 60_000_000

_DAMAGED = "damaged Word file: open it in Word or LibreOffice, let it be repaired, and save it again"
_ENCRYPTED = "encrypted: it opens only with a password; save a copy without one"
_OLD = "old Word format: save it as DOCX or PDF"
_NO_WORD_FILE = (
    "no Word file: it is a zip archive without a Word document; unpack it, or save it as DOCX or PDF"
)

#: Word before 2007, and Word today around a file with a password, writes a container that begins so.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_MEMBER = 0x1
#: "Strict Open XML" is the same language under another name.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
#: What zip archives and their members trip over; RuntimeError is a broken member that looks encrypted.
_BROKEN = (
    BadZipFile, zlib.error, LZMAError, struct.error, etree.XMLSyntaxError, EOFError, KeyError,
    NotImplementedError, OSError, OverflowError, RuntimeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Package:
    """The XML of a Word file that holds its words; a part that the file does not have is None."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    footnotes: etree._Element | None
    title: str


def open_package(data: bytes) -> Package:
    """Read the parts of a Word file out of its bytes.

    Raises UnreadableError for a file that is damaged, encrypted, no Word file, or too large when unpacked.
    """
    if data.startswith(_OLE):
        raise UnreadableError(_ENCRYPTED if _PROTECTED_STREAM in data else _OLD)
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _package(_Parts(archive))
    except _BROKEN as error:
        raise UnreadableError(_DAMAGED) from error


class _Parts:
    """The members of an archive, under names that are compared as Word does."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._infos = {_name(info.filename): info for info in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def folders(self) -> set[str]:
        """Return the top folders of the archive."""
        return {name.split("/")[0] for name in self._infos if "/" in name}

    def read(self, name: str) -> etree._Element | None:
        """Return the root of the part `name`, None if there is no such part."""
        info = self._infos.get(name)
        if info is None:
            return None
        if info.flag_bits & _ENCRYPTED_MEMBER:
            raise UnreadableError(_ENCRYPTED)
        if info.file_size > MAX_PART_BYTES:
            size, most = (f"{bytes_ / 1e6:,.0f} MB" for bytes_ in (info.file_size, MAX_PART_BYTES))
            raise UnreadableError(
                f"too large: {size} of text unpacked, where {most} is the most that is read; split the file"
            )
        xml = self._archive.read(info).replace(_STRICT, W[1:-1].encode())
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))

    def related(self, name: str) -> dict[str, str]:
        """Return the parts that the part `name` points to ("" is the package itself), by kind."""
        folder, _, file = name.rpartition("/")
        root = self.read(_name(join(folder, "_rels", f"{file}.rels")))
        return {
            str(one.get("Type")).rpartition("/")[2]: _name(join(folder, str(one.get("Target"))))
            for one in (() if root is None else root)
            if one.get("TargetMode") != "External"
        }


def _package(parts: _Parts) -> Package:
    whole = parts.related("")
    main = whole.get("officeDocument", "word/document.xml")
    document = parts.read(main)
    if document is None:
        raise UnreadableError(_DAMAGED if "word" in parts.folders() else _NO_WORD_FILE)
    if document.tag != f"{W}document":
        raise UnreadableError(_NO_WORD_FILE)
    related = parts.related(main)
    styles, numbering, footnotes = (
        parts.read(related.get(kind, "")) for kind in ("styles", "numbering", "footnotes")
    )
    core = parts.read(whole.get("core-properties", ""))
    title = "" if core is None else core.findtext(_TITLE) or ""
    return Package(document, styles, numbering, footnotes, title)


def _name(target: str) -> str:
    return normpath(target.replace("\\", "/")).lstrip("/").casefold()
