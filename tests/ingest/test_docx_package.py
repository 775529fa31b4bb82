import random
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from corpus.errors import UnreadableError
from ingest import docx_package
from ingest.docx_package import open_package
from ingest.docx_words import paragraph_lines, walk_body
from tests.ingest.making_docx import member, of_xml, p, r, repacked

MAIN, RELS = "word/document.xml", "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
MINUTES = of_xml(p(r("The scheme was approved.")))


def words(data: bytes) -> str:
    package = open_package(data)
    return " ".join(line for node in walk_body(package.document) for line in paragraph_lines(node))


def unreadable(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        open_package(data)
    message = str(caught.value)
    assert "\n" not in message
    return message


def edited(name: str, old: bytes, new: bytes) -> bytes:
    content = member(MINUTES, name)
    assert old in content
    return repacked(MINUTES, {name: content.replace(old, new)})


def test_the_parts_are_found_by_their_relationships():
    package = open_package(MINUTES)
    assert package.styles is not None
    assert package.numbering is not None
    assert package.footnotes is None


@pytest.mark.parametrize(
    "data",
    [
        repacked(MINUTES, {"word/styles.xml": None, "word/numbering.xml": None}),
        repacked(MINUTES, {"docProps/core.xml": None, TYPES: None}),
        repacked(MINUTES, {"_rels/.rels": None}),
        repacked(MINUTES, {RELS: None}),
        edited(RELS, b"</Rel", b'<Relationship Type="http://a/image" Target="NULL"/></Rel'),
        edited(RELS, b'Target="styles.xml"', b'Target="/word/styles.xml"'),
        edited(RELS, b"styles.xml", b"lost.xml"),
        edited(TYPES, b".wordprocessingml.document.main", b".wordprocessingml.template.main"),
        edited(TYPES, b"openxmlformats-officedocument.wordprocessingml.document.", b"ms-word.macroEnabled."),
        edited(
            MAIN,
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    ],
    ids=["styles", "properties", "package", "relationships", "picture", "absolute", "lost",
         "template", "macros", "strict"],
)  # fmt: skip
def test_what_word_opens_is_opened(data: bytes):
    assert words(data) == "The scheme was approved."


def test_the_main_part_may_have_any_name():
    renamed = repacked(MINUTES, {
        MAIN: None, RELS: None,
        "Word/Document2.xml": member(MINUTES, MAIN),
        "word/_rels/document2.xml.rels": member(MINUTES, RELS),
        "_rels/.rels": member(MINUTES, "_rels/.rels").replace(b"word/document.xml", b"word/document2.xml"),
    })  # fmt: skip
    assert words(renamed) == "The scheme was approved."
    assert open_package(renamed).styles is not None


def zipped(**members: bytes) -> bytes:
    return repacked(empty_zip(), members)


def empty_zip() -> bytes:
    file = BytesIO()
    ZipFile(file, "w").close()
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [empty_zip(), zipped(minutes=b"The scheme was approved."), edited(MAIN, b"w:document", b"w:workbook")],
)
def test_a_zip_archive_without_a_word_document_is_named(data: bytes):
    assert unreadable(data).startswith("no Word file: it is a zip archive without a Word document")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"plain words",
        MINUTES[:-40],
        MINUTES[: len(MINUTES) // 2],
        repacked(MINUTES, {MAIN: None}),
        repacked(MINUTES, {MAIN: b""}),
        repacked(MINUTES, {MAIN: b"<w:document"}),
        repacked(MINUTES, {"word/styles.xml": b"no XML"}),
        repacked(MINUTES, {"_rels/.rels": b"no XML"}),
    ],
)
def test_a_damaged_file_is_named_with_the_remedy(data: bytes):
    assert unreadable(data).startswith("damaged Word file: open it in Word or LibreOffice")


def test_whatever_a_byte_becomes_the_file_is_read_or_refused():
    chance = random.Random(54)
    for _ in range(400):
        data = bytearray(MINUTES)
        for _ in range(chance.choice([1, 3])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(UnreadableError):  # and nothing else
            open_package(bytes(data))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def test_a_file_with_a_password_is_told_from_an_old_one():
    assert unreadable(OLE + "EncryptedPackage".encode("utf-16-le")).startswith("encrypted:")
    assert unreadable(OLE + "WordDocument".encode("utf-16-le")) == "old Word format: save it as DOCX or PDF"


def test_an_archive_with_a_password_is_named():
    locked = bytearray(MINUTES)
    at = locked.index(b"PK\x01\x02", 0)
    while at != -1:
        locked[at + 8] |= 1
        at = locked.find(b"PK\x01\x02", at + 4)
    assert unreadable(bytes(locked)).startswith("encrypted:")


def test_what_would_fill_the_memory_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(docx_package, "MAX_PART_BYTES", 1_000_000)
    bomb = repacked(MINUTES, {MAIN: b"<" + b" " * 1_000_001})
    assert len(bomb) < 100_000
    assert unreadable(bomb) == (
        "too large: 1 MB of text unpacked, where 1 MB is the most that is read; split the file"
    )
    assert words(MINUTES) == "The scheme was approved."


def test_the_limit_allows_a_thousand_pages_and_no_more_than_memory_does():
    assert 15_000_000 < docx_package.MAX_PART_BYTES < 100_000_000


def test_a_member_that_lies_about_its_size_is_damaged():
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(MAIN, member(MINUTES, MAIN) + b" " * 5_000_000)
    lying = bytearray(file.getvalue())
    at = lying.index(b"PK\x01\x02")
    lying[at + 24 : at + 28] = (500).to_bytes(4, "little")
    assert unreadable(bytes(lying)).startswith("damaged Word file:")


def test_entities_are_not_followed():
    bomb = b'<!DOCTYPE a [<!ENTITY x "BOOM"><!ENTITY y SYSTEM "file:///etc/hostname">]>'
    document = member(MINUTES, MAIN).replace(b"<w:document", bomb + b"<w:document", 1)
    data = repacked(MINUTES, {MAIN: document.replace(b"approved.", b"approved.&x;&y;")})
    assert words(data) == "The scheme was approved."
