"""What stands in the output of a batch."""

import datetime
import json
from importlib.metadata import version

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import index
from index.settings import ModelSettings
from tests.ui.batch.asking import ROADS, documents, read_table, run, write_table
from ui.batch.order import Order

QUESTIONS = [
    {"id": "a", "question": "What was resolved about road number3?", "council": "", "answer": "repair"},
    {"id": "b", "question": "Who invented the zeppelin?", "council": "", "answer": ""},
    {"id": "c", "question": "What was resolved about road number3?", "council": "Kant", "answer": ""},
    {"id": "d", "question": "What was resolved about the roads?", "council": "Brackford", "answer": ""},
]
TEXTS = {document.id: document.text for document in documents()}
ENDINGS = ("csv", "jsonl", "parquet")


@pytest.fixture
def table(tmp_path):
    return write_table(tmp_path / "q.jsonl", QUESTIONS)


def test_each_row_says_what_the_minutes_say_or_why_not(tmp_path, data, table):
    counts = run(data, table, tmp_path / "a.jsonl")
    a, b, c, d = read_table(tmp_path / "a.jsonl")
    assert (counts.rows, counts.answered, counts.silent, counts.errors) == (4, 2, 1, 1)
    with index.open(data, model=ModelSettings(name="hash")) as reader:
        alone = reader.ask(QUESTIONS[0]["question"])
    assert a["answered"] is True
    assert a["answer"] == alone.answer
    assert a["quotes"] == [quote.as_dict() for quote in alone.quotes]
    assert (a["why"], a["closest"], a["error"]) == (None, [], None)
    assert (b["answered"], b["answer"], b["quotes"]) == (False, None, [])
    assert (b["state"], b["reason"]) == ("silent", "not mentioned")
    assert b["why"] == "The minutes do not mention “zeppelin”."
    assert (a["state"], a["reason"]) == ("answered", None)
    assert c["error"].startswith("no council is called 'Kant'")
    assert (c["answered"], c["answer"], c["quotes"]) == (None, None, None)
    assert {quote["council"] for quote in d["quotes"]} == {"Brackford Town Council"}
    assert [row["row"] for row in (a, b, c, d)] == [1, 2, 3, 4]


def test_every_quote_is_verbatim_with_its_place(tmp_path, data, table):
    run(data, table, tmp_path / "a.parquet", Order(long=True))
    rows = [row for row in read_table(tmp_path / "a.parquet") if row["quote"]]
    assert rows
    for row in rows:
        text = TEXTS[row["quote_document_id"]]
        assert row["quote_text"] == text[row["quote_start"] : row["quote_end"]]
        assert row["quote_url"] == f"https://minutes.ashmere.example/{row['quote_document_id']}"
        assert row["quote_link"].startswith(f"{row['quote_url']}#:~:text=")
        assert row["quote_committee"] == "Roads and Bridges Committee"
        assert row["quote_meeting_date"].endswith("-03-01")


def test_long_has_a_row_for_each_quote_and_one_where_there_is_none(tmp_path, data, table):
    run(data, table, tmp_path / "short.jsonl")
    run(data, table, tmp_path / "long.jsonl", Order(long=True))
    short, long = read_table(tmp_path / "short.jsonl"), read_table(tmp_path / "long.jsonl")
    assert [row["id"] for row in long] == [
        row["id"] for row in short for _ in range(max(1, len(row["quotes"] or [])))
    ]
    assert [row["quote_text"] for row in long if row["quote"]] == [
        quote["text"] for row in short for quote in row["quotes"] or []
    ]


def test_where_all_of_it_comes_from_stands_in_every_row_and_beside(tmp_path, data, table):
    run(data, table, tmp_path / "a.csv", command="minutebook batch q.jsonl -o a.csv")
    account = json.loads((tmp_path / "a.csv.meta.json").read_text())
    with index.open(data, model=ModelSettings(name="hash")) as reader:
        known = reader.provenance.as_dict()
    assert known["version"] == version("minutebook")
    assert {name: account["provenance"][name] for name in known} == known
    for row in read_table(tmp_path / "a.csv"):
        assert {name: row[name] for name in known} == {name: str(value) for name, value in known.items()}
    assert account["counts"] == {
        "rows": 4, "answered": 2, "may_answer": 0, "silent": 1, "errors": 1,
    }  # fmt: skip
    assert account["options"] == {"search": False, "long": False, "k": 3, "carry": []}
    assert account["renamed"] == {"answer": "input_answer"}
    assert account["run"]["command"] == "minutebook batch q.jsonl -o a.csv"
    assert account["run"]["unseen"] == []


def test_all_but_the_run_is_the_same_another_time(tmp_path, data, table):
    accounts = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        run(data, table, tmp_path / name / "a.csv", command=name)
        account = json.loads((tmp_path / name / "a.csv.meta.json").read_text())
        assert account.pop("run")["command"] == name
        accounts.append(account)
    assert accounts[0] == accounts[1]


@pytest.mark.parametrize("source", ENDINGS)
@pytest.mark.parametrize("target", ENDINGS)
def test_every_format_into_every_format(tmp_path, data, source, target):
    given = write_table(tmp_path / f"q.{source}", QUESTIONS)
    said: list[str] = []
    run(data, given, tmp_path / f"a.{target}", said=said)
    assert any("'answer'" in line and "'input_answer'" in line for line in said)
    rows = read_table(tmp_path / f"a.{target}")
    assert [row["id"] for row in rows] == ["a", "b", "c", "d"]
    assert rows[0]["input_answer"] == "repair"
    quotes = rows[0]["quotes"]
    quotes = json.loads(quotes) if target == "csv" else quotes
    assert quotes[0]["text"] in ROADS.format(n=3)


def test_hits_in_place_of_answers(tmp_path, data, table):
    run(data, table, tmp_path / "a.jsonl", Order(search=True, k=2))
    a, b, c, _ = read_table(tmp_path / "a.jsonl")
    with index.open(data, model=ModelSettings(name="hash")) as reader:
        alone = reader.search(QUESTIONS[0]["question"], k=2)
        links = [result.link for result in reader.results(alone.hits)]
    assert a["found"] == len(a["hits"]) == 2
    assert a["hits"] == [hit.as_dict() | {"link": link} for hit, link in zip(alone.hits, links, strict=True)]
    assert a["interpreted"] == alone.interpreted
    assert (b["found"], b["hits"], b["notes"]) == (0, [], "nothing was found")
    assert (c["found"], c["hits"]) == (None, None)
    assert "answered" not in a


def test_a_row_for_each_hit(tmp_path, data, table):
    run(data, table, tmp_path / "a.parquet", Order(search=True, long=True, k=3))
    rows = read_table(tmp_path / "a.parquet")
    ranks = [[row["hit_rank"] for row in rows if row["id"] == name] for name in "abcd"]
    assert ranks == [[1, 2, 3], [None], [None], [1, 2, 3]]
    assert all(row["hit_text"] == TEXTS[row["hit_document_id"]][row["hit_start"] : row["hit_end"]]
               for row in rows if row["hit_rank"])  # fmt: skip


def test_a_column_may_be_carried_though_it_is_called_like_a_filter(tmp_path, data, table):
    counts = run(data, table, tmp_path / "a.jsonl", Order(carry=("council",)))
    rows = read_table(tmp_path / "a.jsonl")
    assert counts.errors == 0
    assert rows[2]["council"] == "Kant"
    assert rows[2]["answer"] == rows[0]["answer"]


@pytest.mark.parametrize("order", [Order(), Order(search=True), Order(long=True)], ids=["", "search", "long"])
def test_what_was_searched_stands_in_every_row(tmp_path, data, table, order):
    run(data, table, tmp_path / "a.jsonl", order)
    searched = {row["id"]: row["searched"] for row in read_table(tmp_path / "a.jsonl")}
    assert searched == {"a": "", "b": "", "c": None, "d": '{"council": ["Brackford Town Council"]}'}


@pytest.mark.parametrize(
    ("name", "written", "broken"),
    [
        (
            "q.csv",
            "id,question\na,What was resolved about road number3?\n"
            "b,Why, and when?\n\nc,What of road number4?\n",
            "line 3: 3 cells, where the first line names 2",
        ),
        (
            "q.jsonl",
            '{"id": "a", "question": "What was resolved about road number3?"}\n'
            '{"id": "b", "question": Why?}\n'
            '{"id": "c", "question": "What of road number4?"}\n',
            "line 2: Expecting value; each line is an object",
        ),
    ],
)
def test_a_malformed_row_is_reported_and_the_rest_goes_on(tmp_path, data, name, written, broken):
    (tmp_path / name).write_text(written)
    for ending in ENDINGS:
        counts = run(data, tmp_path / name, tmp_path / f"a.{ending}")
        a, b, c = read_table(tmp_path / f"a.{ending}")
        assert (counts.rows, counts.answered, counts.errors) == (3, 2, 1)
        assert counts.first_error.startswith(f"row 2: {broken}")
        assert b["error"].startswith(broken)
        assert [str(row["row"]) for row in (a, b, c)] == ["1", "2", "3"]
        assert "number4" in c["answer"]
        if name == "q.csv":
            assert (b["id"], b["question"]) == ("b", "Why, and when?")


def test_timestamps_of_parquet_are_dates_and_views_are_text(tmp_path, data):
    days = pa.array([datetime.datetime(2013, 3, 1), None], pa.timestamp("ns"))
    asked = pa.array(["What was resolved about road number3?"] * 2, pa.string_view())
    pq.write_table(pa.table({"question": asked, "from": days, "to": days}), tmp_path / "q.parquet")
    counts = run(data, tmp_path / "q.parquet", tmp_path / "a.parquet")
    assert (counts.answered, counts.errors) == (2, 0)
    rows = read_table(tmp_path / "a.parquet")
    assert [row["searched"] for row in rows] == ['{"from": "2013-03-01", "to": "2013-03-01"}', ""]
    assert rows[0]["from"] == datetime.datetime(2013, 3, 1)
