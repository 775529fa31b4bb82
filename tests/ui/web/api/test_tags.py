import pytest

from ui.web.api.tags import is_known


@pytest.mark.parametrize(
    ("sent", "known"),
    [
        ('"7-a"', True), ('W/"7-a"', True), ('"x", W/"7-a"', True), (" * ", True), ('"8-a","7-a"', True),
        (None, False), ("", False), ("7-a", False), ('"7-a', False), ('"8-a"', False), ('"x7-a"', False),
        ("\x84", False),
    ],
)  # fmt: skip
def test_a_tag_is_known_by_its_words_weak_or_not(sent, known):
    assert is_known('"7-a"', sent) is known
    assert is_known('W/"7-a"', sent) is known
