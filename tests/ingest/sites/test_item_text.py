import pytest
from hypothesis import given
from hypothesis import strategies as some

from corpus.blocks import LABELS
from corpus.records import NESTED
from ingest.sites.item_text import AGENDA, compose_parts, to_html
from ingest.sites.records import Part

RESOLVED = (
    "<p>The Committee considered the condition of the mill bridge at length.</p>"
    "<p><strong>RESOLVED:</strong></p><p>That the mill bridge be closed.</p>"
)


def read(*parts: Part, title: str = "The mill bridge"):
    text, sections = compose_parts(parts, title=title)
    return text, [(section.label, text[section.start : section.end]) for section in sections]


def test_parts_follow_each_other_and_their_labels_stand_in_the_sections_alone():
    text, sections = read(
        Part("", "<p>To receive a report.</p>"),
        Part("minutes", "<p>It was received.</p>"),
        Part("recorded vote", "<p>For: five. Against: none.</p>"),
    )
    assert text == "To receive a report.\n\nIt was received.\n\nFor: five. Against: none."
    assert sections == [
        (AGENDA, "To receive a report."),
        ("minutes", "It was received."),
        ("recorded vote", "For: five. Against: none."),
    ]


def test_a_label_inside_a_part_nests():
    text, sections = read(Part("minutes", RESOLVED))
    assert [label for label, _ in sections] == ["minutes", f"minutes{NESTED}resolved"]
    assert sections[1][1].startswith("RESOLVED:")
    assert sections[1][1].endswith("That the mill bridge be closed.")
    assert text.count("RESOLVED") == 1


def test_a_label_that_repeats_that_of_its_part_is_not_said_twice():
    _, sections = read(Part("decision", "<p><b>Decision:</b></p><p>That the bridge be closed.</p>"))
    assert [label for label, _ in sections] == ["decision"]


def test_parts_without_words_leave_no_gap():
    text, sections = read(
        Part("", "<p>&nbsp;</p>"),
        Part("minutes", "<p>It was so agreed.</p>"),
        Part("decision", ""),
        Part("", "<p>x</p>"),
    )
    assert text == "It was so agreed.\n\nx"
    assert [label for label, _ in sections] == ["minutes", AGENDA]


def test_nothing_is_nothing():
    assert compose_parts((), title="") == ("", ())


def test_bold_words_are_emphasis_and_no_headings():
    _, sections = read(Part("minutes", "<p><b>Councillor Quill</b></p><p>asked about the ferry.</p>"))
    assert [label for label, _ in sections] == ["minutes"]


def test_markup_that_is_not_closed_does_not_reach_into_the_next_part():
    text, sections = read(Part("minutes", "<div><table><tr><td>One<b>"), Part("decision", "</div><p>Two</p>"))
    assert text == "One\n\nTwo"
    assert [label for label, _ in sections] == ["minutes", "decision"]


def test_items_of_a_list_keep_their_marks_and_stand_below_each_other():
    text, _ = read(Part("decision", "<ol><li>Close the bridge.</li><li>Renew the piers.</li></ol>"))
    assert text == "1. Close the bridge.\n2. Renew the piers."


def test_the_markup_is_kept_with_its_labels():
    html = to_html([Part("", "<p>Ä &amp; B</p>"), Part("minutes", "<p>Two</p>")])
    assert html.decode() == (
        '<section aria-label="agenda">\n<p>Ä &amp; B</p>\n</section>\n'
        '<section aria-label="minutes">\n<p>Two</p>\n</section>'
    )


WORDS = some.text(some.sampled_from("abc .:RESOLVED\n1(é"), max_size=40)


@pytest.mark.filterwarnings("ignore::bs4.MarkupResemblesLocatorWarning")
@given(some.lists(some.tuples(some.sampled_from(["", *LABELS]), some.lists(WORDS, max_size=4)), max_size=4))
def test_sections_lie_in_the_text_in_order_and_cover_every_word(made):
    parts = [
        Part(label, "".join(f"<p><b>{words}</b></p><p>{words}</p>" for words in paragraphs))
        for label, paragraphs in made
    ]
    text, sections = compose_parts(parts, title="x")
    last, covered = 0, ""
    for section in sections:
        assert last <= section.start <= section.end <= len(text)
        assert not text[last : section.start].strip()
        last, covered = section.end, f"{covered} {text[section.start : section.end]}"
    assert covered.split() == text.split()
