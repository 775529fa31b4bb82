"""Whatever stands in the minutes, in titles, names, addresses or questions, it stays words on every page."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import ui
from corpus.records import Document, Section, SourceState
from index.browse import History
from index.records import Filters
from tests.ui.web.fake import (
    BANDSTAND,
    BANDSTAND_ANSWER,
    HOSTILE,
    POND,
    REASON,
    SILENCE,
    FakeBackend,
    hit,
    quote,
)
from tests.ui.web.reading_pages import Reader, answered_with, harmless
from ui.web.backend import SourceSummary
from ui.web.handlers import browse, search
from ui.web.handlers.records import DocumentShown, Missing, Reading, Refused, Results
from ui.web.markup import browse as shelves
from ui.web.markup import notice, plain_page, problem
from ui.web.markup.answer import answered, reading
from ui.web.markup.asking import asking, examples
from ui.web.markup.document import document
from ui.web.markup.frame import Frame, page
from ui.web.markup.home import home
from ui.web.markup.notices import missing, refused
from ui.web.markup.results import results
from ui.web.state import State, View

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "JaVaScRiPt://a.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//evil.example/x",
    "file:///etc/passwd",
    "http://[broken",
    "https:nohost",
    'https://a.example/"onmouseover="alert(1)',
    "https://a.example/'><script>alert(1)</script>",
    'https://a.example/" style="display:none',
    "[click](javascript:alert(1)) <http://evil.example>",
    "</mark></li></ol></section></textarea></option></template><h1>Broken out</h1>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!-- never closed",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "{{constructor}} ${alert(1)} @children",
    HOSTILE,
]


def hostile_pages(payload: str) -> list[str]:
    """Return every kind of page with `payload` wherever words from outside may stand."""
    fields = ("document_id", "url", "title", "council", "committee", "section")
    names: dict[str, Any] = dict.fromkeys(fields, payload)
    theirs = Document(
        id=payload,
        source=payload,
        title=payload,
        text=f"{payload} {payload}",
        url=payload,
        council=payload,
        committee=payload,
        meeting_date="2026-01-15",
        item_number=payload,
        sections=(Section(payload, 0, len(payload)),),
    )
    twin = replace(theirs, id=f"{payload}2", meeting_date="2025-12-01")
    hits = (replace(hit(POND, POND.text), **names), replace(hit(BANDSTAND, REASON), **names, text=payload))
    quotes = (
        replace(quote(POND, POND.text), **names, link=payload, text=payload, points_to=payload),
        replace(quote(BANDSTAND, REASON), title=payload, link=payload),
    )
    state = State(text=payload, typed=f"{payload}!", filters=Filters(*(payload,) * 3, payload, payload))
    backend = FakeBackend(documents=(theirs, twin, BANDSTAND), generation=payload, unseen=(payload,))
    source = SourceSummary(payload, payload, 1, payload, payload, SourceState.BLOCKED, payload)
    backend.sources = lambda: (source,)  # type: ignore[method-assign]
    whole = replace(BANDSTAND_ANSWER, hits=hits, quotes=quotes, generation=payload, answer=f"a. {payload}")
    silent = replace(SILENCE, hits=hits, generation=payload, answer=f"The minutes do not say. {payload}")
    found = search(backend, State(View.SEARCH, "a <"))
    assert isinstance(found, Results)
    found = replace(found, state=replace(state, view=View.SEARCH))
    opened = browse(backend, State(View.BROWSE, document=payload, start=0, end=4))
    assert isinstance(opened, DocumentShown)
    headers = tuple(source.result.header for source in answered_with(whole, theirs).sources)
    opened = replace(opened, link=payload, history=History(headers), before=headers[0], after=headers[0])
    contents = [
        answered(answered_with(whole, theirs, state=state, unseen=(payload,)), root="", judged=True),
        answered(answered_with(silent, theirs, state=state), root=""),
        reading(Reading(state, headers, payload)),
        results(found, root=""),
        results(
            replace(found, listing=replace(found.listing, results=(), interpreted=payload, notes=(payload,))),
            root="",
        ),
        document(opened, root=""),
        missing(Missing(state, payload), root=""),
        refused(Refused(state, payload)),
        home(state, backend.holdings(), (payload,), (payload,), root=""),
        examples((payload,), root=""),
        asking(state, backend.holdings(), root=""),
        notice(payload),
        problem(payload),
        shelves.shelves(browse(backend, State(View.BROWSE)), root=""),  # type: ignore[arg-type]
        shelves.council(browse(backend, State(View.BROWSE, place=(payload,))), root=""),  # type: ignore[arg-type]
        shelves.committee(browse(backend, State(View.BROWSE, place=(payload, payload))), root=""),  # type: ignore[arg-type]
        shelves.meeting(
            browse(backend, State(View.BROWSE, place=(payload, payload, "2026-01-15"))),  # type: ignore[arg-type]
            root="",
        ),
    ]
    whole_pages = [
        page(
            Frame(replace(state, view=view), backend.holdings(), reader=payload, may_leave=True), payload, ""
        )
        for view in View
    ]
    return [*contents, *whole_pages, plain_page(payload, payload)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words(payload):
    for made in hostile_pages(payload):
        harmless(made)


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", "&lt;b&gt;", HOSTILE])
def test_they_are_shown_as_they_were_written(payload):
    pages = hostile_pages(payload)
    told = " ".join(payload.split())
    assert [made for made in pages if told not in Reader(made).words] == []


def test_html_is_made_in_one_place_only():
    house = Path(ui.__file__).parent
    tags = re.compile(r"</?(?:html|body|main|div|p|span|a|h[1-6]|[uo]l|li|form|input|script|style|table)\b")
    elsewhere = [
        path.relative_to(house).as_posix()
        for path in house.rglob("*.py")
        if "web/markup/" not in path.as_posix() and tags.search(path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == []
