from index.embedding import HashEmbedder
from index.evaluation.plain import WINDOW, rank_plainly
from index.evaluation.questions import Question
from index.evaluation.ranking import judge
from tests.factories import make_document, make_generation
from tests.index.evaluation.conftest import QUESTIONS


def test_documents_are_cut_into_windows_of_a_thousand_characters(tmp_path):
    words = "ferry refused flood"
    text = "x" * (WINDOW - 4) + words + " " * (2 * WINDOW) + "the weir was let"
    generation = make_generation(tmp_path, [make_document("long", text), make_document("blank", " \n")])
    told = []
    across, last = (
        Question(
            id=found, question=found, url="long", spans=((text.index(found), text.index(found) + len(found)),)
        )
        for found in (words, "the weir was let")
    )
    ranked = rank_plainly(
        judge([across, last], generation),
        generation,
        HashEmbedder(),
        lambda done, of: told.append((done, of)),
    )
    generation.close()
    # Words across an edge are right in both windows; blank windows are none.
    assert [(one.right, sum(one.news)) for one in ranked] == [(2, 2), (1, 1)]
    assert told == [(3, 3)]


def test_it_is_measured_like_a_search(minutes):
    ranked = rank_plainly(judge(QUESTIONS, minutes), minutes, HashEmbedder())
    assert [(one.id, one.rank) for one in ranked] == [("bridge", 1), ("ferry", 1), ("lost", None)]
