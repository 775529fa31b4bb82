from time import perf_counter

import pytest
from reportlab.platypus import Paragraph, Table

from corpus.errors import UnreadableError
from corpus.records import Document
from ingest.parsed import Parsed
from ingest.pdf import parse_pdf
from tests.ingest.making_pdf import (
    LARGE,
    Put,
    body,
    drawn,
    flowing,
    heading,
    item,
    meaning,
    typed,
    with_picture,
)

LORRIES = (
    "The Committee heard from the ward councillor, who said that lorries used Chapel Lane at night, and from "
    "the agent, who replied that deliveries would be limited to the hours between eight and six. "
)
WATER = (
    "Officers explained that the drainage of the lower field had been tested in a wet month and that the "
    "water company had raised no objection to the connection of twelve further houses. "
)


def evidence(count: int) -> list[str]:
    """Paragraphs of different lengths, so that pages end anywhere in them."""
    return [
        f"Paragraph {n}. {LORRIES * (n % 4)}Of witness {n}, {WATER[0].lower()}{WATER[1:]}".strip()
        for n in range(count)
    ]


LINES = (
    "The Director said that the scheme would be paid for out of the highways budget",
    "of the coming year, and that the ward councillors had been told of it in May.",
)


def minutes(pages_of_text: int = 1, **setting: object) -> bytes:
    """Minutes with two items, the first of them as long as is asked for."""
    return flowing(
        heading("Ashmere Borough Council"),
        heading("Planning Committee"),
        body("Minutes of the meeting held on 4 March 2025."),
        heading("54. Chapel Lane"),
        *(body(words) for words in evidence(12 * pages_of_text)),
        heading("RESOLVED"),
        item("1.", f"That the scheme be approved, {WATER[0].lower()}{WATER[1:]}"),
        item("2.", "That the ward councillors be told."),
        heading("55. Lower Field"),
        body(LORRIES),
        item("•", "The first of the points raised."),
        item("•", "The second of the points raised."),
        **setting,  # type: ignore[arg-type]
    )


def paragraphs(parsed: Parsed) -> list[str]:
    return parsed.text.replace("\n\n", "\n").split("\n")


def document(parsed: Parsed) -> Document:
    """A document as the record takes it, which checks the order of sections and pages."""
    return Document(
        "m", "s", parsed.title, parsed.text, "file:///m.pdf", sections=parsed.sections, pages=parsed.pages
    )


def page_of(parsed: Parsed, quote: str) -> tuple[int | None, int | None]:
    """The pages on which `quote` begins and ends."""
    start = parsed.text.index(quote)
    return document(parsed).page_of(start), document(parsed).page_of(start + len(quote) - 1)


def test_headings_paragraphs_items_and_bullets_each_stand_alone():
    assert paragraphs(parse_pdf(minutes()))[:4] == [
        "Ashmere Borough Council",
        "Planning Committee",
        "Minutes of the meeting held on 4 March 2025.",
        "54. Chapel Lane",
    ]
    assert paragraphs(parse_pdf(minutes()))[-7:] == [
        "RESOLVED",
        f"1. That the scheme be approved, o{WATER[1:].strip()}",
        "2. That the ward councillors be told.",
        "55. Lower Field",
        LORRIES.strip(),
        "• The first of the points raised.",
        "• The second of the points raised.",
    ]


def test_sections_follow_the_headings_and_the_resolution():
    parsed = parse_pdf(minutes())
    assert [section.label for section in parsed.sections] == [
        "Planning Committee",
        "54. Chapel Lane",
        "54. Chapel Lane · resolved",
        "55. Lower Field",
    ]
    resolved = parsed.sections[2]
    assert resolved.role == "resolved"
    assert parsed.text[resolved.start : resolved.end].startswith("RESOLVED\n\n1. That the scheme")


@pytest.mark.parametrize("pages", [1, 3])
def test_sections_and_pages_cover_the_whole_text_in_order(pages: int):
    parsed = parse_pdf(minutes(pages))
    document(parsed)
    for spans in (parsed.sections, parsed.pages):
        ends = [0, *(span.end for span in spans)]
        assert [span.start for span in spans] == ends[:-1]
        assert ends[-1] == len(parsed.text)
    assert [page.number for page in parsed.pages] == list(range(1, len(parsed.pages) + 1))
    assert len(parsed.pages) > pages


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("Ashmere Borough Council – Planning Committee", "Page #"),
        ("Planning Committee, 4 March 2025 / #", ""),
        ("", "#"),
        ("", "Page # of 4"),
        ("Ashmere Borough Council", "- # -"),
    ],
)
def test_running_heads_and_feet_are_left_out(head: str, foot: str):
    assert parse_pdf(minutes(3, head=head, foot=foot)).text == parse_pdf(minutes(3)).text


def test_the_first_heading_stays_where_it_is_also_the_running_head():
    parsed = parse_pdf(minutes(3, head="Planning Committee"))
    assert parsed.text.count("Planning Committee") == 1


def test_a_sentence_that_runs_across_a_page_is_whole_and_its_pages_are_known():
    parsed = parse_pdf(minutes(3, head="Ashmere Borough Council", foot="Page #"))
    assert [words for words in paragraphs(parsed) if words.startswith("Paragraph")] == evidence(36)
    broken = [words for words in evidence(36) if len(set(page_of(parsed, words))) == 2]
    assert broken, "no paragraph runs across a page, so the test shows nothing"


def test_each_page_holds_the_words_that_are_printed_on_it():
    printed = [
        [f"Quote {page}{letter} says that the committee on page {page} agreed." for letter in "ab"]
        for page in range(1, 6)
    ]
    parsed = parse_pdf(drawn(*(typed(lines, leading=40) for lines in printed)))
    for number, lines in enumerate(printed, start=1):
        for line in lines:
            assert page_of(parsed, line) == (number, number)


def test_a_page_without_words_has_no_span_and_the_numbers_of_the_others_stay():
    parsed = parse_pdf(
        drawn(typed(["The first page ends here."]), [], typed(["The third page begins here."]))
    )
    assert [page.number for page in parsed.pages] == [1, 3]
    assert page_of(parsed, "The third") == (3, 3)


def test_a_word_broken_at_the_end_of_a_page_belongs_to_both_pages():
    first = [f"The members asked in turn {n} how the scheme would be paid for and by whom" for n in range(3)]
    pages = (
        typed([*first, "and the Director said that the whole of the consul-"]),
        typed(["tation would be paid for out of the highways budget of the coming year."]),
    )
    parsed = parse_pdf(drawn(*pages))
    assert "the whole of the consultation would be paid" in parsed.text
    assert page_of(parsed, "consultation") == (1, 2)
    assert page_of(parsed, "tation would") == (2, 2)


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (
            "members were asked for a recommen-",
            "dation on the matter that was before them",
            "recommendation on",
        ),
        (
            "members were told that the cross-",
            "party group had met twice since the autumn",
            "cross-party group",
        ),
        (
            "members were told that the cross-",
            "party group and the cross-party board met",
            "cross-party group",
        ),
        (
            "members spoke of the market town; the mar-",
            "ket would remain where it was for now",
            "the market would",
        ),
        (
            "members were told of the report by Smith-",
            "Jones that had been sent to them in May",
            "Smith-Jones",
        ),
        ("members were told of the period 2024-", "25, in which the budget had been overspent", "2024-25"),
        ("they were not to resign but to re-", "sign the deed, which they re-sign in May", "to re-sign the"),
        ("members were told to see and/", "or to hear what the residents had to say", "and/or to"),
    ],
)
def test_a_hyphen_goes_only_where_it_broke_a_word(above: str, below: str, joined: str):
    filling = "it was said that the matter had been before the market board for two years"
    parsed = parse_pdf(drawn(typed([filling, above, below, filling])))
    assert joined in parsed.text


def test_two_columns_are_read_one_after_the_other():
    parsed = parse_pdf(flowing(*map(body, evidence(30)), columns=2, head="Planning Committee", foot="#"))
    assert len(parsed.pages) > 1
    assert " ".join(paragraphs(parsed)) == " ".join(evidence(30))
    # A paragraph is cut in two only where a sentence of it ends at the very end of a column.
    assert len(set(paragraphs(parsed)) & set(evidence(30))) >= 28


def test_cells_with_prose_side_by_side_keep_their_paragraphs():
    cells = [[body(LORRIES), body(WATER)], [body(WATER), body(LORRIES)]]
    parsed = parse_pdf(flowing(heading("Objections"), Table(cells, colWidths=[200, 200])))
    assert paragraphs(parsed) == [
        "Objections", LORRIES.strip(), WATER.strip(), WATER.strip(), LORRIES.strip()
    ]  # fmt: skip


def test_a_table_of_figures_keeps_its_rows_and_its_bold_head_is_no_heading():
    rows = [["Ward", "For", "Against"], ["Chapel", "32", "44"], ["Lower Field", "60", "36"]]
    table = Table(rows, colWidths=[120, 90, 90], style=[("FONT", (0, 0), (-1, 0), "Times-Bold")])
    parsed = parse_pdf(
        flowing(heading("Minutes"), heading("54. Consultation"), body(LORRIES * 2), table, body(WATER))
    )
    assert paragraphs(parsed)[3:6] == ["Ward For Against", "Chapel 32 44", "Lower Field 60 36"]
    assert [section.label for section in parsed.sections] == ["54. Consultation"]


@pytest.mark.parametrize(
    "name",
    [
        heading("Public Question Time"),
        Paragraph("Public Question Time", LARGE),
        heading("PUBLIC QUESTION TIME"),
        body("54. Public Question Time"),
        heading("54 Public Question Time"),
        heading("Public Question Time:"),
    ],
)
def test_words_in_bold_in_large_type_in_capitals_or_with_a_number_are_headings(name: Paragraph):
    parsed = parse_pdf(flowing(body(LORRIES * 2), name, body(WATER * 2)))
    assert parsed.sections[1].label == name.text.rstrip(":")
    assert parsed.text[parsed.sections[1].start :].startswith(name.text)


@pytest.mark.parametrize(
    "words",
    ["The meeting was adjourned at noon.", "The Committee is asked to agree that:", "40% 60%"],
)
def test_a_sentence_or_a_figure_in_bold_is_no_heading(words: str):
    parsed = parse_pdf(flowing(body(LORRIES * 2), heading(words), body(WATER * 2)))
    assert [section.label for section in parsed.sections] == [""]
    assert words in paragraphs(parsed)


def test_a_number_in_the_margin_joins_its_title():
    page = [Put(72, 700, "54."), Put(310, 708, "Chapel Lane", "Times-Bold", 16), Put(72, 600, WATER)]
    assert "54. Chapel Lane" in paragraphs(parse_pdf(drawn(page)))


def test_letters_set_as_one_and_odd_blanks_become_plain_words():
    data = meaning("The o\ufb03cer said that the \ufb02at\u00a0was\u3000not let.")
    assert parse_pdf(data).text == "The officer said that the flat was not let."


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(rotation: int):
    upright = drawn(typed([*LINES, "", *LINES], top=500))
    turned = drawn(typed([*LINES, "", *LINES], top=500), rotation=rotation)
    assert parse_pdf(turned).text == parse_pdf(upright).text == f"{' '.join(LINES)}\n\n{' '.join(LINES)}"


def test_the_title_of_the_file_counts_if_the_words_bear_it_out():
    named = parse_pdf(minutes(title="Planning Committee minutes 4 March 2025"))
    assert named.title == "Planning Committee minutes 4 March 2025"


@pytest.mark.parametrize("title", ["", "Highways Board 7 May 2019", "Microsoft Word - minutes.doc"])
def test_otherwise_the_head_of_the_first_page_is_the_title(title: str):
    assert parse_pdf(minutes(title=title)).title == "Ashmere Borough Council – Planning Committee"


def unreadable(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        parse_pdf(data)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_file_with_a_password_is_named_as_such():
    assert unreadable(minutes(password="lorry")).startswith("encrypted: it opens only with a password")


def test_pictures_of_pages_are_named_scanned_with_the_remedy():
    message = unreadable(with_picture(pages=3))
    assert message.startswith("scanned:")
    assert "ocrmypdf" in message


def test_a_scan_with_a_stamp_is_still_a_scan():
    assert unreadable(with_picture(pages=3, caption="Page 3")).startswith("scanned:")


@pytest.mark.parametrize("words", ["", "Page 1"])
def test_pages_without_words_but_for_their_numbers_are_empty(words: str):
    assert unreadable(drawn(typed([words], top=30), [])) == "empty: its pages are blank"


def test_letters_without_a_meaning_are_garbled():
    message = unreadable(meaning("\ue001\ue002\ue003 \ue004\ufffd\ue005"))
    assert message.startswith("garbled:")
    assert "ocrmypdf --force-ocr" in message


def test_a_few_letters_without_a_meaning_do_no_harm():
    assert "The scheme was approved." in parse_pdf(meaning("\ue001 The scheme was approved.")).text


def test_half_of_a_pair_of_characters_becomes_one_that_can_be_stored():
    text = parse_pdf(meaning("The scheme \ud83c was approved.")).text
    assert text.encode() == "The scheme \ufffd was approved.".encode()


@pytest.mark.parametrize("keep", [10, 200, 0.3])
def test_a_file_that_was_cut_off_is_damaged(keep: float):
    whole = minutes(2)
    cut = whole[: int(keep if keep > 1 else keep * len(whole))]
    assert unreadable(cut).startswith("damaged or cut off:")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"plain words", b"\x00" * 4096])
def test_what_is_no_pdf_is_damaged(data: bytes):
    assert unreadable(data).startswith("damaged or cut off:")


def test_a_missing_end_mark_is_remarked_on():
    whole = minutes()
    assert parse_pdf(whole).notes == ()
    assert parse_pdf(whole.replace(b"%%EOF", b"     ")).notes == ("no end mark: the file may be cut off",)


def test_two_hundred_pages_take_seconds():
    lines = [f"Line {n} of a page on which the committee had much to say about the budget" for n in range(50)]
    data = drawn(*(typed([f"Page {page} began.", *lines]) for page in range(200)))
    started = perf_counter()
    parsed = parse_pdf(data)
    assert perf_counter() - started < 20
    assert len(parsed.pages) == 200
