"""What is shown of every way of asking, of each council and of each kind of question."""

import json

import pytest

from index.evaluation.outcomes import GROUPINGS
from tests.ui.commanding import Minutebook
from tests.ui.test_evaluation import make_evaluation
from ui.evaluation import evaluation_text
from ui.options import Grouping

SECONDS = {"seconds p50": 0.021, "seconds p95": 0.033}
QUOTING = {
    "quote recall": 0.61,
    "quote recall, answered": 0.62,
    "first quote right": 0.63,
    "any quote right": 0.64,
    "word precision": 0.65,
    "word recall": 0.66,
    "word f1": 0.67,
    "median words quoted": 68.5,
}
SILENCE = {"0.07": {"held out": {"answerable refused": 0.08, "refused": 0.42}}}
REFUSAL = {
    "precision": 0.5,
    "recall": 0.2,
    "answerable refused": 0.1,
    "area": 0.55,
    "refused at 0.1": 0.12,
    "refused at 0.07": 0.09,
}
ANSWERS = QUOTING | {"refusal": REFUSAL, "silence": SILENCE} | SECONDS
COUNTS = {"all": 1_500, "with spans": 1_000, "unanswerable": 500}

TEXTS = {
    "ashmere": "The mill bridge at Wellow was closed because its deck had rusted through.",
    "oakham": "The ferry at Pell was sold to the harbour board, which owns two others.",
}


def about(document: dict, answerable: bool = True, **fields) -> dict:
    """Return a question that all of a document answers, or that it does not."""
    whole = [0, len(document["text"])]
    return fields | {
        "url": document["url"],
        "excerpt": whole,
        "answerable": answerable,
        "spans": [whole] if answerable else None,
    }


def line(text: str, begin: str) -> list[str]:
    (found,) = (one for one in text.splitlines() if one.startswith(f"| {begin}"))
    return [cell.strip() for cell in found.strip("|").split("|")][1:]


@pytest.fixture
def evaluation():
    group = {"questions": COUNTS, "answers": ANSWERS, "first sentence": QUOTING}
    read = {"questions": COUNTS | {"all": 1_400}} | ANSWERS
    return make_evaluation(
        answers=ANSWERS,
        first_sentence=QUOTING,
        by_excerpt=read,
        groups={"council": {"Ashmere": group | {"by excerpt": read}, "": group}, "kind": {}},
    )


def test_each_way_of_asking_has_a_column(evaluation):
    text = evaluation_text(evaluation)
    assert line(text, "answers") == ["as shipped", "by excerpt", "first sentence"]
    assert line(text, "the first quote is right") == ["0.630", "0.630", "0.630"]
    assert line(text, "quoted words that lie") == ["0.650", "0.650", "0.650"]
    assert line(text, "median words quoted") == ["68.5", "68.5", "68.5"]
    assert line(text, "area under that curve") == ["0.550", "0.550", "–"]
    assert line(text, "unanswerable ones refused when 7%") == ["0.090", "0.090", "–"]
    assert line(text, "the same at 7%, chosen on the other councils") == ["0.420", "0.420", "–"]
    assert line(text, "and answerable ones") == ["0.080", "0.080", "–"]
    assert line(text, "seconds for an answer") == ["0.021  0.033", "0.021  0.033", "–"]
    assert "Ashmere" not in text


def test_each_council_has_a_line_in_a_table_for_each_way(evaluation):
    text = evaluation_text(evaluation, "council")
    shipped, read, plain = text.split("\n\n")[-3:]
    assert line(shipped, "Ashmere") == [
        "1,500", "500",
        "0.610", "0.620", "0.630", "0.640", "0.650", "0.660", "0.670", "68.5", "0.550", "0.420", "0.080",
    ]  # fmt: skip
    assert line(read, "Ashmere")[0] == "1,400"
    assert line(read, "no council")[2:] == ["–"] * 11
    assert line(plain, "Ashmere")[-4:] == ["68.5", "–", "–", "–"]
    assert read.startswith("| by excerpt, by council")


def test_what_can_be_chosen_is_what_is_measured():
    assert set(Grouping) == set(GROUPINGS)


def test_the_command_asks_by_excerpt_and_shows_each_kind(tmp_path):
    minutebook = Minutebook(tmp_path / "data")
    minutes, questions = tmp_path / "minutes.jsonl", tmp_path / "questions.jsonl"
    bridge, ferry = (
        {"url": f"https://{name}.example/1", "title": "Minutes", "text": text, "council": name.title()}
        for name, text in TEXTS.items()
    )
    minutes.write_text("\n".join(map(json.dumps, (bridge, ferry))))
    rows = [
        about(bridge, id="a", question="Why was the mill bridge closed?", kind="why"),
        about(ferry, id="b", question="Who bought the ferry at Pell?", kind="who"),
        about(ferry, id="c", question="What did the ferry at Pell cost?", kind="why", answerable=False),
    ]
    questions.write_text("\n".join(map(json.dumps, rows)))
    assert minutebook("ingest", str(minutes)).code == 0
    assert minutebook("index").code == 0

    shown = minutebook("evaluate", str(questions), "--by", "kind")
    assert shown.code == 0
    assert line(shown.out, "answers") == ["as shipped", "by excerpt", "first sentence"]
    assert line(shown.out, "the first quote is right")[2] == "1.000"
    assert [row for row in shown.out.splitlines() if row.startswith("| why ")]
    assert "Measuring: ask by excerpt\n" in shown.err
