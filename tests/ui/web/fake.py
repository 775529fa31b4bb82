"""A library of one invented council, for pages that need something to show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any

from corpus.errors import GenerationError, MinutebookError
from corpus.records import Document, Kind, Section, SourceState, Status
from index.answering.states import Missing, Reason, Silence
from index.browse import (
    CommitteeShelf,
    CouncilSummary,
    Extent,
    History,
    Holdings,
    Kinship,
    MeetingShelf,
    Shelves,
)
from index.facets import facets_of
from index.links import link_to
from index.many import Asked
from index.provenance import Provenance
from index.query import in_plain_words, parse_query
from index.records import Answer, Filters, Found, Header, Hit, Listing, Quote, Result, Sort
from index.search import matching_names
from ui.web.backend import EVERYTHING, SourceSummary

COUNCIL = "Ashmere Borough Council"
COMMITTEE = "Parks and Open Spaces Committee"
CABINET_NAME = "Cabinet"

REASON = (
    "The bandstand was kept because the survey found its frame sound, and because a new one would have "
    "cost £84,000 more than the repair."
)
DECISION = "That the bandstand in Wellow Park be repaired and reopened by the first of May."
HOSTILE = (
    '<script>window.broken = 1</script> <img src=x onerror="window.broken = 2"> '
    "[click](javascript:window.broken=3) **bold** `code` <!-- gone --> &lt;b&gt; "
    "${window.broken = 4} {{value}} @children </mark></div> is what the objector had written."
)

_OPENING = f"{COMMITTEE}\n\n \n\nPresent: Councillors Fenn (Chair), Okoro and Whitlock.\n\n"
_MINUTES = (
    f"The Head of Parks presented the survey of the bandstand.\n\n{REASON}\n\n"
    "Councillor Okoro asked how long the repair would last. The officer replied that thirty years could be "
    "expected if the roof was painted every five.\n\n"
)
_RESOLVED = f"RESOLVED\n\n{DECISION}\n"


def document(
    document_id: str,
    title: str,
    parts: list[tuple[str, str]],
    *,
    status: Status = Status.FINAL,
    **fields: Any,
) -> Document:
    """Build a document of Ashmere out of labelled parts; a part without a label lies in no section."""
    text, sections = "", []
    for label, words in parts:
        if label:
            sections.append(Section(label, len(text), len(text) + len(words)))
        text += words
    number = title.partition(".")[0]
    defaults: dict[str, Any] = {
        "source": "ashmere",
        "url": f"https://minutes.ashmere.example/{document_id}",
        "kind": Kind.MINUTES,
        "council": COUNCIL,
        "committee": COMMITTEE,
        "meeting_date": "2026-01-15",
        "item_number": number if number.isdigit() else "",
        "fetched_at": "2026-02-03T02:10:00+00:00",
    }
    return Document(
        id=document_id,
        title=title,
        text=text,
        status=status,
        sections=tuple(sections),
        **(defaults | fields),
    )


BANDSTAND = document(
    "ashmere/item 7?x=1",
    "7. The bandstand in Wellow Park",
    [("", _OPENING), ("minutes", _MINUTES), ("resolved", _RESOLVED)],
)
OBJECTION = document(
    "ashmere-8",
    "8. Objection <b>in writing</b>",
    [("minutes", f"A letter was read out. {HOSTILE} The Chair thanked the writer.")],
    status=Status.DRAFT,
)
POND = document(
    "ashmere-9",
    "9. The duck pond",
    [("minutes", "The pond would be dredged in autumn, when the nesting season is over.")],
)
BANDSTAND_BEFORE = document(
    "ashmere-62",
    "62. The bandstand in Wellow Park",
    [("minutes", "The Committee asked for a survey of the bandstand before anything was decided.")],
    meeting_date="2025-11-20",
)
DREDGER = document(
    "ashmere-11",
    "11. A dredger for the duck pond",
    [("", "The officer reports that a dredger can be hired for £2,400 a week.")],
    kind=Kind.REPORT,
)
CABINET = document(
    "ashmere-cabinet",
    "Cabinet, 3 February 2026",
    [("minutes", "The Cabinet noted the budget of the parks, and of the bandstand among them.")],
    committee=CABINET_NAME,
    meeting_date="2026-02-03",
    source="papers",
)
LETTER = document(
    "ashmere-letter",
    "A letter about the bandstand",
    [("", "Somebody asked when the bandstand would be played on again. The letter bears no date.")],
    kind=Kind.OTHER,
    committee="",
    meeting_date=None,
    source="papers",
)
FENLOW = document(
    "fenlow-3",
    "3. A bandstand for Fenlow",
    [("minutes", "The Parish Council wished for a bandstand like that of Ashmere.")],
    council="Fenlow Parish Council",
    committee="",
    meeting_date="2024-06-06",
    source="fenlow",
)
DOCUMENTS = (
    BANDSTAND, OBJECTION, POND, BANDSTAND_BEFORE, DREDGER, CABINET, LETTER, FENLOW,
)  # fmt: skip


def hit(document: Document, words: str, *, rank: int = 1, section: str = "minutes") -> Hit:
    """Return the passage of `document` that holds exactly `words`."""
    start = document.text.index(words)
    return Hit(
        rank=rank,
        score=1.0 / rank,
        passage_id=f"{document.id}:{start}",
        document_id=document.id,
        url=document.url,
        title=document.title,
        council=document.council,
        committee=document.committee,
        meeting_date=document.meeting_date,
        section=section,
        start=start,
        end=start + len(words),
        text=words,
    )


def quote(document: Document, words: str, *, section: str = "minutes", link: str | None = None) -> Quote:
    """Return `words` of `document` as a quote."""
    start = document.text.index(words)
    return Quote(
        text=words,
        document_id=document.id,
        url=document.url,
        start=start,
        end=start + len(words),
        title=document.title,
        council=document.council,
        committee=document.committee,
        meeting_date=document.meeting_date,
        section=section,
        link=f"{document.url}#:~:text={words[:12]}" if link is None else link,
    )


def answer(question: str, quotes: list[Quote], hits: list[Hit]) -> Answer:
    """Return an answer of `quotes`, or silence where there are none."""
    said = " ".join(quote.text for quote in quotes) or "The minutes do not say."
    return Answer(question, bool(quotes), said, tuple(quotes), tuple(hits), "000007", "hash", 0.25)


BANDSTAND_ANSWER = answer(
    "Why was the bandstand kept?",
    [quote(BANDSTAND, REASON), quote(BANDSTAND, DECISION, section="resolved")],
    [
        hit(BANDSTAND, _MINUTES.strip()),
        hit(POND, POND.text, rank=2),
        hit(BANDSTAND, _RESOLVED.strip(), rank=3, section="resolved"),
    ],
)
HOSTILE_ANSWER = answer(
    "What did the objector write?",
    [quote(OBJECTION, HOSTILE, link="javascript:window.broken=5")],
    [hit(OBJECTION, OBJECTION.text, section='<img src=x onerror="window.broken=6">')],
)
SILENCE = answer("What did the leisure centre cost?", [], [hit(POND, POND.text)])
LOST = replace(
    answer("Who moored the zeppelin by the dukc pond?", [], [hit(POND, POND.text)]),
    silence=Silence(
        Reason.NOT_MENTIONED,
        missing=(Missing("zeppelin"), Missing("dukc", "duck")),
        corrected="Why was the bandstand kept by the duck pond?",
    ),
)


SOURCES = (
    SourceSummary(
        "ashmere",
        "council site",
        5,
        "2026-02-03T02:10:00+00:00",
        "2026-02-03T02:10:00+00:00",
        SourceState.OK,
    ),
    SourceSummary(
        "fenlow",
        "council site",
        1,
        "2025-12-24T02:10:00+00:00",
        "2026-02-03T02:11:00+00:00",
        SourceState.BLOCKED,
        "its robots.txt <b>forbids</b> it",
    ),
    SourceSummary(
        "papers",
        "folder",
        2,
        "2026-02-03T02:12:00+00:00",
        "2026-02-03T02:12:00+00:00",
        SourceState.OK,
    ),
)
PER_PAGE = 5


@dataclass
class FakeBackend:
    """Answers by a word of the question, lists what has a word of the query, and remembers what it was asked.

    A question or query with the word "broken" finds the index broken.
    """

    generation: str = "000007"
    asked: list[str] = field(default_factory=list)
    filtered: list[Filters] = field(default_factory=list)
    unseen: tuple[str, ...] = ()
    documents: tuple[Document, ...] = DOCUMENTS

    @property
    def provenance(self) -> Provenance:
        return Provenance(
            self.generation, "2026-02-03T02:20:00+00:00", 12, "hash", "hash-2", "0123456789abcdef", "0.1.0"
        )

    def search(self, query: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Found:
        return Found(tuple(result.hit for result in self.listing(query, filters=filters).results[:k]), query)

    def ask(self, question: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Answer:
        self.asked.append(question)
        self.filtered.append(filters)
        _fail_if_broken(question)
        if "bandstand" in question:
            return BANDSTAND_ANSWER
        if "objector" in question:
            return HOSTILE_ANSWER
        return LOST if "zeppelin" in question else SILENCE

    def search_many(
        self, asked: Iterable[Asked], *, k: int = 10, threads: int | None = None
    ) -> Iterator[Found | MinutebookError]:
        return (self.search(one.question, filters=one.filters, k=k) for one in asked)

    def ask_many(
        self, asked: Iterable[Asked], *, k: int = 10, threads: int | None = None
    ) -> Iterator[Answer | MinutebookError]:
        return (self.ask(one.question, filters=one.filters, k=k) for one in asked)

    def asking(
        self, question: str, *, filters: Filters = EVERYTHING, k: int = 10
    ) -> Iterator[Found | Answer]:
        given = self.ask(question, filters=filters, k=k)
        yield Found(given.hits, f"passages about “{question}”", self._notes(filters))
        yield given

    def listing(
        self,
        query: str,
        *,
        filters: Filters = EVERYTHING,
        sort: Sort = Sort.RELEVANCE,
        page: int = 1,
        per_page: int = PER_PAGE,
    ) -> Listing:
        _fail_if_broken(query)
        parsed = parse_query(query, filters)
        found = self._listed(parsed.words, parsed.filters)
        ordered = found
        if sort is not Sort.RELEVANCE:
            dated = [one for one in found if one.meeting_date]
            dated.sort(key=lambda one: one.meeting_date or "", reverse=sort is Sort.NEWEST)
            ordered = dated + [one for one in found if not one.meeting_date]
        pages = max(1, ceil(len(ordered) / per_page))
        page = min(max(page, 1), pages)
        first = (page - 1) * per_page
        return Listing(
            results=self.results(
                [
                    hit(one, one.text.strip(), rank=number)
                    for number, one in enumerate(ordered[first : first + per_page], start=first + 1)
                ]
            ),
            total=len(ordered),
            page=page,
            pages=pages,
            sort=sort,
            more=False,
            facets=tuple(facets_of(parsed.filters, found, lambda wider: self._listed(parsed.words, wider))),
            filters=parsed.filters,
            interpreted=in_plain_words(parsed),
            notes=self._notes(parsed.filters),
            generation=self.generation,
        )

    def results(self, hits: Sequence[Hit]) -> tuple[Result, ...]:
        found = []
        for one in hits:
            document = self.document(one.document_id)
            if document is not None:
                also = (Header.of(LETTER),) if document is BANDSTAND_BEFORE else ()
                found.append(Result(one, Header.of(document), link_to(document, one.start, one.end), also))
        return tuple(found)

    def extent(self, query: str = "", *, filters: Filters = EVERYTHING) -> Extent:
        within = [one for one in self.documents if _fits(one, filters)]
        days = [one.meeting_date for one in within if one.meeting_date]
        return Extent(len(within), min(days, default=None), max(days, default=None))

    def holdings(self) -> Holdings:
        kinds = tuple(sorted({one.kind.value for one in self.documents}))
        built = "2026-02-03T02:20:00+00:00"
        return Holdings(self.generation, built, self.extent(), self._shelves.councils(), kinds)

    def council(self, council: str) -> CouncilSummary | None:
        return self._shelves.council(council)

    def committee(self, council: str, committee: str) -> CommitteeShelf | None:
        return self._shelves.committee(council, committee)

    def meeting(self, council: str, committee: str, date: str | None) -> MeetingShelf | None:
        return self._shelves.meeting(council, committee, date)

    def header(self, document_id: str) -> Header | None:
        return self._shelves.header(document_id)

    def document(self, document_id: str) -> Document | None:
        return next((one for one in self.documents if one.id == document_id), None)

    def history(self, document_id: str) -> History:
        if document_id == CABINET.id:
            return History((Header.of(BANDSTAND),), Kinship.ISSUE)
        return self._shelves.same_title(document_id)

    def sources(self) -> tuple[SourceSummary, ...]:
        return SOURCES

    def warnings(self) -> tuple[str, ...]:
        return self.unseen

    @property
    def _shelves(self) -> Shelves:
        return Shelves(map(Header.of, self.documents))

    def _listed(self, words: str, filters: Filters) -> list[Document]:
        sought = words.casefold().split()
        return [
            one
            for one in self.documents
            if _fits(one, filters) and any(word in f"{one.title} {one.text}".casefold() for word in sought)
        ]

    def _notes(self, filters: Filters) -> tuple[str, ...]:
        known = {"council": [one.council for one in self.documents]}
        known["committee"] = [one.committee for one in self.documents]
        return tuple(
            f"no {name} is called {wanted!r}"
            for name, values in known.items()
            if (wanted := getattr(filters, name)) and not matching_names(values, wanted)
        )


def _fits(document: Document, filters: Filters) -> bool:
    return (
        (not filters.council or bool(matching_names([document.council], filters.council)))
        and (not filters.committee or bool(matching_names([document.committee], filters.committee)))
        and (not filters.kind or document.kind == filters.kind)
        and (not filters.date_from or (document.meeting_date or "") >= filters.date_from)
        and (not filters.date_to or (document.meeting_date or "9") <= filters.date_to)
    )


def _fail_if_broken(text: str) -> None:
    if "broken" in text:
        raise GenerationError("There is no index yet; build one with: minutebook index")


EXAMPLES = (
    "Why was the bandstand kept?",
    "What did the objector write?",
    "What did the leisure centre cost?",
)
