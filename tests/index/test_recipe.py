"""Each stage of a ranking can be turned off, and then it does nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from index.embedding import HashEmbedder
from index.generation import Generation
from index.learned import BOILERPLATE, BOILERPLATE_COPIES
from index.recipe import SHIPPED, Fusion, Recipe
from index.search import Ranking, rank
from tests.factories import make_document, make_generation

NOTICE = (
    "The meeting may be filmed for broadcast, and anyone who speaks at it is taken to have agreed to that."
)
DOCUMENTS = (
    make_document("bridge", "The piers had rusted through.", title="The mill bridge"),
    make_document("four", "Recommendation 4: nothing was promised to anybody.", title="Boats"),
    make_document("five", "Recommendation 5: recommendation and four, promised.", title="Boats"),
    make_document(
        "long",
        "\n\n".join(
            f"Paragraph {n} of the tolls. " + "Coins were counted and entered. " * 40 for n in range(4)
        ),
        title="Tolls",
    ),
    make_document("notice1", NOTICE, title="Filming", meeting_date="2024-02-29"),
    make_document("notice2", NOTICE, title="Filming", meeting_date="2025-02-28"),
)


@pytest.fixture(scope="module")
def generation(tmp_path_factory) -> Iterator[Generation]:
    generation = make_generation(tmp_path_factory.mktemp("recipe"), DOCUMENTS)
    yield generation
    generation.close()


def ranked(generation: Generation, query: str, recipe: Recipe = SHIPPED) -> Ranking:
    return rank(generation, HashEmbedder(), query, recipe=recipe)


def ids(ranking: Ranking) -> list[str]:
    return [one.passage.document.id for one in ranking.ranked]


def scores(ranking: Ranking) -> dict[int, float]:
    return {one.passage.row: one.score for one in ranking.ranked}


def test_what_is_shipped_is_the_default(generation):
    default = rank(generation, HashEmbedder(), "the mill bridge")
    assert default.ranked == ranked(generation, "the mill bridge", Recipe()).ranked != ()


def test_dense_alone_ranks_by_cosine(generation):
    bare = Recipe(lexical=False, context=False, references=False, floor=False, duplicates=False)
    ranking = ranked(generation, "recommendation 4", bare)
    cosines = [one.cosine for one in ranking.ranked]
    assert cosines == sorted(cosines, reverse=True)
    assert len(cosines) == generation.table.count


def test_lexical_alone_proposes_only_what_holds_a_word(generation):
    bare = Recipe(dense=False, context=False, references=False, floor=False)
    assert ids(ranked(generation, "rusted piers", bare)) == ["bridge"]


def test_without_the_heading_its_words_are_not_found(generation):
    bare = Recipe(dense=False, floor=False)
    assert ids(ranked(generation, "the mill", bare)) == ["bridge"]
    assert ids(ranked(generation, "the mill", replace(bare, heading=False))) == []


def test_without_references_a_number_is_a_word_among_others(generation):
    query = "recommendation 4 promised"
    with_them, without = (
        ranked(generation, query, Recipe(references=on, floor=False)) for on in (True, False)
    )
    (row,) = (one.passage.row for one in with_them.ranked if one.passage.document.id == "four")
    assert scores(with_them)[row] - scores(without)[row] > 0.4
    assert with_them.wanted.references
    assert not without.wanted.references


def test_without_context_neighbours_and_documents_give_nothing(generation):
    query = "coins of the tolls"
    by_hand = Recipe(sentences=False, learned=False, setting=False)
    gained = scores(ranked(generation, query, by_hand))
    bare = scores(ranked(generation, query, replace(by_hand, context=False)))
    assert max(bare.values()) <= 2
    assert max(gained.values()) > max(bare.values())


def test_ranks_make_other_scores_than_sums(generation):
    bare = Recipe(context=False, sentences=False, setting=False, learned=False, floor=False)
    ranks = scores(ranked(generation, "rusted piers", replace(bare, fusion=Fusion.RANKS)))
    sums = scores(ranked(generation, "rusted piers", bare))
    assert max(ranks.values()) == max(sums.values()) == 2
    assert ranks != sums


def test_without_the_setting_a_named_year_is_a_word_among_others(generation):
    query = "is the meeting filmed in 2024"
    first, plain = (
        {
            one.passage.document.id: one.score
            for one in ranked(generation, query, Recipe(setting=on, duplicates=False)).ranked
        }
        for on in (True, False)
    )
    assert first["notice1"] - plain["notice1"] > 1
    assert first["notice2"] == pytest.approx(plain["notice2"])


def test_what_many_documents_repeat_stands_back(tmp_path):
    repeated = "The weir was mentioned and nothing else was said about it by anybody."
    documents = [make_document(f"d{n}", repeated, title="Filming") for n in range(BOILERPLATE_COPIES)]
    generation = make_generation(tmp_path, documents)
    try:
        with_it, without = (
            scores(ranked(generation, "the weir", Recipe(boilerplate=on))) for on in (True, False)
        )
        assert with_it.keys() == without.keys()
        for row in with_it:
            assert without[row] - with_it[row] == pytest.approx(BOILERPLATE)
    finally:
        generation.close()
    assert scores(ranked_of_one(tmp_path / "one", documents[0], True)) == scores(
        ranked_of_one(tmp_path / "other", documents[0], False)
    )


def ranked_of_one(folder, document, boilerplate: bool) -> Ranking:
    folder.mkdir()
    generation = make_generation(folder, [document])
    try:
        return ranked(generation, "the weir", Recipe(boilerplate=boilerplate))
    finally:
        generation.close()


def test_what_was_learned_makes_other_scores_than_what_was_set_by_hand(generation):
    learned, by_hand = (
        scores(ranked(generation, "coins of the tolls", Recipe(learned=on))) for on in (True, False)
    )
    assert learned.keys() == by_hand.keys()
    assert learned != by_hand


def test_without_a_floor_what_is_not_relevant_stays(generation):
    assert ids(ranked(generation, "xylophone quartet")) == []
    assert ids(ranked(generation, "xylophone quartet", Recipe(floor=False))) != []


def test_without_folding_the_same_words_stand_twice(generation):
    query = "may the meeting be filmed for broadcast"
    folded, unfolded = (ids(ranked(generation, query, Recipe(duplicates=on))) for on in (True, False))
    assert sum(id.startswith("notice") for id in folded) == 1
    assert sum(id.startswith("notice") for id in unfolded) == 2


def test_a_search_needs_candidates():
    with pytest.raises(ValueError, match="dense, lexical or both"):
        Recipe(dense=False, lexical=False)
