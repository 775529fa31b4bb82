"""Read by a Markdown parser, a file holds the blocks that were put there, and every other sign is text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.ui.takeaway.taking import DECISION, HOSTILE, LINK, make_answer, make_quote, make_result
from ui.takeaway.markdown import answer_as_markdown, escaped
from ui.takeaway.safe import in_one_line, lines_of

PARSERS = [MarkdownIt("commonmark"), MarkdownIt("commonmark").enable(["table", "strikethrough"])]
#: What a file is made of; anything else is something that the minutes have put there.
OURS = {
    "heading", "paragraph", "inline", "bullet_list", "list_item", "blockquote", "text", "softbreak",
    "hardbreak", "strong", "link", "text_special",
}  # fmt: skip


def everything(tokens: list[Token]) -> list[Token]:
    return [inner for token in tokens for inner in (token, *everything(token.children or []))]


def kinds(tokens: list[Token]) -> set[str]:
    return {token.type.removesuffix("_open").removesuffix("_close") for token in everything(tokens)}


def shown(tokens: list[Token]) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(
        breaks.get(token.type, token.content) for token in everything(tokens) if not token.children
    )


def quoted(tokens: list[Token]) -> list[str]:
    """Return the text of each block quote, its paragraphs parted by an empty line."""
    found: list[list[Token]] = []
    inside = False
    for token in tokens:
        inside = token.type == "blockquote_open" or (inside and token.type != "blockquote_close")
        if token.type == "blockquote_open":
            found.append([])
        elif inside and token.type == "inline":
            found[-1].append(token)
    return ["\n\n".join(shown([paragraph]) for paragraph in quote) for quote in found]


def test_an_answer_says_what_it_is_and_where_its_quotes_stand():
    taken = make_answer(make_quote(), make_quote(DECISION, section="resolved"), drafts=frozenset({2}))
    text = answer_as_markdown(taken).decode()
    assert text.startswith(
        "# Why was the bandstand kept?\n\n- Question: Why was the bandstand kept?\n- Limited"
    )
    assert "> The bandstand was kept because its frame is sound. \\[1\\]\n" in text
    assert (
        "> RESOLVED\n>\n> (1) That the bandstand be repaired;\\\n> (2) that £84,000 be spent. \\[2\\]\n"
        in text
    )
    tokens = PARSERS[0].parse(text)
    assert quoted(tokens)[1] == f"{DECISION} [2]"
    links = [token.attrs["href"] for token in everything(tokens) if token.type == "link_open"]
    assert links == [LINK, LINK]
    words = shown(tokens)
    for part in (
        "council: Ashmere Borough Council; from: 1 January 2026; kind: Minutes",
        "Made on: 2 March 2026",
        "Generation: 000007",
        "[2] Ashmere Borough Council, Parks Committee, 15 January 2026: 7. The bandstand",
        "Resolved",
        "This is a draft",
        f"Characters 120 to {120 + len(DECISION)} of ashmere/7",
    ):
        assert part in words


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("parser", PARSERS, ids=["commonmark", "github"])
def test_hostile_words_stay_words_wherever_they_stand(parser, words):
    quote = make_quote(
        words, title=words, council=words, committee=words, section=words, points_to=words, document_id=words
    )
    taken = make_answer(quote, question=words, warnings=(words,), closest=(make_result(words, title=words),))
    tokens = parser.parse(answer_as_markdown(taken).decode())
    assert kinds(tokens) <= OURS
    links = [token.attrs["href"] for token in everything(tokens) if token.type == "link_open"]
    assert links == [LINK]
    assert quoted(tokens) == ["\n".join(lines_of(words)) + " [1]"]
    assert in_one_line(words) in shown(tokens)


@example("closed #")
@example("# #")
@example("#")
@example("###")
@example("\\#")
@given(st.text(alphabet=st.sampled_from("ab 1.\\`*_{}[]()<>#+-=!|~&;:^$@/\"'\n\t"), min_size=1, max_size=60))
def test_no_row_of_signs_means_anything(words):
    line = in_one_line(words)
    for parser in PARSERS:
        tokens = parser.parse(escaped(line))
        assert kinds(tokens) <= {"paragraph", "inline", "text", "text_special"}
        assert shown(tokens) == line
        tokens = parser.parse(answer_as_markdown(make_answer(make_quote(words), question=words)).decode())
        assert shown([tokens[1]]) == line
        assert quoted(tokens) == [("\n".join(lines_of(words)) + " [1]").strip()]


def test_an_address_that_is_none_is_no_link():
    quote = make_quote(link="javascript:alert(1)", url="data:text/html,x")
    text = answer_as_markdown(make_answer(quote)).decode()
    assert "javascript" not in text
    assert "data:" not in text


def test_an_address_cannot_end_its_link():
    quote = make_quote(link="https://a.example/> [x](javascript:alert(1)) <")
    tokens = PARSERS[0].parse(answer_as_markdown(make_answer(quote)).decode())
    assert [t.attrs["href"] for t in everything(tokens) if t.type == "link_open"] == [
        "https://a.example/%3E%20%5Bx%5D%28javascript:alert%281%29%29%20%3C"
    ]


def test_what_would_be_made_a_link_by_its_looks_is_none():
    parser = MarkdownIt("commonmark").enable("table")
    assert escaped("https://evil.example") == "https\\://evil.example"
    assert escaped("www.evil.example") == "www\\.evil.example"
    assert escaped("mailto:a@evil.example") == "mailto\\:a\\@evil.example"
    assert shown(parser.parse(escaped("see https://evil.example"))) == "see https://evil.example"
