import json

import pytest

from index.embedding import HashEmbedder
from index.evaluation.ablation import variants
from index.evaluation.run import evaluate
from index.settings import AnswerSettings
from tests.index.evaluation.conftest import BRIDGE, QUESTIONS, SILENT


@pytest.fixture(scope="module")
def evaluation(minutes):
    return evaluate(QUESTIONS, minutes, HashEmbedder(), AnswerSettings(), ablation=True, plain=True)


def test_everything_is_counted(evaluation, minutes):
    assert (evaluation.documents, evaluation.passages) == (4, minutes.table.count)
    assert (evaluation.generation, evaluation.model) == ("000001", "hash")
    assert len(evaluation.answered) == 4
    assert (evaluation.located, evaluation.missing, evaluation.unanswerable) == (3, 1, 1)


def test_the_rows_go_from_the_plain_recipe_to_what_is_shipped(evaluation):
    assert list(evaluation.rankings) == ["plain recipe", *variants(), "as shipped"]
    shipped, last = evaluation.rankings["as shipped"], evaluation.rankings["+ floor"]
    assert {name: shipped[name] for name in last} == last


def test_it_is_json_with_and_without_each_question(evaluation):
    written = json.loads(json.dumps(evaluation.as_dict(), allow_nan=False))
    assert written["questions"] == {"all": 4, "with spans": 3, "not in the index": 1, "unanswerable": 1}
    bridge, _, lost, silent = written.pop("each")
    assert (bridge["id"], bridge["answerable"], bridge["rank"]) == ("bridge", True, 1)
    assert (lost["rank"], lost["quoted"]) == (None, False)
    assert (silent["answerable"], silent["answered"], silent["quoted"]) == (False, False, None)
    assert evaluation.as_dict(each=False) == written


def test_without_places_only_answers_are_measured(minutes):
    evaluation = evaluate([SILENT], minutes, HashEmbedder(), AnswerSettings(), ablation=True, plain=True)
    assert (evaluation.rankings, evaluation.located) == ({}, 0)
    assert evaluation.answers["seconds p50"] >= 0


def test_what_is_done_is_told(minutes):
    begun = []
    evaluate(
        [BRIDGE],
        minutes,
        HashEmbedder(),
        AnswerSettings(),
        begin=lambda name: begun.append(name) or (lambda done, of: None),
    )
    assert begun == ["search", "ask"]
