"""A real library behind the API: before its first generation, and when one follows another."""

from urllib.parse import quote

import index
from corpus.store import Corpus
from index.settings import ModelSettings
from tests.factories import TEXT, build, make_document, put_documents
from tests.ui.web.around import around
from ui.library import Library
from ui.settings import Settings
from ui.web.library_backend import LibraryBackend

QUESTION = {"question": "Why was the mill bridge closed to vehicles?"}
DOCUMENT = f"/api/documents/{quote('ashmere/1', safe='')}"


def test_each_generation_answers_as_soon_as_it_is_published(tmp_path):
    library = Library(tmp_path, Settings(model=ModelSettings(name="hash")))
    with (
        index.open(tmp_path, model=library.settings.model) as reader,
        around(LibraryBackend(library, reader), requests_per_minute=0) as site,
        Corpus(library.record) as corpus,
    ):
        for response in (
            site.client.post("/api/ask", json=QUESTION),
            site.client.post("/api/ask", json=[QUESTION, QUESTION]),
            site.client.post("/api/search", json={"query": "bridge"}),
            site.get(DOCUMENT),
            site.get("/api/status"),
        ):
            assert response.status_code == 503
            assert response.headers["Content-Type"] == "application/problem+json"
            assert "minutebook ingest" in response.json()["detail"] or "minutebook index" in response.text

        put_documents(corpus, [make_document()])
        build(corpus, tmp_path)
        first = site.client.post("/api/ask", json=QUESTION)
        assert (first.status_code, first.json()["generation"]) == (200, "000001")
        (told, again) = site.client.post("/api/ask", json=[QUESTION, QUESTION]).json()
        assert {name: told[name] for name in told if name != "seconds"} == {
            name: value for name, value in first.json().items() if name != "seconds"
        }
        assert again["quotes"] == told["quotes"]
        document = site.get(DOCUMENT)
        assert document.json()["text"] == TEXT
        for quoted in told["quotes"]:
            assert TEXT[quoted["start"] : quoted["end"]] == quoted["text"]
        known = {"If-None-Match": document.headers["ETag"]}
        assert site.get(DOCUMENT, headers=known).status_code == 304
        found = site.client.post("/api/search", json={"query": "bridge"})
        assert (
            found.headers["ETag"] == site.client.post("/api/search", json={"query": "bridge"}).headers["ETag"]
        )

        put_documents(corpus, [make_document("ashmere/2", "The bridge was painted green in the autumn.")])
        build(corpus, tmp_path)
        after = site.client.post("/api/search", json={"query": "bridge"})
        assert after.json()["generation"] == "000002"
        assert {hit["document_id"] for hit in after.json()["hits"]} == {"ashmere/1", "ashmere/2"}
        assert after.headers["ETag"] != found.headers["ETag"]
        changed = site.get(DOCUMENT, headers=known)
        assert (changed.status_code, changed.json()["generation"]) == (200, "000002")
        assert site.get("/api/status").json()["provenance"]["generation"] == "000002"
        assert site.client.post("/api/ask", json=QUESTION).headers["ETag"] != first.headers["ETag"]
