"""The gate: search and answers over the minutes of an invented council are no worse than what is pinned."""

import json

import pytest

from tests.quality.data import FLOORS, digest
from tests.quality.floors import shortfalls
from tests.quality.measure import evaluated, failing, figures_of

PINNED = json.loads(FLOORS.read_text(encoding="utf-8"))
# One worker builds the index, and has all the time that a busy machine takes for it.
pytestmark = [pytest.mark.xdist_group("quality"), pytest.mark.timeout(600)]

PIN = "python -m tests.quality.pin"


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory, minilm):
    return evaluated(tmp_path_factory.mktemp("quality"), minilm)


def test_the_floors_were_measured_on_these_minutes_and_questions():
    assert PINNED["data"] == digest(), (
        f"the minutes or questions have changed since the floors were pinned: {PIN}"
    )


@pytest.mark.model
def test_no_figure_is_worse_than_its_floor(evaluation):
    worse = shortfalls(figures_of(evaluation), PINNED["figures"])

    assert not worse, f"{'; '.join(worse)}\n{failing(evaluation)}"


@pytest.mark.model
def test_every_question_is_asked_and_its_words_are_in_the_index(evaluation):
    assert evaluation.missing == 0
    assert (evaluation.located, evaluation.unanswerable, len(evaluation.answered)) == (45, 15, 60)
