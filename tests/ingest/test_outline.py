import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Block, BlockKind
from corpus.records import Section
from ingest.outline import ONE_LINE_CHARACTERS, Piece, compose, find_sections, sections_of

HEADING, LABEL, ITEM, PARAGRAPH = BlockKind.HEADING, BlockKind.LABEL, BlockKind.ITEM, BlockKind.PARAGRAPH

#: Long enough that its section is not folded into its neighbours.
LONG = "The Committee heard the Clerk and asked her to report again when the bridge is open. " * 3

texts = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "RESOLVED:",
                "Minutes:",
                "12.",
                "12. Petitions",
                "13. That it be noted.",
                "14.",
                "BUDGET",
                "# Top",
                LONG,
            ]
        ),
        st.text(max_size=30),
    )
).map("\n\n".join)
pieces = st.builds(Piece, st.sampled_from(list(BlockKind)), st.text(alphabet=" abA1.:\t•", max_size=20))


def labelled(text: str, title: str = "") -> list[tuple[str, str]]:
    """The label of each section of `text`, and its first line."""
    found = find_sections(text, title=title)
    return [(section.label, text[section.start : section.end].split("\n")[0]) for section in found]


def labels(text: str, title: str = "") -> list[str]:
    return [section.label for section in find_sections(text, title=title)]


@given(texts)
def test_sections_are_in_order_and_hold_every_visible_character(text):
    end = 0
    for section in find_sections(text):
        assert end <= section.start < section.end <= len(text)
        assert not text[end : section.start].strip()
        assert text[section.start : section.end].strip()
        end = section.end
    assert not text[end:].strip()


@given(st.lists(pieces))
def test_composed_blocks_say_where_their_words_are(some):
    text, blocks = compose(some)
    assert [text[block.start : block.end] for block in blocks] == [
        p.text.strip() for p in some if p.text.strip()
    ]
    assert "\n\n\n" not in text
    assert text == text.strip()


def test_list_items_stand_line_by_line_and_the_rest_apart():
    text, _ = compose(
        [Piece(PARAGRAPH, "Agreed:"), Piece(ITEM, "• one"), Piece(ITEM, "• two"), Piece(PARAGRAPH, "Next.")]
    )
    assert text == "Agreed:\n\n• one\n• two\n\nNext."


def test_a_composed_heading_that_is_a_set_phrase_becomes_a_label():
    _, blocks = compose([Piece(HEADING, "Reasons for the decision:"), Piece(HEADING, "Flood defences:")])
    assert [(block.kind, block.label) for block in blocks] == [
        (LABEL, "reasons for decision"),
        (HEADING, "Flood defences"),
    ]


def test_a_paragraph_that_is_a_set_phrase_stays_a_paragraph_where_its_markup_says_so():
    _, blocks = compose([Piece(PARAGRAPH, "Minutes:")])
    assert blocks == (Block(PARAGRAPH, 0, 8),)


@pytest.mark.parametrize("text", ["", " \n\n\f "])
def test_no_words_make_no_section(text):
    assert find_sections(text) == ()


def test_words_without_a_heading_are_one_section_without_a_label():
    assert find_sections(f"  {LONG}") == (Section("", 0, len(LONG) + 2),)


def test_a_heading_begins_a_section_and_a_label_one_inside_it():
    text = "\n\n".join(
        ["54.", "Public Question Time", LONG, "Minutes:", LONG, "RESOLVED:", LONG, "BUDGET", LONG]
    )
    assert labelled(text) == [
        ("54. Public Question Time", "54."),
        ("54. Public Question Time · minutes", "Minutes:"),
        ("54. Public Question Time · resolved", "RESOLVED:"),
        ("BUDGET", "BUDGET"),
    ]


def test_a_label_above_any_heading_stands_by_itself():
    assert labels(f"Reasons for decision:\n\n{LONG}") == ["reasons for decision"]


def test_a_heading_that_repeats_the_title_names_nothing_new():
    text = f"# Flood  Defences\n\n{LONG}\n\nMinutes:\n\n{LONG}"
    assert labels(text, title="FLOOD DEFENCES") == ["", "minutes"]
    assert labels(text) == ["Flood Defences", "Flood Defences · minutes"]


def test_a_heading_right_above_another_goes_into_its_section():
    text = f"HIGHWAYS\n\nPotholes\n\n{LONG}\n\nWOODLAND\n\n# Elms\n\n{LONG}"
    assert labelled(text) == [("HIGHWAYS", "HIGHWAYS"), ("Elms", "WOODLAND")]


def test_numbered_headings_do_not_share_a_section():
    text = f"{LONG}\n\n7. Petitions\n\n8. Budget\n\n{LONG}"
    assert labels(text) == ["", "7. Petitions", "8. Budget"]


def test_one_line_sections_in_a_row_are_put_together():
    text = f"PRESENT:\n\nThe Chair.\n\nAPOLOGIES:\n\nNone.\n\nBUDGET\n\n{LONG}"
    assert labelled(text) == [("", "PRESENT:"), ("BUDGET", "BUDGET")]


def test_a_single_one_line_section_keeps_its_name():
    assert labels(f"BUDGET\n\n{LONG}\n\nAPOLOGIES:\n\nNone.\n\nHIGHWAYS\n\n{LONG}") == [
        "BUDGET",
        "APOLOGIES",
        "HIGHWAYS",
    ]


def test_a_short_resolution_is_never_folded_away():
    text = f"BUDGET\n\n{LONG}\n\nRESOLVED:\n\nThat it be set.\n\nReasons for decision:\n\nIt is due."
    assert labels(text) == ["BUDGET", "BUDGET · resolved", "BUDGET · reasons for decision"]


def test_what_counts_as_one_line():
    body = "w" * (ONE_LINE_CHARACTERS - len("PRESENT\n\n") - 2)
    assert labels(f"PRESENT\n\n{body}\n\nAPOLOGIES\n\nNone.") == ["PRESENT", "APOLOGIES"]
    assert labels(f"PRESENT\n\n{body[1:]}\n\nAPOLOGIES\n\nNone.") == [""]


@pytest.mark.parametrize(
    ("item", "label"),
    [
        ("8. That the report be noted.", "8."),
        ("8\\. Police Report: the constable was there.", "8. Police Report"),
        ("**8. Police Report** - the constable was there.", "8. Police Report"),
        ("**8. Police Report:** the constable was there.", "8. Police Report"),
        ("**8.** **Police Report** – the constable was there.", "8. Police Report"),
    ],
)
def test_the_next_number_ends_the_section_of_a_numbered_heading(item, label):
    assert labels(f"7. Petitions\n\n{LONG}\n\n{item}\n\n{LONG}") == ["7. Petitions", label]


def test_an_item_that_opens_a_section_keeps_its_words():
    text = f"7. Petitions\n\n{LONG}\n\n8. That it be noted.\n\nWOODLAND\n\n{LONG}"
    assert labels(text) == ["7. Petitions", "8.", "WOODLAND"]


@pytest.mark.parametrize(
    "item", ["9. That it be noted.", "7. That it be noted.", "(8) That it be noted.", "• 8. no"]
)
def test_another_number_goes_on_with_the_section(item):
    assert labels(f"7. Petitions\n\n{LONG}\n\n{item}\n\n{LONG}") == ["7. Petitions"]


def test_resolutions_below_a_heading_without_a_number_are_no_sections():
    assert labels(f"BUDGET\n\n{LONG}\n\n1. That it be set.\n\n2. That it be published.") == ["BUDGET"]


def test_sections_follow_the_blocks_that_markup_gave():
    text, blocks = compose(
        [
            Piece(HEADING, "4a Flood defences"),
            Piece(LABEL, "Decision:"),
            Piece(PARAGRAPH, "That they be built."),
        ]
    )
    assert [section.label for section in sections_of(text, blocks)] == ["4a Flood defences · decision"]
