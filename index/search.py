"""From a query to hits: candidates of two kinds, fused, put in context, without duplicates."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from corpus.records import Kind
from index.arrays import Array, Vectors
from index.candidates import Candidates, find_candidates
from index.cues import bit
from index.embedding import QueryEmbedder
from index.features import Features, Setting, features_of, weighed
from index.fusion import best_first, fold_duplicates, min_max, reciprocal_ranks, spread
from index.generation import Generation
from index.learned import BESIDE, BY_HAND, MINUTES, REFERENCE, VERBATIM
from index.lexical import HEADING_WEIGHT, Scope, Wanted, content_terms, rarity, terms
from index.passage_table import PassageTable, StoredPassage, date_number
from index.query import ParsedQuery, in_plain_words, parse_query
from index.question import understand
from index.recipe import SHIPPED, Fusion, Recipe
from index.records import Filters, Found, Hit
from index.references import find_references, mentions
from index.setting import councils_in, dated, months_in
from index.telling import Telling, telling

#: Passages whose text is read and compared for one query.
READ = 60
#: A passage below this cosine that holds less than `MIN_COVERAGE` of the query's words is not relevant.
MIN_COSINE = 0.25
MIN_COVERAGE = 0.5


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate after ranking; `cosine` to the query, `also` the same words elsewhere.

    `cued` is the share of the question that a sentence meets which has the words to answer it (`Telling`).
    """

    passage: StoredPassage
    score: float
    cosine: float
    cued: float = 0.0
    also: tuple[StoredPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that a search found out, best passage first."""

    parsed: ParsedQuery
    wanted: Wanted
    vector: Vectors
    ranked: tuple[Ranked, ...]
    notes: tuple[str, ...] = ()


def rank(
    generation: Generation,
    embedder: QueryEmbedder,
    query: str,
    filters: Filters | None = None,
    recipe: Recipe = SHIPPED,
) -> Ranking:
    """Rank the passages of `generation` for `query`, with the stages of `recipe`.

    Raises:
        UsageError: the query is empty, too long or without words.
    """
    parsed = parse_query(query, filters)
    wanted = what_is_wanted(parsed, recipe)
    vector = embedder.embed_queries([parsed.words])[0]
    scope, notes = resolve_filters(generation.table, parsed.filters)
    if notes:
        return Ranking(parsed, wanted, vector, (), notes)
    candidates = find_candidates(generation, wanted, scope, vector, recipe)
    features = read_features(generation, candidates, parsed.words, wanted.terms, recipe)
    if recipe.fusion is Fusion.RANKS:
        scores = reciprocal_ranks([candidates.dense, candidates.lexical])
    else:
        scores = _scored(features, generation.table.verbatim_of[candidates.rows], recipe)
    ranked = _read(generation.table, candidates, scores, features.cued)
    if recipe.references:
        ranked = _with_references(ranked, find_references(parsed.words))
    if recipe.floor:
        ranked = [one for one in ranked if _relevant(one, wanted)]
    ranked = _best_first(ranked)[:READ]
    if recipe.duplicates:
        ranked = _without_duplicates(ranked)
    if recipe.spread:
        ranked = _spread(ranked, generation.table)
    return Ranking(parsed, wanted, vector, tuple(ranked))


def search(
    generation: Generation,
    embedder: QueryEmbedder,
    query: str,
    *,
    filters: Filters | None = None,
    k: int = 10,
) -> Found:
    """Return the `k` best hits for `query`."""
    ranking = rank(generation, embedder, query, filters)
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


def resolve_filters(table: PassageTable, filters: Filters) -> tuple[Scope, tuple[str, ...]]:
    """Return the values that `filters` allow, and a line for each that matches nothing."""
    notes: list[str] = []
    matching: dict[str, tuple[str, ...] | None] = {}
    for name, wanted in (("council", filters.council), ("committee", filters.committee)):
        known = table.values(name)
        matching[name] = _matching(known, wanted) if wanted else None
        if wanted and not matching[name]:
            notes.append(f"no {name} is called {wanted!r}; {_choices(known)}")
    kind = filters.kind.casefold()
    if kind and kind not in set(Kind):
        notes.append(f"no kind is called {filters.kind!r}; {_choices(tuple(Kind))}")
    for name, day in (("from", filters.date_from), ("to", filters.date_to)):
        if day and not date_number_or_none(day):
            notes.append(f"{name}: {day!r} is not a date; write 2019-05-31")
    if notes:
        return Scope(), tuple(notes)
    return Scope(
        councils=matching["council"],
        committees=matching["committee"],
        kinds=(kind,) if kind else None,
        first_date=date_number_or_none(filters.date_from),
        last_date=date_number_or_none(filters.date_to),
    ), ()


def date_number_or_none(iso: str) -> int | None:
    """Return an ISO date as a number that sorts, None when it is not one."""
    try:
        return date_number(date.fromisoformat(iso).isoformat())
    except ValueError:
        return None


def _matching(known: tuple[str, ...], wanted: str) -> tuple[str, ...]:
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


def read_features(
    generation: Generation, candidates: Candidates, question: str, words: tuple[str, ...], recipe: Recipe
) -> Features:
    """Return what is known of each candidate; what `recipe` does not let count is 0.

    `words` are the terms of `question` that count.
    """
    none = np.zeros(len(candidates))
    told, setting = Telling(none, none, none), Setting(none, none)
    if recipe.sentences:
        count = generation.table.count
        weights = np.asarray([rarity(generation.lexical.frequency(word), count) for word in words])
        met = generation.sentences.met(candidates.rows.tolist(), words)
        told = telling(met, weights, bit(understand(question).kind))
    if recipe.setting:
        setting = _setting(generation.table, candidates, question, words)
    features = features_of(
        min_max(candidates.dense) if recipe.dense else none,
        min_max(candidates.lexical) if recipe.lexical else none,
        told,
        setting,
        candidates.rows,
        candidates.documents,
    )
    return features if recipe.context else features.without_context()


def _setting(table: PassageTable, candidates: Candidates, question: str, words: tuple[str, ...]) -> Setting:
    named = councils_in(words, table.values("council"))
    placed = table.of_councils(candidates.rows, named) if named else np.zeros(len(candidates))
    return Setting(dated(months_in(question), table.days(candidates.rows)), placed.astype(np.float64))


def _scored(features: Features, verbatim: NDArray[np.bool_], recipe: Recipe) -> Array:
    if not recipe.learned:
        return weighed(features, BY_HAND)
    return np.where(verbatim, weighed(features, VERBATIM), weighed(features, MINUTES))


def _read(table: PassageTable, candidates: Candidates, scores: Array, cued: Array) -> list[Ranked]:
    """Return the candidates with the best scores as passages with their words."""
    best = best_first(scores)[: READ * 2]
    passages = table.passages(candidates.rows[best].tolist())
    return [
        Ranked(passage, float(scores[place]), float(candidates.dense[place]), float(cued[place]))
        for place, passage in zip(best, passages, strict=True)
    ]


def _with_references(ranked: list[Ranked], references: tuple[str, ...]) -> list[Ranked]:
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


def _relevant(one: Ranked, wanted: Wanted) -> bool:
    if one.cosine >= MIN_COSINE:
        return True
    held = set(terms(one.passage.text))
    return sum(term in held for term in wanted.terms) >= MIN_COVERAGE * len(wanted.terms)


def _without_duplicates(ranked: list[Ranked]) -> list[Ranked]:
    """Fold passages with the same words into the best of them."""
    groups = fold_duplicates(
        range(len(ranked)),
        [one.passage.words for one in ranked],
        [frozenset(terms(one.passage.text)) for one in ranked],
    )
    return [
        replace(ranked[first], also=tuple(ranked[other].passage for other in others))
        for first, *others in groups
    ]
