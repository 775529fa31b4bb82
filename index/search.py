"""From a query to hits: candidates of two kinds, fused, put in context, without duplicates."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus.records import Kind
from index.arrays import Array, Numbers, Vectors
from index.candidates import CANDIDATES, Candidates, find_candidates
from index.embedding import QueryEmbedder
from index.fusion import best_first, fold_duplicates, reciprocal_ranks, spread
from index.generation import Generation
from index.learned import BESIDE, REFERENCE
from index.lexical import HEADING_WEIGHT, Scope, Wanted, content_terms, terms
from index.passage_table import PassageTable, StoredPassage, date_number
from index.passages import embedded_text
from index.query import ParsedQuery, in_plain_words, parse_query
from index.recipe import SHIPPED, Fusion, Recipe
from index.records import Filters, Found, Hit
from index.references import find_references, mentions
from index.reranking import Reranker
from index.scoring import read_features, scored
from index.sentence_table import Met
from index.vectors import Rows

#: Passages whose text is read and compared for one query.
READ = 60
#: A passage below this cosine that holds less than `MIN_COVERAGE` of the query's words is not relevant.
MIN_COSINE = 0.2
MIN_COVERAGE = 0.5
NOTHING_WITHIN = "no minutes lie within all of these filters together"
#: With so many words beside what stands in quotation marks, a query is a question.
ASKS_BESIDE = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate after ranking; `cosine` to the query, `also` the very same words elsewhere.

    `cued` is the share of the question that a sentence meets which has the words to answer it (`Telling`),
    `gain` the part of the score that comes from a reranker.
    """

    passage: StoredPassage
    score: float
    cosine: float
    cued: float = 0.0
    gain: float = 0.0
    also: tuple[StoredPassage, ...] = ()

    @property
    def odds(self) -> float:
        """The score as the search itself gave it: a logarithm of odds, whatever a reranker adds."""
        return self.score - self.gain


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that a search found out, best passage first; `more` tells that further passages may be relevant.

    `limited` tells that nothing beside these passages may be read, be it of the same agenda item.
    """

    parsed: ParsedQuery
    wanted: Wanted
    vector: Vectors
    ranked: tuple[Ranked, ...]
    notes: tuple[str, ...] = ()
    more: bool = False
    limited: bool = False


def rank(
    generation: Generation,
    embedder: QueryEmbedder,
    query: str,
    filters: Filters | None = None,
    recipe: Recipe = SHIPPED,
    reranker: Reranker | None = None,
) -> Ranking:
    """Rank passages of `generation` for `query`, with the stages of `recipe`, and a `reranker` if one is set.

    Raises:
        UsageError: the query is empty, too long or without words.
    """
    return rank_parsed(generation, embedder, parse_query(query, filters), recipe, reranker=reranker)


def rank_parsed(
    generation: Generation,
    embedder: QueryEmbedder,
    parsed: ParsedQuery,
    recipe: Recipe = SHIPPED,
    most: int = READ,
    reranker: Reranker | None = None,
) -> Ranking:
    """Rank at most `most` passages for a query that is taken apart already."""
    vector = embedder.embed_queries([parsed.words])[0]
    return rank_embedded(generation, parsed, vector, recipe, most, reranker=reranker)


def rank_embedded(
    generation: Generation,
    parsed: ParsedQuery,
    vector: Vectors,
    recipe: Recipe = SHIPPED,
    most: int = READ,
    near: Rows | None = None,
    reranker: Reranker | None = None,
) -> Ranking:
    """Rank passages for a query whose words have become a `vector` (shape: dimension) already.

    `near` is what `VectorIndex.near` says of it, where that is known already.
    """
    wanted = what_is_wanted(parsed, recipe)
    scope, notes = find_scope(generation.table, parsed.filters)
    if notes:
        return Ranking(parsed, wanted, vector, (), notes)
    candidates = find_candidates(generation, wanted, scope, vector, recipe, near)
    met = generation.sentences.met(candidates.rows, wanted.terms)
    features = read_features(generation, candidates, parsed.words, wanted.terms, met, recipe)
    if recipe.fusion is Fusion.RANKS:
        scores = reciprocal_ranks([candidates.dense, candidates.lexical])
    else:
        scores = scored(features, generation.table, candidates.rows, recipe)
    best = np.asarray(best_first(scores), dtype=np.int64)
    if recipe.floor:
        best = best[_relevant(candidates, met)[best]]
    more = len(best) > most or _may_be_more(candidates)
    references = find_references(parsed.words) if recipe.references else ()
    # One that makes a reference may come up from behind.
    best = best[: 2 * most if references else most]
    ranked = read_ranked(generation, candidates, scores, features.cued, best)
    ranked = _best_first(with_references(ranked, references))[:most]
    if reranker is not None:
        ranked = _looked_at_again(ranked, parsed.words, reranker)
    if recipe.duplicates:
        ranked = _without_duplicates(ranked)
    if recipe.spread:
        ranked = _spread(ranked, generation.table)
    if not ranked and (looser := _without_phrases(parsed)):
        return replace(
            rank_embedded(generation, looser, vector, recipe, most, near, reranker),
            notes=tuple(f"nothing holds “{phrase}” word for word" for phrase in parsed.phrases),
        )
    return Ranking(parsed, wanted, vector, tuple(ranked), more=more)


def _without_phrases(parsed: ParsedQuery) -> ParsedQuery | None:
    """Return a question whose quotation marks are a wish, None where little but quoted words was asked for.

    Who asks what was said of "unintended consequences" wants an answer in other words rather than none; who
    searches for nothing else wants these words.
    """
    quoted = sum(len(phrase.split()) for phrase in parsed.phrases)
    beside = len(parsed.words.split()) - quoted
    return replace(parsed, phrases=()) if parsed.phrases and beside >= ASKS_BESIDE else None


def sift(generation: Generation, embedder: QueryEmbedder, parsed: ParsedQuery, most: int = READ) -> Numbers:
    """Return the numbers of the documents of the passages that `rank_parsed` would rank, one for each.

    No text is read, which takes a quarter of the time. So what makes an exact reference is not raised.
    """
    scope, notes = find_scope(generation.table, parsed.filters)
    if notes:
        return np.zeros(0, dtype=np.int64)
    wanted = what_is_wanted(parsed, SHIPPED)
    vector = embedder.embed_queries([parsed.words])[0]
    candidates = find_candidates(generation, wanted, scope, vector, SHIPPED)
    if not len(candidates) and (looser := _without_phrases(parsed)):
        return sift(generation, embedder, looser, most)
    met = generation.sentences.met(candidates.rows, wanted.terms)
    features = read_features(generation, candidates, parsed.words, wanted.terms, met, SHIPPED)
    best = np.asarray(best_first(scored(features, generation.table, candidates.rows, SHIPPED)), int)
    best = best[_relevant(candidates, met)[best]][:most]
    _, first = np.unique(generation.table.words_of[candidates.rows[best]], return_index=True)
    found: Numbers = candidates.documents[best[np.sort(first)]]
    return found


def search(
    generation: Generation,
    embedder: QueryEmbedder,
    query: str,
    *,
    filters: Filters | None = None,
    k: int = 10,
    reranker: Reranker | None = None,
) -> Found:
    """Return the `k` best hits for `query`."""
    return best_of(rank(generation, embedder, query, filters, reranker=reranker), k)


def best_of(ranking: Ranking, k: int) -> Found:
    """Return the `k` best hits of a ranking."""
    return Found(
        hits=make_hits(ranking.ranked[:k]),
        interpreted=in_plain_words(ranking.parsed),
        notes=ranking.notes,
        also_in={
            one.passage.id: tuple((other.document.title, other.document.url) for other in one.also)
            for one in ranking.ranked[:k]
            if one.also
        },
    )


def make_hits(ranked: tuple[Ranked, ...]) -> tuple[Hit, ...]:
    """Return ranked passages in the published format."""
    return tuple(
        Hit(
            rank=number,
            score=round(one.score, 4),
            passage_id=one.passage.id,
            document_id=one.passage.document.id,
            url=one.passage.document.url,
            title=one.passage.document.title,
            council=one.passage.document.council,
            committee=one.passage.document.committee,
            meeting_date=one.passage.document.meeting_date,
            section=one.passage.section,
            start=one.passage.start,
            end=one.passage.end,
            text=one.passage.text,
        )
        for number, one in enumerate(ranked, start=1)
    )


def find_scope(table: PassageTable, filters: Filters) -> tuple[Scope, tuple[str, ...]]:
    """Return what `resolve_filters` does, with a line, too, where all of them together leave nothing."""
    scope, notes = resolve_filters(table, filters)
    if not notes and not scope.unlimited and not table.allowed(scope).any():
        return scope, (NOTHING_WITHIN,)
    return scope, notes


def resolve_filters(table: PassageTable, filters: Filters) -> tuple[Scope, tuple[str, ...]]:
    """Return the values that `filters` allow, and a line for each that matches nothing."""
    notes: list[str] = []
    matching: dict[str, tuple[str, ...] | None] = {}
    for name, wanted in (("council", filters.council), ("committee", filters.committee)):
        known = table.values(name)
        matching[name] = matching_names(known, wanted) if wanted else None
        if wanted and not matching[name]:
            notes.append(f"no {name} is called {wanted!r}; {_choices(known)}")
    kind = filters.kind.casefold()
    if kind and kind not in set(Kind):
        notes.append(f"no kind is called {filters.kind!r}; {_choices(tuple(Kind))}")
    for name, day in (("from", filters.date_from), ("to", filters.date_to)):
        if day and not date_number_or_none(day):
            notes.append(f"{name}: {day!r} is not a date; write 2019-05-31")
    first, last = date_number_or_none(filters.date_from), date_number_or_none(filters.date_to)
    if first and last and first > last:
        notes.append(f"from: {filters.date_from} is after to: {filters.date_to}")
    if notes:
        return Scope(), tuple(notes)
    return Scope(
        councils=matching["council"],
        committees=matching["committee"],
        kinds=(kind,) if kind else None,
        first_date=first,
        last_date=last,
    ), ()


def date_number_or_none(iso: str) -> int | None:
    """Return an ISO date as a number that sorts, None when it is not one."""
    try:
        return date_number(date.fromisoformat(iso).isoformat())
    except ValueError:
        return None


def matching_names(known: Iterable[str], wanted: str) -> tuple[str, ...]:
    """Return the names that a filter for `wanted` allows: the same in any case, else all with its words."""
    known = tuple(known)
    exact = tuple(value for value in known if value.casefold() == wanted.casefold())
    words = wanted.casefold().split()
    return exact or tuple(value for value in known if all(word in value.casefold() for word in words))


def _choices(known: tuple[str, ...]) -> str:
    if not known:
        return "the indexed documents name none"
    shown = ", ".join(known[:8])
    return f"there are: {shown}" + (f" and {len(known) - 8} more" if len(known) > 8 else "")


def what_is_wanted(parsed: ParsedQuery, recipe: Recipe) -> Wanted:
    """Return what is looked for, in terms."""
    references = find_references(parsed.words) if recipe.references else ()
    sequences = [tuple(terms(reference)) for reference in references]
    return Wanted(
        terms=tuple(dict.fromkeys(content_terms(parsed.words))),
        references=tuple(words for words in sequences if len(words) > 1),
        phrases=tuple(words for phrase in parsed.phrases if (words := tuple(terms(phrase)))),
        excluded=tuple(words for word in parsed.excluded if (words := tuple(terms(word)))),
        alternatives=tuple(
            tuple(words for operand in choices if (words := tuple(terms(operand))))
            for choices in parsed.alternatives
        ),
        in_heading=HEADING_WEIGHT if recipe.heading else 0.0,
    )


def _may_be_more(candidates: Candidates) -> bool:
    """Tell whether one of the searches may have left out something relevant, as it proposes only so many."""
    if len(candidates) < CANDIDATES:
        return False
    farthest = np.sort(candidates.dense)[-CANDIDATES]
    return bool(farthest >= MIN_COSINE or np.count_nonzero(candidates.lexical) >= CANDIDATES)


def read_ranked(
    generation: Generation, candidates: Candidates, scores: Array, cued: Array, best: Numbers
) -> list[Ranked]:
    """Return the candidates at the places `best` as passages with their words."""
    rows = candidates.rows[best].tolist()
    return [
        Ranked(passage, float(scores[place]), float(candidates.dense[place]), float(cued[place]))
        for place, passage in zip(best, generation.table.passages(rows), strict=True)
    ]


def with_references(ranked: list[Ranked], references: tuple[str, ...]) -> list[Ranked]:
    """Add what a passage gains when it makes the references that were asked for."""
    if not references:
        return ranked
    share = REFERENCE / len(references)
    return [
        replace(
            one,
            score=one.score + share * sum(mentions(reference, one.passage.text) for reference in references),
        )
        for one in ranked
    ]


def _best_first(ranked: list[Ranked]) -> list[Ranked]:
    return sorted(ranked, key=lambda one: (-one.score, one.passage.row))


def _looked_at_again(ranked: list[Ranked], words: str, reranker: Reranker) -> list[Ranked]:
    """Let a model that reads each of the first passages beside the question change their order.

    It reads them under their headings, as they were embedded. Gains count from the least of them, so that
    none falls behind what was not looked at.
    """
    first, others = ranked[: reranker.candidates], ranked[reranker.candidates :]
    if not first:
        return ranked
    gains = reranker.gains(words, [embedded_text(one.passage.heading, one.passage.text) for one in first])
    again = zip(first, (gains - gains.min()).tolist(), strict=True)
    return _best_first([replace(one, score=one.score + gain, gain=gain) for one, gain in again]) + others


def _spread(ranked: list[Ranked], table: PassageTable) -> list[Ranked]:
    """Let the first hits out of verbatim records come from different places."""
    rows = [one.passage.row for one in ranked]
    order = spread(
        [one.score for one in ranked],
        rows,
        table.document_of[rows].tolist(),
        (BESIDE * table.verbatim_of[rows]).tolist(),
    )
    return [ranked[place] for place in order]


def _relevant(candidates: Candidates, met: Met) -> NDArray[np.bool_]:
    """Tell of each candidate whether it has to do with what is sought, by its meaning or by its words."""
    held = met.held
    relevant: NDArray[np.bool_] = (candidates.dense >= MIN_COSINE) | (
        held.sum(axis=1) >= MIN_COVERAGE * held.shape[1]
    )
    return relevant


def _without_duplicates(ranked: list[Ranked]) -> list[Ranked]:
    """Fold passages with the same words into the best of them."""
    groups = fold_duplicates([one.passage.words for one in ranked])
    return [
        replace(ranked[first], also=tuple(ranked[other].passage for other in others))
        if others
        else ranked[first]
        for first, *others in groups
    ]
