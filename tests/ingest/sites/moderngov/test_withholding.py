import pytest
from bs4 import BeautifulSoup

from ingest.sites.moderngov.withholding import is_marked, is_restricted


@pytest.mark.parametrize(
    "title",
    [
        "EXEMPT - Sale of the quay",
        "Exempt: Sale of the quay",
        "Exempt minutes of the meeting held on 3 May",
        "Exempt Appendix 2",
        "Sale of the quay (exempt)",
        "Sale of the quay [Not for publication by virtue of paragraph 3]",
        "Sale of the quay (Part II - Exempt)",
        "Sale of the quay - CONFIDENTIAL",
        "NOT FOR PUBLICATION Sale of the quay",
        "Restricted - Sale of the quay",
    ],
)
def test_titles_that_are_marked(title: str) -> None:
    assert is_marked(title)


@pytest.mark.parametrize(
    "title",
    [
        "Exclusion of press and public",
        "Exclusion of the public (exempt information)",
        "To exclude the press and public - exempt",
        "Exempt information",
        "Households exempt from the charge",
        "Restricted parking in Mill Lane",
        "Confidential waste: a new contract",
        "Tax exempt savings for tenants",
    ],
)
def test_titles_that_only_use_the_words(title: str) -> None:
    assert not is_marked(title)


def test_the_beginning_of_the_agenda_marks_an_item() -> None:
    assert is_marked("The quay", "<p><b>NOT FOR PUBLICATION</b> by virtue of paragraph 3</p>")
    assert is_marked("The quay", "<p>(This report is exempt under Schedule 12A)</p>")


def test_a_report_with_an_exempt_appendix_is_public() -> None:
    assert not is_marked("The quay", "<p>To consider a report. Appendix 2 is not for publication.</p>")


def test_a_page_marks_by_class() -> None:
    tag = BeautifulSoup('<li class="mgRestrictedItem x">a</li>', "lxml").li
    assert tag is not None
    assert is_restricted(tag)
    tag["class"] = "mgBulletList"
    assert not is_restricted(tag)
