from time import perf_counter
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import find_blocks
from corpus.records import Section
from index.embedding import HashEmbedder
from index.passages import (
    HEADING_SHARE,
    MAX_WORDS,
    embedded_spans,
    embedded_text,
    heading_of,
    make_passages,
    spoken_date,
)
from index.sentences import block_sentences
from tests.factories import COMMITTEE, COUNCIL, make_document

WINDOW = 256
SENTENCE = "The engineer told members that both piers of the old mill bridge were rusted through. "


def hashed(texts):
    return HashEmbedder().count_tokens(texts)


def erratic(texts):
    """Count as no tokenizer does: two halves never add up to their whole."""
    return [2 + len(t.split()) ** 2 // 16 + len(t) // 8 + crc32(t.encode()) % 5 for t in texts]


def passages_of(document, count_tokens=hashed, window=WINDOW):
    return make_passages(document, count_tokens=count_tokens, window=window)


def texts_of(document, **how):
    return [document.text[one.start : one.end] for one in passages_of(document, **how)]


def check(document, count_tokens, window):
    """Hold what must be true of the passages of every document."""
    text, passages = document.text, passages_of(document, count_tokens, window)
    parts = parts_of(document)
    last = 0
    for one in passages:
        words = text[one.start : one.end]
        assert last <= one.start < one.end, "in order and not empty"
        assert not text[last : one.start].strip(), "no character is left out"
        assert words == words.strip()
        assert (one.section, *part_at(parts, one.start)) == (one.section, *part_at(parts, one.end - 1))
        assert one.section == part_at(parts, one.start)[0], "each lies in the one section it names"
        assert count_tokens([embedded_text(one.heading, words)])[0] <= window or len(words) == 1
        last = one.end
    assert not text[last:].strip(), "no character is left out"
    check_sentences(text, passages, parts, count_tokens, window)


def check_sentences(text, passages, parts, count_tokens, window):
    """Only a sentence or list item that is too long alone may be cut."""
    headings = {(one.section, part_at(parts, one.start)): one.heading for one in passages}
    cuts = {one.start for one in passages} | {one.end for one in passages}
    for label, first, last in parts:
        part = text[first:last]
        for block in find_blocks(part):
            for start, end in block_sentences(part, block):
                if any(first + start < cut < first + end for cut in cuts):
                    heading = headings[label, (label, first, last)]
                    alone, bare, empty, head = count_tokens(
                        [embedded_text(heading, part[start:end]), part[start:end], "", heading]
                    )
                    words = sum(1 + len(word) // 100 for word in part[start:end].split())
                    room = window - max(head, empty)
                    assert alone > window or bare - empty > room or words > MAX_WORDS


def parts_of(document):
    """Return the sections and what stands between them: label, start, end."""
    parts, last = [], 0
    for section in document.sections:
        parts += [("", last, section.start), (section.label, section.start, section.end)]
        last = section.end
    parts.append(("", last, len(document.text)))
    return [part for part in parts if document.text[part[1] : part[2]].strip()]


def part_at(parts, offset):
    return next(part for part in parts if part[1] <= offset < part[2])


FAMILY = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
THUMB = "\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}"
ACCENTED = "e\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}"
PIECES = (
    *("The bridge was closed. ", "an unending sentence without any stop ", "1. To note it;\n", "RESOLVED:\n"),
    *("• a list item\n", "Cllr. Vane ", "£1.2m. ", "x" * 30, ACCENTED, FAMILY, "\n\n", "\f", " ", "\u2028"),
)


@st.composite
def documents(draw):
    pieces = draw(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40))
    text = "".join(pieces)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    labels = ("resolved", "54. Public questions · minutes", "")
    sections = tuple(
        Section(draw(st.sampled_from(labels)), start, end)
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    title = draw(st.one_of(st.just("The mill bridge"), st.text(max_size=80)))
    return make_document(text=text, sections=sections, title=title)


@settings(deadline=None)
@given(documents(), st.integers(16, 90))
def test_passages_hold_every_word_once_within_sections_and_window(document, window):
    check(document, hashed, window)


@settings(deadline=None)
@given(documents(), st.integers(48, 90))
def test_passages_fit_whatever_way_tokens_are_counted(document, window):
    check(document, erratic, window)


@pytest.mark.model
@given(document=documents(), window=st.integers(32, 90))
def test_passages_fit_as_the_real_model_counts(minilm, document, window):
    check(document, minilm.count_tokens, window)


def test_a_short_document_is_one_passage_with_its_heading():
    (one,) = passages_of(make_document(text=" The bridge was closed. \n"))
    assert (one.section, one.start, one.end) == ("", 1, 23)
    assert one.heading == f"{COUNCIL} · {COMMITTEE} · 15 January 2026 · The mill bridge"


def test_the_heading_names_the_section_and_leaves_out_what_is_unknown():
    document = make_document(council="", committee="", meeting_date=None)
    assert heading_of(document, "resolved") == "The mill bridge · resolved"
    assert heading_of(make_document(title="", council="", committee="", meeting_date=None), "") == ""


@pytest.mark.parametrize(
    ("iso", "spoken"),
    [("2026-01-05", "5 January 2026"), ("1894-12-31", "31 December 1894"), (None, ""), ("", "")],
)
def test_dates_are_written_as_people_say_them(iso, spoken):
    assert spoken_date(iso) == spoken


def test_what_is_embedded_is_the_heading_above_the_words():
    assert embedded_text("The mill bridge", "It was closed.") == "The mill bridge\nIt was closed."
    assert embedded_text("", "It was closed.") == "It was closed."


@pytest.mark.parametrize("heading", ["The mill bridge", ""])
def test_sentences_are_found_in_what_the_model_reads(heading):
    ((start, end),) = embedded_spans(heading, "It was closed. It is open.", [(15, 26)])
    assert embedded_text(heading, "It was closed. It is open.")[start:end] == "It is open."


def test_sections_are_never_mixed_and_what_stands_between_them_has_no_label():
    text = "Minutes. One. Reasons. Two. End."
    bounds = [("minutes", "Minutes. One."), ("reasons for decision", "Reasons. Two.")]
    sections = tuple(Section(label, text.index(w), text.index(w) + len(w)) for label, w in bounds)
    passages = passages_of(make_document(text=text, sections=sections))
    assert [(one.section, text[one.start : one.end]) for one in passages] == [*bounds, ("", "End.")]
    assert [one.heading.endswith(one.section) for one in passages] == [True] * 3


def test_blank_and_empty_sections_give_no_passage():
    sections = (Section("minutes", 0, 0), Section("resolved", 1, 3), Section("decision", 4, 9))
    assert texts_of(make_document(text="a    bcde", sections=sections)) == ["a", "bcde"]


def test_long_text_is_cut_between_sentences_into_full_passages():
    texts = texts_of(make_document(text=SENTENCE * 40))
    assert all(text.endswith("through.") for text in texts)
    assert all(80 <= len(text.split()) <= MAX_WORDS for text in texts[:-1])


def test_passages_fill_the_window_sentence_by_sentence():
    document = make_document(text="It was closed. " * 200, title="", council="", committee="")
    counts = hashed(
        [
            embedded_text(one.heading, document.text[one.start : one.end])
            for one in passages_of(document, window=64)
        ]
    )
    assert min(counts[:-1]) > 64 - hashed(["It was closed."])[0]


def test_a_passage_that_is_full_enough_ends_with_its_paragraph():
    paragraph = (SENTENCE * 8).strip()
    assert texts_of(make_document(text=f"{paragraph}\n\n{paragraph}")) == [paragraph, paragraph]


def test_short_paragraphs_share_a_passage():
    assert len(passages_of(make_document(text="A line.\n\n" * 12))) == 1


def test_a_list_item_is_cut_only_where_it_is_too_long_alone():
    item = (
        "(a) that the piers be renewed in stone, brick or iron as the engineer may from time to time advise;"
    )
    long = "(b) that " + "the piers and " * 300 + "the road be renewed."
    text = f"{item}\n{long}\n{item.replace('(a)', '(c)')}"
    texts = texts_of(make_document(text=text))
    assert texts[0].startswith(item)
    assert texts[-1].endswith(item[3:])
    assert all(len(one.split()) <= MAX_WORDS for one in texts)


def test_a_sentence_that_is_cut_loses_no_word():
    text = "word " * 2_000
    assert " ".join(texts_of(make_document(text=text))).split() == text.split()


def test_a_sentence_that_is_cut_falls_into_parts_of_like_size():
    lengths = [len(text.split()) for text in texts_of(make_document(text="word " * 400))]
    assert max(lengths) - min(lengths) <= 1


@pytest.mark.parametrize("count_tokens", [hashed, erratic])
def test_a_monster_of_a_heading_is_cut_to_its_share(count_tokens):
    document = make_document(title="The bridge " * 500, text=SENTENCE * 20)
    check(document, count_tokens, WINDOW)
    for one in passages_of(document, count_tokens):
        assert one.heading.startswith(f"{COUNCIL} · {COMMITTEE}")
        assert count_tokens([one.heading])[0] <= WINDOW * HEADING_SHARE
    assert passages_of(document, count_tokens)[0].heading.count("The bridge") > 4


HARD = {
    "one word of 100,000 letters": "x" * 100_000,
    "such a word in a sentence": "The word is " + "x" * 100_000 + " and no more. It is long.",
    "punctuation without blanks": "!?" * 20_000,
    "dots": "." * 50_000,
    "Chinese without blanks": "議會決定關閉橋樑。" * 3_000,
    "combining marks": ACCENTED * 10_000,
    "nothing but marks": ACCENTED[1] * 20_000,
    "emoji": (FAMILY + THUMB) * 3_000,
    "words in lines": "word\n" * 20_000,
    "form feeds": "\f" * 500 + "a\fb\f" * 500,
    "odd line ends": "A line.\x85Another.\u2028A third.\r" * 500,
    "blanks between": ("a" + " " * 5_000) * 40,
    "capitals": "THE BRIDGE WAS CLOSED TO ALL VEHICLES FOR THE WINTER AND\n" * 500,
    "labels": "RESOLVED:\n" * 2_000,
}


@pytest.mark.parametrize("count_tokens", [hashed, erratic])
@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
def test_hard_texts_are_cut_like_any_other_and_in_time(text, count_tokens):
    started = perf_counter()
    check(make_document(text=text), count_tokens, WINDOW)
    assert perf_counter() - started < 20


@pytest.mark.model
@pytest.mark.parametrize("text", [text[:20_000] for text in HARD.values()], ids=HARD.keys())
def test_hard_texts_fit_the_real_model(text, minilm):
    check(make_document(text=text), minilm.count_tokens, minilm.window)


@pytest.mark.parametrize("text", ["", " ", "\f", " \n\t\f\u00a0\u2028 " * 1_000])
def test_text_without_words_has_no_passages(text):
    assert passages_of(make_document(text=text)) == []


@pytest.mark.parametrize("whole", [ACCENTED, FAMILY, THUMB])
def test_no_accent_is_parted_from_its_letter_and_no_emoji_is_taken_apart(whole):
    passages = passages_of(make_document(text=whole * 2_000))
    assert len(passages) > 1
    assert {one.start % len(whole) for one in passages} == {0}


def test_a_word_that_no_model_knows_is_not_one_passage():
    assert max(map(len, texts_of(make_document(text="x" * 100_000)))) < 20_000


def test_a_document_of_700_000_characters_takes_seconds():
    paragraphs = "".join(f"{SENTENCE * (1 + number % 9)}\n\n" for number in range(1_700))
    document = make_document(text=f"RESOLVED:\n{paragraphs}")
    assert len(document.text) > 700_000
    started = perf_counter()
    passages = passages_of(document)
    assert perf_counter() - started < 10
    assert len(passages) > 700
