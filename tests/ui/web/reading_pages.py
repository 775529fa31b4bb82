"""Reads a page as a browser does, and makes records of what is to be shown."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from corpus.records import Document
from index.records import Answer
from tests.ui.web.fake import DOCUMENTS, FakeBackend
from ui.web.handlers import answer
from ui.web.handlers.records import Answered
from ui.web.state import State
from ui.web.style import SCRIPT

VOID = {"meta", "link", "br", "input"}
INLINE = {"a", "span", "strong", "mark", "time", "code"}
#: All that pages are made of; what could load, run or disguise something is not among it.
ALLOWED = set(
    "html head meta link title style body header nav main article section aside form fieldset legend label "
    "input textarea button select optgroup option datalist details summary template "
    "table thead tbody tr th td h1 h2 h3 p div span strong br blockquote ol ul li a mark code time".split()
)
#: Where a link may lead: within the page, to an address of this server, to the council.
HREF = re.compile(
    r"#[a-z]+(-[a-z0-9]+)*|(?:/minutes)?/(?:[a-z]+(?:[.-][a-z]+)?)?(?:\?[^\"<>\s]*)?(?:#quote)?|https?://[^/]+.*"
)


class Reader(HTMLParser):
    """A page's tags with their attributes, and the text of each element."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.attributes: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.marks: list[str] = []
        self.record: list[str] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == [], "an element is not closed"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.attributes += [(name, value or "") for name, value in attrs]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in INLINE:
            self.text.append(" ")
        if tag in VOID:
            return
        self._open.append(tag)
        if any(name == "class" and "mb-record" in (value or "") for name, value in attrs):
            self._open[-1] = f"{tag} record"
        if tag == "mark":
            self.marks.append("")

    def handle_endtag(self, tag):
        assert self._open.pop().split()[0] == tag, f"</{tag}> closes another element"
        if tag not in INLINE:
            self.text.append(" ")

    def handle_data(self, data):
        self.text.append(data)
        if any(one.endswith(" record") for one in self._open):
            self.record.append(data)
        if "mark" in self._open:
            self.marks[-1] += data

    @property
    def hrefs(self) -> list[str]:
        return [value for name, value in self.attributes if name in {"href", "action"}]

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


def harmless(page: str) -> None:
    """Fail if `page` holds anything that could load, run or disguise something, its own script aside."""
    page = page.replace(f"<script>{SCRIPT}</script>", "", 1)
    read = Reader(page)
    assert {tag for tag, _ in read.tags} <= ALLOWED
    names = {name for name, _ in read.attributes}
    assert not {name for name in names if name.startswith("on")} | (
        names & {"src", "srcdoc", "style", "background"}
    )
    assert [href for href in read.hrefs if not HREF.fullmatch(href)] == []
    assert page.count("<style>") <= 1
    assert "<!-" not in page


def answered_with(
    given: Answer, *documents: Document, state: State | None = None, unseen: tuple[str, ...] = ()
) -> Answered:
    """Return what is shown when `given` is the answer."""

    class Backend(FakeBackend):
        def ask(self, question, **_):
            return given

    record = answer(Backend(documents=documents or DOCUMENTS, unseen=unseen), state or State(text="q"))
    assert isinstance(record, Answered)
    return record


def tame(given: Answer) -> Answer:
    """Return the same answer with harmless words of the same lengths."""

    def one(part):
        words = {name: "x" for name in ("title", "council", "committee", "section", "document_id")}
        return replace(part, **words, text="a" * len(part.text))

    return replace(
        given, quotes=tuple(one(part) for part in given.quotes), hits=tuple(one(part) for part in given.hits)
    )
