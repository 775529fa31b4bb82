"""Against values worked out by hand: of two councils and two kinds of question."""

import json

import pytest

from index.evaluation.answers import Answered, answer_figures, by_first_sentence, quote_figures
from index.evaluation.known import Known
from index.evaluation.marks import Marks, Overlap, Place
from index.evaluation.outcomes import GROUPINGS, Outcomes
from index.evaluation.questions import Question
from index.evaluation.ranking import Ranked
from index.records import Hit

#: Three that are answerable and three that are not.
RIGHT = Overlap(words=10, right=10, recall=1.0, first=True, some=True)
LATE = Overlap(words=30, right=5, recall=0.5, first=False, some=True)
WRONG = Overlap(words=20)


def question(id: str, kind: str, *, answerable: bool = True) -> Question:
    spans = ((0, 9),) if answerable else ()
    return Question(id=id, question="Why?", kind=kind, answerable=answerable, url="u", spans=spans)


def answered(asked: Question, council: str, sure: float, overlap: Overlap | None) -> Answered:
    """Return an answer that quotes so; None is silence."""
    met = overlap or Overlap()
    return Answered(asked, overlap is not None, sure, met.words, met.recall == 1, 0.02, met, council)


RESULTS = (
    answered(question("a", "why"), "Ash", 0.9, RIGHT),
    answered(question("b", "who"), "Ash", 0.7, LATE),
    answered(question("c", "why"), "Oak", 0.2, None),
    answered(question("d", "why", answerable=False), "Ash", 0.6, WRONG),
    answered(question("e", "who", answerable=False), "Oak", 0.1, None),
    answered(question("f", "why", answerable=False), "Oak", 0.8, WRONG),
)


def test_figures_of_quotes():
    assert quote_figures(RESULTS) == {
        "quote recall": 0.3333,
        "quote recall, answered": 0.5,
        "first quote right": 0.3333,
        "any quote right": 0.6667,
        "word precision": 0.375,  # 15 of the 40 words of both that are answered
        "word recall": 0.5,  # 1, 1/2 and, unanswered, 0
        # The second has precision 1/6 and recall 1/2, which makes 1/4.
        "word f1": pytest.approx(1.25 / 3, abs=1e-4),
        "median words quoted": 20,
    }


def test_where_nothing_is_answered_there_is_no_precision():
    figures = quote_figures(RESULTS[2:3])
    assert (figures["first quote right"], figures["word f1"]) == (0, 0)
    assert not {"word precision", "median words quoted", "quote recall, answered"} & set(figures)
    assert quote_figures(RESULTS[3:4]) == {"median words quoted": 20}


def test_the_groups_have_their_own_figures_and_most_come_first():
    ranked = (Ranked("a", [1], 1, 0.01), Ranked("b", [0, 1], 1, 0.01), Ranked("c", [], 0, 0.01))
    groups = Outcomes(ranked, RESULTS, by_excerpt=RESULTS[:4]).by_groups(0.5)
    assert set(groups) == set(GROUPINGS)
    assert list(groups["council"]) == ["Ash", "Oak"]
    assert list(groups["kind"]) == ["why", "who"]
    ash, oak = groups["council"].values()
    assert ash["questions"] == {"all": 3, "with spans": 2, "unanswerable": 1}
    assert (ash["ranking"]["found@1"], oak["ranking"]["found@50"]) == (0.5, 0)
    assert ash["answers"]["first quote right"] == 0.5
    assert ash["answers"]["refusal"]["area"] == 1
    assert oak["answers"]["refusal"]["area"] == 0.5
    # Of three answerable ones none may be refused at 7 %: 0.2 of Oak judges Ash, 0.7 of Ash judges Oak.
    assert ash["answers"]["silence"]["0.07"] == {
        "one threshold": {"answerable refused": 0, "refused": 0},
        "held out": {"answerable refused": 0, "refused": 0},
    }
    assert oak["answers"]["silence"]["0.07"] == {
        "one threshold": {"answerable refused": 0, "refused": 0.5},
        "held out": {"answerable refused": 1, "refused": 0.5},
    }
    assert ash["by excerpt"]["questions"]["all"] == 3
    assert oak["by excerpt"]["questions"] == {"all": 1, "with spans": 1, "unanswerable": 0}
    assert "refusal" not in oak["by excerpt"]


def test_near_misses_of_one_kind_are_judged_by_the_thresholds_of_all():
    why = Outcomes((), RESULTS).by_groups(0.5)["kind"]["why"]["answers"]
    assert why["silence"]["0.07"]["held out"] == {"answerable refused": 0.5, "refused": 0}
    assert why["refusal"]["recall"] == 0


def test_all_figures_are_those_of_one_group_of_all():
    figures = Outcomes((), RESULTS, RESULTS, RESULTS).figures(0.5)
    assert figures["first sentence"] == quote_figures(RESULTS)
    by_excerpt = dict(figures["by excerpt"])
    assert by_excerpt.pop("questions") == {"all": 6, "with spans": 3, "unanswerable": 3}
    assert by_excerpt == figures["answers"]
    assert set(figures["answers"]) > set(answer_figures(RESULTS, 0.5))
    assert json.loads(json.dumps(figures, allow_nan=False)) == figures


def test_the_plain_rule_quotes_the_first_sentence_of_the_best_passage_even_where_silence_was_kept():
    text = "## Item 4\n\nThe weir was mended in May. It cost £900."
    hit = Hit(1, 3.0, "w:100-150", "w", "u", "Weir", "Ash", "", None, "", 100, 100 + len(text), text)
    start = 100 + text.index("The weir")
    said = "The weir was mended in May."
    place = Place("w", start, start + 8, "The weir", ((start, start + 3), (start + 4, start + 8)))
    marks = Marks("The weir", (place,), {"w": ((start, start + len(said)),)})
    silent = Answered(RESULTS[0].question, False, 0.2, 0, False, 0.02, council="Ash", best=hit)
    nothing = Answered(RESULTS[1].question, False, 0.0, 0, False, 0.02)
    first, second = by_first_sentence(
        [silent, nothing], [Known(silent.question, "Ash", marks), Known(nothing.question)]
    )
    assert (first.answered, first.words, first.holds, first.council) == (True, 6, True, "Ash")
    assert first.overlap == Overlap(words=6, right=6, recall=1.0, first=True, some=True)
    assert (second.answered, second.words, second.overlap) == (False, 0, Overlap())
