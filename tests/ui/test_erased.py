"""What a council withholds is gone from the API, from the tools of assistants and from feeds."""

import anyio

from corpus.versions import erase
from tests.factories import build, make_document, put_documents
from tests.ui.assistants.assisting import Called, assistant_of
from tests.ui.web.around import around
from ui.library import Library
from ui.web.library_backend import LibraryBackend

SECRET = make_document(
    "ashmere/secret", "The otters were poisoned by a neighbour, whom the warden named.", title="8. The otters"
)
KEPT = make_document(
    "ashmere/kept", "The otters of the pond were counted by the warden.", title="9. The pond"
)
CALLS = (
    ("search", {"query": "otters warden"}),
    ("ask", {"question": "Who poisoned the otters?"}),
    ("get_document", {"document_id": SECRET.id}),
)


def everything(library: Library) -> list[str]:
    """Return all that programs, assistants and feed readers are told."""

    async def asked() -> list[Called]:
        async with assistant_of(library) as assistant:
            return [await assistant.call(tool, **arguments) for tool, arguments in CALLS]

    told = [f"{call.words} {call.record}" for call in anyio.run(asked)]
    with library.reader() as reader, around(LibraryBackend(library, reader)) as site:
        found = site.client.post("/api/search", json={"query": "otters warden"})
        answered = site.client.post("/api/ask", json={"question": CALLS[1][1]["question"]})
        document = site.get("/api/documents/ashmere%2Fsecret")
        feed = site.get("/feed.atom?q=otters+warden")
    assert (found.status_code, answered.status_code, feed.status_code) == (200, 200, 200)
    return [*told, found.text, answered.text, document.text, feed.text]


def test_an_erased_document_is_gone_with_the_next_generation(tmp_path):
    (tmp_path / "minutebook.toml").write_text('[model]\nname = "hash"\n[answer]\nthreshold = 0.0\n')
    library = Library.at(tmp_path)
    with library.corpus() as corpus:
        put_documents(corpus, [SECRET, KEPT])
        build(corpus, tmp_path)
        assert all("poisoned by" in told for told in everything(library))
        assert erase(corpus, SECRET.id)
        build(corpus, tmp_path)
    after = everything(library)
    assert not [told for told in after if "poisoned by" in told or "neighbour" in told]
    for told in (after[0], after[3], after[6]):  # what was searched for among what is left
        assert "counted by the warden" in told
    with library.reader() as reader, around(LibraryBackend(library, reader)) as site:
        assert site.get("/api/documents/ashmere%2Fsecret").status_code == 404
    assert "there is no document 'ashmere/secret'" in after[2]
