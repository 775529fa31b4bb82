"""The gate: search and answers over the minutes of an invented council are no worse than what is pinned."""

import json

import pytest

from tests.quality.data import FLOORS, digest
from tests.quality.floors import shortfalls
from tests.quality.measure import evaluated, failing, figures_of

PINNED = json.loads(FLOORS.read_text(encoding="utf-8"))


def test_the_floors_were_measured_on_these_minutes_and_questions():
    assert PINNED["data"] == digest(), "the minutes or questions have changed: python -m tests.quality.pin"


# One test, so that the minutes are indexed once however tests are shared out; a busy machine takes its time.
@pytest.mark.model
@pytest.mark.timeout(600)
def test_no_figure_is_worse_than_its_floor(tmp_path, minilm):
    evaluation = evaluated(tmp_path, minilm)

    assert evaluation.missing == 0
    assert (evaluation.located, evaluation.unanswerable, len(evaluation.answered)) == (45, 15, 60)
    worse = shortfalls(figures_of(evaluation), PINNED["figures"])
    assert not worse, f"{'; '.join(worse)}\n{failing(evaluation)}"
