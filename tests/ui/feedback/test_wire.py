import json

import pytest

from corpus.errors import UsageError
from tests.factories import TEXT, make_document
from tests.ui.feedback.saying import hit_of, quote_of, shown
from ui.feedback.records import MOST_PLACES, Place, Shown, mark_of
from ui.feedback.wire import read_shown, write_shown

BRIDGE = make_document("ashmere/ü?x=1")
SEEN = shown([quote_of(BRIDGE, TEXT[:40])], [hit_of(BRIDGE, TEXT)])


def changed(**fields) -> str:
    return json.dumps(json.loads(write_shown(SEEN)) | fields)


def test_what_was_shown_goes_to_the_browser_and_back():
    assert SEEN.quotes == (Place(BRIDGE.id, 0, 40, mark_of(TEXT[:40])),)
    assert read_shown(write_shown(SEEN)) == SEEN
    assert read_shown(write_shown(Shown("", False))) == Shown("", False)


def test_the_browser_is_sent_no_words_again():
    assert "Committee considered" not in write_shown(SEEN)


def test_other_words_have_another_mark():
    assert mark_of("a") != mark_of("b")
    assert mark_of("\ud800") != mark_of("?")  # half a character, as broken pages have them


@pytest.mark.parametrize(
    "value",
    [
        "",
        "null",
        "[]",
        "{}",
        "{" * 5_000,
        changed(more=1),
        changed(generation="7" * 101),
        changed(answered="perhaps"),
        changed(quotes=[["d", 0, 1]]),
        changed(quotes=[["d", 0, 1, "mark"]]),
        changed(quotes=[["", 0, 1, "0" * 32]]),
        changed(quotes=[["d", -1, 1, "0" * 32]]),
        changed(quotes=[["d", 0, 10**12, "0" * 32]]),
        changed(quotes=[["d", 0, 1.5, "0" * 32]]),
        changed(quotes=[["d" * 2_001, 0, 1, "0" * 32]]),
        changed(hits=[["d", 0, 1, "0" * 32]] * (MOST_PLACES + 1)),
    ],
    ids=str.__len__,
)
def test_what_was_not_made_here_is_refused_in_one_line(value):
    with pytest.raises(
        UsageError, match=r"^what was shown cannot be read; load the page anew and try again$"
    ):
        read_shown(value)


def test_places_without_words_are_passed_over():
    assert read_shown(changed(quotes=[["d", 5, 5, "0" * 32], ["d", 6, 5, "0" * 32]])).quotes == ()
