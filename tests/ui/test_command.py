import gzip
import json
import os
import subprocess
from pathlib import Path
from time import perf_counter

import pytest

from tests.marks import slow
from tests.ui.commanding import COMMAND, Minutebook

HIT = (
    "rank", "score", "passage_id", "document_id", "url", "title", "council", "committee", "meeting_date",
    "section", "start", "end", "text",
)  # fmt: skip
QUOTE = (
    "text", "document_id", "url", "start", "end", "title", "council", "committee", "meeting_date", "section",
    "link",
)  # fmt: skip
ANSWER = (
    "question", "answered", "answer", "quotes", "hits", "generation", "model", "seconds", "state", "reason",
    "silence",
)  # fmt: skip

ROWS = (
    {
        "url": "https://ashmere.example/bridge",
        "title": "Wellow bridge",
        "council": "Ashmere Borough Council",
        "committee": "Roads",
        "meeting_date": "2026-01-15",
        "text": "Minutes:\n\nThe bridge at Wellow was closed because its deck had rusted through.\n\n"
        "RESOLVED\n\n1. To renew the deck of the bridge at a cost of £84,000.\n",
    },
    {
        "url": "https://ashmere.example/pond",
        "title": "The duck pond",
        "council": "Ashmere Borough Council",
        "committee": "Parks",
        "meeting_date": "2025-06-02",
        "text": "Minutes:\n\nThe pond would be dredged in autumn, when the nesting season is over.\n",
    },
)


def import_file(folder: Path, *rows: object) -> Path:
    path = folder / "all.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return path


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Minutebook:
    folder = tmp_path_factory.mktemp("filled")
    minutebook = Minutebook(folder / "data")
    assert minutebook("ingest", str(import_file(folder, *ROWS))).code == 0
    assert minutebook("index").code == 0
    return minutebook


@pytest.fixture
def empty(tmp_path) -> Minutebook:
    return Minutebook(tmp_path / "data")


@pytest.mark.parametrize("line", ["status --json", *slow("--help", "status", "ask --help")])
def test_what_must_be_quick_loads_nothing_heavy(filled, line):
    heavy = ("torch", "chromadb", "gradio", "sentence_transformers", "numpy", "tantivy", "bs4")
    script = (
        "import sys\nfrom ui.command import main\n"
        "try: main()\nfinally: sys.stderr.write('loaded: ' + ' '.join(sys.modules))"
    )
    done = subprocess.run(
        [COMMAND[0], "-c", script, *line.split()],
        env=filled._environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(heavy) & set(done.stderr.rpartition("loaded: ")[2].split())


@pytest.mark.parametrize("arguments", [("--help",), ("status",)])
def test_status_and_help_take_less_than_a_second(filled, arguments):
    times = []
    for _ in range(3):
        started = perf_counter()
        filled(*arguments)
        times.append(perf_counter() - started)
    assert min(times) < 1


def test_every_command_has_help(empty):
    listed = empty("--help").out
    for command in ("demo", "ingest", "index", "update", "search", "ask", "status", "web"):
        assert f"\n  {command}" in listed
        said = empty(command, "--help")
        assert said.code == 0
        assert "Usage:" in said.out


def test_hits_are_printed_in_exactly_the_format(filled):
    done = filled("search", "why was the bridge closed", "--json")
    assert done.code == 0
    assert [tuple(hit) for hit in done.json] == [HIT] * len(done.json)
    first = done.json[0]
    assert first["url"] == "https://ashmere.example/bridge"
    assert first["text"] == ROWS[0]["text"][first["start"] : first["end"]]
    assert first["passage_id"] == f"{first['url']}:{first['start']}-{first['end']}"
    assert done.err == "Searched: passages about “why was the bridge closed”\n"


def test_answers_are_printed_in_exactly_the_format(filled):
    answer = filled("ask", "Why was the bridge at Wellow closed?", "--json").json
    assert tuple(answer) == ANSWER
    assert [tuple(quote) for quote in answer["quotes"]] == [QUOTE] * len(answer["quotes"])
    assert [tuple(hit) for hit in answer["hits"]] == [HIT] * len(answer["hits"])
    assert (answer["answered"], answer["generation"], answer["model"]) == (True, "000001", "hash")
    quote = answer["quotes"][0]
    assert quote["text"] == ROWS[0]["text"][quote["start"] : quote["end"]]
    assert "rusted through" in quote["text"]
    assert quote["link"].startswith("https://ashmere.example/bridge#:~:text=")


def test_filters_limit_search_and_ask(filled):
    def urls(*filters: str) -> set[str]:
        return {hit["url"] for hit in filled("search", "bridge pond", *filters, "--json").json}

    both = {row["url"] for row in ROWS}
    assert urls() == urls("--council", "ashmere") == urls("--from", "2025") == both
    assert urls("--committee", "parks") == urls("--to", "2025-06-02") == {ROWS[1]["url"]}
    assert urls("--from", "2025-06-03") == urls("--to", "15/01/2026", "--from", "2026") == {ROWS[0]["url"]}
    assert urls("--kind", "report") == set()
    assert not filled("ask", "Why was the bridge closed?", "--committee", "parks", "--json").json["answered"]


def test_an_unknown_filter_value_is_a_line_and_an_empty_result(filled):
    done = filled("search", "bridge", "--council", "Kant", "--json")
    assert (done.code, done.json) == (0, [])
    assert done.lines[-1] == "no council is called 'Kant'; there are: Ashmere Borough Council"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("ask", ""), "the question is empty"),
        (("ask", "  "), "the question is empty"),
        (("ask", "x" * 100_000), "100,000 characters"),
        (("search", 'from:2019 "" OR -'), "no words"),
        (("search", "council:Ashmere"), "no words"),
        (("search", "bridge", "--from", "yesterday"), "--from: 'yesterday' is not a date"),
        (("search", "bridge", "-k", "0"), "greater than or equal to 1"),
        (("web", "--port", "70000"), "no port 70000"),
        (("evaluate", "nowhere.jsonl"), "nowhere.jsonl cannot be read"),
    ],
)
def test_wrong_use_is_one_clear_line(filled, arguments, reason):
    done = filled(*arguments)
    assert (done.code, done.out) == (2, "")
    assert reason in done.err
    assert len(done.lines) <= 4  # the command line's own parser adds how it is used


@pytest.mark.parametrize(
    "query", ['"', "-", "OR", "bridge OR", '"bridge" -"', "council:", "from:soon", "( * ] ~ ^"]
)
def test_malformed_operators_are_searched_as_words_or_named(filled, query):
    assert filled("search", query).code in (0, 2)


def test_before_anything_is_indexed_there_is_a_remedy(empty):
    done = empty("ask", "Why was the bridge closed?")
    assert (done.code, done.out) == (3, "")
    assert done.err == "nothing is indexed yet; run: minutebook ingest FOLDER, then minutebook index\n"
    assert empty("index").code == 3
    assert empty("update").code == 3
    assert empty("status").out.startswith("Data ")


def test_what_cannot_be_read_is_named_and_the_rest_goes_in(empty, tmp_path):
    folder = tmp_path / "minutes"
    folder.mkdir()
    (folder / "empty.txt").touch()
    (folder / "good.txt").write_text("The bridge was closed.")
    done = empty("ingest", str(folder), str(tmp_path / "nothing"))
    assert done.code == 1
    assert done.lines == [
        f"{tmp_path}/nothing: there is no such file or folder, and no source or council of this name; "
        "see: minutebook sources list --known",
        f"{folder}/empty.txt: empty: nothing to read",
        done.lines[2],
    ]
    assert done.lines[2].startswith(f"{folder}: 1 new, 1 failed")
    assert empty("ingest", str(tmp_path / "nothing")).code == 2


def test_a_source_that_is_not_there_any_more_fails_alone(empty, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(f"The words of {name}.")
        assert empty("ingest", str(tmp_path / name)).code == 0
    (tmp_path / "a").rename(tmp_path / "c")
    done = empty("update")
    assert done.code == 1
    assert any(line.startswith(f"{tmp_path}/a: ") and "drive" in line for line in done.lines)
    assert any(line.startswith(f"{tmp_path}/b: 1 unchanged") for line in done.lines)
    state = empty("status", "--json").json
    assert {source["name"]: source["state"] for source in state["sources"]} == {
        f"{tmp_path}/a": "failing",
        f"{tmp_path}/b": "ok",
    }


def test_a_folder_without_permission_is_one_line(empty, tmp_path):
    folder = tmp_path / "minutes"
    (folder / "closed").mkdir(parents=True)
    (folder / "closed/a.txt").write_text("The words of a.")
    (folder / "b.txt").write_text("The words of b.")
    assert empty("ingest", str(folder)).code == 0
    (folder / "closed").chmod(0)
    try:
        runs = [as_nobody_special(empty, "ingest", str(folder)) for _ in range(4)]
    finally:
        (folder / "closed").chmod(0o755)
    for code, err in runs:
        assert code == 1
        assert f"{folder}/closed: cannot be looked into (Permission denied): check its permissions" in err
    assert empty("status", "--json").json["counts"]["documents"] == 2


def test_a_source_below_a_folder_without_permission_fails_alone(empty, tmp_path):
    folder = tmp_path / "closed/minutes"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("The words of a.")
    assert empty("ingest", str(folder)).code == 0
    folder.parent.chmod(0)
    try:
        code, err = as_nobody_special(empty, "update")
        named, reason = as_nobody_special(empty, "ingest", str(folder))
    finally:
        folder.parent.chmod(0o755)
    assert (code, named) == (3, 2)
    assert f"{folder} is not there: check the path" in err
    assert "there is no such file or folder" in reason
    assert "Traceback" not in err + reason
    assert empty("status", "--json").json["counts"]["documents"] == 1


def as_nobody_special(minutebook: Minutebook, *arguments: str) -> tuple[int, str]:
    """Run the command without the right of root to read whatever it likes."""
    drop = ["setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search"]
    done = subprocess.run(
        [*(drop if os.geteuid() == 0 else []), *COMMAND, *arguments],
        env=minutebook._environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def test_the_same_again_embeds_nothing_and_publishes_nothing(empty, tmp_path):
    path = import_file(tmp_path, *ROWS)
    first = empty("ingest", str(path)), empty("index")
    assert first[1].err == "generation 000001: 2 documents, 3 passages, 3 embedded\n"
    assert empty("ingest", str(path)).err.startswith(f"{path}: 2 unchanged")
    before = sorted((empty.data / "generations").rglob("*"))
    assert empty("index").err == "generation 000001 is up to date: 3 passages, nothing to do\n"
    assert empty("update").out.splitlines()[-1] == "index: generation 000001 is up to date, 3 passages"
    assert sorted((empty.data / "generations").rglob("*")) == before


def test_another_model_is_refused_with_the_remedy(empty, tmp_path):
    empty("ingest", str(import_file(tmp_path, *ROWS)))
    empty("index")
    other = Minutebook(empty.data, model="all-MiniLM-L6-v2")
    done = other("ask", "Why was the bridge closed?")
    assert (done.code, done.out) == (3, "")
    assert done.lines == [
        "generation 000001 was embedded with hash, the settings name all-MiniLM-L6-v2 (or other files or "
        "prompts of it); run: minutebook index, or set model.name back to 'hash'"
    ]


def test_a_wrong_setting_is_named(empty):
    (empty.data / "minutebook.toml").write_text("colour = 'red'")
    done = empty("status")
    assert done.code == 2
    assert done.lines == [
        f"{empty.data}/minutebook.toml: colour is no setting; remove it or correct its spelling"
    ]


def test_a_record_that_is_no_database_is_named(empty):
    (empty.data / "corpus.sqlite3").write_bytes(b"no database at all" * 100)
    done = empty("status")
    assert done.code == 3
    assert "corpus.sqlite3" in done.err


def test_a_reader_that_stops_listening_is_no_trouble(filled):
    process = filled.start("search", "bridge", "--json")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    assert process.wait() == 0
    process.stderr.close()


def test_text_output_is_for_people(filled):
    done = filled("ask", "Why was the bridge at Wellow closed?")
    assert done.out.startswith("Ashmere Borough Council, Roads, 15 January 2026: Wellow bridge:\n")
    assert "[1] Ashmere Borough Council · Roads · 15 January 2026 · Wellow bridge" in done.out
    assert filled("search", "pond").out.startswith("1. Ashmere Borough Council · Parks")
    assert "generation 000001: 2 documents, 3 passages, hash" in filled("status").out
