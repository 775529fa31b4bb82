import pytest

from corpus.records import Section
from index.passage_table import StoredPassage
from index.passages import make_passages
from index.units import Unit, completed, says_something, units_of, with_introduced
from tests.factories import make_document


def document_of(*parts):
    """Return a document of labelled parts, a line apart."""
    text, sections = "", []
    for label, words in parts:
        sections += [Section(label, len(text), len(text) + len(words))] if label else []
        text += f"{words}\n\n"
    return make_document(text=text, sections=tuple(sections))


def stored(document, embedder):
    """Return the passages as a generation holds them."""
    passages = make_passages(document, count_tokens=embedder.count_tokens, window=embedder.window)
    return [
        StoredPassage(row, document, one.section, one.start, one.end, one.heading, 0)
        for row, one in enumerate(passages)
    ]


def quotable(document, embedder):
    units = [unit for passage in stored(document, embedder) for unit in units_of(passage)]
    for unit in units:
        assert unit.document is document
        assert unit.text == document.text[unit.start : unit.end]
        assert unit.words == len(unit.text.split())
    return [(unit.role, unit.text) for unit in units]


def test_sentences_and_list_items_can_be_quoted_and_headings_cannot(hash_embedder):
    text = (
        "54. PUBLIC QUESTIONS\n\nCllr. Vane asked why. The Clerk replied.\n\nRESOLVED:\n"
        "1. To note it.\n2. To thank the Clerk."
    )
    assert quotable(make_document(text=text), hash_embedder) == [
        ("", "Cllr. Vane asked why."),
        ("", "The Clerk replied."),
        ("", "1. To note it."),
        ("", "2. To thank the Clerk."),
    ]


def test_a_unit_has_the_role_of_its_section(hash_embedder):
    long = "The piers were rusted. " * 9
    document = document_of(
        ("", "Before."), ("54. Bridges · minutes", long), ("resolved", f"RESOLVED:\n{long}"), ("", "After.")
    )
    roles = [role for role, _ in quotable(document, hash_embedder)]
    assert roles == ["", *["minutes"] * 9, *["resolved"] * 9, ""]


def test_a_short_section_is_quoted_with_its_label(hash_embedder):
    short = "Alternative options considered:\nNone."
    document = document_of(("minutes", "It was discussed."), ("alternative options considered", short))
    assert quotable(document, hash_embedder) == [
        ("minutes", "It was discussed."),
        ("alternative options considered", short),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("RESOLVED:\n1. To note it.\n2. To close it.", ["1. To note it.", "2. To close it."]),
        ("Recorded vote:\n" + "The bridge stays. " * 9, ["The bridge stays."] * 9),
        ("It was noted.\n\nIt was closed.", ["It was noted.", "It was closed."]),
        ("RESOLVED:", []),
    ],
    ids=["a list", "a long one", "no label", "nothing but a label"],
)
def test_other_sections_are_quoted_sentence_by_sentence(words, expected, hash_embedder):
    document = document_of(("resolved", words))
    assert [text for _, text in quotable(document, hash_embedder)] == expected


def test_a_long_section_gives_its_units_passage_by_passage(hash_embedder):
    document = document_of(("minutes", "The bridge was closed for the winter. " * 60))
    passages = stored(document, hash_embedder)
    assert len(passages) > 1
    for passage in passages:
        units = list(units_of(passage))
        assert [(unit.start, unit.end) for unit in (units[0], units[-1])] == [
            (passage.start, units[0].end),
            (units[-1].start, passage.end),
        ]
        assert " ".join(unit.text for unit in units) == passage.text


def test_a_passage_that_holds_only_part_of_a_short_section_gives_its_own_sentences():
    document = document_of(("resolved", "RESOLVED:\nTo note it. To close it."))
    passage = StoredPassage(0, document, "resolved", 0, document.text.index(" To close"), "", 0)
    assert [unit.text for unit in units_of(passage)] == ["To note it."]


def pair(before, between, after):
    text = before + between + after
    document = make_document(text=text)
    passage = StoredPassage(0, document, "", 0, len(text), "", 0)
    start = len(before) + len(between)
    return Unit(passage, 0, len(before), ""), Unit(passage, start, len(text), "")


@pytest.mark.parametrize(
    "opener", ["He added that it fell.", "This was noted.", "• They left.", "However, it stood."]
)
def test_a_sentence_that_leans_on_the_one_before_brings_it_along(opener):
    before, unit = pair("The Clerk spoke.", " ", opener)
    assert completed(unit, before).text == f"The Clerk spoke. {opener}"
    assert completed(unit, before).end == unit.end


@pytest.mark.parametrize(
    ("before", "between", "after"),
    [
        ("The Clerk spoke.", " ", "The bridge fell."),
        ("The Clerk spoke.", " ", "Items were noted."),
        ("The Clerk spoke.", " ", "The motion said This was so."),
        ("The Clerk spoke.", " ", "the bridge fell, he said."),
        ("The Clerk spoke.", "\n\n", "He added that it fell."),
        ("The Clerk spoke.", " So. ", "He added that it fell."),
        ("The Clerk spoke at length " + "and at length " * 20 + "so.", " ", "He added that it fell."),
    ],
    ids=[
        "no pronoun",
        "another word",
        "inside",
        "small inside",
        "another paragraph",
        "words between",
        "too long",
    ],
)
def test_other_sentences_stand_alone(before, between, after):
    first, unit = pair(before, between, after)
    assert completed(unit, first) == unit


def test_the_first_sentence_stands_alone_and_what_follows_is_never_taken_for_what_stands_before():
    first, unit = pair("He spoke.", " ", "He left.")
    assert completed(unit, None) == unit
    assert completed(first, unit) == first


@pytest.mark.parametrize(
    ("words", "role", "says"),
    [
        ("The bridge was closed.", "", True),
        ("Motion Passed (10 to 2)", "", True),
        ("Village Hall £10.00", "", True),
        ("£658.63", "", False),
        ("REPLY:", "", False),
        ("**(c)**", "", False),
        ("Ms.", "", False),
        ("PDF 1 MB", "", False),
        ("Carried.", "resolved", True),
        ("12", "resolved", False),
        ("Ashmere Borough Council - 5th March 2019", "", False),
        ("Tuesday, 5 March 2019", "", False),
        ("Signed ________ Dated 5th March 2019 Page 1 of 2", "", False),
        ("Tuesday, 6 March 2019", "", True),
        ("The minutes of the meeting held on 5 March 2019 at the bridge", "", True),
    ],
)
def test_what_tells_a_reader_nothing_is_not_quoted_alone(words, role, says):
    document = make_document(text=words)
    heading = "Ashmere Borough Council, Cabinet, 5 March 2019: Minutes"
    assert (
        says_something(Unit(StoredPassage(0, document, role, 0, len(words), heading, 0), 0, len(words), role))
        is says
    )


def introduced(text: str) -> str:
    document = make_document(text=text)
    unit = Unit(StoredPassage(0, document, "", 0, len(text), "", 0), 0, text.index(":") + 1, "")
    return with_introduced(unit).text


def test_a_sentence_that_introduces_others_brings_them_along():
    dates = "The dates were set as follows:\n\n7 and 21 January;\n\n4 and 18 February;"
    assert introduced(dates) == dates
    assert introduced(f"{dates}\n\n{'It was a long winter that year. ' * 9}") == dates + "\n\n" + " ".join(
        ["It was a long winter that year."] * 3
    )
    assert introduced(f"It was noted:\n\n{'word ' * 60}end.").endswith("end.")
    assert introduced("Nothing follows:") == "Nothing follows:"


def test_a_colon_within_a_sentence_introduces_nothing_else():
    text = "The bridge: it fell. The road stayed."
    document = make_document(text=text)
    unit = Unit(StoredPassage(0, document, "", 0, len(text), "", 0), 0, text.index(" The"), "")
    assert with_introduced(unit) == unit
