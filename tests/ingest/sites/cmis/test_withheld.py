import pytest
from bs4 import BeautifulSoup

from ingest.sites.cmis.withheld import is_withheld


def withheld(title: str, beside: str = "") -> bool:
    return is_withheld(title, BeautifulSoup(f"<div><p>{title}</p>{beside}</div>", "lxml"))


@pytest.mark.parametrize(
    "title",
    [
        "Exempt - Sale of Land",
        "Sale of Land [EXEMPT]",
        "Restricted Minutes",
        "Confidential Report",
        "Part 2",
        "Part II - Sale of Land",
        "Agenda Part 2",
        "Reports Part B",
        "Sale of Land (Part 2)",
        "Sale of Land - NOT FOR PUBLICATION",
    ],
)
def test_titles_that_exclude_the_public(title):
    assert withheld(title)


@pytest.mark.parametrize(
    "title",
    [
        "Sale of Land",
        "Local Plan Part 2",
        "Supported exempt accommodation",
        "Tax exemptions",
        "Restricted Byway 12",
        "Confidential Reporting Policy",
        "Exclusion of the press and public: exempt information",
        "Department 2",
    ],
)
def test_titles_of_public_business(title):
    assert not withheld(title)


@pytest.mark.parametrize(
    "beside",
    [
        "<p>Not for publication by virtue of paragraph 3.</p>",
        '<img src="lock.gif" alt="Restricted document">',
        '<span class="ExemptItem"></span>',
    ],
)
def test_marks_beside_a_title(beside):
    assert withheld("Sale of Land", beside)
    assert not withheld("Sale of Land", "<p>Exempt information is likely to be disclosed.</p><img alt='pdf'>")
