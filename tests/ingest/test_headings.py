import pytest

from ingest.headings import is_name


@pytest.mark.parametrize(
    "words", ["Chapel Lane", "Present:", "54. Lower Field", "RESOLVED (unanimously)", "£1.2m for Chapel Lane"]
)
def test_a_name_may_be_a_heading(words: str):
    assert is_name(words)


@pytest.mark.parametrize(
    "words",
    [
        "The meeting was adjourned.",
        "Was the scheme agreed?",
        'She said "no."',
        "The Committee is asked to agree that:",
        "to note the report:",
        "40% 60%",
        "1 2 3",
        "",
        "Chapel " * 20,
    ],
)
def test_sentences_their_beginnings_figures_and_long_words_are_none(words: str):
    assert not is_name(words)
