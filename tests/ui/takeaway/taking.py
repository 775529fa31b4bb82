"""An answer and a list of results, with words in them that mean something to every format."""

from datetime import date
from typing import Any

from corpus.records import Kind, Status
from index.records import Answer, Filters, Header, Hit, Quote, Result
from ui.takeaway.records import TakenAnswer, TakenList

MADE = date(2026, 3, 2)
REASON = "The bandstand was kept because its frame is sound."
DECISION = "RESOLVED\n\n(1) That the bandstand be repaired;\n(2) that £84,000 be spent."
LINK = "https://minutes.ashmere.example/7#:~:text=The%20bandstand%20was,-sound"
FILTERS = Filters("Ashmere Borough Council", "", "2026-01-01", "", "minutes")


def make_quote(text: str = REASON, **fields) -> Quote:
    defaults: dict[str, Any] = {
        "text": text,
        "document_id": "ashmere/7",
        "url": "https://minutes.ashmere.example/7",
        "start": 120,
        "end": 120 + len(text),
        "title": "7. The bandstand",
        "council": "Ashmere Borough Council",
        "committee": "Parks Committee",
        "meeting_date": "2026-01-15",
        "section": "minutes",
        "link": LINK,
    }
    return Quote(**(defaults | fields))


def make_answer(*quotes: Quote, question: str = "Why was the bandstand kept?", **fields) -> TakenAnswer:
    said = " ".join(quote.text for quote in quotes)
    answer = Answer(question, bool(quotes), said, quotes, (), "000007", "hash", 0.1)
    given: dict[str, Any] = {"answer": answer, "filters": FILTERS, "made": MADE, **fields}
    return TakenAnswer(**given)


def make_result(text: str = REASON, **fields) -> Result:
    quote = make_quote(text, **fields)
    hit = Hit(
        1, 0.5, "p", quote.document_id, quote.url, quote.title, quote.council, quote.committee,
        quote.meeting_date, quote.section, quote.start, quote.end, quote.text,
    )  # fmt: skip
    header = Header(
        quote.document_id, "ashmere", Kind.MINUTES, quote.title, quote.url, quote.council, quote.committee,
        quote.meeting_date, "7", Status.DRAFT,
    )  # fmt: skip
    return Result(hit, header, quote.link)


def make_list(*results: Result, query: str = "bandstand") -> TakenList:
    return TakenList(query, FILTERS, MADE, "000007", results)


#: The record says such things, and whoever writes to a council can make it say them.
HOSTILE = [
    '<script>alert(1)</script> <img src=x onerror="alert(2)"> <!-- gone -->',
    "[click](javascript:alert(3)) ![see](https://evil.example/x.png) [ref]: https://evil.example",
    "# heading\n- item\n+ item\n* item\n1. one\n2) two\n> quote\n===\n---\n***\n    code\n\tcode",
    "**bold** _it_ __b__ `code` ```\nfence\n``` ~~gone~~ ~sub~ ^sup^ $math$ {.class onclick=x}",
    "| a | b |\n|---|---|\n| c | d |",
    "&lt;b&gt; &amp; &#60;script&#62; \\[ \\* \\\\ <https://evil.example> <a@evil.example>",
    "https://evil.example www.evil.example mailto:a@evil.example @all #12 :smile: [^1] [^1]: note",
    "Term\n: definition\n\n[x]: javascript:alert(4) 'title'\n\n<details><summary>x</summary>",
    "hard break  \nnext\\\nnext | pipe",
    "\x1b[31mred\x07 \u202eright\u202c \x00nul \ud800half \x0cpage \u2028line",
]
