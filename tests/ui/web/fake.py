"""A library of one invented council, for pages that need something to show."""

from dataclasses import dataclass, field

from corpus.errors import GenerationError
from corpus.records import Document, Kind, Section, Status
from index.records import Answer, Filters, Found, Hit, Quote

COUNCIL = "Ashmere Borough Council"
COMMITTEE = "Parks and Open Spaces Committee"

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
    document_id: str, title: str, parts: list[tuple[str, str]], *, status: Status = Status.FINAL
) -> Document:
    """Build a document of Ashmere out of labelled parts; a part without a label lies in no section."""
    text, sections = "", []
    for label, words in parts:
        if label:
            sections.append(Section(label, len(text), len(text) + len(words)))
        text += words
    return Document(
        id=document_id,
        source="ashmere",
        title=title,
        text=text,
        url=f"https://minutes.ashmere.example/{document_id}",
        kind=Kind.MINUTES,
        council=COUNCIL,
        committee=COMMITTEE,
        meeting_date="2026-01-15",
        status=status,
        sections=tuple(sections),
        fetched_at="2026-02-03T02:10:00+00:00",
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


@dataclass
class FakeBackend:
    """Answers by a word of the question, and remembers what it was asked."""

    generation: str = "000007"
    asked: list[str] = field(default_factory=list)
    unseen: tuple[str, ...] = ()

    def warnings(self) -> tuple[str, ...]:
        return self.unseen

    def search(self, query: str, *, filters: Filters = Filters(), k: int = 10) -> Found:  # noqa: B008
        return Found(BANDSTAND_ANSWER.hits, query)

    def ask(self, question: str, *, filters: Filters = Filters(), k: int = 10) -> Answer:  # noqa: B008
        self.asked.append(question)
        if "broken" in question:
            raise GenerationError("There is no index yet; build one with: minutebook index")
        if "bandstand" in question:
            return BANDSTAND_ANSWER
        return HOSTILE_ANSWER if "objector" in question else SILENCE

    def document(self, document_id: str) -> Document | None:
        return next((d for d in (BANDSTAND, OBJECTION, POND) if d.id == document_id), None)


EXAMPLES = (
    "Why was the bandstand kept?",
    "What did the objector write?",
    "What did the leisure centre cost?",
)
