import pytest

from corpus.records import Kind, Page, Section, Status
from tests.factories import make_document

TEXT = "54. The pond\n\nIt was dredged."


@pytest.mark.parametrize(
    "spans",
    [
        (Section("a", 0, len(TEXT) + 1),),
        (Section("a", 5, 3),),
        (Section("a", -1, 3),),
        (Section("a", 0, 6), Section("b", 5, 9)),
        (Section("b", 5, 9), Section("a", 0, 5)),
    ],
)
def test_sections_and_pages_that_do_not_fit_are_refused(spans):
    with pytest.raises(ValueError, match=r"ashmere/1.*does not fit"):
        make_document(text=TEXT, sections=spans)
    pages = tuple(Page(number, span.start, span.end) for number, span in enumerate(spans, start=1))
    with pytest.raises(ValueError, match=r"ashmere/1.*does not fit"):
        make_document(text=TEXT, pages=pages)


def test_sections_may_touch_and_be_empty():
    sections = (Section("a", 0, 5), Section("b", 5, 5), Section("c", 5, len(TEXT)))
    assert make_document(text=TEXT, sections=sections).sections == sections


@pytest.mark.parametrize(
    ("label", "role"),
    [("54. Public Question Time · minutes", "minutes"), ("resolved", "resolved"), ("", "")],
)
def test_the_role_of_a_section_is_its_innermost_label(label, role):
    assert Section(label, 0, 1).role == role


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "Other words."},
        {"title": "The pond"},
        {"url": "https://other.example/"},
        {"kind": Kind.DECISION},
        {"council": "Brackwater Town Council"},
        {"committee": "Planning"},
        {"meeting_date": None},
        {"item_number": "7"},
        {"status": Status.DRAFT},
        {"sections": (Section("minutes", 0, 5),)},
        {"pages": (Page(1, 0, 5),)},
    ],
)
def test_a_change_of_what_was_published_changes_the_content_hash(fields):
    assert make_document(**fields).content_hash != make_document().content_hash


@pytest.mark.parametrize(
    "fields", [{"id": "ashmere/2", "url": "u"}, {"source": "other"}, {"fetched_at": "2026-04-01"}]
)
def test_where_and_when_it_was_found_does_not_change_the_content_hash(fields):
    same = {"url": "u"} if "url" in fields else {}
    assert make_document(**fields).content_hash == make_document(**same).content_hash


def test_sections_and_pages_of_the_same_shape_are_not_the_same_content():
    with_section = make_document(sections=(Section("1", 0, 5),))
    assert with_section.content_hash != make_document(pages=(Page(1, 0, 5),)).content_hash


@pytest.mark.parametrize(("offset", "number"), [(0, 4), (9, 4), (10, None), (12, 5), (29, None)])
def test_an_offset_stands_on_one_page_or_on_none(offset, number):
    document = make_document(text=TEXT, pages=(Page(4, 0, 10), Page(5, 12, len(TEXT))))
    assert document.page_of(offset) == number
