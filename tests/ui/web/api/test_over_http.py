"""The API on a running server, behind the guards: what programs send, and what strangers do."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from urllib.parse import quote

import httpx
import pytest

from index.records import Answer, Filters
from tests.ui.web.around import PERSON, Around, around
from tests.ui.web.fake import BANDSTAND, BANDSTAND_ANSWER, DOCUMENTS, EXAMPLES, FakeBackend
from ui.web.access.bodies import MOST_BYTES
from ui.web.api import limits
from ui.web.api.formats import Problem
from ui.web.backend import EVERYTHING

WHY = {"question": EXAMPLES[0]}
EVIL = {"Origin": "https://evil.example"}


@pytest.fixture(scope="module")
def site():
    with around(requests_per_minute=0) as running:
        yield running


def told(response: httpx.Response, status: int) -> Problem:
    """Return the problem that a response tells, which must be one."""
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert response.headers["Cache-Control"] == "no-store"
    problem = Problem.model_validate(response.json())
    assert (problem.status, problem.type) == (status, "about:blank")
    assert problem.detail.endswith(".")
    assert "\n" not in problem.detail
    return problem


def post(site: Around, path: str, body: object, **headers: str) -> httpx.Response:
    return site.client.post(path, json=body, headers=headers)


def test_a_program_asks_and_searches(site):
    answer = post(site, "/api/ask", WHY)
    assert answer.status_code == 200
    assert answer.json()["quotes"] == [quote.as_dict() for quote in BANDSTAND_ANSWER.quotes]
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["ETag"] == post(site, "/api/ask", WHY).headers["ETag"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    found = post(site, "/api/search", {"query": "bandstand", "k": 2})
    assert [hit["rank"] for hit in found.json()["hits"]] == [1, 2]
    many = post(site, "/api/ask", [WHY, {"question": EXAMPLES[2]}]).json()
    assert [one["answered"] for one in many] == [True, False]


@pytest.mark.parametrize("root", ["", "/minutes"])
def test_below_the_path_of_a_proxy_all_is_the_same(root):
    with around(root=root) as site:
        assert post(site, f"{root}/api/ask", WHY).status_code == 200
        described = site.get(f"{root}/api/openapi.json").json()
        assert described["servers"] == [{"url": root or "/"}]
        assert site.get(f"{root}/api/documents/{quote(BANDSTAND.id, safe='')}").status_code == 200
        told(site.get(f"{root}/api/none", headers=PERSON), 404)


def raw(site: Around, path: str, **headers: str) -> httpx.Response:
    """Ask for a path as it is, with no sign put in order by the client."""
    url = httpx.URL(site.url).copy_with(raw_path=path.encode())
    return site.client.get(url, headers=headers)


ODD_IDS = [
    "a/b", "//a//b/", "/", "a b?c=d#e&f", "%20", "%2520 %", "100%", "..", "../../x", "a/../b", ".",
    "Sitzung/Möwe 鴎 🕊.pdf", "a\\b", "a;b=c", "a\tb\nc\r\n", "\0", "x" * 4_000, "'\"<>",
    "https://minutes.ashmere.example/a%20b?x=%26#p", "search", "status",
]  # fmt: skip


@pytest.mark.parametrize("document_id", ODD_IDS, ids=range(len(ODD_IDS)))
def test_a_document_is_found_by_its_id_whatever_signs_are_in_it(document_id):
    odd = replace(BANDSTAND, id=document_id)
    with around(FakeBackend(documents=(*DOCUMENTS, odd)), requests_per_minute=0) as site:
        encoded = "".join(f"%{byte:02X}" for byte in document_id.encode())
        for sent in {encoded, encoded if set(document_id) == {"."} else quote(document_id, safe="")}:
            found = raw(site, f"/api/documents/{sent}")
            assert found.status_code == 200
            assert found.json()["id"] == document_id
        for one in DOCUMENTS:
            assert raw(site, f"/api/documents/{quote(one.id, safe='')}").json()["text"] == one.text


def test_an_id_that_is_an_address_may_be_sent_as_it_is():
    address = "https://minutes.ashmere.example/papers/a%20b%2Fc.pdf"
    with around(FakeBackend(documents=(replace(BANDSTAND, id=address),))) as site:
        assert raw(site, f"/api/documents/{address}").json()["id"] == address


def test_what_is_not_there_says_so(site):
    for path in ("/api", "/api/", "/api/ask/", "/api/x", "/api//ask", "/api/documents"):
        assert "openapi.json" in told(site.get(path), 404).detail
    for path in ("x", "", "%00", "%ff", "%", "%2e%2e%2fetc", "x" * 9_000):
        problem = told(raw(site, f"/api/documents/{path}"), 404)
        assert "document_id" in problem.detail


def test_a_method_that_is_none_here_names_those_that_are(site):
    for method, path, allowed in [
        ("GET", "/api/ask", "POST"), ("HEAD", "/api/search", "POST"), ("OPTIONS", "/api/ask", "POST"),
        ("DELETE", "/api/documents/x", "GET, HEAD"), ("POST", "/api/status", "GET, HEAD"),
        ("PUT", "/health", "GET, HEAD"), ("TRACE", "/api/status", "GET, HEAD"),
    ]:  # fmt: skip
        response = site.client.request(method, path)
        assert (response.status_code, response.headers["Allow"]) == (405, allowed)
        assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/status", "/api/openapi.json", "/health", "/api/documents/ashmere-9"])
def test_head_is_get_without_a_body(site, path):
    head, get = site.client.head(path), site.get(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control"):
        assert head.headers.get(name) == get.headers.get(name)


@pytest.mark.parametrize("path", ["/api/status", "/api/openapi.json", "/api/documents/ashmere-9"])
def test_what_a_program_has_already_is_not_sent_again(path):
    backend = FakeBackend()
    with around(backend) as site:
        first = site.get(path)
        assert first.headers["Cache-Control"] == "private, no-cache"
        tag = first.headers["ETag"]
        for known in ([tag], [f'"x", W/{tag}'], ["*"], ['"x"', tag], [tag, '"x"']):
            again = site.get(path, headers=[("If-None-Match", one) for one in known])
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["ETag"] == first.headers["ETag"]
        assert site.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
        backend.generation = "000008"
        after = site.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert after.status_code == (304 if path == "/api/openapi.json" else 200)


def test_what_cannot_be_kept_has_no_tag_and_questions_are_answered_whenever_they_are_sent(site):
    assert "ETag" not in site.get("/health").headers
    assert "ETag" not in site.get("/api/none").headers
    for path, asked in (("/api/ask", WHY), ("/api/search", {"query": "bandstand"})):
        tag = post(site, path, asked).headers["ETag"]
        assert post(site, path, asked, **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "places"),
    [
        (b"", 422, [""]), (b"null", 422, [""]), (b"[]", 422, [""]), (b'"x"', 422, [""]),
        (b"[[]]", 422, ["/0"]),
        (b"{", 400, []), (b"{'question': 'x'}", 400, []), (b'{"question":"x"} x', 400, []),
        (b'{"question":"\\ud800 bridge"}', 400, []), (b'{"question":"\xff bridge"}', 400, []),
        ('{"question":"bridge"}'.encode("utf-16"), 400, []), (b'{"question":"bridge","k":NaN}', 400, []),
        (b'{"question":"bridge","k":1e999}', 422, ["/k"]), (b"[" * 100_000, 400, []),
        (b'{"a":' * 50_000, 400, []),
        (b'{"question":"bridge","k":' + b"9" * 100 + b"}", 422, ["/k"]),
        (b'{"question":"bridge","k":' + b"9" * 90_000 + b"}", 400, []),
        (b'{"question":"?"}', 422, ["/question"]), (b'{"question":"\\u0000"}', 422, ["/question"]),
        (b'[{"question":"a"},{"query":"x","a/b~c":1}]', 422, ["/1/a~1b~0c", "/1/query", "/1/question"]),
        (b'[{"question":"a"},{"question":" "}]', 422, ["/1/question"]),
        (b'{"question":"bridge","from":"2020-13-01","kind":"x"}', 422, ["/from", "/kind"]),
        (json.dumps([{"question": "x"}] * 101).encode(), 422, [""]),
        (json.dumps({"question": "x" * 2_001}).encode(), 422, ["/question"]),
        (json.dumps([{"x" * 9_000: 1}] * 90).encode(), 422, None),
    ],
    ids=lambda value: repr(value)[:40],
)  # fmt: skip
def test_a_body_that_cannot_be_asked_is_told_where_it_is_wrong(site, body, status, places):
    headers = {"Content-Type": "application/json"}
    problem = told(site.client.post("/api/ask", content=body, headers=headers), status)
    if places is None:
        assert len(problem.errors) <= 20
        assert len(str(problem)) < 20_000
    else:
        assert sorted(one.pointer for one in problem.errors) == places


def test_only_json_is_taken(site):
    body = json.dumps(WHY).encode()
    for headers in (
        {}, {"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/jsonx"}, {"Content-Type": "multipart/form-data; boundary=x"},
    ):  # fmt: skip
        assert (
            "application/json"
            in told(site.client.post("/api/ask", content=body, headers=headers), 415).detail
        )
    packed = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    assert "Content-Encoding" in told(site.client.post("/api/ask", content=body, headers=packed), 415).detail
    plain = {"Content-Type": "Application/JSON; charset=utf-8", "Content-Encoding": "identity"}
    assert site.client.post("/api/ask", content=body, headers=plain).status_code == 200


def test_too_much_is_refused_said_beforehand_or_not(site):
    headers = {"Content-Type": "application/json"}
    much = b"[" + b" " * MOST_BYTES + b"]"
    assert "bytes" in told(site.client.post("/api/ask", content=much, headers=headers), 413).detail
    chunks = (much[at : at + 65_536] for at in range(0, len(much), 65_536))
    told(site.client.post("/api/ask", content=chunks, headers=headers), 413)


@pytest.mark.parametrize("path", ["/api/status", "/api/openapi.json", "/health", "/api/documents/ashmere-9"])
def test_a_body_where_none_is_wanted_does_no_harm_unless_it_is_too_large(site, path):
    assert site.client.request("GET", path, content=b"{" * 1_000).status_code == 200
    chunks = (b"{" * 1_000 for _ in range(3))
    assert site.client.request("GET", path, content=chunks).status_code == 200
    much = site.client.request("GET", path, content=b" " * (MOST_BYTES + 1))
    assert "bytes" in told(much, 413).detail
    described = site.get("/api/openapi.json").json()["paths"]
    assert "413" in described[path.replace("ashmere-9", "{document_id}")]["get"]["responses"]


def test_what_is_null_counts_as_left_out(site):
    names = ("council", "committee", "from", "to", "kind", "k")
    for path, asked in (("/api/ask", WHY), ("/api/search", {"query": "bandstand"})):
        plain = post(site, path, asked)
        null = post(site, path, asked | dict.fromkeys(names))
        assert (null.status_code, null.json()) == (200, plain.json())
        assert null.headers["ETag"] == plain.headers["ETag"]
    fields = site.get("/api/openapi.json").json()["components"]["schemas"]["Ask"]["properties"]
    assert all({"type": "null"} in fields[name]["anyOf"] for name in names)


def test_before_there_is_an_index_the_remedy_is_told(site):
    for path, body in (("ask", {"question": "What is broken?"}), ("search", {"query": "broken"})):
        problem = told(post(site, f"/api/{path}", body), 503)
        assert problem.detail == "There is no index yet; build one with: minutebook index."


def test_what_breaks_is_a_problem_that_tells_nothing_of_the_server(caplog):
    class Backend(FakeBackend):
        def ask(self, question: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Answer:
            raise RuntimeError("secret of the server")

    with around(Backend()) as site:
        problem = told(post(site, "/api/ask", WHY), 500)
        assert "written to its log" in problem.detail
        assert site.get("/api/status").status_code == 200
    assert "secret of the server" in caplog.text


def test_pages_of_other_sites_get_nothing(site):
    for path in ("/api/status", "/api/openapi.json", "/health"):
        told(site.get(path, headers={**EVIL, **PERSON}), 403)
    told(post(site, "/api/ask", WHY, **EVIL), 403)
    told(site.client.options("/api/ask", headers={**EVIL, "Access-Control-Request-Method": "POST"}), 403)
    told(post(site, "/api/ask", WHY, Host="evil.example"), 421)
    assert not any(name.startswith("access-control") for name in post(site, "/api/ask", WHY).headers)


def test_a_list_counts_as_many_requests_as_it_has_questions():
    with around(requests_at_once=10, requests_per_minute=60) as site:
        assert post(site, "/api/ask", [WHY] * 9).status_code == 200
        assert post(site, "/api/ask", WHY).status_code == 200
        waiting = post(site, "/api/ask", WHY)
        assert "please wait" in told(waiting, 429).detail
        assert 1 <= int(waiting.headers["Retry-After"]) <= 2
        assert site.get("/health").status_code == 200
        assert site.get("/page").status_code == 429


def test_a_list_longer_than_the_limit_passes_after_a_pause_and_then_takes_its_time():
    with around(requests_at_once=2, requests_per_minute=60) as site:
        assert post(site, "/api/search", [{"query": "pond"}] * 50).status_code == 200
        assert 45 <= int(post(site, "/api/ask", WHY).headers["Retry-After"]) <= 50
    with around(requests_at_once=1, requests_per_minute=60) as site:
        assert post(site, "/api/search", [{"query": "pond"}] * 50).status_code == 200


class Slow(FakeBackend):
    """Answers when it is let to."""

    def __init__(self) -> None:
        super().__init__()
        self.done = Event()

    def ask(self, question: str, *, filters: Filters = EVERYTHING, k: int = 10) -> Answer:
        assert self.done.wait(30)
        return super().ask(question, filters=filters, k=k)


def test_who_would_wait_for_long_is_told_to_come_back_while_all_else_goes_on(monkeypatch):
    monkeypatch.setattr("ui.web.api.routes.ASKED_WAITING", 3)
    backend = Slow()
    with around(backend, requests_per_minute=0) as site, ThreadPoolExecutor(20) as threads:
        try:
            asked = [threads.submit(post, site, "/api/ask", WHY) for _ in range(20)]
            crowded = [one for one in asked if one in _first(asked, 20 - limits.ASKED_AT_ONCE - 3)]
            for one in crowded:
                response = one.result(timeout=60)
                assert "come back" in told(response, 503).detail
                assert response.headers["Retry-After"] == str(limits.COME_BACK)
            assert post(site, "/api/search", {"query": "pond"}).status_code == 503  # one line for both
            many = [{"query": "pond"}, {"query": "bandstand"}]
            assert post(site, "/api/search", many).status_code == 200
            assert site.get("/api/status").status_code == 200
            assert site.get("/health").status_code == 200
        finally:
            backend.done.set()
        codes = [one.result(timeout=60).status_code for one in asked]
    assert codes.count(200) == limits.ASKED_AT_ONCE + 3


def _first(futures, count):
    """Return those of `futures` that are done, as soon as there are `count`."""
    from time import monotonic, sleep

    deadline = monotonic() + 20
    while sum(one.done() for one in futures) < count:
        assert monotonic() < deadline
        sleep(0.01)
    return [one for one in futures if one.done()]


def test_the_description_is_complete(site):
    described = site.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    operations = {
        (method, path): operation
        for path, item in described["paths"].items()
        for method, operation in item.items()
    }
    assert set(operations) == {
        ("post", "/api/search"), ("post", "/api/ask"), ("get", "/api/documents/{document_id}"),
        ("get", "/api/status"), ("get", "/api/openapi.json"), ("get", "/health"),
    }  # fmt: skip
    always = {"200", "403", "405", "413", "421", "500", "503"}
    behind = always | {"400", "401", "429"}
    assert set(operations["get", "/health"]["responses"]) == always
    assert set(operations["post", "/api/ask"]["responses"]) == behind | {"415", "422"}
    assert set(operations["get", "/api/status"]["responses"]) == behind | {"304"}
    assert set(operations["get", "/api/documents/{document_id}"]["responses"]) == behind | {"304", "404"}
    for (_, path), operation in operations.items():
        for status, response in operation["responses"].items():
            content = set(response.get("content", {}))
            if status == "304":
                assert content == set()
            elif status == "200" or (path, status) == ("/health", "503"):
                assert content == {"application/json"}
            else:
                assert content == {"application/problem+json"}
    assert "64 kB, is refused before that, by 400 in plain text" in described["info"]["description"]
    assert "http" not in json.dumps(described).replace("http://json-schema.org", "")


def test_the_description_names_the_way_to_sign_in_where_there_is_one():
    from tests.ui.web.around import HASH

    with around(users={"fenn": HASH}) as site:
        described = site.client.get("/api/openapi.json", auth=("fenn", "correct horse")).json()
        assert site.get("/health").status_code == 200
    assert described["security"] == [{"password": []}]
    open_to_all = [
        path for path, item in described["paths"].items() if item.get("get", {}).get("security") == []
    ]
    assert open_to_all == ["/health"]
    assert described["components"]["securitySchemes"] == {"password": {"type": "http", "scheme": "basic"}}
