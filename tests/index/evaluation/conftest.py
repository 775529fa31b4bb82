from collections.abc import Iterator

import pytest

from index.evaluation.questions import Question
from index.generation import Generation
from tests.factories import make_document, make_generation

RUSTED = "The engineer said that both piers of the mill bridge had rusted through."
FERRY = "A ferry was refused because the landing stage floods every spring."
#: The bridge stands twice, the second time on other lines.
TEXTS = {
    "bridge": f"{RUSTED} It was closed to vehicles at once.",
    "again": "\n\n".join(("Papers of the Clerk.", RUSTED.replace("both piers", "both\n  piers"))),
    "ferry": FERRY,
    "pond": "The duck pond will be dredged in autumn, after the nesting season.",
}
DOCUMENTS = [make_document(name, text, title=name.title()) for name, text in TEXTS.items()]


def url(name: str) -> str:
    return next(document.url for document in DOCUMENTS if document.id == name)


def asked(id: str, question: str, name: str, words: str, *, also: tuple[str, ...] = ()) -> Question:
    """Return a question that `words` of the document `name` answer."""
    start = TEXTS[name].index(words)
    return Question(
        id=id,
        question=question,
        url=url(name),
        spans=((start, start + len(words)),),
        alt_urls=tuple(map(url, also)),
    )


BRIDGE = asked("bridge", "Why was the mill bridge closed?", "bridge", "both piers", also=("again",))
REFUSED = asked("ferry", "Why was a ferry refused?", "ferry", FERRY)
LOST = Question(
    id="lost", question="Who paid for the weir?", url="https://elsewhere.example/", spans=((0, 9),)
)
SILENT = Question(id="silent", question="What does the xylophone quartet cost?", answerable=False)
QUESTIONS = (BRIDGE, REFUSED, LOST, SILENT)


@pytest.fixture(scope="session")
def minutes(tmp_path_factory) -> Iterator[Generation]:
    """An index of a handful of documents, by the hash embedder."""
    generation = make_generation(tmp_path_factory.mktemp("minutes"), DOCUMENTS)
    yield generation
    generation.close()
