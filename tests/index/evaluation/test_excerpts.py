"""Over a few invented minutes: what is asked of an excerpt is answered out of that excerpt or not at all."""

import json

import pytest

from index.answer import answer_out_of
from index.embedding import HashEmbedder
from index.evaluation.excerpts import answer_by_excerpt, limited_to
from index.evaluation.known import Known, know
from index.evaluation.questions import Question
from index.evaluation.ranking import judge
from index.evaluation.run import evaluate
from index.search import rank, rank_embedded
from index.settings import AnswerSettings
from tests.factories import make_document, make_generation

FERRY = "The ferry at Wellow was refused because its landing stage floods every spring."
#: A meeting of several passages; only the third says why, and what it cost is said elsewhere.
ITEMS = (
    "Councillor Ash reported on the hedges of Mill Lane, which the contractor had cut in August. ",
    "The grass of the cricket field was rolled twice, and the pavilion was painted by volunteers. ",
    f"{FERRY} The owner of the ferry may ask again next year. ",
    "The auditor found the accounts of the burial board to be in order, and thanked its clerk. ",
)
MEETING = "\n\n".join(item * 6 for item in ITEMS)
COST = "The study of the ferry at Wellow cost £4,750, which the harbour board paid."
DOCUMENTS = [
    make_document("meeting", MEETING, title="Meeting of March"),
    make_document("cost", COST, title="Harbour board", council="Harbour Board of Wellow"),
]
URL = {document.id: document.url for document in DOCUMENTS}
START = MEETING.index(FERRY)
EXCERPT = (START, START + len(ITEMS[2]) * 6)

WHY = Question(
    id="why",
    question="Why was the ferry at Wellow refused?",
    url=URL["meeting"],
    spans=((START, START + len(FERRY)),),
    excerpt=EXCERPT,
    kind="why",
)
HOW_MUCH = Question(
    id="cost",
    question="What did the study of the ferry at Wellow cost?",
    answerable=False,
    url=URL["meeting"],
    excerpt=EXCERPT,
    kind="number",
)
#: A question whose excerpt stands in a document that was never read, and one that is too long for its own.
LOST = HOW_MUCH.model_copy(update={"id": "lost", "url": "https://elsewhere.example/"})
CHANGED = HOW_MUCH.model_copy(update={"id": "changed", "excerpt": (0, 100_000)})
ANYWHERE = HOW_MUCH.model_copy(update={"id": "anywhere", "excerpt": None})
QUESTIONS = (WHY, HOW_MUCH, LOST, CHANGED, ANYWHERE)
ALWAYS = AnswerSettings(threshold=0)


@pytest.fixture(scope="module")
def ferries(tmp_path_factory):
    generation = make_generation(tmp_path_factory.mktemp("ferries"), DOCUMENTS)
    yield generation
    generation.close()


@pytest.fixture(scope="module")
def known(ferries) -> dict[str, Known]:
    judged = judge(QUESTIONS, ferries)
    return {one.question.id: one for one in know(QUESTIONS, judged, ferries.table)}


def test_what_is_known_of_a_question(ferries, known):
    why = known["why"]
    assert why.council == "Ashmere Borough Council"
    assert why.marks.words == FERRY
    passages = ferries.table.passages(why.rows)
    assert passages
    assert all(EXCERPT[0] < one.end and one.start < EXCERPT[1] for one in passages)
    assert all(one.document.id == "meeting" for one in passages)
    assert len(passages) < ferries.table.count - 1
    assert known["cost"].rows == why.rows
    assert known["anywhere"].rows == ()
    assert known["anywhere"].council == "Ashmere Borough Council"
    for gone in ("lost", "changed"):
        assert (known[gone].council, known[gone].rows) == ("", ())


def test_passages_that_were_found_keep_their_scores_and_others_are_not_there(ferries, known):
    ranking = rank(ferries, HashEmbedder(), WHY.question)
    limited = limited_to(known["why"].rows, ranking, ferries)
    assert sorted(one.passage.row for one in limited.ranked) == sorted(known["why"].rows)
    scores = {passage.row: one.score for one in ranking.ranked for passage in (one.passage, *one.also)}
    assert {one.passage.row: one.score for one in limited.ranked} == {
        row: scores[row] for row in known["why"].rows
    }
    assert [one.score for one in limited.ranked] == sorted(
        (one.score for one in limited.ranked), reverse=True
    )


def test_a_passage_beyond_what_was_read_has_the_score_that_it_would_have(ferries):
    ranking = rank(ferries, HashEmbedder(), WHY.question)
    rows = range(ferries.table.count)
    short = rank_embedded(ferries, ranking.parsed, ranking.vector, most=1)
    assert len(short.ranked) < len(ranking.ranked)
    scored = {one.passage.row: one.score for one in limited_to(rows, ranking, ferries).ranked}
    again = {one.passage.row: one.score for one in limited_to(rows, short, ferries).ranked}
    assert again == pytest.approx(scored)


def test_a_passage_that_was_no_candidate_is_scored_as_if_it_were(ferries, monkeypatch):
    ranking = rank(ferries, HashEmbedder(), WHY.question)
    whole = limited_to(range(ferries.table.count), ranking, ferries)
    monkeypatch.setattr("index.candidates.CANDIDATES", 1)
    monkeypatch.setattr("index.candidates.WITH_NEIGHBOURS", 0)
    few = rank(ferries, HashEmbedder(), WHY.question)
    assert len(few.ranked) < ferries.table.count
    joined = limited_to(range(ferries.table.count), few, ferries)
    assert len(joined.ranked) == len(whole.ranked) == ferries.table.count
    assert joined.ranked[0].passage.row == whole.ranked[0].passage.row


def test_the_fact_that_is_stated_elsewhere_is_quoted_over_the_index_and_not_by_excerpt(ferries, known):
    ranking = rank(ferries, HashEmbedder(), HOW_MUCH.question)
    anywhere = answer_out_of(ferries, HOW_MUCH.question, ranking, settings=ALWAYS)
    assert COST in [quote.text for quote in anywhere.quotes]
    limited = limited_to(known["cost"].rows, ranking, ferries)
    given = answer_out_of(ferries, HOW_MUCH.question, limited, settings=ALWAYS)
    assert given.quotes
    passages = ferries.table.passages(known["cost"].rows)
    for quote in given.quotes:
        assert quote.document_id == "meeting"
        assert any(one.start <= quote.start and quote.end <= one.end for one in passages)


def test_only_questions_with_an_excerpt_are_asked_and_their_quotes_are_judged(ferries, known):
    told = []
    results = answer_by_excerpt(
        list(known.values()), ferries, HashEmbedder(), ALWAYS, lambda done, of: told.append((done, of))
    )
    assert [one.question.id for one in results] == ["why", "cost"]
    assert told == [(1, 2), (2, 2)]
    why, cost = results
    assert (why.answered, why.holds, why.overlap.first, why.overlap.recall) == (True, True, True, 1.0)
    assert why.overlap.right >= len(FERRY.split())
    assert (cost.holds, cost.overlap.right, cost.council) == (False, 0, "Ashmere Borough Council")
    assert 0 < cost.confidence < 1
    assert why.seconds >= 0


def test_an_evaluation_has_every_way_and_every_group_in_its_json(ferries):
    evaluation = evaluate(QUESTIONS, ferries, HashEmbedder(), AnswerSettings())
    written = json.loads(json.dumps(evaluation.as_dict(), allow_nan=False))
    assert written["by excerpt"]["questions"] == {"all": 2, "with spans": 1, "unanswerable": 1}
    assert written["first sentence"]["word precision"] <= 1
    assert list(written["groups"]["council"]) == ["Ashmere Borough Council", ""]
    assert list(written["groups"]["kind"]) == ["number", "why"]
    ashmere = written["groups"]["council"]["Ashmere Borough Council"]
    assert set(ashmere) == {"questions", "ranking", "answers", "first sentence", "by excerpt"}
    # Those that stand nowhere are judged by the threshold of Ashmere, and Ashmere by nobody's.
    assert written["groups"]["council"][""]["answers"]["silence"]["0.07"]["held out"]["refused"] is not None
    assert ashmere["answers"]["silence"]["0.07"]["held out"]["refused"] is None
    each = {row["id"]: row for row in written["each"]}
    assert (each["cost"]["council"], each["cost"]["kind"]) == ("Ashmere Borough Council", "number")
    assert (each["cost"]["right words"], each["cost"]["first right"]) == (None, None)
    assert 0 < each["cost"]["by excerpt"]["confidence"] < 1
    assert each["lost"]["by excerpt"] is None
    assert each["why"]["any right"] in (True, False)
