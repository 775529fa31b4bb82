import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import HEADING_CHARACTERS, LABELS, BlockKind, find_blocks, find_label
from tests.marks import slow

HEADING, LABEL, ITEM, PARAGRAPH = BlockKind.HEADING, BlockKind.LABEL, BlockKind.ITEM, BlockKind.PARAGRAPH

#: Whatever ends a line, blanks a line, begins an item or marks a heading.
SHAPES = "\n\n\n\r\f\v\x1c\x85\u2028\u2029 \t\xa0\u2003\u200b•-–*_#\\.:;()0123456789aiv"
shapes = st.text(
    alphabet=st.one_of(st.sampled_from(SHAPES), st.characters(exclude_categories=["Cs"])), max_size=200
)
#: Lines as clerks write them, so that whole headings, labels and broken lines meet.
lines = st.sampled_from(
    [
        "RESOLVED:", "Minutes:", "12.", "12", "7.3", "BUDGET", "**Bold words**", "**and the rest of them**",
        "# Top", "• one", "(a) two", "1. That the report be noted.", "to be continued", "The Clerk reported.",
        "", " ", "\f", "The Committee considered a report of the Clerk on the repair of the old",
        "FORTY WORDS " * 6, "word " * 40,
    ]
)  # fmt: skip
documents = st.lists(st.tuples(lines, st.sampled_from(["\n", "\n\n", "\r\n", "\u2028", "\n\n\n\n"]))).map(
    lambda parts: "".join(line + end for line, end in parts)
)


def kinds(text: str) -> list[BlockKind]:
    return [block.kind for block in find_blocks(text)]


def words(text: str) -> list[str]:
    return [text[block.start : block.end] for block in find_blocks(text)]


def labels(text: str) -> list[str]:
    return [block.label for block in find_blocks(text)]


@given(st.one_of(shapes, documents))
def test_every_visible_character_lies_in_exactly_one_block_and_blocks_are_in_order(text):
    end = 0
    for block in find_blocks(text):
        assert end <= block.start < block.end
        assert not text[end : block.start].strip()
        end = block.end
    assert not text[end:].strip()


@given(st.one_of(shapes, documents))
def test_a_block_has_no_blanks_at_its_ends_and_a_name_only_if_it_names_something(text):
    for block in find_blocks(text):
        shown = text[block.start : block.end]
        assert shown == shown.strip()
        assert bool(block.label) == (block.kind in (HEADING, LABEL))
        assert block.kind is not LABEL or block.label in LABELS


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\f", "\u2028\xa0\u2003"])
def test_nothing_visible_makes_no_block(text):
    assert find_blocks(text) == ()


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Minutes:", "minutes"),
        ("COFNODION", "minutes"),
        ("RESOLVED", "resolved"),
        ("Resolved –", "resolved"),
        ("**RESOLVED:**", "resolved"),
        ("RESOLVED that:", "resolved"),
        ("It was unanimously agreed that", "resolved"),
        ("Resolution", "resolved"),
        ("Decision:", "decision"),
        ("Penderfyniadau", "decision"),
        ("Reason for decision", "reasons for decision"),
        ("Reasons for the decisions:", "reasons for decision"),
        ("## Reasons for recommendation", "reasons for decision"),
        ("Alternative options considered and rejected:", "alternative options considered"),
        ("Any other options considered", "alternative options considered"),
        ("Additional documents:", "supporting documents"),
        ("Background papers", "supporting documents"),
        ("Recorded Vote", "recorded vote"),
    ],
)
def test_set_phrases_are_labels(line, label):
    assert find_label(line) == label
    assert labels(f"Words before.\n\n{line}\n\nWords after.") == ["", label, ""]


@pytest.mark.parametrize(
    "line",
    [
        "", "Minutes of the last meeting", "RESOLVED to close the bridge", "Decision notice",
        "Agreed in part", "The reasons for decision", "Recorded voting", "Options considered", "documents",
    ],
)  # fmt: skip
def test_words_that_only_contain_a_set_phrase_are_no_label(line):
    assert find_label(line) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("# Flood Defences", "Flood Defences"),
        ("### 3. Flood Defences ###", "3. Flood Defences"),
        ("# 4.&nbsp;&nbsp;Flood Defences", "4. Flood Defences"),
        ("**Flood Defences:**", "Flood Defences"),
        ("**2.** **Flood Defences**", "2. Flood Defences"),
        ("__Flood Defences__", "Flood Defences"),
        ("FLOOD DEFENCES", "FLOOD DEFENCES"),
        ("FLOOD DEFENCES:", "FLOOD DEFENCES"),
        ("12. Flood Defences", "12. Flood Defences"),
        ("12\\. Flood Defences", "12. Flood Defences"),
        ("4.2 Flood Defences (Item 7)", "4.2 Flood Defences (Item 7)"),
        ("12. Flood Defences PDF 198 KB", "12. Flood Defences"),
        ("**FLOOD DEFENCES** --- 4", "FLOOD DEFENCES"),
        ("--- FLOOD DEFENCES", "FLOOD DEFENCES"),
        ("**b) Fly-tipping**", "b) Fly-tipping"),
        ("54.", "54."),
        ("4a.", "4a."),
        ("3.1", "3.1"),
    ],
)
def test_lines_that_name_what_follows_are_headings(line, name):
    blocks = find_blocks(f"{line}\n\nthe Clerk reported on it.")
    assert (blocks[0].kind, blocks[0].label) == (HEADING, name)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("1. That the bridge be closed.", ITEM),
        ("1. To receive apologies", ITEM),
        ("2. the scheme be approved", ITEM),
        ("(a) That the scheme be approved", ITEM),
        ("iv) the scheme", ITEM),
        ("**4.2** It was agreed to write", ITEM),
        ("***(a) the scheme;***", ITEM),
        ("1. Members of the Committee asked the Clerk for a report on the repair of the old bridge", ITEM),
        ("1.2.3 the scheme", ITEM),
        ("• Flood Defences", ITEM),
        ("- FLOOD", ITEM),
        ("\uf0b7 Flood Defences", ITEM),
        ("Flood defences were discussed", PARAGRAPH),
        ("2026 was a wet year", PARAGRAPH),
        ("NO.", PARAGRAPH),
        ("ALL MEMBERS WERE PRESENT.", PARAGRAPH),
        ("JS RA GD", PARAGRAPH),
        ("**£1,250**", PARAGRAPH),
        ("**11%**", PARAGRAPH),
        ("17.605", PARAGRAPH),
        ("**(ii)**", PARAGRAPH),
        ("**Motion Passed (14 to 0)**", PARAGRAPH),
        ("CARRIED UNANIMOUSLY", PARAGRAPH),
        ("**and of the rest of it**", PARAGRAPH),
        ("# **", PARAGRAPH),
        ("LONG WORDS " * 12, PARAGRAPH),
    ],
)
def test_other_lines_are_items_or_paragraphs(line, kind):
    assert kinds(line) == [kind]


def test_a_vote_approved_by_somebody_is_still_a_heading():
    assert kinds("**Approved by the Leader**") == [HEADING]


def test_lines_that_a_page_has_broken_are_one_paragraph():
    text = (
        "The Committee considered a report of the Clerk on the repair of\n"
        "the old bridge.\n"
        "\n"
        "Members thanked her."
    )
    assert words(text) == [text[: text.index("\n\n")], "Members thanked her."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\u2029"])
def test_any_line_end_breaks_a_line(end):
    text = (
        f"The Committee considered a report of the Clerk on the repair of{end}the bridge.{end}{end}{end}Next."
    )
    assert len(words(text)) == 2


def test_a_list_item_takes_its_broken_lines_and_ends_at_the_next():
    text = (
        "1. That the bridge be closed to all traffic from the first of\nMay 2026 on\n2. That the Clerk write."
    )
    assert words(text) == [text[: text.index("\n2.")], "2. That the Clerk write."]
    assert kinds(text) == [ITEM, ITEM]


def test_within_a_paragraph_a_full_line_may_end_with_its_sentence():
    first = "The Committee considered the report and thanked the Clerk for it."
    for end in ("\n", "\r\n", "\r", "\u2028"):
        assert len(words(f"{first}{end}It was then noted.")) == 1
    assert len(words(f"{first}\n\nIt was then noted.")) == 2
    assert len(words("It was short.\nIt was then noted.")) == 2


def test_a_colon_ends_its_paragraph():
    assert len(words("The Committee considered the report and all that it had to say:\nthe bridge")) == 2


def test_a_form_feed_ends_a_block():
    assert len(words("The Committee considered a report of the Clerk on the repair of\fthe bridge.")) == 2


def test_three_line_ends_are_too_many_for_a_broken_line():
    assert len(words("an open line\n\n\ngoes on")) == 2
    assert len(words("an open line\n\ngoes on")) == 1


@pytest.mark.parametrize("title", ["Flood Defences", "FLOOD DEFENCES", "**Flood Defences**"])
def test_a_number_standing_alone_takes_the_title_below_it(title):
    text = f"54.\n\n{title}\n\nThe Clerk reported."
    assert kinds(text) == [HEADING, PARAGRAPH]
    assert labels(text)[0].casefold() == "54. flood defences"


def test_a_number_standing_alone_takes_no_sentence_and_no_other_number():
    assert labels("54.\n\nThe Clerk reported on it.") == ["54.", ""]
    assert labels("54.\n\n55.\n\nPetitions")[:2] == ["54.", "55. Petitions"]


def test_the_number_of_a_page_within_a_sentence_is_no_heading():
    assert kinds("The bridge will be closed from May until\n\n7\n\nthe autumn.") == [PARAGRAPH] * 3
    assert kinds("7\n\na) the autumn") == [HEADING, ITEM]
    assert kinds("The bridge will be closed.\n\n7.\n\nthe autumn") == [PARAGRAPH, HEADING, PARAGRAPH]


def test_a_long_heading_has_all_the_words_of_its_broken_lines():
    text = (
        "**To elect a Chair of the Committee who holds the office until the next Annual Meeting**\n"
        "**or until a successor has been elected**\n\nThe Clerk took the chair."
    )
    assert kinds(text) == [HEADING, PARAGRAPH]
    assert labels(text)[0].endswith("Annual Meeting or until a successor has been elected")


def test_a_short_heading_ends_before_the_next():
    assert labels("**Petitions**\n**and others**") == ["Petitions", ""]
    assert labels("PLANNING\nHIGHWAYS\n# Roads\n1. Bridges") == [
        "PLANNING",
        "HIGHWAYS",
        "Roads",
        "1. Bridges",
    ]
    full = "THE WHOLE COUNCIL SITTING AS A COMMITTEE OF THE WHOLE HOUSE AND"
    assert len(labels(f"{full}\n2. BRIDGES")) == 2


def test_a_whole_paragraph_in_capitals_is_a_paragraph():
    line = "WHEREAS THE COUNCIL HAS CONSIDERED THE STATE OF THE OLD BRIDGE AND ALL ITS PIERS\n"
    assert kinds(line) == [HEADING]
    assert kinds(line * 4) == [PARAGRAPH]
    assert len(line) * 4 > 2 * HEADING_CHARACTERS


def test_a_label_takes_nothing_with_it():
    assert kinds("RESOLVED\nthat the bridge be closed") == [LABEL, PARAGRAPH]


def test_a_bold_outcome_stands_apart_from_the_open_line_above_it():
    text = (
        "Moved that the bridge be closed to all traffic until the first of May\n\n**Motion Passed**\n\nNext."
    )
    assert words(text)[1] == "**Motion Passed**"


@pytest.mark.parametrize(
    "unit",
    [
        "a word and another that goes on and on and on and on and on{}",
        "word{}",
        "**bold words**{}",
        "• x{}",
        "... {}",
    ],
)
@pytest.mark.parametrize("end", ["\n", *slow("\r", "\u2028", "")])
def test_time_grows_with_the_length_of_the_text_and_no_faster(unit, end):
    line = unit.format(end)
    text = line * (200_000 // len(line))
    started = time.perf_counter()
    find_blocks(text)
    # A tenth of this is usual; what grows with the square takes minutes.
    assert time.perf_counter() - started < 5
