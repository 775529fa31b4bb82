import json
from typing import Any

import pytest

from index.evaluation.questions import Question
from index.evaluation.run import Evaluation
from tests.ui.commanding import Minutebook
from ui.evaluation import evaluation_text, spread, table

TEXT = "The bridge at Wellow was closed because its deck had rusted through."
URL = "https://ashmere.example/bridge"
RANKING = {
    **{f"{name}@{k}": 0.5 for name in ("found", "share") for k in (1, 5, 10, 50)},
    "mrr": 0.25,
    "ndcg@10": 0.125,
}
SECONDS = {"seconds p50": 0.021, "seconds p95": 0.033}


def make_evaluation(**fields) -> Evaluation:
    values: dict[str, Any] = {
        "generation": "000007",
        "model": "hash",
        "documents": 1_234,
        "passages": 56_789,
        "missing": 0,
        "rankings": {"plain recipe": RANKING, "as shipped": RANKING | SECONDS},
        "answers": {
            "quote recall": 0.5,
            "quote recall, answered": 0.75,
            "median words quoted": 61.5,
            **SECONDS,
        },
        "ranked": (),
        "answered": (),
    }
    return Evaluation(**(values | fields))


@pytest.mark.parametrize(
    ("limit", "chosen"),
    [
        (None, [0, 1, 2, 3, 4]),
        (9, [0, 1, 2, 3, 4]),
        (5, [0, 1, 2, 3, 4]),
        (2, [0, 2]),
        (3, [0, 1, 3]),
        (1, [0]),
    ],
)
def test_a_limit_spreads_over_the_whole_file(limit, chosen):
    questions = [Question(id=str(number), question="Why?") for number in range(5)]
    assert [int(question.id) for question in spread(questions, limit)] == chosen


def test_a_table_is_markdown_and_reads_well_as_it_is():
    assert table(["search", "mrr"], [["dense alone", "0.5"], ["both", "0.125"]]) == [
        "| search      |   mrr |",
        "| ----------- | ----: |",
        "| dense alone |   0.5 |",
        "| both        | 0.125 |",
    ]


def test_every_row_and_figure_is_shown():
    text = evaluation_text(make_evaluation())
    assert "Generation 000007, hash: 1,234 documents, 56,789 passages." in text
    assert "| plain recipe |   0.500 |" in text
    assert "0.250 |   0.125 |" in text
    assert "|         61.5 |" in text
    assert "| 0.021  0.033 |" in text
    assert "not in this index" not in text
    assert "refus" not in text


def test_refusals_are_shown_where_there_are_any():
    refusal: dict[str, Any] = {
        "threshold": 0.5,
        "precision": None,
        "recall": 0.0,
        "answerable refused": 0.0,
        "area": 0.91,
        "refused at 0.1": 0.85,
        "threshold at 0.1": 0.4,
        "curve": [],
    }
    text = evaluation_text(make_evaluation(rankings={}, missing=3, answers=SECONDS | {"refusal": refusal}))
    assert "The words of 3 are not in this index" in text
    assert "found@" not in text
    assert [line.rstrip(" |").rsplit(" ", 1)[-1] for line in text.splitlines() if "refus" in line] == [
        "0.000", "0.000", "none", "0.850",
    ]  # fmt: skip
    assert "0.910" in text


def test_the_command_measures_what_is_indexed(tmp_path):
    minutebook = Minutebook(tmp_path / "data")
    minutes, questions = tmp_path / "minutes.jsonl", tmp_path / "questions.jsonl"
    minutes.write_text(json.dumps({"url": URL, "title": "Wellow bridge", "text": TEXT}))
    rows = [
        {"id": "a", "question": "Why was the bridge closed?", "url": URL, "spans": [[0, len(TEXT)]]},
        {"id": "b", "question": "Who built the weir?", "url": "https://gone.example/", "spans": [[0, 9]]},
        {"id": "c", "question": "What does the xylophone quartet cost?", "answerable": False},
    ]
    questions.write_text("\n".join(map(json.dumps, rows)))
    assert minutebook("evaluate", str(questions)).code == 3  # nothing is indexed yet
    assert minutebook("ingest", str(minutes)).code == 0
    assert minutebook("index").code == 0

    shown = minutebook("evaluate", str(questions))
    assert shown.code == 0
    assert "3 questions: 2 with the words that answer them, 1 that nothing answers." in shown.out
    assert "The words of 1 are not in this index" in shown.out
    assert "| as shipped |" in shown.out

    with questions.open("a") as file:
        file.write('\n{"question": ""}\n')
    done = minutebook("evaluate", str(questions), "--ablate", "--plain", "--json", "--limit", "2")
    assert done.code == 1
    assert "questions.jsonl, line 4: the question is empty; type a question or some words" in done.err
    assert "Measuring: dense alone\n" in done.err
    assert [row["id"] for row in done.json["each"]] == ["a", "b"]
    assert {"plain recipe", "dense alone", "lexical alone", "as shipped"} <= set(done.json["rankings"])
    assert done.json["rankings"]["as shipped"]["found@1"] == 0.5
