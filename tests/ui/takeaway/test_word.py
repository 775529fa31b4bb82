import io
import zipfile

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from ingest.docx import parse_docx
from tests.ui.takeaway.taking import DECISION, HOSTILE, LINK, REASON, make_answer, make_quote, make_result
from ui.takeaway.safe import in_one_line, lines_of
from ui.takeaway.word import answer_as_docx

QUOTE = make_quote()


def opened(content: bytes):
    return Document(io.BytesIO(content))


def links(document) -> list[tuple[str, str]]:
    return [(link.text, link.address + (f"#{link.fragment}" if link.fragment else ""))
            for paragraph in document.paragraphs for link in paragraph.hyperlinks]  # fmt: skip


def styled(document, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def test_an_answer_has_headings_block_quotes_and_links():
    taken = make_answer(
        QUOTE,
        make_quote(DECISION, section="resolved"),
        drafts=frozenset({2}),
        warnings=("tarnwick is blocked",),
    )
    document = opened(answer_as_docx(taken))
    assert styled(document, "Heading 1") == ["Why was the bandstand kept?"]
    assert styled(document, "Heading 2") == [
        "What the minutes say", "Sources", "Not all sources could be looked at lately"
    ]  # fmt: skip
    assert styled(document, "Quote") == [f"{REASON} [1]", f"{DECISION} [2]"]
    assert links(document) == [("open in the council’s minutes", LINK)] * 2
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for part in (
        "Limited to: council: Ashmere Borough Council; from: 1 January 2026; kind: Minutes",
        "Made on: 2 March 2026",
        "Generation: 000007",
        "[2] Ashmere Borough Council, Parks Committee, 15 January 2026: 7. The bandstand\nResolved\nThis",
        "Characters 120 to 170 of ashmere/7",
        "tarnwick is blocked",
    ):
        assert part in words


def test_it_names_nobody_and_the_day_on_which_it_was_made():
    content = answer_as_docx(make_answer(QUOTE))
    properties = opened(content).core_properties
    assert (properties.author, properties.last_modified_by) == ("Minutebook", "Minutebook")
    assert (properties.title, properties.comments) == ("Why was the bandstand kept?", "")
    assert {properties.created.date().isoformat(), properties.modified.date().isoformat()} == {"2026-03-02"}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"python-docx" not in everything


def test_it_carries_nothing_out_and_loads_nothing():
    content = answer_as_docx(make_answer(QUOTE))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert not [name for name in names if "vba" in name.casefold() or name.endswith(".bin")]
        main = archive.read("[Content_Types].xml")
        assert b"macroEnabled" not in main
        assert b"wordprocessingml.document.main+xml" in main
        relations = archive.read("word/_rels/document.xml.rels").decode()
    external = [part for part in relations.split("<Relationship ") if 'TargetMode="External"' in part]
    assert len(external) == 1
    assert RELATIONSHIP_TYPE.HYPERLINK in external[0]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words):
    quote = make_quote(
        words, title=words, council=words, committee=words, section=words, points_to=words, document_id=words
    )
    document = opened(answer_as_docx(make_answer(quote, question=words, warnings=(words,))))
    assert styled(document, "Quote") == ["\n".join(lines_of(words)) + " [1]"]
    assert styled(document, "Heading 1") == [in_one_line(words)]
    assert [address for _, address in links(document)] == [LINK]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "\\\\evil.example\\share", "ms-word:x"]
)
def test_only_web_addresses_are_links(link):
    document = opened(answer_as_docx(make_answer(make_quote(link=link, url=link))))
    assert links(document) == []


def test_silence_is_said():
    document = opened(answer_as_docx(make_answer(closest=(make_result(),))))
    assert styled(document, "Heading 2") == ["The minutes do not say", "Sources"]
    assert styled(document, "Quote") == [f"{REASON} [1]"]


def test_it_can_be_taken_in_again():
    read = parse_docx(answer_as_docx(make_answer(QUOTE, make_quote(DECISION))))
    assert REASON in read.text
    assert "That the bandstand be repaired" in read.text
